"""Claims of whole articles, all people and places invented."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.domain.accounts import Platform
from archive.domain.articles import ArticleText, Embed
from archive.domain.claims import Claim, Medium, QuotationKind
from archive.domain.spans import Span
from archive.errors import ExtractionError
from archive.extraction.claims import find_claims, plain_article

FRIDAY = date(2026, 3, 6)


def claims_of(text: str, *, language: str = "en") -> tuple[Claim, ...]:
    return find_claims(plain_article(text, published_on=FRIDAY, language=language))


SPEAKERS = [
    ('"We will build the bridge this year," Mayor Dana Orlova said.', "Dana Orlova", "said"),
    ('"We will build the bridge this year," said Dana Orlova, the mayor of Brod.', "Dana Orlova", "said"),
    ('Dana Orlova, the mayor of Brod, said: "We will build the bridge this year."', "Dana Orlova", "said"),
    ('Dana Orlova smiled, adding, "We will build the bridge this year."', "Dana Orlova", "adding"),
    ('Dana Orlova thanked the council and added, "We will build the bridge."', "Dana Orlova", "added"),
    ('As Dana Orlova put it, "We will build the bridge this year."', "Dana Orlova", "put it"),
    ('According to Dana Orlova, "We will build the bridge this year."', "Dana Orlova", "According to"),
    ('"We will build the bridge this year," according to Dana Orlova.', "Dana Orlova", "according to"),
    ('"We will build the bridge this year," Rep. Jan K. Orlov (U-Brod.) told reporters.', "Jan K. Orlov", "told"),
    ('"We will build the bridge this year," Theresa May Orlova said.', "Theresa May Orlova", "said"),
    ('The mayor\'s deputy, Jan Orlov, said, "We will build the bridge this year."', "Jan Orlov", "said"),
    ('"We will build the bridge this year," Orlova chortled.', "Orlova", "chortled"),
    ('"We will build the bridge this year." — Dana Orlova', "Dana Orlova", "—"),
    ('"We will build the bridge this year."\n— Dana Orlova, mayor of Brod', "Dana Orlova", "—"),
    ('From Dana Orlova: "We will build the bridge this year."', "Dana Orlova", None),
    ('Bridge Ministry (BM) spokesperson Jan Orlov posted: "We will build it now."', "Jan Orlov", "posted"),
    ('Dana Orlova took the floor in Brod.\n"We will build the bridge this year."', "Dana Orlova", None),
    ("‘We respect the workers’ rights here,’ Dana Orlova said.", "Dana Orlova", "said"),
]


@pytest.mark.parametrize(("text", "name", "cue"), SPEAKERS)
def test_the_speaker_is_found_on_either_side(text: str, name: str, cue: str | None) -> None:
    (claim,) = claims_of(text)
    assert claim.quotation.kind is QuotationKind.DIRECT
    assert claim.attribution.speaker_name == name
    if cue is not None:
        assert claim.attribution.cue == cue


OTHER_LANGUAGES = [
    ("cs", "„Most postavíme ještě letos,“ řekla starostka Dana Orlová.", "Dana Orlová"),
    ("ru", "«Мы построим мост в этом году», — заявила мэр Дана Орлова.", "Дана Орлова"),
    ("de", "„Wir bauen die Brücke noch in diesem Jahr“, sagte Bürgermeisterin Dana Orlow am Freitag.", "Dana Orlow"),
    ("fr", "« Nous construirons le pont cette année », a déclaré vendredi la maire Dana Orlova.", "Dana Orlova"),
    ("es", '"Vamos a construir el puente este año", afirmó el viernes la alcaldesa Dana Orlova.', "Dana Orlova"),
    ("pt", '"Vamos construir a ponte este ano", disse a prefeita Dana Orlova.', "Dana Orlova"),
    ("hi", 'मेयर दाना ओर्लोवा ने कहा, "हम इस साल पुल बनाएंगे।"', "दाना ओर्लोवा"),
    ("ja", "オルロワ市長は「今年、橋を建設します」と述べた。", "オルロワ"),
]


@pytest.mark.parametrize(("language", "text", "name"), OTHER_LANGUAGES)
def test_other_languages_find_their_speakers(language: str, text: str, name: str) -> None:
    (claim,) = claims_of(text, language=language)
    assert claim.attribution.speaker_name == name


def test_an_interrupted_quotation_keeps_both_parts() -> None:
    text = '"We will build it," Dana Orlova said on Tuesday. "And we will build it well."'
    (claim,) = claims_of(text)
    assert [span.of(text) for span in claim.quotation.spans] == ["We will build it,", "And we will build it well."]
    assert claim.quotation.content == "We will build it, And we will build it well."
    assert claim.attribution.said_on is not None
    assert claim.attribution.said_on.day == date(2026, 3, 3)


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“We will build the bridge.\n“We will build it well,” Dana Orlova said."
    (claim,) = claims_of(text)
    assert len(claim.quotation.spans) == 2
    assert claim.attribution.speaker_name == "Dana Orlova"


NOT_QUOTATIONS = [
    "The ‘Global Pact’ of 2014 and the ‘Wider Pact’ of 2016 were signed in Brod, according to Dana Orlova.",
    'He wrote the book "Bridges of Brod" in 2014.',
    'In her memoir, "Tough Bridges," Dana Orlova wrote of the flood.',
    'The so-called "bridge tax" was dropped.',
    '"Bridges of the Old North," by Jan Orlov.',
]


@pytest.mark.parametrize("text", NOT_QUOTATIONS)
def test_terms_titles_and_scare_quotes_are_no_quotations(text: str) -> None:
    assert claims_of(text) == ()


def test_a_fragment_in_reported_speech_is_mixed() -> None:
    (claim,) = claims_of('Dana Orlova called the plan "a gift to nobody in the town" and left.')
    assert claim.quotation.kind is QuotationKind.MIXED
    assert claim.attribution.speaker_printed == "Dana Orlova"


def test_he_and_she_are_told_apart() -> None:
    text = (
        "Mr. Orlov and Ms. Brand met in Brod. Ms. Brand praised the plan.\n"
        '"It is a fine plan for the town," she said.\n'
        "Mr. Orlov said the plan was late.\n"
        '"It should have come two years ago," he said.'
    )
    first, second = claims_of(text)
    assert first.attribution.speaker_printed == "she"
    assert "Brand" in str(first.attribution.speaker_name)
    assert "Orlov" in str(second.attribution.speaker_name)


def test_a_family_name_stands_for_the_full_name() -> None:
    text = 'Mayor Dana Orlova came.\n"We will build the bridge," Orlova said.'
    assert claims_of(text)[0].attribution.speaker_name == "Dana Orlova"


RELAYED = (
    "On February 24, Brod's Foreign Minister Petar Orlov on Tuesday thanked Dana Brand for her message.\n"
    "Brod's Ministry of Foreign Affairs shared Petar Orlov's statement on X.\n"
    "\"I thank you and hope for a 'Free and Open River'. Minister Orlov,\" the statement read.\n"
    "Orlov's statement came in response to FM Brand's message of congratulation.\n"
    'In a statement shared on X, FM Brand wrote, "Congratulations on your new office in Brod."'
)


def test_relayed_words_belong_to_the_minister_and_not_to_the_ministry() -> None:
    claim = claims_of(RELAYED)[0]
    attribution = claim.attribution
    assert attribution.speaker_printed == "the statement"
    assert attribution.speaker_name == "Petar Orlov"
    assert attribution.relayed_by == "Brod's Ministry of Foreign Affairs"
    assert attribution.platform is Platform.X
    assert attribution.medium is Medium.POST
    assert attribution.said_on is not None and attribution.said_on.day == date(2026, 2, 24)
    assert [span.of(RELAYED) for span in claim.quotation.nested] == ["Free and Open River"]


def test_what_an_answer_answers_is_not_younger() -> None:
    said_on = claims_of(RELAYED)[1].attribution.said_on
    assert said_on is not None
    assert (said_on.first, said_on.last) == (None, date(2026, 2, 24))


def test_reported_speech_that_repeats_the_quotation_is_its_twin() -> None:
    text = (
        "Dana Orlova said that the town will continue to carry the friendship to greater heights.\n"
        '"I am sure the town will continue to carry our friendship to greater heights," Orlova posted on Mastodon.'
    )
    (claim,) = claims_of(text)
    assert claim.quotation.indirect_twin is not None
    assert claim.quotation.indirect_twin.of(text).startswith("the town will continue")
    assert claim.attribution.platform is Platform.MASTODON


def test_a_lead_dates_the_event_and_not_surely_the_post() -> None:
    text = (
        'Jan Orlov met Dana Brand in Brod on Thursday.\n"They spoke about the bridge," spokesman Ivo Kral posted on X.'
    )
    said_on = claims_of(text)[0].attribution.said_on
    assert said_on is not None
    assert said_on.day == date(2026, 3, 5) and said_on.event_only


def test_a_block_quote_is_quoted_without_marks() -> None:
    text = "Dana Orlova wrote on Bluesky:\nWe will build the bridge this year."
    block = Span(text.index("We"), len(text))
    article = ArticleText(text=text, language="en", paragraphs=(Span(0, block.start - 1), block), block_quotes=(block,))
    (claim,) = find_claims(article)
    assert claim.quotation.spans == (block,)
    assert claim.attribution.speaker_name == "Dana Orlova"


def test_an_embedded_post_is_tied_to_the_quotation_it_repeats() -> None:
    text = '"We will build the bridge this year," Dana Orlova posted on X.'
    other = Embed(platform=Platform.X, text="Something else entirely about the harvest of apples")
    same = Embed(platform=Platform.X, text="We will build the bridge this year! #Brod")
    article = ArticleText(text=text, language="en", paragraphs=(Span(0, len(text)),), embeds=(other, same))
    assert find_claims(article)[0].embed is same


def test_prefix_and_suffix_stand_around_the_quotation() -> None:
    text = (
        'Yesterday in Brod, Dana Orlova said: "We will build the bridge this year." Nobody clapped at all in the hall.'
    )
    quotation = claims_of(text)[0].quotation
    start, end = quotation.spans[0].start, quotation.spans[0].end
    assert quotation.prefix == text[start - 32 : start]
    assert quotation.suffix == text[end : end + 32]


def test_the_dateline_gives_the_day() -> None:
    article = plain_article("date 2026-03-06 Brod, March 6 (ABC) The mayor met the council and it was good to see.")
    assert article.published_on == FRIDAY
    assert article.language == "en"


HOSTILE = [
    '"' * 15_000,
    "“" * 15_000,
    "'a " * 20_000,
    '"A," he said. ' * 4_000,
    '\0"We go on and on," he said\0' * 500,
    '\ud800"We go on and on," he said.' * 500,
    '\u202e"שלום עולם זה מבחן," he said. ' * 500,
    "Orlov, " * 20_000,
    'the statement read, "we go on and on." ' * 2_000,
    "on March 4 " * 10_000,
    "x" * 200_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_to_the_end(text: str) -> None:
    for claim in find_claims(plain_article(text, language="en")):
        assert claim.quotation.content == " ".join(span.of(text) for span in claim.quotation.spans)


WORDS = st.sampled_from(
    [
        "“",
        "”",
        '"',
        "'",
        "‘",
        "’",
        ",",
        ".",
        "\n",
        "—",
        ":",
        "(",
        ")",
        "Orlov",
        "she",
        "said",
        "the",
        "statement",
        "on X",
        "Mr.",
        "in response to",
        "Friday",
        "building",
        "who",
        "'s",
        "according to",
        "«",
        "»",
    ]
)


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_spans_of_any_row_of_words_are_in_order_and_carry_the_content(text: str) -> None:
    for claim in claims_of(text):
        spans = claim.quotation.spans
        assert all(first.end <= second.start for first, second in pairwise(spans))
        assert claim.quotation.content == " ".join(span.of(text) for span in spans)
        printed, span = claim.attribution.speaker_printed, claim.attribution.speaker_span
        assert (span.of(text) if span else None) == printed


TOO_MANY = {
    "one paragraph of marks": '"' * 50_000,
    "one paragraph of opening marks": "“" * 50_000,
    "one giant paragraph of quotations": '"We go on and on," he said. ' * 12_000,
    "single marks": "'we " * 50_000,
    "a quotation in each of many lines": '"We go on and on," he said.\n' * 6_000,
}


@pytest.mark.parametrize("text", TOO_MANY.values(), ids=TOO_MANY.keys())
def test_more_marks_than_an_article_has_are_refused_and_never_read_in_part(text: str) -> None:
    with pytest.raises(ExtractionError) as refused:
        claims_of(text)
    assert refused.value.code == "article_too_complex"


OFFICES = [
    ("Energy Minister Jorvan Peltikoff said", "Jorvan Peltikoff", "Energy Minister"),
    ("said Norlandish Prime Minister Narin Vodal", "Narin Vodal", "Norlandish Prime Minister"),
    ("EAM Jaishan posted on X", "Jaishan", "EAM"),
    ("MFA spokesperson Randal Jaiswol said", "Randal Jaiswol", "MFA spokesperson"),
    ("said Orla Venn, the harbour minister, on Friday", "Orla Venn", "harbour minister"),
    ("said the Foreign Secretary, Orla Venn", "Orla Venn", "Foreign Secretary"),
    ("Norland Ambassador to Brod Orla Venn said", "Orla Venn", "Norland Ambassador to Brod"),
    ("said Minister of Health Orla Venn", "Orla Venn", "Minister of Health"),
    ("said Secretary of State for Defence Orla Venn", "Orla Venn", "Secretary of State for Defence"),
    ("former Transport Secretary Sir Orlo Venn said", "Orlo Venn", "former Transport Secretary"),
    ("External Affairs Minister (EAM) S Jaishan said", "S Jaishan", "External Affairs Minister (EAM)"),
    ("Brod's Prime Minister Orla Venn said", "Orla Venn", "Brod's Prime Minister"),
    ("Mr. Venn said", "Venn", None),
    ("Steve Chance said", "Steve Chance", None),
]


@pytest.mark.parametrize(("credit", "name", "office"), OFFICES)
def test_the_office_is_told_from_the_name(credit: str, name: str, office: str | None) -> None:
    (claim,) = claims_of(f'"We will build the bridge this year," {credit}.')
    assert (claim.attribution.speaker_name, claim.attribution.office) == (name, office)
    assert claim.attribution.speaker_printed in credit


FOREIGN_OFFICES = [
    ("de", "„Wir bauen sie noch in diesem Jahr“, sagte Energieministerin Orla Venn.", "Orla Venn", "Energieministerin"),
    (
        "fr",
        "« Nous le ferons cette année », a déclaré la ministre de la Santé Orla Venn.",
        "Orla Venn",
        "ministre de la Santé",
    ),
    ("es", '"Lo haremos este año", dijo el primer ministro Orlo Venn el viernes.', "Orlo Venn", "primer ministro"),
    ("pt", '"Faremos isso este ano", disse o ministro da Saúde, Orlo Venn.', "Orlo Venn", "ministro da Saúde"),
    ("cs", "„Uděláme to ještě letos,“ řekl ministr zdravotnictví Jan Orlov.", "Jan Orlov", "ministr zdravotnictví"),
    (
        "ru",
        "«Мы сделаем это в этом году», — сказал министр здравоохранения Ян Орлов.",
        "Ян Орлов",
        "министр здравоохранения",
    ),
    ("ja", "オルロワ市長は「今年、橋を建設します」と述べた。", "オルロワ", "市長"),
    ("hi", 'स्वास्थ्य मंत्री ओरला वेन ने कहा, "हम इसे इसी साल पूरा करेंगे।"', "ओरला वेन", "स्वास्थ्य मंत्री"),
]


@pytest.mark.parametrize(("language", "text", "name", "office"), FOREIGN_OFFICES)
def test_the_office_is_told_from_the_name_in_other_languages(language: str, text: str, name: str, office: str) -> None:
    (claim,) = claims_of(text, language=language)
    assert (claim.attribution.speaker_name, claim.attribution.office) == (name, office)


POSTED = [
    ('Dana Orlova fired off tweets and retweets with thirty marks: "We build it now."', "Dana Orlova"),
    ('"We build it now, all of it," Jan Orlov, the trader who founded brod.example tweeted on Friday.', "Jan Orlov"),
]


@pytest.mark.parametrize(("text", "name"), POSTED)
def test_the_author_of_a_post_is_found_over_other_words(text: str, name: str) -> None:
    (claim,) = claims_of(text)
    assert claim.attribution.speaker_name == name
