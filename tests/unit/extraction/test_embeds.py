"""Posts embedded in pages, in the forms newsrooms paste, frame and lazy-load them."""

from datetime import date

import pytest

from archive.domain.accounts import Platform
from archive.extraction.embeds import read_embeds

CASES = [
    (
        '<iframe class="truthsocial-embed lazy" data-src="https://truthsocial.com/@someone/114132050804394743/embed"></iframe>',
        Platform.TRUTH_SOCIAL,
        "114132050804394743",
        "someone",
    ),
    (
        '<iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=1755500000000000000"></iframe>',
        Platform.X,
        "1755500000000000000",
        None,
    ),
    (
        '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kaheyt6vpc22"><p>Nets'
        '</p>&mdash; Ada (<a href="https://bsky.app/profile/did:plc:abc">@ada.example</a>) <a href="https://bsky.app/profile'
        '/did:plc:abc/post/3kaheyt6vpc22">2024-02-08</a></blockquote>',
        Platform.BLUESKY,
        "at://did:plc:abc/app.bsky.feed.post/3kaheyt6vpc22",
        "ada.example",
    ),
    (
        '<iframe src="https://social.example/@ada/111900000000000000/embed" class="mastodon-embed"></iframe>',
        Platform.MASTODON,
        "https://social.example/users/ada/statuses/111900000000000000",
        "ada",
    ),
    (
        '<script async src="https://telegram.org/js/telegram-widget.js" data-telegram-post="fishery/55"></script>',
        Platform.TELEGRAM,
        "fishery/55",
        "fishery",
    ),
    (
        '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@ada/post/C3abcdEfgHi">'
        "<p>Nets</p></blockquote>",
        Platform.THREADS,
        "C3abcdEfgHi",
        "ada",
    ),
    (
        '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/C3abcdEfgHi/"></blockquote>',
        Platform.INSTAGRAM,
        "C3abcdEfgHi",
        None,
    ),
    (
        '<div class="fb-post" data-href="https://www.facebook.com/ministry/posts/123456789"></div>',
        Platform.FACEBOOK,
        "123456789",
        "ministry",
    ),
    (
        '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fm%2Fposts%2F12345678">'
        "</iframe>",
        Platform.FACEBOOK,
        "12345678",
        "m",
    ),
    ('<lite-youtube videoid="abcdefghijk"></lite-youtube>', Platform.YOUTUBE, "abcdefghijk", None),
    ('<amp-twitter data-tweetid="1755500000000000000"></amp-twitter>', Platform.X, "1755500000000000000", None),
]


@pytest.mark.parametrize(("html", "platform", "native_id", "handle"), CASES)
def test_every_usual_form_is_found_once(html: str, platform: Platform, native_id: str, handle: str | None) -> None:
    (embed,) = read_embeds(f"<html><body><p>Before</p><div>{html}</div></body></html>")
    assert (embed.platform, embed.native_id, embed.handle) == (platform, native_id, handle)


def test_a_link_inside_the_text_is_not_taken_for_the_permalink() -> None:
    (embed,) = read_embeds(
        '<blockquote class="twitter-tweet"><p>Well said <a href="https://twitter.com/other/status/111">this</a></p>'
        "&mdash; "
        'Ada Norden (@AdaNorden) <a href="https://twitter.com/AdaNorden/status/222">8 February 2024</a></blockquote>'
    )
    assert (embed.native_id, embed.handle, embed.posted_on) == ("222", "AdaNorden", date(2024, 2, 8))


def test_a_class_alone_does_not_make_a_whole_article_an_embed() -> None:
    assert read_embeds('<div class="instagram-media"><p>The minister spoke.</p><p>Boats stayed.</p></div>') == ()


def test_a_share_button_is_no_embed() -> None:
    assert read_embeds('<a href="https://twitter.com/intent/tweet?url=https%3A%2F%2Fnews.example">Share</a>') == ()


def test_a_quotation_of_the_newsroom_is_no_embed() -> None:
    assert read_embeds("<blockquote><p>We stand by it.</p></blockquote>") == ()
