"""The ``onrecord`` command: the archive's commands, and two that need the site – ``serve`` and ``demo``."""

from __future__ import annotations

import sys

from archive.cli.entry import onrecord, run

onrecord.places.update(serve="web.commands", demo="web.commands")


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(onrecord))


if __name__ == "__main__":
    main()
