"""Addresses of posts in all the forms platforms have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.text.post_urls import parse_post_url

FORMS = [
    ("https://x.com/Ada_N/status/1703436713362870723?s=20&t=a", Platform.X, "1703436713362870723", "Ada_N"),
    ("twitter.com/i/web/status/1703436713362870723", Platform.X, "1703436713362870723", None),
    ("https://mobile.twitter.com/ada/status/1703436713362870723/photo/1", Platform.X, "1703436713362870723", "ada"),
    ("https://nitter.example.org/ada/status/123#m", Platform.X, "123", "ada"),
    ("https://twitter.com/#!/ada/status/99", Platform.X, "99", "ada"),
    ("https://web.archive.org/web/20200101000000/https://twitter.com/ada/status/5", Platform.X, "5", "ada"),
    ("https://truthsocial.com/@ada/posts/114132050804394743", Platform.TRUTH_SOCIAL, "114132050804394743", "ada"),
    ("https://s.example/@ada/117020586180926938", Platform.MASTODON,
     "https://s.example/users/ada/statuses/117020586180926938", "ada"),
    ("https://s.example/@ada@other.example/117020586180926938", Platform.MASTODON, None, "ada@other.example"),
    ("https://s.example/ap/users/12/statuses/117020586180926938", Platform.MASTODON,
     "https://s.example/ap/users/12/statuses/117020586180926938", None),
    ("https://bsky.app/profile/ada.example/post/3kaheyt6vpc22", Platform.BLUESKY,
     "at://ada.example/app.bsky.feed.post/3kaheyt6vpc22", "ada.example"),
    ("at://did:plc:abc/app.bsky.feed.post/3kaheyt6vpc22", Platform.BLUESKY,
     "at://did:plc:abc/app.bsky.feed.post/3kaheyt6vpc22", None),
    ("https://t.me/s/fishery/55?before=1", Platform.TELEGRAM, "fishery/55", "fishery"),
    ("https://youtu.be/abcdefghijk?t=5", Platform.YOUTUBE, "abcdefghijk", None),
    ("https://www.youtube.com/watch?app=desktop&v=abcdefghijk", Platform.YOUTUBE, "abcdefghijk", None),
    ("https://www.facebook.com/m/photos/pcb.348/3485430308204317", Platform.FACEBOOK, "3485430308204317", "m"),
    ("https://www.threads.net/@ada/post/abcDEF-_1", Platform.THREADS, "abcDEF-_1", "ada"),
    ("https://www.instagram.com/reel/BalQ2SWFty8/", Platform.INSTAGRAM, "BalQ2SWFty8", None),
]  # fmt: skip


@pytest.mark.parametrize(("url", "platform", "native_id", "handle"), FORMS)
def test_a_post_address_is_read(url: str, platform: Platform, native_id: str | None, handle: str | None) -> None:
    pointer = parse_post_url(url)
    assert pointer is not None
    assert (pointer.platform, pointer.native_id, pointer.handle) == (platform, native_id, handle)


@pytest.mark.parametrize(("url", "platform", "native_id", "handle"), FORMS)
def test_the_canonical_address_names_the_same_post(
    url: str, platform: Platform, native_id: str | None, handle: str | None
) -> None:
    pointer = parse_post_url(url)
    assert pointer is not None
    again = parse_post_url(pointer.url)
    assert again is not None
    assert (again.platform, again.native_id) == (platform, native_id)
    assert again.url == pointer.url


@pytest.mark.parametrize(
    "url",
    [
        "https://x.com/ada", "https://evilx.com/ada/status/5", "https://x.com.evil.example/ada/status/5", "http://[::1/",
        "https://medium.com/@ada/a-title-123456789012", "https://t.me/c/1234/55", "https://twitter.com/intent/tweet?url=a",
        "https://x.com/share/status/", "javascript:x.com/ada/status/5", "", "   ", "https://news.example/2024/02/08/story",
    ],
)  # fmt: skip
def test_other_addresses_are_no_posts(url: str) -> None:
    assert parse_post_url(url) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    parse_post_url(text)
    parse_post_url(f"https://x.com/{text}")
    parse_post_url(f"https://web.archive.org/web/2020/https://{text}")
