"""``onrecord backup`` and ``restore``: everything the archive holds as one file, and back."""

from __future__ import annotations

from pathlib import Path

import click

from archive import services
from archive.cli.desk import Desk, pass_desk
from archive.domain.backups import BackupManifest

FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("file", type=FILE)
@pass_desk
def backup(desk: Desk, *, file: Path) -> int:
    """Write everything the archive holds to FILE, while others go on writing to it."""
    with desk.runtime() as runtime:
        manifest = services.backups.back_up(runtime, file.absolute())
    desk.say(f"Backed up to {file}: {_described(manifest)}")
    return 0


@click.command()
@click.argument("file", type=FILE)
@pass_desk
def restore(desk: Desk, *, file: Path) -> int:
    """Bring a backup back into an archive that is empty, and check it; exit 1 when something is amiss."""
    restored = services.backups.restore(desk.settings, file)
    desk.say(f"Restored from {file}: {_described(restored.manifest)}")
    for problem in restored.problems:
        desk.say(problem)
    if not restored.problems:
        desk.say("Everything is what the custody log committed to.")
    return 1 if restored.problems else 0


def _described(manifest: BackupManifest) -> str:
    counts = manifest.counts
    return (
        f"{counts.get('posts', 0):,} posts, {counts.get('captures', 0):,} captures, "
        f"{counts.get('checks', 0):,} checks; "
        f"custody log {manifest.log_size:,} entries, root {manifest.log_root}; revision {manifest.revision}."
    )


COMMANDS = (backup, restore)
