"""Capturing addresses of every platform in the simulated world: what is kept, what it says, and what is never believed."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from archive import services, storage
from archive.domain.accounts import Platform
from archive.domain.availability import Availability
from archive.domain.captures import CaptureClass, CaptureMethod, TermsClass
from archive.domain.evidence import EvidenceGrade
from archive.domain.second_copy import CopyState
from archive.errors import CaptureError
from archive.runtime import Network, Runtime, build_runtime
from archive.settings import load_settings
from tests.integration.services.clock import Clock
from tests.world import Fault, World

HANDLES = {
    Platform.X: "AdaNorden",
    Platform.MASTODON: "ada@gov.example",
    Platform.BLUESKY: "ada.gov.example",
    Platform.TELEGRAM: "fishery",
}
HOSTS = {
    Platform.X: "publish.x.com",
    Platform.MASTODON: "gov.example",
    Platform.BLUESKY: "public.api.bsky.app",
    Platform.TELEGRAM: "t.me",
}
WORDS = "The last boat leaves at nine and waits for nobody."
PAGE = "https://harbour.ostrelund.example/news/ferries"


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def runtime(migrated_sqlite: Path, tmp_path: Path, clock: Clock, world: World) -> Iterator[Runtime]:
    """An archive in the world. The databases' own tests stand in the storage room; here SQLite is enough."""
    shutil.copyfile(migrated_sqlite, tmp_path / "archive.db")
    settings = load_settings(data_directory=tmp_path, index_directory=None)
    with build_runtime(settings, now=clock) as runtime:
        yield replace(runtime, network=Network(lambda: world.fetcher(now=clock)))


def problems(runtime: Runtime) -> list[str]:
    with runtime.database.reading() as session:
        return list(storage.audit.problems(session))


def versions(runtime: Runtime, outcome) -> list[str]:
    with runtime.database.reading() as session:
        return [snapshot.text for snapshot in storage.posts.snapshots(session, outcome.post.id)]


# --- live, edited, gone, withheld, blocked ------------------------------------------------------------------------------


@pytest.mark.parametrize("platform", HANDLES)
def test_a_live_post_is_kept_with_its_account(runtime, world, platform) -> None:
    post = world.publish(platform, HANDLES[platform], WORDS, name="Ada Norden")

    outcome = services.capture.capture_url(runtime, post.url)

    assert (outcome.state, outcome.is_held, outcome.is_new) == ("live", True, True)
    assert (outcome.post.native_id, outcome.snapshot.text) == (post.native_id, WORDS)
    assert (outcome.account.handle, outcome.account.display_name) == (HANDLES[platform], "Ada Norden")
    assert outcome.availability is Availability.LIVE
    again = services.capture.capture_url(runtime, post.url)
    assert (again.is_new, again.is_changed, len(versions(runtime, again))) == (False, False, 1)
    assert problems(runtime) == []


@pytest.mark.parametrize("platform", HANDLES)
def test_an_edited_post_gets_another_version_and_keeps_the_first(runtime, world, platform) -> None:
    post = world.publish(platform, HANDLES[platform], WORDS)
    services.capture.capture_url(runtime, post.url)
    world.edit(post, WORDS.replace("nine", "ten"), at=post.posted_at + timedelta(hours=1))

    outcome = services.capture.capture_url(runtime, post.url)

    assert outcome.is_changed
    assert versions(runtime, outcome) == [WORDS, WORDS.replace("nine", "ten")]
    assert outcome.availability is Availability.EDITED


@pytest.mark.parametrize("platform", HANDLES)
def test_a_post_is_gone_after_two_looks_six_hours_apart_and_can_come_back(runtime, world, clock, platform) -> None:
    post = world.publish(platform, HANDLES[platform], WORDS)
    services.capture.capture_url(runtime, post.url)
    world.delete(post)
    states = []
    for pause in (timedelta(hours=1), timedelta(hours=1), timedelta(hours=6)):
        clock.pass_by(pause)
        outcome = services.capture.capture_url(runtime, post.url)
        states.append(outcome.availability)
        assert (outcome.state, outcome.is_held) == ("gone", False)
    assert states == [Availability.SUSPECTED_GONE, Availability.SUSPECTED_GONE, Availability.GONE]
    assert versions(runtime, outcome) == [WORDS]
    world.restore(post)
    assert services.capture.capture_url(runtime, post.url).availability is Availability.RESTORED


@pytest.mark.parametrize(
    "fault", [Fault.WALL, Fault.FORBIDDEN, Fault.RATE_LIMIT, Fault.GATEWAY, Fault.GARBAGE, Fault.EMPTY]
)
@pytest.mark.parametrize("platform", HANDLES)
def test_what_stands_in_the_way_is_neither_the_statement_nor_its_deletion(
    runtime, world, clock, platform, fault
) -> None:
    post = world.publish(platform, HANDLES[platform], WORDS)
    services.capture.capture_url(runtime, post.url)
    world.fault(HOSTS[platform], fault)
    for _ in range(3):
        clock.pass_by(timedelta(hours=7))
        outcome = services.capture.capture_url(runtime, post.url)
        assert outcome.state in ("blocked_us", "unknown") and not outcome.is_held
        assert outcome.availability in (Availability.BLOCKED_FOR_US, Availability.UNKNOWN)
    assert versions(runtime, outcome) == [WORDS]


def test_an_answer_by_law_is_withheld(runtime, world) -> None:
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    services.capture.capture_url(runtime, post.url)
    world.fault("publish.x.com", Fault.LEGAL)
    assert services.capture.capture_url(runtime, post.url).availability is Availability.WITHHELD


def test_a_post_never_held_that_is_not_there_is_said_to_be_so(runtime, world) -> None:
    outcome = services.capture.capture_url(runtime, "https://x.com/AdaNorden/status/1703436713362870723")
    assert (outcome.state, outcome.post, outcome.snapshot) == ("gone", None, None)


# --- each platform's own evidence ----------------------------------------------------------------------------------------


def test_mastodon_shows_every_version_at_the_first_capture(runtime, world) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", "One.")
    world.edit(post, "Two.", at=post.posted_at + timedelta(minutes=5))
    post = world.edit(post, "Three.", at=post.posted_at + timedelta(minutes=9))

    outcome = services.capture.capture_url(runtime, post.url)

    assert versions(runtime, outcome) == ["One.", "Two.", "Three."]
    assert {"history_read", "object_agrees", "clock_agrees"} <= set(outcome.notes)
    assert outcome.availability is Availability.EDITED
    again = services.capture.capture_url(runtime, post.url)
    assert versions(runtime, again) == ["One.", "Two.", "Three."] and not again.is_changed


def test_a_copy_on_another_server_leads_to_the_posts_own(runtime, world) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", WORDS)
    number = post.native_id.rsplit("/", 1)[-1]
    outcome = services.capture.capture_url(runtime, f"https://other.example/@ada@gov.example/{number}")
    assert outcome.capture.provenance.source == f"https://gov.example/api/v1/statuses/{number}"


def test_bluesky_is_proven_by_its_authors_signature(runtime, world) -> None:
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS)
    world.publish(Platform.BLUESKY, "ada.gov.example", "Another.", at=post.posted_at + timedelta(days=1))

    outcome = services.capture.capture_url(runtime, post.url)

    assert {"content_address_holds", "signed_by_author", "clock_agrees"} <= set(outcome.notes)
    assert outcome.capture.provenance.capture_class is CaptureClass.VERIFIABLE
    assert outcome.capture.provenance.source.startswith("https://host.bsky.example/xrpc/com.atproto.repo.getRecord")
    assert outcome.account.handle == "ada.gov.example"


def test_bluesky_under_another_key_is_not_said_to_be_signed(runtime, world) -> None:
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS)
    other = world.repository("mallory.gov.example")
    document = other.identity(host="https://host.bsky.example", handle="ada.gov.example")
    world.article(
        "https://plc.directory/did:plc:adagovexample",
        json.dumps({**document, "id": "did:plc:adagovexample"}),
        media_type="application/json",
    )
    outcome = services.capture.capture_url(runtime, post.url)
    assert "signed_by_author" not in outcome.notes
    assert outcome.capture.provenance.capture_class is CaptureClass.PLATFORM_ATTESTED


def test_bluesky_is_kept_where_the_authors_host_is_down(runtime, world) -> None:
    post = world.publish(Platform.BLUESKY, "ada.gov.example", WORDS)
    world.fault("host.bsky.example", Fault.REFUSED)
    outcome = services.capture.capture_url(runtime, post.url)
    assert outcome.is_held and "further_evidence_not_had" in outcome.notes


def test_a_claimed_time_that_the_identifier_denies_is_noted(runtime, world) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", WORDS)
    number = post.native_id.rsplit("/", 1)[-1]
    status = {
        "id": number,
        "uri": post.native_id,
        "url": post.url,
        "created_at": "2019-01-01T00:00:00.000Z",
        "visibility": "public",
        "content": f"<p>{WORDS}</p>",
        "account": {"id": "1", "acct": "ada", "display_name": "Ada", "url": "https://gov.example/@ada"},
    }
    world.article(f"https://gov.example/api/v1/statuses/{number}", json.dumps(status), media_type="application/json")
    assert "clock_disagrees" in services.capture.capture_url(runtime, post.url).notes


def govuk(**changes: object) -> str:
    page: dict[str, object] = {
        "base_path": "/government/news/ferries",
        "document_type": "press_release",
        "title": "Ferries to run later",
        "description": "A new timetable.",
        "locale": "en",
        "first_published_at": "2024-02-08T10:00:00Z",
        "public_updated_at": "2024-02-08T10:00:00Z",
        "details": {
            "body": "<p>The last boat leaves at nine.</p>",
            "change_history": [{"note": "First published.", "public_timestamp": "2024-02-08T10:00:00Z"}],
        },
        "links": {
            "organisations": [
                {
                    "content_id": "c0ffee00-0000-4000-8000-000000000001",
                    "title": "Ministry of Harbours",
                    "base_path": "/government/organisations/harbours",
                }
            ]
        },
    }
    return json.dumps({**page, **changes})


GOVUK = "https://www.gov.uk/government/news/ferries"
GOVUK_API = "https://www.gov.uk/api/content/government/news/ferries"


def test_a_page_of_govuk_is_read_by_its_content_api(runtime, world, clock) -> None:
    world.article(GOVUK_API, govuk(), media_type="application/json")
    outcome = services.capture.capture_url(runtime, GOVUK)
    assert outcome.snapshot.text == "Ferries to run later\n\nA new timetable.\n\nThe last boat leaves at nine."
    assert (outcome.account.display_name, outcome.account.handle) == (
        "Ministry of Harbours",
        "www.gov.uk/government/organisations/harbours",
    )
    notice = {"explanation": "<p>Out of date.</p>", "withdrawn_at": "2024-03-01T10:00:00Z"}
    world.article(GOVUK_API, govuk(withdrawn_notice=notice), media_type="application/json")
    withdrawn = services.capture.capture_url(runtime, GOVUK)
    assert (withdrawn.state, withdrawn.availability) == ("withdrawn", Availability.WITHDRAWN)
    world.article(GOVUK_API, govuk(document_type="redirect"), media_type="application/json")
    assert services.capture.capture_url(runtime, GOVUK).availability is Availability.MOVED
    for pause in (timedelta(0), timedelta(hours=7)):
        clock.pass_by(pause)
        world.article(GOVUK_API, govuk(document_type="gone"), media_type="application/json")
        gone = services.capture.capture_url(runtime, GOVUK)
    assert gone.availability is Availability.GONE
    assert problems(runtime) == []


def press_release(words: str = WORDS, *, title: str = "Ferries to run later") -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><title>{title} | Harbour office</title>
<meta property="article:published_time" content="2024-02-08T10:00:00Z"><meta property="og:title" content="{title}"></head>
<body><main><article><h1>{title}</h1><p>{words} {words}</p><p>The harbour office said so on Thursday, and {words.lower()}</p>
</article></main></body></html>"""


def test_a_press_release_is_kept_under_its_plain_address(runtime, world) -> None:
    world.article(PAGE, press_release())
    world.redirect(PAGE + "?utm_source=mail", PAGE)
    outcome = services.capture.capture_url(runtime, PAGE + "?utm_source=mail")
    assert (outcome.platform, outcome.post.native_id) == (Platform.WEB, PAGE)
    assert WORDS in outcome.snapshot.text
    assert outcome.capture.provenance.redirects == (PAGE + "?utm_source=mail",)


WALLS = {
    "challenge": "<html><head><title>Just a moment...</title></head><body><p>Checking your browser before you may see it.</p>",
    "log-in": press_release(title="Log in"),
    "soft 404": press_release(title="Page not found"),
    "scripted challenge": press_release() + '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate"></script>',
}


@pytest.mark.parametrize("wall", WALLS)
def test_a_wall_is_never_read_as_the_statement(runtime, world, wall) -> None:
    world.article(PAGE, press_release())
    services.capture.capture_url(runtime, PAGE)
    world.article(PAGE, WALLS[wall])
    outcome = services.capture.capture_url(runtime, PAGE)
    assert not outcome.is_held and "answer_is_a_wall" in outcome.notes
    assert len(versions(runtime, outcome)) == 1


@pytest.mark.parametrize("end", ["/error.htm", "/", "/index.html", "/en/", "/login?next=%2Fnews"])
def test_a_way_that_ends_elsewhere_is_not_the_page(runtime, world, end) -> None:
    target = f"https://harbour.ostrelund.example{end}"
    world.article(target, press_release())
    world.redirect(PAGE, target)
    assert not services.capture.capture_url(runtime, PAGE).is_held


def test_a_release_that_quotes_the_words_of_an_error_page_is_read(runtime, world) -> None:
    world.article(PAGE, press_release("The portal said: page not found, access denied, just a moment."))
    assert services.capture.capture_url(runtime, PAGE).is_held


def test_a_page_cut_short_on_its_way_is_not_read(runtime, world) -> None:
    world.article(PAGE, press_release())
    world.fault(PAGE, Fault.SHORT_LENGTH)
    with pytest.raises(CaptureError) as caught:
        services.capture.capture_url(runtime, PAGE)
    assert caught.value.code == "capture_truncated"


VIDEO = "https://www.youtube.com/watch?v=abcdefghijk"
OEMBED = "https://www.youtube.com/oembed?url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3Dabcdefghijk&format=json"


def test_a_video_is_asked_for_by_oembed_and_dated_by_its_page(runtime, world) -> None:
    page = """<html><head><meta itemprop="identifier" content="abcdefghijk"><meta itemprop="channelId" content="UC0000000000000000000001">
<meta itemprop="datePublished" content="2024-02-08T10:00:00Z"><meta property="og:title" content="Ferries"></head><body></body></html>"""
    frame = '<iframe src="https://www.youtube.com/embed/abcdefghijk"></iframe>'
    oembed = {
        "title": "Ferries",
        "author_name": "Harbours",
        "author_url": "https://www.youtube.com/@harbours",
        "html": frame,
    }
    world.article(OEMBED, json.dumps(oembed), media_type="application/json")
    world.article(VIDEO, page)
    outcome = services.capture.capture_url(runtime, VIDEO)
    assert (outcome.post.native_id, outcome.snapshot.text) == ("abcdefghijk", "Ferries")
    world.remove(OEMBED)
    assert services.capture.capture_url(runtime, VIDEO).availability is Availability.SUSPECTED_GONE


@pytest.mark.parametrize(
    "url",
    [
        "https://www.instagram.com/p/C3GhAbcdefg/",
        "https://www.threads.com/@ada/post/C3GhAbcdefg",
        "https://www.facebook.com/ada/posts/1234567890",
    ],
)
def test_of_meta_nothing_is_asked_and_only_the_address_is_known(runtime, world, url) -> None:
    outcome = services.capture.capture_url(runtime, url)
    assert (outcome.state, outcome.snapshot, world.requests) == ("pointer_only", None, [])


TRUTH = "https://truthsocial.com/@AdaNorden/114132050804394743"
CDX = "https://web.archive.org/cdx/search/cdx"


def saved(world: World, url: str, body: str, *, media_type: str = "text/html") -> None:
    """A copy of ``url`` at the web archive."""
    world.copies[url] = body
    world.article(f"https://web.archive.org/web/20250309120000id_/{url}", body, media_type=media_type)


def test_truth_social_is_read_from_a_web_archive_and_never_asked(runtime, world) -> None:
    saved(
        world,
        TRUTH,
        f"""<html><head><meta property="og:title" content="Ada Norden (@AdaNorden)"><meta property="og:url" content="{TRUTH}">
<meta property="og:description" content="{WORDS}"></head><body></body></html>""",
    )
    outcome = services.capture.capture_url(runtime, TRUTH)
    assert (outcome.snapshot.text, outcome.account.handle) == (WORDS, "AdaNorden")
    assert outcome.capture.provenance.method is CaptureMethod.WEB_ARCHIVE
    assert outcome.capture.provenance.capture_class is CaptureClass.THIRD_PARTY_ATTESTED
    assert outcome.capture.terms_class is TermsClass.RESTRICTED
    assert not any(request.startswith("https://truthsocial.com") for request in world.requests)


def test_without_a_copy_truth_social_is_not_offered(runtime, world) -> None:
    with pytest.raises(CaptureError) as caught:
        services.capture.capture_url(runtime, TRUTH)
    assert caught.value.code in ("capture_not_offered", "web_archive_silent")


# --- switches, costs, second copies --------------------------------------------------------------------------------------


def with_settings(runtime: Runtime, **chosen: object) -> Runtime:
    return replace(runtime, settings=runtime.settings.model_copy(update=chosen))


def test_a_platform_that_is_switched_off_is_not_asked(runtime, world) -> None:
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    with pytest.raises(CaptureError) as caught:
        services.capture.capture_url(with_settings(runtime, platforms_off=frozenset({"x"})), post.url)
    assert (caught.value.code, world.requests) == ("platform_off", [])


def test_the_paid_api_is_asked_only_within_a_limit_that_was_named(runtime, world) -> None:
    from pydantic import SecretStr

    paid = with_settings(runtime, x_route="api", x_api_token=SecretStr("secret"))
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    for limit in (None, Decimal("0.014")):
        with pytest.raises(CaptureError) as caught:
            services.capture.capture_url(paid, post.url, cost_limit=limit)
        assert caught.value.code == "cost_not_accepted" and "0.015" in caught.value.message
    assert world.requests == []
    services.capture.capture_url(paid, post.url, cost_limit=Decimal("0.015"))
    assert world.requests[0].startswith("https://api.x.com/2/tweets?ids=")


def test_the_embed_back_end_is_asked_with_its_token(runtime, world) -> None:
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    services.capture.capture_url(with_settings(runtime, x_route="embed"), post.url)
    assert world.requests[0].startswith("https://cdn.syndication.twimg.com/tweet-result?id=")
    assert "token=" in world.requests[0]


def test_a_second_copy_is_queued_and_kept_in_the_end(runtime, world, clock) -> None:
    world.article(PAGE, press_release())
    services.capture.capture_url(runtime, PAGE, second_copy=True)
    services.capture.capture_url(runtime, PAGE, second_copy=True)
    (waiting,) = services.second_copies.list_copies(runtime)
    assert (waiting.state, [r for r in world.requests if "web.archive.org" in r]) == (CopyState.WAITING, [])

    world.article("https://web.archive.org/save", json.dumps({"job_id": "spn2-1"}), media_type="application/json")
    services.second_copies.push_due(runtime)
    assert services.second_copies.list_copies(runtime)[0].state is CopyState.UNDER_WAY
    done = {"status": "success", "job_id": "spn2-1", "timestamp": "20260301090000", "original_url": PAGE}
    world.article("https://web.archive.org/save/status/spn2-1", json.dumps(done), media_type="application/json")
    world.article(f"https://web.archive.org/web/20260301090000id_/{PAGE}", press_release())
    clock.pass_by(timedelta(minutes=5))
    assert grade(runtime) is EvidenceGrade.OWN_CAPTURE
    services.second_copies.push_due(runtime)
    (copy,) = services.second_copies.list_copies(runtime)
    assert (copy.state, copy.copy_url) == (CopyState.KEPT, f"https://web.archive.org/web/20260301090000/{PAGE}")
    assert copy.copied_at == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert grade(runtime) is EvidenceGrade.SECOND_COPY
    world.article(PAGE, press_release(WORDS.replace("nine", "ten")))
    services.capture.capture_url(runtime, PAGE)
    assert grade(runtime) is EvidenceGrade.OWN_CAPTURE, "the copy shows the older words"
    assert problems(runtime) == []


def grade(runtime: Runtime) -> EvidenceGrade:
    (hit,) = services.search.search_statements(runtime, services.search.parse_query("boat")).hits
    return hit.statement.grade


def test_a_second_copy_is_given_up_after_many_tries(runtime, world, clock) -> None:
    services.second_copies.want(runtime, PAGE)
    world.fault("web.archive.org", Fault.RATE_LIMIT)
    for _ in range(8):
        services.second_copies.push_due(runtime)
        clock.pass_by(timedelta(days=4))
    (copy,) = services.second_copies.list_copies(runtime)
    assert (copy.state, copy.attempts, copy.next_try_at) == (CopyState.REFUSED, 6, None)


def test_copies_are_found_by_the_list_or_else_by_the_map(runtime, world) -> None:
    world.copies[PAGE] = ""
    (memento,) = services.web_archives.copies_of(runtime, PAGE)
    assert memento.bytes_url == f"https://web.archive.org/web/20250309120000id_/{PAGE}"
    world.copies.clear()
    time_map = (
        f'<{PAGE}>; rel="original",\n<https://web.archive.org/web/20240101000000/{PAGE}>; rel="first memento"; '
        'datetime="Mon, 01 Jan 2024 00:00:00 GMT"'
    )
    world.article(f"https://web.archive.org/web/timemap/link/{PAGE}", time_map, media_type="application/link-format")
    (mapped,) = services.web_archives.copies_of(runtime, PAGE)
    assert mapped.made_at == datetime(2024, 1, 1, tzinfo=UTC)


def test_a_silent_web_archive_is_not_an_empty_one(runtime, world) -> None:
    world.fault("web.archive.org", Fault.GATEWAY)
    world.fault("archive.org", Fault.GATEWAY)
    with pytest.raises(CaptureError) as caught:
        services.web_archives.copies_of(runtime, PAGE)
    assert caught.value.code == "web_archive_silent"


def test_where_only_the_digest_may_be_kept_no_word_of_it_is(runtime, world, tmp_path) -> None:
    post = world.publish(Platform.X, "AdaNorden", WORDS)
    outcome = services.capture.capture_url(with_settings(runtime, retention_restricted="keep_digest"), post.url)

    assert (outcome.is_held, outcome.snapshot, outcome.post.native_id) == (True, None, post.native_id)
    assert "digest_only" in outcome.notes and outcome.availability is Availability.LIVE
    assert problems(runtime) == []
    with runtime.database.reading() as session:
        capture = storage.captures.get(session, outcome.capture.id)
        assert storage.captures.body(session, capture.digest) == b""
        assert storage.exchanges.of_capture(session, capture.id) == ()
    runtime.database.dispose()
    files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert files and not any(b"The last boat leaves" in content for content in files)

    kept = services.capture.capture_url(runtime, post.url)
    assert kept.snapshot.text == WORDS and problems(runtime) == []


def test_words_posted_again_after_their_deletion_lead_to_each_other(runtime, world, clock) -> None:
    post = world.publish(Platform.MASTODON, "ada@gov.example", WORDS)
    first = services.capture.capture_url(runtime, post.url)
    world.delete(post)
    for _ in range(2):
        clock.pass_by(timedelta(hours=7))
        services.capture.capture_url(runtime, post.url)
    assert services.search.get_statement(runtime, first.post.id).posted_again == ()
    again = world.publish(Platform.MASTODON, "ada@gov.example", WORDS, at=post.posted_at + timedelta(days=1))
    world.publish(Platform.MASTODON, "bo@gov.example", WORDS, at=post.posted_at + timedelta(days=1))
    second = services.capture.capture_url(runtime, again.url)
    services.capture.capture_url(runtime, world.publish(Platform.MASTODON, "bo@gov.example", WORDS).url)

    detail = services.search.get_statement(runtime, first.post.id)
    assert [statement.post.id for statement in detail.posted_again] == [second.post.id]
    document = services.representations.detail_document(detail)
    assert [found["id"] for found in document["posted_again"]] == [str(second.post.id)]
