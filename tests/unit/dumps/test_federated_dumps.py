import json

import pytest

from archive.domain.accounts import Platform
from archive.errors import InvalidInputError

from .given import DID, ORLA, PUBLIC, Repository, bluesky_post, gist, note, readings, remarks, zipped

FOLLOWERS = f"{ORLA}/followers"


def outbox(*activities: object) -> bytes:
    """The export writes the key twice: empty, then full."""
    return f'{{"type": "OrderedCollection", "orderedItems": [], "orderedItems": {json.dumps(activities)}}}'.encode()


def test_only_public_posts_of_an_outbox_are_taken_in() -> None:
    body = outbox(
        note(1, "<p>Ferries sail.<br>Twice.</p>"),
        note(2, "unlisted", to=FOLLOWERS, cc=PUBLIC),
        note(3, "for followers", to=FOLLOWERS, cc=""),
        note(4, "to one", to="https://social.marrowland.example/users/brann", cc=""),
        note(5, "flagged", directMessage=True),
        {"type": "Announce", "to": [PUBLIC], "object": "https://elsewhere.example/1"},
        {"type": "Announce", "to": [FOLLOWERS], "object": "https://elsewhere.example/2"},
        {"type": "Like", "object": "https://elsewhere.example/3"},
    )
    expected = ["Ferries sail.\nTwice.", "unlisted", "private", "private", "private", "repost", "private", "not_a_post"]
    assert gist("outbox.json", body) == expected


def test_the_profile_of_an_export_names_its_author_and_the_rest_stays_closed() -> None:
    actor = {"preferredUsername": "orla", "name": "Orla Venn"}
    members = {"outbox.json": outbox(note(1, "Ferries sail.")), "actor.json": json.dumps(actor), "likes.json": "closed"}
    (reading,) = readings("archive.zip", zipped(members))
    assert (reading.author_name, reading.author_handle) == ("Orla Venn", "orla@social.marrowland.example")
    assert (reading.native_id, reading.author_native_id) == (f"{ORLA}/statuses/1", ORLA)


def test_warnings_and_edits_of_notes_are_kept() -> None:
    (reading,) = readings("outbox.json", outbox(note(1, "The end.", summary="Harbour", updated="2024-05-02T10:00:00Z")))
    assert reading.text == "Harbour\n\nThe end."
    assert reading.edited_at is not None and reading.edited_at.day == 2


def test_a_note_without_a_date_is_named() -> None:
    assert gist("outbox.json", outbox(note(1, "x", published="soon"), note(2, "good"))) == ["row_bad_value", "good"]


STATUS = {
    "id": "110",
    "uri": f"{ORLA}/statuses/110",
    "url": "https://social.marrowland.example/@orla/110",
    "created_at": "2024-05-01T10:00:00.000Z",
    "visibility": "public",
    "content": "<p>Ferries sail.</p>",
    "account": {"id": "5", "acct": "orla", "url": "https://social.marrowland.example/@orla", "uri": ORLA},
}


@pytest.mark.parametrize("lines", [True, False])
def test_statuses_of_a_server(lines: bool) -> None:
    private = {**STATUS, "uri": f"{ORLA}/statuses/111", "visibility": "private"}
    body = "\n".join(map(json.dumps, (STATUS, private))) if lines else json.dumps([STATUS, private])
    assert gist("statuses.json", body.encode()) == ["Ferries sail.", "private"]


# Truth Social

TRUTH = {
    "id": "114132050804394743",
    "created_at": "2025-03-09T10:41:28.605Z",
    "content": "<p>Ferries &amp; harbours</p>",
    "url": "https://truthsocial.com/@orlavenn/114132050804394743",
    "media": [],
    "replies_count": 3,
    "reblogs_count": 1,
    "favourites_count": 0,
}


def test_rows_of_a_public_archive() -> None:
    repost = {**TRUTH, "id": "114132050804394744", "content": "RT @brann We sail"}
    mangled = {**TRUTH, "id": "1.14132E+17"}
    first, second = readings("truths.json", json.dumps([TRUTH, repost, mangled]).encode())
    assert (first.platform, first.author_handle, first.text) == (
        Platform.TRUTH_SOCIAL,
        "orlavenn",
        "Ferries & harbours",
    )
    assert (first.is_repost, second.is_repost) == (False, True)
    assert gist("truths.json", json.dumps([mangled]).encode()) == ["row_mangled_id"]


def test_the_same_as_a_table() -> None:
    body = (
        "id,created_at,content,url,media,replies_count,reblogs_count,favourites_count\n"
        '114132050804394743,2025-03-09T10:41:28.605Z,"<p>Ferries &amp; harbours</p>",'
        "https://truthsocial.com/@orlavenn/114132050804394743,,3,1,0\n"
        "1.14132E+17,2025-03-09T10:41:28.605Z,rounded,https://truthsocial.com/@orlavenn/1,,0,0,0\n"
    )
    assert gist("truths.csv", body.encode()) == ["Ferries & harbours", "row_mangled_id"]


def test_accounts_that_ask_strangers_away_are_left_out() -> None:
    account = {"acct": "orlavenn", "url": "https://truthsocial.com/@orlavenn"}
    hidden = {**TRUTH, "account": {**account, "unauth_visibility": False}}
    assert gist("t.json", json.dumps([{**TRUTH, "account": account}, hidden]).encode()) == [
        "Ferries & harbours",
        "not_shown_to_strangers",
    ]


# Bluesky

KEY = "app.bsky.feed.post/3kaheyt6vpc22"
RECORDS = {
    "app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile", "displayName": "Orla Venn"},
    "app.bsky.feed.like/3kaheyt6vpc25": {"$type": "app.bsky.feed.like"},
    KEY: bluesky_post("Ferries sail."),
    "app.bsky.feed.post/3kaheyt6vpc23": bluesky_post("Ferries stop."),
    "app.bsky.feed.repost/3kaheyt6vpc24": {"$type": "app.bsky.feed.repost", "createdAt": "2024-05-01T10:00:00Z"},
}


def test_posts_of_a_repository() -> None:
    repository = Repository()
    body = repository.file(repository.tree(RECORDS))
    assert gist("repo.car", body) == ["not_a_post", "not_a_post", "Ferries sail.", "Ferries stop.", "repost"]
    first, _ = readings("repo.car", body, account="orla.marrowland.example")
    assert first.native_id == f"at://{DID}/{KEY}"
    assert (first.author_native_id, first.author_handle, first.author_name) == (
        DID,
        "orla.marrowland.example",
        "Orla Venn",
    )
    assert first.locator is not None and first.locator.startswith("record bafyrei")
    assert "signature was not checked" in remarks("repo.car", body)[0]


def test_trees_of_several_nodes_are_walked_in_order() -> None:
    repository = Repository()
    below = repository.tree({KEY: bluesky_post("first")})
    body = repository.file(repository.tree({"app.bsky.feed.post/3kbheyt6vpc22": bluesky_post("second")}, below=below))
    assert gist("repo.car", body) == ["first", "second"]


def test_a_block_that_no_key_leads_to_is_not_the_accounts() -> None:
    repository = Repository()
    repository.put(bluesky_post("smuggled in"))
    assert gist("repo.car", repository.file(repository.tree({KEY: bluesky_post("real")}))) == ["real"]


def test_an_account_that_asks_strangers_away_is_left_out() -> None:
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "!no-unauthenticated"}]}
    repository = Repository()
    profile = {"$type": "app.bsky.actor.profile", "labels": labels}
    tree = repository.tree({KEY: bluesky_post("hidden"), "app.bsky.actor.profile/self": profile})
    assert gist("repo.car", repository.file(tree)) == ["not_a_post", "not_shown_to_strangers"]


def test_a_slice_says_that_it_is_one() -> None:
    repository = Repository()
    elsewhere = repository.tree({KEY: bluesky_post("not in the file")})
    tree = repository.tree({"app.bsky.feed.post/3kbheyt6vpc22": bluesky_post("in the file")}, below=elsewhere)
    del repository.blocks[elsewhere]
    body = repository.file(tree)
    assert gist("repo.car", body) == ["in the file"]
    assert any("part of the repository" in remark for remark in remarks("repo.car", body))


def refused(body: bytes) -> str:
    with pytest.raises(InvalidInputError) as error:
        gist("repo.car", body)
    return error.value.code


def test_a_changed_record_is_noticed() -> None:
    repository = Repository()
    body = repository.file(repository.tree({KEY: bluesky_post("Ferries sail.")}))
    assert gist("repo.car", body.replace(b"Ferries sail.", b"Ferries sink.")) == ["dump_damaged"]


def test_a_changed_tree_is_refused() -> None:
    repository = Repository()
    body = repository.file(repository.tree({KEY: bluesky_post("x")}))
    assert refused(body.replace(KEY.encode(), KEY.replace("22", "23").encode())) == "dump_damaged"


def test_trees_that_are_none_are_refused() -> None:
    def entry(key: bytes, *, shared: int = 0, below: bytes | None = None) -> dict[str, object]:
        return {"p": shared, "k": key, "v": repository.put(bluesky_post("x")), "t": below}

    repository = Repository()
    leaf = repository.put({"l": None, "e": [entry(b"b")]})
    twice = repository.put({"l": leaf, "e": [entry(b"c", below=leaf)]})
    unordered = repository.put({"l": None, "e": [entry(b"b"), entry(b"a")]})
    beyond = repository.put({"l": None, "e": [entry(b"b", shared=5)]})
    mute = repository.put({"l": None, "e": [{"p": 0, "k": b"", "v": leaf, "t": None}]})
    for tree in (twice, unordered, beyond, mute):
        fresh = Repository()
        fresh.blocks = dict(repository.blocks)
        assert refused(fresh.file(tree)) == "dump_damaged"
