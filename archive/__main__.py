"""``python -m archive``: the archive's commands without the site."""

from __future__ import annotations

import sys

from archive.cli.entry import onrecord, run


def main() -> None:
    """Run the command line and leave with its exit status."""
    sys.exit(run(onrecord))


if __name__ == "__main__":
    main()
