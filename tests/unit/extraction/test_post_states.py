"""What one look at an answer says of a post's fate."""

import json

import pytest

from archive.domain.accounts import Platform
from archive.extraction.posts.states import PostState, read_state


def body(value: object) -> bytes:
    return json.dumps(value).encode()


WALL = b"<!DOCTYPE html><html><title>Just a moment...</title></html>"
STATES = [
    (Platform.X, 404, WALL, PostState.GONE),
    (Platform.X, 200, b"{}", PostState.UNKNOWN),
    (Platform.X, 200, WALL, PostState.BLOCKED_US),
    (Platform.X, 429, b"", PostState.BLOCKED_US),
    (
        Platform.X,
        200,
        body(
            {
                "__typename": "TweetTombstone",
                "tombstone": {"text": {"text": "This Post was deleted by the Post author."}},
            }
        ),
        PostState.GONE,
    ),
    (Platform.X, 200, body({"__typename": "TweetTombstone", "tombstone": {}}), PostState.WITHHELD),
    (
        Platform.X,
        200,
        body(
            {"__typename": "TweetTombstone", "tombstone": {"text": {"text": "This Post is from a suspended account."}}}
        ),
        PostState.ACCOUNT_GONE,
    ),
    (Platform.X, 200, body({"__typename": "Tweet", "id_str": "1", "text": "a"}), PostState.ACCOUNT_GONE),
    (Platform.X, 200, body({"errors": [{"type": "https://api.x.com/2/problems/resource-not-found"}]}), PostState.GONE),
    (
        Platform.X,
        200,
        body({"errors": [{"type": "https://api.x.com/2/problems/not-authorized-for-resource"}]}),
        PostState.WITHHELD,
    ),
    (Platform.MASTODON, 404, body({"error": "Record not found"}), PostState.GONE),
    (Platform.MASTODON, 410, b"", PostState.ACCOUNT_GONE),
    (Platform.MASTODON, 410, body({"type": "Tombstone"}), PostState.GONE),
    (Platform.MASTODON, 403, WALL, PostState.BLOCKED_US),
    (Platform.MASTODON, 502, WALL, PostState.BLOCKED_US),
    (Platform.MASTODON, 200, WALL, PostState.BLOCKED_US),
    (Platform.MASTODON, 200, body({"id": "1", "uri": "https://s.example/users/ada/statuses/1"}), PostState.LIVE),
    (Platform.BLUESKY, 400, body({"error": "RecordNotFound"}), PostState.GONE),
    (Platform.BLUESKY, 400, body({"error": "RepoTakendown"}), PostState.ACCOUNT_GONE),
    (Platform.BLUESKY, 400, body({"error": "InvalidRequest"}), PostState.UNKNOWN),
    (Platform.BLUESKY, 200, body({"posts": []}), PostState.GONE),
    (Platform.BLUESKY, 200, body({"thread": {"$type": "app.bsky.feed.defs#blockedPost"}}), PostState.WITHHELD),
    (Platform.TELEGRAM, 200, b'<html><div class="tgme_widget_message_error">Post not found</div>', PostState.GONE),
    (Platform.TELEGRAM, 200, WALL, PostState.UNKNOWN),
    (Platform.TRUTH_SOCIAL, 403, WALL, PostState.BLOCKED_US),
    (Platform.YOUTUBE, 401, b"Unauthorized", PostState.WITHHELD),
    (Platform.YOUTUBE, 404, b"Not Found", PostState.GONE),
    (Platform.YOUTUBE, 200, body({"items": []}), PostState.GONE),
    (Platform.WEB, 200, WALL, PostState.LIVE),
    (Platform.WEB, 410, b"", PostState.GONE),
    (Platform.WEB, 451, b"", PostState.WITHHELD),
    (Platform.WEB, 200, b"", PostState.UNKNOWN),
    (Platform.WEB, 302, b"", PostState.UNKNOWN),
]


@pytest.mark.parametrize(("platform", "status", "answer", "state"), STATES)
def test_only_the_platforms_own_words_say_gone(
    platform: Platform, status: int, answer: bytes, state: PostState
) -> None:
    assert read_state(platform, status=status, body=answer) is state
