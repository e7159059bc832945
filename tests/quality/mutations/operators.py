"""Operators: each edits an invented post in the way one code names, or says that the post offers no place for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from random import Random

from archive.domain.findings import FindingCode as Code
from tests.quality.mutations.posts import InventedPost


@dataclass(frozen=True, slots=True)
class Mutation:
    """A quotation, the archived text it was made from, and the code it must carry; ``breaks``: characters at which a
    speech tag interrupts; ``continuation``: the next post of the thread, where there is one."""

    code: Code
    quoted: str
    archived: str
    breaks: tuple[int, ...] = field(default=())
    continuation: str | None = None


Operator = Callable[[InventedPost, Random], Mutation | None]


def _swap(code: Code, *pairs: tuple[str, str]) -> Operator:
    """The first of the pairs that the post holds is exchanged."""

    def operator(post: InventedPost, random: Random) -> Mutation | None:
        fitting = [(old, new) for old, new in pairs if re.search(rf"\b{re.escape(old)}(?!\w)", post.body)]
        if not fitting:
            return None
        old, new = random.choice(fitting)
        quoted = re.sub(rf"\b{re.escape(old)}(?!\w)", lambda _: new, post.body, count=1)
        return Mutation(code, " ".join(quoted.split()), post.text)

    return operator


def _edit(
    code: Code, change: Callable[[InventedPost], str | None], *, archived: Callable[[InventedPost], str] | None = None
) -> Operator:
    def operator(post: InventedPost, random: Random) -> Mutation | None:
        quoted = change(post)
        text = archived(post) if archived is not None else post.text
        return None if quoted is None or quoted == text else Mutation(code, quoted, text)

    return operator


def _missing_word(post: InventedPost, random: Random) -> Mutation | None:
    words = post.claim.split()
    plain = [
        n
        for n, word in enumerate(words)
        if n and word in ("the", "new", "old", "northern", "harbor", "eastern", "coastal", "island")
    ]
    if not plain:
        return None
    at = random.choice(plain)
    return Mutation(Code.WORD_MISSING, post.body.replace(post.claim, " ".join(words[:at] + words[at + 1 :])), post.text)


def _added_word(post: InventedPost, random: Random) -> Mutation | None:
    words = post.claim.split()
    at = random.randrange(2, len(words) - 1)
    claim = " ".join([*words[:at], "gladly", *words[at:]])
    return Mutation(Code.WORD_ADDED, post.body.replace(post.claim, claim), post.text)


def _moved_word(post: InventedPost, random: Random) -> Mutation | None:
    words = post.claim.split()
    places = [
        n
        for n in range(2, len(words) - 4)
        if words[n].isalpha() and words[n + 1].isalpha() and words[n] != words[n + 1]
    ]
    if not places:
        return None
    at = random.choice(places)
    words[at], words[at + 1] = words[at + 1], words[at]
    return Mutation(Code.ORDER_CHANGED, post.body.replace(post.claim, " ".join(words)), post.text)


def _slip(post: InventedPost, random: Random) -> Mutation | None:
    words = [word for word in re.findall(r"\b[a-z]{7,}\b", post.body)]
    if not words:
        return None
    word = random.choice(words)
    at = random.randrange(2, len(word) - 2)
    if word[at] == word[at + 1]:
        return None
    typo = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return Mutation(Code.TYPO_INTRODUCED, post.body.replace(word, typo, 1), post.text)


def _mended_slip(post: InventedPost, random: Random) -> Mutation | None:
    made = _slip(post, random)
    return None if made is None else Mutation(Code.TYPO_CORRECTED, post.body, made.quoted)


def _broken_by_tag(post: InventedPost, random: Random) -> Mutation | None:
    quoted = f"{post.opener} {post.closer}"
    return Mutation(Code.SPEECH_TAG_HIDES_OMISSION, quoted, post.text, breaks=(len(post.opener) + 1,))


def _joined(post: InventedPost, random: Random) -> Mutation | None:
    return Mutation(
        Code.JOINED_FROM_POSTS,
        f"{post.claim} {post.closer}",
        f"{post.opener} {post.claim} (1/2)",
        continuation=f"(2/2) {post.closer} {post.tag}",
    )


def _dropped_ellipsis(post: InventedPost) -> str:
    words = post.claim.split()
    return f"{post.opener} {' '.join(words[:4])} ... {' '.join(words[-4:])}"


def _silent_cut(post: InventedPost) -> str:
    words = post.claim.split()
    return f"{post.opener} {' '.join(words[:3])} {' '.join(words[-5:])}"


def _first_bracket(post: InventedPost) -> str | None:
    for name in ("The senator", "The government of Tarvania", "The ferry company"):
        if name in post.body:
            return post.body.replace(name, f"{name} [Marten Aas]", 1)
    return None


OPERATORS: tuple[Operator, ...] = (
    _edit(Code.HANDLE_AS_NAME, lambda p: p.body.replace(f"@{p.handle}", p.name)),
    _edit(Code.HANDLE_DROPPED, lambda p: " ".join(p.body.replace(f"@{p.handle}", "").split())),
    _edit(Code.HONORIFIC_CHANGED, lambda p: p.body.replace(f"@{p.handle}", f"Dr. {p.name}"), archived=lambda p: p.text.replace(f"@{p.handle}", p.name)),
    _edit(Code.NAME_FORM_CHANGED, lambda p: p.body.replace(f"@{p.handle}", p.name), archived=lambda p: p.text.replace(f"@{p.handle}", " ".join(reversed(p.name.split())))),
    _edit(Code.HASHTAG_UNWRAPPED, lambda p: f"{p.body} {p.sign} " + re.sub(r"(?<=[a-z])(?=[A-Z])", " ", p.tag[1:])),
    _edit(Code.HASHTAG_UNWRAPPED, lambda p: p.body),
    _edit(Code.LINK_OR_MARKER_REMOVED, lambda p: f"{p.body} {p.sign} {p.tag}"),
    _edit(Code.EMOJI_REMOVED, lambda p: p.body, archived=lambda p: f"{p.opener} {p.sign} {p.claim} {p.closer}"),
    _edit(Code.EDGE_CASE_OR_STOP, lambda p: p.claim[0].lower() + p.claim[1:]),
    _edit(Code.EDGE_CASE_OR_STOP, lambda p: p.claim[:-1] + ","),
    _edit(Code.TYPOGRAPHY, lambda p: p.body.replace(", ", " – ", 1) if ", " in p.body else None, archived=lambda p: p.text.replace(", ", " - ", 1)),
    _edit(Code.TYPOGRAPHY, lambda p: p.body.replace("the", "the\u200b", 1).replace(" and ", "\u00a0and ") if " and " in p.body else None),
    _swap(Code.HOUSE_SPELLING, ("harbor", "harbour"), ("honor", "honour"), ("organize", "organise")),
    _swap(Code.NUMBER_STYLE, ("12", "twelve"), ("1,500", "1500"), ("15 percent", "15%"), ("240", "two hundred and forty")),
    _edit(Code.ABBREVIATION, lambda p: p.body.replace("The government", "The govt.") if "The government" in p.body else None),
    _swap(Code.ABBREVIATION, ("October", "Oct."), ("Monday", "Mon."), ("Friday", "Fri.")),
    _edit(Code.LINE_BREAKS_FLATTENED, lambda p: p.body, archived=lambda p: p.text.replace(p.claim, f"\n\n{p.claim}\n").replace(" \n", "\n").replace("\n ", "\n")),
    _edit(Code.OBSCENITY_MASKED, lambda p: p.body.replace("the ", "the d**n ", 1) if "the " in p.body else None, archived=lambda p: p.text.replace("the ", "the damn ", 1)),
    _edit(Code.CAPITALS_OR_EMPHASIS, lambda p: p.body, archived=lambda p: p.text.replace(p.claim.split()[2], p.claim.split()[2].upper(), 1) if p.claim.split()[2].isalpha() and len(p.claim.split()[2]) > 2 else p.body),
    _edit(Code.ELLIPSIS_RIGHT, _dropped_ellipsis),
    _edit(Code.ELLIPSIS_RIGHT, lambda p: f"{p.opener} … {p.closer}"),
    _edit(Code.ELLIPSIS_RIGHT, lambda p: f"{p.opener} [...] {p.closer}"),
    _edit(Code.ELLIPSIS_NOTHING_MISSING, lambda p: f"{p.opener} … {p.claim} {p.closer}"),
    _edit(Code.ELLIPSIS_OF_ORIGINAL, lambda p: f"{p.opener} {p.claim} … {p.closer}", archived=lambda p: f"{p.opener} {p.claim} ... {p.closer}"),
    _edit(Code.OMISSION_UNSIGNALLED, _silent_cut),
    _edit(Code.OMISSION_UNSIGNALLED, lambda p: f"{p.opener} {p.closer}"),
    _edit(Code.BRACKET_EXPLAINS, _first_bracket),
    _swap(Code.BRACKET_EXPLAINS, ("They", "[The owners]"), ("We", "[The islanders]"), ("You", "[The volunteers]")),
    _swap(Code.BRACKET_CHANGES_CLAIM, ("will support", "will [not] support"), ("must open", "must [never] open"), ("has rescued", "has [only] rescued"), ("can spend", "can [not] spend")),
    _edit(Code.SIC_MARKED, lambda p: p.body.replace("the ", "the [sic] ", 1) if "the " in p.body else None),
    _edit(Code.PARENTHESIS_AS_BRACKET, lambda p: p.body.replace(f"@{p.handle}", f"({p.name})")),
    _broken_by_tag,
    _edit(Code.CUT_SENTENCE_AS_WHOLE, lambda p: " ".join(p.claim.split()[:7]) + "." if "," not in " ".join(p.claim.split()[:8]) else None),
    _missing_word,
    _added_word,
    _swap(Code.WORD_REPLACED, ("schools", "hospitals"), ("villages", "towns"), ("bridges", "roads"), ("plan", "scheme"), ("shelters", "kitchens"), ("answer", "reply"), ("promise", "word")),
    _moved_word,
    _edit(Code.SENTENCES_REORDERED, lambda p: f"{p.closer} {p.claim}"),
    _joined,
    _mended_slip,
    _slip,
    _swap(Code.GRAMMAR_ADAPTED, ("support the", "supporting the"), ("open 12", "opening 12"), ("prepare", "preparing"), ("members", "member")),
    _swap(Code.TENSE_OR_PERSON_SHIFTED, ("deserves", "deserved"), ("agrees", "agreed"), ("remain", "remained"), ("rescued", "rescues"), ("can give", "could give"), ("protects", "protected")),
    _edit(Code.EXTENDED_BEYOND_ORIGINAL, lambda p: f"{p.body} Long live Karsholm!", archived=lambda p: p.body),
    _edit(Code.STRETCH_IN_NO_SOURCE, lambda p: f"{p.opener} {p.claim} The old lighthouse keeper sold seven painted boats yesterday evening.", archived=lambda p: f"{p.opener} {p.claim}"),
    _swap(Code.NEGATION, ("will not", "will"), ("Nobody", "Everybody"), ("may never", "may"), ("will support", "will not support"), ("has rescued", "has not rescued"), ("must open", "must not open")),
    _swap(Code.NUMBER_OR_UNIT, ("12", "21"), ("240", "420"), ("$3 million", "$3 billion"), ("$3 million", "€3 million"), ("15 percent", "50 percent"), ("1,500", "1,600")),
    _swap(Code.DATE_OR_DURATION, ("October", "August"), ("Monday", "Sunday"), ("Friday", "Thursday"), ("this year", "this month")),
    _swap(Code.NAMED_ENTITY, ("Tarvania", "Ruvania"), ("Karsholm", "Westholm"), ("Velmora", "Ostrava"), ("Odell", "Brandt")),
    _swap(Code.OFFICE_OR_RANK, ("Prime Minister", "President"), ("senator", "governor"), ("parliament agrees", "chancellor agrees")),
    _swap(Code.MODAL_STRENGTH, ("will not", "may not"), ("must", "should"), ("can spend", "must spend"), ("should defend", "may defend"), ("will honor", "might honor")),
    _swap(Code.QUANTIFIER_OR_SCOPE, ("all island", "some island"), ("every", "some"), ("most coastal", "all coastal"), ("some members", "all members")),
    _swap(Code.CONDITION_DROPPED, ("If parliament agrees, the", "The"), (", unless the court rejects it on Friday", ""), ("They reportedly accept the offer, unless", "They reportedly accept the offer when")),
    _swap(Code.HEDGE_DROPPED, ("I believe the", "The"), ("reportedly", ""), ("I believe", "I know")),
    _swap(Code.AGENT_SWITCHED, ("We will", "You will"), ("They reportedly", "We reportedly"), ("You organize", "They organize"), ("we prepare", "you prepare"), ("her promise", "his promise")),
    _swap(Code.OPPOSITE_VERB, ("support", "oppose"), ("accept", "reject"), ("protects", "harms"), ("increased", "decreased"), ("defend", "attack"), ("open", "close"), ("continue", "stop")),
    _swap(Code.TENSE_OR_COMPLETION, ("has rescued", "is rescuing"), ("will support", "have supported"), ("increased by", "increase by"), ("said", "says"), ("agrees", "agreed")),
    _edit(Code.MOOD_CHANGED, lambda p: f"{p.claim} {p.closer[:-1]}." if p.closer.endswith("?") else None),
    _edit(Code.MOOD_CHANGED, lambda p: f"{p.claim[:-1]}? {p.closer}"),
    _swap(Code.COMPARISON_DIRECTION, ("increased by", "fell by"), ("more than", "less than"), ("before October", "after October"), ("the best", "the worst")),
    _edit(Code.TONE_SIGN_LOST, lambda p: p.body, archived=lambda p: f"{p.body} 😂"),
    _edit(Code.TONE_SIGN_LOST, lambda p: p.body, archived=lambda p: f"{p.body} #sarcasm"),
)  # fmt: skip


def mutations(posts: tuple[InventedPost, ...], *, seed: int) -> tuple[Mutation, ...]:
    """Every operator on every post that offers a place for it."""
    made = []
    for number, post in enumerate(posts):
        for order, operator in enumerate(OPERATORS):
            mutation = operator(post, Random(f"{seed}-{number}-{order}"))
            if mutation is not None and mutation.quoted != mutation.archived:
                made.append(
                    replace(mutation, quoted=mutation.quoted.strip(" ,"))
                    if mutation.code is not Code.EDGE_CASE_OR_STOP
                    else mutation
                )
    return tuple(made)
