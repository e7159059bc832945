"""Claims: the quotations of an article with what it says about who said them, where and when."""

from __future__ import annotations

from archive.domain.articles import ArticleText
from archive.domain.claims import Attribution, Claim, Quotation
from archive.domain.spans import Span
from archive.extraction.attributions import read_context
from archive.extraction.cues import Reading
from archive.extraction.lexicon import lexicon_of
from archive.extraction.narration import Narration
from archive.extraction.people import cast_of, mention_at
from archive.extraction.phrases import Sort
from archive.extraction.quotations import Candidate, candidates_of, join_pieces
from archive.extraction.stretches import narrations

ANCHOR = 32


def find_claims(article: ArticleText) -> tuple[Claim, ...]:
    """Direct and mixed quotations as claims, in order."""
    lexicon = lexicon_of(article.language)
    found: list[Claim] = []
    earlier: Narration | None = None
    last: Reading | None = None
    row = tuple(narrations(article, lexicon))
    cast = cast_of(row, text=article.text, lexicon=lexicon)
    for narration in row:
        for group in join_pieces(article.text, candidates_of(article.text, narration, lexicon)):
            reading = read_context(group, earlier=earlier, last=last, lexicon=lexicon)
            if reading is not None and reading.subject is not None:
                last = reading
            found.append(_claim(article, group, reading, cast, lexicon))
        earlier = narration
    return tuple(found)


def _claim(article: ArticleText, group: list[Candidate], reading: Reading | None, cast, lexicon) -> Claim:
    spans = tuple(piece.stretch.inside for piece in group)
    quotation = Quotation(spans=spans, content=" ".join(s.of(article.text) for s in spans), kind=group[0].kind)
    attribution = Attribution()
    if reading is not None:
        tokens = reading.tokens
        sub = reading.subject.span(tokens) if reading.subject else None
        cue = Span(tokens[reading.cue[0]].start, tokens[reading.cue[1] - 1].end) if reading.cue else None
        attribution = Attribution(
            speaker_name=_name(reading, cast, lexicon), speaker_printed=sub.of(article.text) if sub else None, speaker_span=sub,
            cue=cue.of(article.text) if cue else None, cue_span=cue, confidence=reading.strength)
    return Claim(quotation=quotation, attribution=attribution, published_on=article.published_on, language=article.language)


def _name(reading, cast, lexicon):
    p = reading.subject
    if p is None: return None
    tokens = reading.tokens
    if p.sort is Sort.PRONOUN:
        return cast.behind_pronoun(reading.paragraph, p.first)
    if p.sort is Sort.NAME:
        return cast.full_name(mention_at(tokens, p.core[0], lexicon).words)
    return None


def plain_article(text, *, published_on=None, language=None, url=None, title=None):
    """Makes paragraphs from plain text."""
    import re
    paragraphs = tuple(Span(m.start(), m.end()) for m in re.finditer(r"[^\n\r]+", text) if m.group().strip())
    return ArticleText(text=text, paragraphs=paragraphs, published_on=published_on, language=language, url=url, title=title)
