"""Searching and proposing: what is found, in which order, page by page."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from archive.domain.accounts import Platform
from archive.domain.statements import CandidateQuery, StatementQuery
from archive.errors import InvalidInputError, StorageError
from archive.storage import offices, people, posts, statements
from archive.storage.accounts import ensure_account
from archive.storage.controls import ensure_control
from archive.storage.segments import Sizes, WordIndex, rebuild
from archive.text.shingles import word_hashes
from tests.factories import NOON, a_reading

TEXTS = {
    "1": "The harbour of Port Velm will stay open through the winter.",
    "2": "Harbour masters met today. The café opened, naïve hopes and all.",
    "3": "Señor Quill said: fishing quotas rise by 12 per cent.",
    "4": "漁業協定に署名しました。平和を願います。",
    "5": "मोदी नहीं, मंत्री टिंडल ने कहा",
    "6": "Quotas, quotas, quotas! #FishFirst @VelmFish https://velm.example/q?a=1",
    "7": "สวัสดีชาวประมง",
}


@pytest.fixture
def full(database, keep):
    """A few posts, the later ones later."""
    with database.writing() as session:
        account = ensure_account(session, platform=Platform.X, handle="VelmFish", display_name="Velm Fisheries")
        person = people.ensure_person(session, "Aldo Tindall", aliases=("Tindall, A.",))
        office = offices.ensure_office(session, "Minister of Fisheries", country="Velmora")
        offices.ensure_holding(session, person.id, office.id, since=date(2031, 5, 1), until=date(2031, 5, 17))
        ensure_control(session, account.id, person_id=person.id)
    keep(
        *(
            a_reading(
                words,
                native_id=key,
                posted_at=NOON + timedelta(days=int(key)),
                handle="VelmFish" if int(key) % 2 else "MaraQuill",
                name="Velm Fisheries" if int(key) % 2 else "Mara Quill",
                language={"4": "ja", "5": "hi", "7": "th"}.get(key, "en-GB" if key == "3" else "en"),
            )
            for key, words in TEXTS.items()
        )
    )
    return database


def found(database, query: StatementQuery) -> list[str]:
    with database.reading() as session:
        return [hit.statement.post.native_id for hit in statements.search(session, query).hits]


WORDS_FOUND = {
    "one word": ("harbour", {"1", "2"}),
    "two words, both needed": ("harbour winter", {"1"}),
    "case": ("HARBOUR WINTER", {"1"}),
    "accents off in the text": ("cafe naive", {"2"}),
    "accents on in the query": ("señor", {"3"}),
    "accents missing in the query": ("senor", {"3"}),
    "phrase": ('"stay open"', {"1"}),
    "phrase that is none": ('"open stay"', set()),
    "excluded": ("harbour -winter", {"2"}),
    "either": ("winter OR quotas", {"1", "3", "6"}),
    "prefix": ("quot*", {"3", "6"}),
    "number": ("12", {"3"}),
    "two Han characters inside a run": ("署名", {"4"}),
    "kana": ("しました", {"4"}),
    "Devanagari with vowel signs": ("मोदी", {"5"}),
    "Devanagari without its signs is another word": ("मद", set()),
    "Thai inside a run": ("ชาว", {"7"}),
    "hashtag word": ("FishFirst", {"6"}),
    "part of an address": ("velm.example", {"6"}),
    "unclosed quotation mark": ('"stay open', {"1"}),
    "operators as text": ("AND OR NOT harbour NEAR(", set()),
    "signs only": ('!!! *** --- ""', set()),
    "only an exclusion": ("-harbour", set()),
    "column filter of FTS5 is text": ("words:harbour", set()),
    "tsquery signs are text": ("harbour & !winter | ':*", {"1"}),
    "nul parts the words of a phrase": ("stay\x00open", {"1"}),
    "lone surrogate": ("harbour \ud800", {"1", "2"}),
}


@pytest.mark.parametrize("words, expected", WORDS_FOUND.values(), ids=WORDS_FOUND)
def test_words_find_posts(full, words, expected):
    assert set(found(full, StatementQuery(words=words))) == expected


FILTERS = {
    "nothing": (StatementQuery(), ["7", "6", "5", "4", "3", "2", "1"]),
    "platform": (StatementQuery(platform=Platform.MASTODON), []),
    "handle": (StatementQuery(handle="@marAQuill"), ["6", "4", "2"]),
    "handle nobody has": (StatementQuery(handle="nobody"), []),
    "speaker in the registry": (StatementQuery(speaker="Aldo Tindall"), ["7", "5", "3", "1"]),
    "speaker by family name": (StatementQuery(speaker="tindall"), ["7", "5", "3", "1"]),
    "speaker known by profile only": (StatementQuery(speaker="Mara Quill"), ["6", "4", "2"]),
    "speaker by handle": (StatementQuery(speaker="@velmfish"), ["7", "5", "3", "1"]),
    "office only while it was held": (StatementQuery(office="minister of fisheries"), ["3", "1"]),
    "language": (StatementQuery(language="ja"), ["4"]),
    "language with a region": (StatementQuery(language="en"), ["6", "3", "2", "1"]),
    "since": (StatementQuery(since=date(2031, 5, 20)), ["7", "6"]),
    "until includes the day": (StatementQuery(until=date(2031, 5, 16)), ["2", "1"]),
    "reported": (StatementQuery(reported=True), []),
    "words and filter": (StatementQuery(words="quotas", handle="velmfish"), ["3"]),
    "newest first": (StatementQuery(words="harbour", newest_first=True), ["2", "1"]),
}


@pytest.mark.parametrize("query, expected", FILTERS.values(), ids=FILTERS)
def test_filters_narrow(full, query, expected):
    assert found(full, query) == expected


@pytest.mark.parametrize(
    "query",
    [
        StatementQuery(),
        StatementQuery(words="the OR quotas OR 署名"),
        StatementQuery(words="the OR quotas", newest_first=True),
    ],
)
def test_pages_go_on_where_the_one_before_ended(full, query):
    whole = found(full, replace(query, limit=50))
    seen: list[str] = []
    after = None
    for _ in range(20):
        with full.reading() as session:
            page = statements.search(session, replace(query, limit=1, after=after))
        seen += [hit.statement.post.native_id for hit in page.hits]
        after = page.after
        if after is None:
            break
    assert seen == whole
    assert len(whole) > 2


@pytest.mark.parametrize(
    "after", ["", "x", "Ä", "W10", "WyJ0Iiwi", "a" * 500, "WyJ0IiwiMjAzMSIsOTk5OTk5OTk5OTk5OTk5OTk5OTk5OTldCg"]
)
@pytest.mark.parametrize("words", ["", "harbour"])
def test_a_made_up_bookmark_is_refused(full, after, words):
    with full.reading() as session, pytest.raises(InvalidInputError) as caught:
        statements.search(session, StatementQuery(words=words, after=after))
    assert caught.value.code == "bad_bookmark"


def test_highlights_are_stretches_of_the_text(full):
    with full.reading() as session:
        (hit,) = statements.search(session, StatementQuery(words='"cafe opened" hop*')).hits
        (japanese,) = statements.search(session, StatementQuery(words="署名")).hits
    text = hit.statement.snapshot.text
    assert [text[start:end] for start, end in hit.highlights] == ["café opened", "hopes"]
    assert [japanese.statement.snapshot.text[start:end] for start, end in japanese.highlights] == ["署名"]


def test_an_edited_post_is_found_by_its_old_words_once(full, keep):
    keep(a_reading("The harbour closes.", native_id="1", handle="VelmFish", name="Velm Fisheries"))
    with full.reading() as session:
        (old,) = statements.search(session, StatementQuery(words="winter")).hits
        both = statements.search(session, StatementQuery(words="harbour"))
    assert (old.statement.snapshot.version, old.statement.latest_version) == (1, 2)
    assert sorted(hit.statement.post.native_id for hit in both.hits) == ["1", "2"]
    assert both.total == 2


def query_for(*pieces: str, **rest) -> CandidateQuery:
    return CandidateQuery(hashes=tuple(word_hashes(piece) for piece in pieces), **rest)


USUAL, TWO = Sizes(), Sizes(in_memory=2, in_one=2)
"""Segments of two snapshots, so that a few posts fill several files."""


def proposed(database, tmp_path, query: CandidateQuery, *, sizes=USUAL) -> list[str]:
    with database.reading() as session:
        index = WordIndex.open(tmp_path / "index", session, sizes=sizes)
        return list(dict.fromkeys(s.post.native_id for s in statements.candidates(session, query, index).statements))


PROPOSED = {
    "verbatim": (query_for("The harbour of Port Velm will stay open through the winter."), "1"),
    "middle, changed at the ends": (query_for("our Port Velm will stay open"), "1"),
    "other case and handle unwrapped": (query_for("QUOTAS QUOTAS QUOTAS fish first velm fish"), "6"),
    "two pieces": (query_for("harbour masters met", "naive hopes"), "2"),
    "no two words in a row left": (query_for("quotas fishing rise cent"), "3"),
}


@pytest.mark.parametrize("query, expected", PROPOSED.values(), ids=PROPOSED)
def test_a_quotation_leads_to_its_post(full, tmp_path, query, expected):
    assert proposed(full, tmp_path, query)[0] == expected


def test_nothing_in_common_proposes_nothing(full, tmp_path):
    assert proposed(full, tmp_path, query_for("zebras gallop northwards")) == []
    assert proposed(full, tmp_path, CandidateQuery(hashes=())) == []


def test_a_pointer_to_a_post_comes_first(full, tmp_path):
    assert proposed(full, tmp_path, query_for("quotas fishing rise", native_ids=("5", "none\x00")))[0] == "5"


def test_posts_after_the_article_come_last(full, keep, tmp_path):
    keep(a_reading(TEXTS["1"], native_id="90", posted_at=NOON + timedelta(days=90), handle="Copycat", name="Copycat"))
    query = query_for(TEXTS["1"], before=NOON + timedelta(days=30))
    assert proposed(full, tmp_path, query) == ["1", "90"]


def test_candidates_carry_every_version_and_frequencies(full, keep, tmp_path):
    keep(a_reading("The harbour closes.", native_id="1", handle="VelmFish", name="Velm Fisheries"))
    with full.reading() as session:
        index = WordIndex.open(tmp_path, session)
        result = statements.candidates(session, query_for(TEXTS["1"]), index)
    versions = [(s.snapshot.version, s.latest_version) for s in result.statements if s.post.native_id == "1"]
    assert versions == [(2, 2), (1, 2)]
    assert result.corpus_size == 8
    (harbour,) = word_hashes("harbour")
    assert result.frequencies[harbour] == 2
    assert set(result.frequencies) == set(word_hashes(TEXTS["1"]))


def test_neighbours_of_the_same_author_come_along(full, keep, tmp_path):
    at = NOON + timedelta(days=40)
    keep(
        a_reading("Part one of what I want to say about lobsters.", native_id="20", posted_at=at),
        a_reading("Nothing to do with it.", native_id="21", posted_at=at + timedelta(minutes=9)),
        a_reading(
            "Far later, but an answer to myself.", native_id="22", posted_at=at + timedelta(hours=5), in_reply_to="20"
        ),
        a_reading("And on.", native_id="23", posted_at=at + timedelta(hours=9), in_reply_to="22"),
        a_reading(
            "Another hour, no answer: for the matcher to look at, not for the page.",
            native_id="24",
            posted_at=at + timedelta(hours=1),
        ),
        a_reading("Somebody else at once.", native_id="25", posted_at=at, handle="Other", in_reply_to="20"),
    )
    keep(a_reading("The next day.", native_id="26", posted_at=at + timedelta(hours=30)))
    wanted = {"20", "21", "22", "23", "24"}
    assert set(proposed(full, tmp_path, query_for("what I want to say about lobsters"))) == wanted
    with full.reading() as session:
        (first,) = posts.find(session, ("20",))
        thread = statements.get(session, first.id).thread
    assert [statement.post.native_id for statement in thread] == ["20", "21", "22", "23"]


def test_a_short_common_quotation_finds_the_speakers_post(full, keep, tmp_path):
    keep(
        *(
            a_reading(
                "We will win.",
                native_id=f"c{number}",
                handle=f"Fan{number}",
                name="Fan",
                posted_at=NOON + timedelta(days=100 + number),
            )
            for number in range(60)
        ),
        a_reading(
            "We will win.",
            native_id="hers",
            handle="MaraQuill",
            name="Mara Quill",
            posted_at=NOON + timedelta(days=300),
        ),
    )
    with full.reading() as session:
        account = statements.get(session, posts.find(session, ("hers",))[0].id).statement.account
    query = query_for("We will win", accounts=(account.id,), limit=8)
    assert proposed(full, tmp_path, query)[0] == "hers"


def test_the_index_takes_in_what_is_new(full, keep, tmp_path):
    with full.reading() as session:
        index = WordIndex.open(tmp_path, session)
    keep(a_reading("Entirely unheard otters.", native_id="30"))
    query = query_for("unheard otters")
    with full.reading() as session:
        assert index.lookup(query) == ()
        index.refresh(session)
        assert len(index.lookup(query)) == 1
        assert index.size == 8


def test_the_index_can_be_deleted_damaged_or_from_elsewhere(full, tmp_path):
    query = query_for(TEXTS["3"])
    assert proposed(full, tmp_path, query, sizes=TWO)[0] == "3"
    files = sorted((tmp_path / "index").glob("*.npy"))
    assert files
    for damage in (
        lambda path: path.unlink(),
        lambda path: path.write_bytes(b"\x93NUMPY"),
        lambda path: path.write_bytes(path.read_bytes()[:-4] + b"abcd"),
    ):
        damage(sorted((tmp_path / "index").glob("*.npy"))[0])
        assert proposed(full, tmp_path, query, sizes=TWO)[0] == "3"
    (tmp_path / "index" / "manifest.json").write_text('{"format": 1, "segments": [{"first": "x"}]}')
    assert proposed(full, tmp_path, query, sizes=TWO)[0] == "3"
    with full.reading() as session:
        assert rebuild(tmp_path / "index", session) == 7


def test_rebuilding_gives_the_same_files(full, tmp_path):
    with full.reading() as session:
        for name in ("one", "two"):
            WordIndex.open(tmp_path / name, session, sizes=TWO)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two


def test_a_statement_page_has_versions_captures_and_thread(full, keep):
    keep(a_reading("The harbour closes.", native_id="1", handle="VelmFish", name="Velm Fisheries"))
    with full.reading() as session:
        post = posts.find(session, ("1",))[0]
        detail = statements.get(session, post.id)
        page = statements.of_person(session, detail.statement.voice.person_id, limit=3)
        rest = statements.of_person(session, detail.statement.voice.person_id, limit=3, after=page.after)
    assert [snapshot.version for snapshot in detail.versions] == [1, 2]
    assert len(detail.captures) == 2
    assert detail.statement.office_title == "Minister of Fisheries"
    assert [hit.statement.post.native_id for hit in (*page.hits, *rest.hits)] == ["7", "5", "3", "1"]
    assert rest.after is None


def test_an_index_that_cannot_be_written_says_so(full, tmp_path):
    (tmp_path / "file").write_text("not a directory")
    with full.reading() as session, pytest.raises(StorageError) as caught:
        WordIndex.open(tmp_path / "file" / "index", session, sizes=TWO)
    assert caught.value.code == "index_unwritable"
