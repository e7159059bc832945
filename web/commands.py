"""``onrecord serve`` and ``demo``: the two commands that need the site."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import waitress

from archive import services
from archive.cli.check import judgement_table, show_check
from archive.cli.desk import Desk, cell, pass_desk, plain_table, shortened
from archive.cli.jobs import show_run
from archive.errors import ConfigurationError
from archive.jobs.nightly import run_nightly
from archive.jobs.worker import announcing, queue_for
from archive.logs import configure_logs
from archive.runtime import Runtime, build_runtime
from archive.settings import Settings, load_settings
from web.application import create_app
from web.demo import INVENTED, REPORTED, story


@click.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), help="The port to listen on.")
@pass_desk
def serve(desk: Desk, *, host: str | None, port: int | None) -> int:
    """Serve the site and judge submitted checks in the same process."""
    with desk.runtime() as runtime:
        serve_site(desk, runtime, host=host or runtime.settings.host, port=port or runtime.settings.port)
    return 0


@click.command()
@click.option("--serve", "serving", is_flag=True, help="Serve the demo archive afterwards.")
@click.option("--fresh", is_flag=True, help="Throw an earlier demo archive away first.")
@click.option("--night", is_flag=True, help="Let a post be edited after the articles and run a night.")
@click.option("--directory", type=click.Path(path_type=Path, file_okay=False), help="Where the demo archive stands.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65_535), default=5000, show_default=True, help="The port to listen on.")
@pass_desk
def demo(desk: Desk, *, serving: bool, fresh: bool, night: bool, directory: Path | None, host: str, port: int) -> int:
    """Make a demo archive of its own, check its articles and print what was found."""
    settings = demo_settings(directory or desk.settings.data_directory / "demo")
    if fresh:
        forget_demo(settings)
    configure_logs(form=settings.log_format, level=settings.log_level)
    services.database.upgrade_database(settings)
    with build_runtime(settings) as runtime:
        kept = story.load_demo(runtime)
        result = story.check_articles(runtime)
        desk.say(REPORTED)
        for statement in kept:
            desk.say(f"  {statement.voice.name}: {shortened(statement.snapshot.text, 90)}")
        desk.say("")
        desk.say("An article written for the demo repeats the five reported statements:")
        desk.table(judgement_table(result.reported.judgements))
        desk.say("")
        desk.say(INVENTED)
        show_check(desk, result.faithful)
        desk.say("")
        desk.say("The same article with eight changes made to it:")
        show_changes(desk, result)
        if night:
            _let_a_night_pass(desk, runtime)
        if serving:
            serve_site(desk, runtime, host=host, port=port)
    return 0 if all(change.is_right for change in result.changes()) else 1


def show_changes(desk: Desk, result: story.DemoResult) -> None:
    """The eight changes of the doctored article with what the archive made of each."""
    table = plain_table("change", "verdict", "findings", "quotation", "as it should be")
    for found in result.changes():
        opinion = found.judgement.opinion
        table.add_row(
            cell(found.change.name),
            cell(opinion.verdict.value.replace("_", " ")),
            cell(" ".join(dict.fromkeys(finding.code.value for finding in opinion.findings))),
            cell(shortened(opinion.claim.quotation.content, 60)),
            "yes" if found.is_right else "NO",
        )
    desk.table(table)


def serve_site(desk: Desk, runtime: Runtime, *, host: str, port: int) -> None:
    """Serve until interrupted; submitted checks are judged by threads of this process."""
    queue = queue_for(runtime)
    try:
        server = waitress.create_server(
            create_app(announcing(runtime, queue)), host=host, port=port, threads=runtime.settings.threads, ident=None
        )
    except OSError as error:
        raise ConfigurationError(
            f"Nothing can be served on {host}:{port}: {error.strerror or error}.", code="cannot_listen"
        ) from error
    queue.start()
    desk.notice(f"The archive is at http://{host}:{port}/ – stop with Ctrl-C.")
    try:
        server.run()
    finally:
        server.close()
        queue.stop()


def demo_settings(directory: Path) -> Settings:
    """The settings of a demo archive: in a folder of its own, whatever the environment says of the real one.

    Nothing of the demo stands on the web, so its nights do not look there.
    """
    return load_settings(
        data_directory=directory,
        database_url="",
        index_directory=None,
        queue_url="",
        demo=True,
        nightly_posts=0,
        nightly_articles=0,
    )


def forget_demo(settings: Settings) -> None:
    """Remove an earlier demo archive: only the files that one makes."""
    for name in ("archive.db", "archive.db-wal", "archive.db-shm", "queue.db", "queue.db-wal", "queue.db-shm"):
        (settings.data_directory / name).unlink(missing_ok=True)
    shutil.rmtree(settings.data_directory / "index", ignore_errors=True)


def _let_a_night_pass(desk: Desk, runtime: Runtime) -> None:
    desk.say("")
    desk.say("A simulated night: the prime minister's post was edited after the articles appeared.")
    story.let_a_post_change(runtime)
    show_run(desk, run_nightly(runtime))


COMMANDS = (serve, demo)
