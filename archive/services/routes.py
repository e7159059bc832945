"""Routes: where a followed account's newest posts stand, found once, when it is followed."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from archive.capture.endpoints import Endpoint
from archive.capture.posts import capture_endpoint
from archive.capture.questions import HTML_ACCEPT, Question
from archive.capture.timelines import lookup_endpoint, route_endpoint, timeline_endpoint
from archive.domain.accounts import Platform
from archive.domain.follows import follow_id_of
from archive.domain.ids import FollowId
from archive.errors import CaptureError, ExtractionError
from archive.extraction.feeds import feed_of_page, is_feed
from archive.extraction.payloads import load_json, mapping, text_of
from archive.extraction.posts.timelines import account_number
from archive.runtime import Runtime
from archive.services.answers import check_switch
from archive.text.profile_urls import ProfilePointer, parse_profile


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Where newest posts stand, and whose they are. ``native_id`` is the account's stable identifier where it is known
    by now; it becomes known with the first post otherwise."""

    endpoint: Endpoint
    handle: str
    display_name: str
    native_id: str | None = None
    url: str | None = None

    @property
    def follow_id(self) -> FollowId:
        """The identifier of following this route."""
        return follow_id_of(self.endpoint.url)


def find_route(runtime: Runtime, pointer: ProfilePointer) -> Route:
    """The route of the account; CaptureError ``follow_not_offered`` where its platform shows no open one."""
    check_switch(runtime, pointer.platform)
    match pointer.platform:
        case Platform.BLUESKY | Platform.TELEGRAM:
            name = pointer.handle or pointer.native_id or ""
            endpoint = timeline_endpoint(pointer.platform, name, native_id=pointer.native_id)
            assert endpoint is not None
            return Route(endpoint=endpoint, handle=name, display_name="", native_id=pointer.native_id)
        case Platform.MASTODON:
            return _mastodon(runtime, pointer.handle or "")
        case Platform.YOUTUBE:
            return _youtube(runtime, pointer)
        case Platform.WEB:
            return _site(runtime, pointer.url or "")
        case _:
            raise CaptureError(
                f"No open address shows the newest posts of an account on {pointer.platform.value}: take them in "
                "with an import, and say with `onrecord coverage add` what it covers.",
                code="follow_not_offered",
            )


def _mastodon(runtime: Runtime, handle: str) -> Route:
    endpoint = lookup_endpoint(handle)
    if endpoint is None:
        raise CaptureError("A Mastodon account is named with its server: @user@server.", code="follow_not_offered")
    captured = capture_endpoint(runtime.fetcher, endpoint)
    try:
        profile = mapping(load_json(captured.body))
        number = account_number(captured.body)
    except ExtractionError:
        profile, number = {}, None
    timeline = timeline_endpoint(Platform.MASTODON, handle, native_id=number)
    if captured.capture.provenance.status != 200 or timeline is None:
        raise CaptureError(f"The server shows no account @{handle.lstrip('@')} openly.", code="account_not_found")
    return Route(
        endpoint=timeline,
        handle=handle.lstrip("@"),
        display_name=text_of(profile, "display_name") or "",
        native_id=text_of(profile, "uri"),
        url=text_of(profile, "url"),
    )


def _youtube(runtime: Runtime, pointer: ProfilePointer) -> Route:
    channel = pointer.native_id
    if channel is None:
        found = _named_feed(runtime, pointer.url or "")
        named = parse_profile(found) if found is not None else None
        channel = named.native_id if named is not None and named.platform is Platform.YOUTUBE else None
    endpoint = timeline_endpoint(Platform.YOUTUBE, "", native_id=channel)
    if endpoint is None or channel is None:
        raise CaptureError(
            "The channel's page names no feed: give the address with its identifier, …/channel/UC….",
            code="account_not_found",
        )
    return Route(endpoint=endpoint, handle=channel, display_name=pointer.handle or "", native_id=channel)


def _site(runtime: Runtime, url: str) -> Route:
    """A site is followed by a feed: the address given, or the one that its page names."""
    address = _named_feed(runtime, url)
    if address is None:
        raise CaptureError("The page is no feed and names none: give the address of the feed.", code="not_a_feed")
    site = (urlsplit(address).hostname or "").removeprefix("www.")
    return Route(endpoint=route_endpoint(Platform.WEB, address), handle=site, display_name=site)


def _named_feed(runtime: Runtime, url: str) -> str | None:
    captured = runtime.fetcher.fetch(url, question=Question(accept=HTML_ACCEPT))
    end = captured.capture.provenance.final_url or url
    if captured.capture.provenance.status != 200:
        return None
    return end if is_feed(captured.body) else feed_of_page(captured.body, url=end)
