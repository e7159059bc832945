"""The article against itself: notes that need no archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.domain.accounts import Platform
from archive.domain.articles import ArticleText, Embed
from archive.domain.claims import Attribution, Claim, ClaimedDate, Quotation
from archive.domain.findings import FindingCode as F
from archive.domain.policies import STANDARD
from archive.domain.spans import Span
from archive.verification.consistency import notes_on
from archive.verification.terms import forms_that_differ

QUOTE = "We will open the northern harbour to every fishing boat before the winter storms arrive."


def article_with(*quotes: str, text: str | None = None, **more: object) -> ArticleText:
    body = text if text is not None else "\n\n".join(f'"{quote}" Ana Belo wrote on X.' for quote in quotes)
    paragraphs, at = [], 0
    for paragraph in body.split("\n\n"):
        paragraphs.append(Span(at, at + len(paragraph)))
        at += len(paragraph) + 2
    return ArticleText(text=body, paragraphs=tuple(paragraphs), **more)  # type: ignore[arg-type]


def claim_in(
    article: ArticleText, quote: str, *, speaker: str | None = "Ana Belo", headline: bool = False, **more: object
) -> Claim:
    at = 0 if headline else article.text.index(quote)
    fields: dict[str, object] = {"speaker_name": speaker, "speaker_printed": speaker, "cue": "wrote on X"}
    return Claim(
        quotation=Quotation(spans=(Span(at, at + len(quote)),), content=quote, in_headline=headline),
        attribution=Attribution(**(fields | more)),  # type: ignore[arg-type]
    )


def codes(article: ArticleText, *claims: Claim) -> list[F]:
    return [note.finding.code for note in notes_on(article, claims, policy=STANDARD)]


@pytest.mark.parametrize(
    ("text", "pair", "spelt"),
    [
        ("a Clear and Quiet North-Sea (CNQS) … later the Clear and Quiet North-Sea (CQNS)", ("CQNS", "CNQS"), "CQNS"),
        ("the Extra Kelp Compact Plan (XKCP) was signed. The XCKP covers", ("XKCP", "XCKP"), None),
        ("the Harbour Safety Rule (HSR), and the harbour safety rule [HSP]", ("HSR", "HSP"), "HSR"),
        ("Rada Bezpečného Přístavu (RBP) a Rada Bezpečného Přístavu (RPB)", ("RBP", "RPB"), "RBP"),
    ],
)
def test_two_forms_of_one_term_are_found(text: str, pair: tuple[str, str], spelt: str | None) -> None:
    found = forms_that_differ(text)
    assert [{f.first, f.second} for f in found] == [set(pair)]
    assert found[0].spelt == spelt
    assert [span.of(text) in pair for span in found[0].spans] == [True, True]


@pytest.mark.parametrize(
    "text",
    [
        "the Norland Port Union (NPU) and the Norland Press Union (NPR)",
        "the Kelp Trade Board (KTB) and the Kelp Tax Bureau (KTD)",
        "UNDP and UNEP signed it",
        "SEND THE FORM FROM HERE",
        "the Harbour Safety Rule (HSR) and again HSR, HSRs",
        "the Free Cod Plan (FCP) and the FPC, which nobody explains, are three letters",
        "see @XKCP and the Extra Kelp Compact Plan (XKCP) and #XCKP",
    ],
)
def test_two_different_terms_are_left_alone(text: str) -> None:
    assert forms_that_differ(text) == ()


def test_letters_that_could_not_be_read_are_noted_once() -> None:
    article = article_with(text="The caf\ufffd closes, \ufffdsaid the owner.")
    (note,) = notes_on(article, (), policy=STANDARD)
    assert note.finding.code is F.UNREADABLE_LETTERS
    assert note.finding.explanation.startswith("2 letters of the page cannot be read")
    assert note.spans == ((7, 8), (17, 18))
    assert notes_on(article_with(text="The café closes."), (), policy=STANDARD) == ()


def test_note_on_a_term_names_both_forms_and_the_right_one() -> None:
    article = article_with(text="the Harbour Safety Rule (HSR), and the harbour safety rule (HSP)")
    (note,) = notes_on(article, (), policy=STANDARD)
    assert note.finding.code is F.INCONSISTENT_FORMS
    assert all(form in note.finding.explanation for form in ('"HSR"', '"HSP"', 'spell "HSR"'))
    assert [article.text[start:end] for start, end in note.spans] == ["HSR", "HSP"]


@pytest.mark.parametrize(
    ("headline", "expected"),
    [
        ("open the northern harbour to every fishing boat", []),
        ("open the southern harbour to every fishing boat", [F.HEADLINE_DIFFERS]),
        ("surrender every islet tomorrow morning", [F.HEADLINE_DIFFERS]),
        ("historic", []),
    ],
)
def test_headline_is_held_against_the_body(headline: str, expected: list[F]) -> None:
    article = article_with(QUOTE)
    claims = (claim_in(article, QUOTE), claim_in(article, headline, headline=True))
    assert codes(article, *claims) == expected


def test_same_words_credited_to_two_people() -> None:
    text = f'"{QUOTE}" Ana Belo wrote.\n\n{"The storm came nearer all day long. " * 9}\n\n"{QUOTE}" Boro Lind wrote.'
    article = article_with(text=text)
    at = text.rindex(QUOTE)
    one, other = claim_in(article, QUOTE), claim_in(article, QUOTE, speaker="Boro Lind")
    other = replace(other, quotation=replace(other.quotation, spans=(Span(at, at + len(QUOTE)),)))
    assert codes(article, one, other) == [F.CREDITS_DISAGREE]
    for speaker in ("Belo", "officials", None):
        credited = replace(other, attribution=replace(other.attribution, speaker_name=speaker))
        assert codes(article, one, credited) == []


def test_credit_misread_beside_a_name_is_no_disagreement() -> None:
    article = article_with(QUOTE)
    one = claim_in(article, QUOTE)
    assert codes(article, one, claim_in(article, QUOTE, speaker="Boro Lind")) == []


def test_same_quotation_in_two_forms() -> None:
    changed = QUOTE.replace("northern", "southern")
    article = article_with(QUOTE, changed)
    assert codes(article, claim_in(article, QUOTE), claim_in(article, changed)) == [F.INCONSISTENT_FORMS]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Belo said the northern harbour would open to every fishing boat.", [F.INDIRECT_TWIN]),
        (
            "Belo said the northern harbour would not open to every fishing boat.",
            [F.INDIRECT_TWIN, F.WRONG_PARAPHRASE_BESIDE],
        ),
    ],
)
def test_paraphrase_beside_a_quotation_is_compared(told: str, expected: list[F]) -> None:
    article = article_with(text=f'{told}\n\n"{QUOTE}" Ana Belo wrote on X.')
    claim = claim_in(article, QUOTE)
    claim = replace(claim, quotation=replace(claim.quotation, indirect_twin=Span(0, len(told))))
    assert codes(article, claim) == expected


def test_paraphrase_with_another_number_is_noted() -> None:
    quote = "We will open 12 harbours to every fishing boat."
    article = article_with(text=f'Belo promised 20 harbours.\n\n"{quote}" Ana Belo wrote on X.')
    claim = claim_in(article, quote)
    claim = replace(claim, quotation=replace(claim.quotation, indirect_twin=Span(0, 26)))
    assert codes(article, claim) == [F.INDIRECT_TWIN, F.WRONG_PARAPHRASE_BESIDE]


def test_other_numbers_in_a_longer_paraphrase_are_no_contradiction() -> None:
    quote = "We will open 12 harbours to every fishing boat."
    told = "In 2031, after 3 storms, Belo promised harbours."
    article = article_with(text=f'{told}\n\n"{quote}" Ana Belo wrote on X.')
    claim = claim_in(article, quote)
    claim = replace(claim, quotation=replace(claim.quotation, indirect_twin=Span(0, len(told))))
    assert codes(article, claim) == [F.INDIRECT_TWIN]


def test_paraphrase_with_the_same_number_is_fine() -> None:
    quote = "We will open 12 harbours to every fishing boat."
    article = article_with(text=f'Belo promised 12 harbours.\n\n"{quote}" Ana Belo wrote on X.')
    claim = claim_in(article, quote)
    claim = replace(claim, quotation=replace(claim.quotation, indirect_twin=Span(0, 26)))
    assert codes(article, claim) == [F.INDIRECT_TWIN]


def test_weekday_that_contradicts_its_date() -> None:
    article = article_with(QUOTE)
    wrong = ClaimedDate(first=date(2031, 5, 2), last=date(2031, 5, 2), printed="Monday, May 2", span=Span(0, 3))
    (note,) = notes_on(article, (claim_in(article, QUOTE, said_on=wrong),), policy=STANDARD)
    assert (note.finding.code, note.spans) == (F.WEEKDAY_CONTRADICTS_DATE, ((0, 3),))
    assert "was a Friday" in note.finding.explanation


def test_speaker_named_a_paragraph_earlier() -> None:
    article = article_with(text=f'Ana Belo spoke of harbours.\n\n"{QUOTE}" the statement read.')
    assert codes(article, claim_in(article, QUOTE, speaker_span=Span(0, 8))) == [F.SPEAKER_IN_EARLIER_PARAGRAPH]
    beside = article_with(text=f'Ana Belo wrote: "{QUOTE}"')
    assert codes(beside, claim_in(beside, QUOTE, speaker_span=Span(0, 8))) == []


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("We will open every harbour. Minister of Fisheries BELO Ana", [F.SIGNATURE_INSIDE]),
        ("We will open every harbour. I told Ana Belo that it was not so easy after all", []),
        ("We will open every harbour.", []),
    ],
)
def test_signature_inside_the_quotation(quote: str, expected: list[F]) -> None:
    article = article_with(quote)
    assert codes(article, claim_in(article, quote)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f'"{QUOTE}" she wrote.', []),
        (f'"{QUOTE} she wrote.', [F.UNBALANCED_MARKS]),
        (f"„{QUOTE}“ schrieb sie.", []),
        (f"{QUOTE}” she wrote.", [F.UNBALANCED_MARKS]),
        (f"“{QUOTE}”\n— Ana Belo", [F.DASH_SIGNATURE]),
    ],
)
def test_marks_around_the_quotation(text: str, expected: list[F]) -> None:
    article = article_with(text=text)
    cue = None if "—" in text else "wrote"
    assert codes(article, claim_in(article, QUOTE, cue=cue)) == expected


def test_block_quote_needs_no_marks() -> None:
    article = article_with(text=f"{QUOTE}”", block_quotes=(Span(0, len(QUOTE)),))
    assert codes(article, claim_in(article, QUOTE)) == []


def test_nested_caption_and_embedded_quotations_are_noted() -> None:
    article = article_with(text=f'A story.\n\n"{QUOTE}" in a caption')
    claim = claim_in(article, QUOTE)
    nested = replace(claim, quotation=replace(claim.quotation, nested=(Span(12, 16),)))
    assert codes(article, nested) == [F.NESTED_QUOTATION]
    assert codes(article, replace(claim, embed=Embed(platform=Platform.X, native_id="1"))) == [F.EMBEDDED_POST]
    assert codes(replace(article, paragraphs=(Span(0, 8),)), claim) == [F.CAPTION_OR_IMAGE]


def in_pieces(text: str, *pieces: str) -> tuple[ArticleText, Claim]:
    article = article_with(text=text)
    spans = tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)
    claim = claim_in(article, pieces[0])
    return article, replace(claim, quotation=Quotation(spans=spans, content=" ".join(pieces)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"We will open it," Ana Belo wrote. "The storms can wait."', [F.TAG_SPLITS_QUOTATION]),
        ('"We will open it,\n\n"The storms can wait."', [F.CONTINUED_OVER_PARAGRAPHS]),
        ('"We will open it, … The storms can wait."', []),
    ],
)
def test_a_quotation_in_two_pieces(text: str, expected: list[F]) -> None:
    article, claim = in_pieces(text, "We will open it,", "The storms can wait.")
    assert [code for code in codes(article, claim) if code is not F.UNBALANCED_MARKS] == expected


@pytest.mark.parametrize(
    ("printed", "name", "expected"),
    [
        ("she", "Ana Belo", [F.BARE_SPEAKER]),
        ("PM", "Ana Belo", [F.BARE_SPEAKER]),
        ("the minister", "Ana Belo", [F.BARE_SPEAKER]),
        ("Ana Belo", "Ana Belo", []),
        ("Belo", "Ana Belo", []),
        ("the minister", "the minister", []),
    ],
)
def test_a_speaker_who_is_printed_without_a_name(printed: str, name: str, expected: list[F]) -> None:
    article = article_with(QUOTE)
    claim = claim_in(article, QUOTE, speaker=name)
    claim = replace(claim, attribution=replace(claim.attribution, speaker_printed=printed))
    assert codes(article, claim) == expected


@pytest.mark.parametrize(
    ("told", "quoted", "wrong"),
    [
        ("that 31 years had passed since 2030", "It is 20 years since 2030, and we still wait.", True),
        ("that 20 years had passed, 3 of them in 2031", "It is 20 years, 30 of us are left, and we still wait.", False),
        ("that 20 years had passed", "It is 20 years since 2030, and we still wait.", False),
    ],
)
def test_one_number_of_several_told_otherwise(told: str, quoted: str, wrong: bool) -> None:
    article = article_with(text=f'"{quoted}" Ana Belo wrote on X.\n\nShe said {told}.')
    at = article.text.index("She said")
    claim = claim_in(article, quoted)
    claim = replace(claim, quotation=replace(claim.quotation, indirect_twin=Span(at, len(article.text))))
    assert (F.WRONG_PARAPHRASE_BESIDE in codes(article, claim)) is wrong


def test_clean_article_has_no_notes() -> None:
    article = article_with(QUOTE)
    assert codes(article, claim_in(article, QUOTE)) == []
