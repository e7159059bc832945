"""The commands by name, each loaded when it is asked for: reading a batch of articles needs no database and no site."""

from __future__ import annotations

from importlib import import_module

import click

PLACES = {
    "backup": "archive.cli.backups",
    "capture": "archive.cli.capture",
    "check": "archive.cli.check",
    "config": "archive.cli.config",
    "copies": "archive.cli.capture",
    "coverage": "archive.cli.coverage",
    "database": "archive.cli.database",
    "export": "archive.cli.receipts",
    "extract": "archive.cli.extract",
    "follow": "archive.cli.capture",
    "import": "archive.cli.imports",
    "keep": "archive.cli.check",
    "key": "archive.cli.custody",
    "match": "archive.cli.batch",
    "nightly": "archive.cli.jobs",
    "receipt": "archive.cli.receipts",
    "redact": "archive.cli.redactions",
    "redactions": "archive.cli.redactions",
    "rejudge": "archive.cli.check",
    "restore": "archive.cli.backups",
    "review": "archive.cli.reviews",
    "search": "archive.cli.search",
    "sign": "archive.cli.custody",
    "statement": "archive.cli.search",
    "unfollow": "archive.cli.capture",
    "verify": "archive.cli.custody",
    "worker": "archive.cli.jobs",
}
"""Command → the module whose ``COMMANDS`` holds it."""


class Commands(click.Group):
    """A group whose commands are loaded from their modules when first asked for."""

    def __init__(self, *arguments: object, **options: object) -> None:
        """The archive's own commands; a program around it adds places of its own."""
        super().__init__(*arguments, **options)  # type: ignore[arg-type]
        self.places = dict(PLACES)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, loaded or not."""
        return sorted({*super().list_commands(ctx), *self.places})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, its module loaded with it."""
        if cmd_name in self.places and cmd_name not in self.commands:
            for command in import_module(self.places[cmd_name]).COMMANDS:
                self.add_command(command)
        return super().get_command(ctx, cmd_name)
