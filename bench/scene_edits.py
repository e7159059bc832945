"""Edits of what is around the words: credit (A), channel (C), date (D), source (S), evidence (E), and the codes of text
and meaning that need more than one text (T11–T13, T16, T17, G16, G17)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from archive.domain.accounts import Platform
from archive.domain.articles import Embed
from archive.domain.availability import Availability, AvailabilityState
from archive.domain.claims import ClaimedDate, Medium
from archive.domain.evidence import EvidenceGrade
from archive.domain.findings import FindingCode as Code
from archive.domain.spans import Span
from archive.domain.statements import Report
from archive.domain.voices import Voice, VoiceBasis
from archive.verification.cases import IdTime
from bench import scenes as s
from bench import words as lists
from bench.edits import Edit, Operator, arranged, body, closed, edit, parts, swap
from bench.scenes import Arrange, Scene, archived_as, both, credited, posted

_NO_CREDIT = {"speaker_name": None, "speaker_printed": None, "medium": Medium.POST}


def _by(account: s.Account, voice: s.Person | s.Office) -> Arrange:
    """The post stands in that account and is that voice's."""
    named = Voice(
        name=voice.name if isinstance(voice, s.Person) else voice.title, basis=VoiceBasis.CONTROL,
        person_id=voice.id if isinstance(voice, s.Person) else None,
        office_id=voice.id if isinstance(voice, s.Office) else None,
    )  # fmt: skip
    return both(archived_as(account=account, voice=named), posted(platform=account.platform, account_id=account.id))


def _also(text_of: s.Callable[[Scene], str], *, number: int, by: s.Account, voice: s.Person,
          at: datetime = s.NOON, **post: object) -> Arrange:  # fmt: skip
    """One more post in the archive."""

    def arrange(scene: Scene) -> Scene:
        made = s.statement(text_of(scene), number=number, by=by, voice=voice, at=at)
        made = replace(made, post=replace(made.post, **post))  # type: ignore[arg-type]
        return replace(scene, statements=(*scene.statements, made))

    return arrange  # fmt: skip


def _its_text(scene: Scene) -> str:
    return scene.statements[0].snapshot.text


def _says(before: str) -> Arrange:
    """The article says this right before the quotation's paragraph."""

    def arrange(scene: Scene) -> Scene:
        at = scene.article.paragraphs[1].start
        added = f"{before} "
        text = scene.article.text[:at] + added + scene.article.text[at:]
        claim = _shifted(scene.claim, by=len(added))
        first, last = scene.article.paragraphs[0], Span(at, len(text))
        return replace(
            scene, claim=claim, claims=(claim,), article=replace(scene.article, text=text, paragraphs=(first, last))
        )

    return arrange  # fmt: skip


def _shifted(claim: s.Claim, *, by: int) -> s.Claim:
    spans = tuple(Span(span.start + by, span.end + by) for span in claim.quotation.spans)
    return replace(claim, quotation=replace(claim.quotation, spans=spans))


def _quoted_again(name: str, *, change: s.Callable[[str], str] = str) -> Arrange:
    """A later paragraph of the article quotes the same words, credited to ``name``."""

    def arrange(scene: Scene) -> Scene:
        words = change(scene.claim.quotation.content)
        text = scene.article.text + "\n\nThe boats of the northern islands had left long before the council met, and "
        text += "nobody on the quay had expected them to come back on the same evening. “"
        span = Span(len(text), len(text) + len(words))
        text += f"{words}” {name} wrote on Mastodon."
        again = replace(
            scene.claim,
            quotation=replace(scene.claim.quotation, spans=(span,), content=words),
            attribution=replace(scene.claim.attribution, speaker_name=name, speaker_printed=name),
        )
        added = Span(len(scene.article.text) + 2, len(text))
        article = replace(scene.article, text=text, paragraphs=(*scene.article.paragraphs, added))
        return replace(scene, article=article, claims=(*scene.claims, again))

    return arrange  # fmt: skip


def _twin(change: s.Callable[[str], str]) -> Arrange:
    """Reported speech in the next paragraph tells the same, changed by ``change``."""

    def arrange(scene: Scene) -> Scene:
        words = scene.claim.quotation.content
        told = change(words[0].lower() + words[1:])
        text = f"{scene.article.text}\n\nOtto Reyes said that {told}"
        span = Span(len(scene.article.text) + 2, len(text))
        claim = replace(scene.claim, quotation=replace(scene.claim.quotation, indirect_twin=span))
        article = replace(scene.article, text=text, paragraphs=(*scene.article.paragraphs, span))
        return replace(scene, claim=claim, claims=(claim,), article=article)

    return arrange  # fmt: skip


def _with_number(text: str) -> str | None:
    return text if re.search(r"(?<![\w.,$/:#@-])\d{2,4}(?![\w.,:/%-])", text) else None


def _other_number(text: str) -> str:
    return re.sub(r"\d+", lambda match: str(int(match[0]) + 11), text)


def _link(**target: object) -> Arrange:
    """The article embeds a post: by default the very one."""

    def arrange(scene: Scene) -> Scene:
        post = scene.statements[0].post
        embed = Embed(platform=post.platform, native_id=post.native_id)
        return s.with_claim(scene, embed=replace(embed, **target))  # type: ignore[arg-type]

    return arrange  # fmt: skip


def _dated(first: date | None, *, printed: str = "", last: date | None = None, event_only: bool = False) -> Arrange:
    return credited(said_on=ClaimedDate(first=first, last=last or first, printed=printed, event_only=event_only))


def _published(at: datetime) -> Arrange:
    return lambda scene: replace(scene, article=replace(scene.article, published=at))


def _posted_at(at: datetime) -> Arrange:
    return posted(posted_at=at)


def _hidden_time(at: datetime) -> Arrange:
    def arrange(scene: Scene) -> Scene:
        post = scene.statements[0].post
        return replace(scene, id_times=(IdTime(platform=post.platform, native_id=post.native_id, at=at),))

    return arrange  # fmt: skip


def _is(state: Availability) -> Arrange:
    return archived_as(availability=AvailabilityState(availability=state, since=s.NOON + timedelta(days=2)))


def _edited(change: s.Callable[[str], str], *, at: datetime) -> Arrange:
    """The post has a later version with another text."""

    def arrange(scene: Scene) -> Scene:
        old = replace(scene.statements[0], latest_version=2)
        text = change(old.snapshot.text)
        snapshot = replace(
            old.snapshot, id=s.SnapshotId(s.named_id("snapshot", "edited")), version=2, text=text, edited_at=at,
            seen_at=at, text_digest=s.text_digest(text),
        )  # fmt: skip
        newer = replace(old, snapshot=snapshot)
        return replace(scene, statements=(old, newer, *scene.statements[1:]))

    return arrange  # fmt: skip


def _struck(text: str) -> str:
    """A third of the words are gone."""
    found = text.split()
    return " ".join(found[: len(found) // 2] + found[len(found) // 2 + len(found) // 3 :]) + " We keep our word."


def _spoken_for(text: str) -> str | None:
    """Somebody else's sentence, quoted in the post with a word of one's own."""
    found = parts(text, 1)
    return None if found is None or '"' in text or "“" in text or len(found[0].split()) < 8 else found[0]


def _inner(text: str) -> str:
    return f"Mira Tolland: “{(parts(text, 1) or [text])[0]}” Well said, and it had to be said!"


def _paraphrased(text: str, random: Random) -> Edit | None:
    """The same words of meaning in another order and form, with words of one's own between them."""
    plain = [w for w in re.findall(r"(?<![\w@#'’])[a-z]{5,}(?![\w'’])", body(text))]
    own = list(dict.fromkeys(plain))
    if len(own) < 6 or len(body(text).split()) > 40:
        return None
    kept = own[::-1][: 1 + 2 * len(own) // 3]
    fillers = random.sample(("pledged", "talked about", "insisted on", "brought up", "described", "pointed to"), 4)
    told = ", ".join(f"{fillers[n % 4]} {word}" for n, word in enumerate(kept))
    return Edit(Code.PARAPHRASE_IN_MARKS, f"He {told}.", text, arrange=_link())


def _translation(text: str) -> str | None:
    """Word by word from a small dictionary; only where that leaves little as it was: names stand for nothing else."""
    if "@" in text or "#" in text:
        return None
    found = body(text).split()
    made = [lists.TRANSLATED.get(word.strip(".,!?").lower(), word) for word in found]
    same = sum(one == other for one, other in zip(found, made, strict=True))
    return " ".join(made) if len(found) >= 8 and 2 * same <= len(found) + 1 else None


def _in_spanish(scene: Scene) -> Scene:
    return s.with_claim(scene, language="es")


def _own_words_translated(**more: object) -> Arrange:
    """The article shows the post in the words that the platform made of it, and quotes these."""

    def arrange(scene: Scene) -> Scene:
        return _link(text=scene.claim.quotation.content, **more)(scene)

    return arrange  # fmt: skip


def _two_forms(text: str) -> str | None:
    """A post with a plain word of seven letters, which the article's second quotation has otherwise."""
    return text if re.search(r"(?<![\w@#'’])[a-z]{7,}(?![\w'’])", text) and len(text.split()) >= 8 else None


def _one_word_other(words: str) -> str:
    return re.sub(r"(?<![\w@#'’])[a-z]{7,}(?![\w'’])", "violin", words, count=1)


def _only_picture(text: str) -> Edit:
    """A post that is a link to a picture; what it shows is quoted."""
    return Edit(Code.TEXT_ONLY_IN_IMAGE, body(text), "pic.example.org/a1b2", arrange=_link())


def _reply(**post: object) -> Arrange:
    question = "Will the harbour office answer the fishing families who have waited since winter?"
    return both(
        posted(in_reply_to="1900"),
        _also(lambda _: question, number=900, by=s.MIRA_ACCOUNT, voice=s.MIRA, at=s.NOON - timedelta(days=1), **post),
    )


_ENDED = replace(
    s.DIRECTORY,
    controls=(
        s.control(s.OTTO_ACCOUNT, s.OTTO, until=date(2031, 1, 31)),
        s.control(s.OTTO_ACCOUNT, s.MIRA, since=date(2031, 2, 1)),
        *s.DIRECTORY.controls[1:],
    ),
)


def _registry(of: s.Directory) -> Arrange:
    return lambda scene: replace(scene, directory=replace(of, accounts=scene.directory.accounts))


_NEED_TELLING_WORDS = (
    Code.OTHER_PERSON, Code.NAMESAKE, Code.WRONG_HOLDER, Code.VAGUE_CREDIT, Code.ACCOUNT_PASSED_ON, Code.CROSS_POSTED,
    Code.INSTITUTION_ACCOUNT, Code.POST_CALLED_STATEMENT,
)  # fmt: skip


def scene(code: Code, arrange: Arrange, *, near_miss: bool = False,
          archived: s.Callable[[str], str | None] | None = None) -> Operator:  # fmt: skip
    """The words are the post's own; where another might have said them, only a post long enough to tell is taken."""
    return arranged(code, arrange, near_miss=near_miss, archived=_telling if code in _NEED_TELLING_WORDS else archived)


def _telling(text: str) -> str | None:
    return text if len(text.split()) >= 16 and closed(text) else None


_LATER = s.NOON + timedelta(days=3)
_LONG_AGO = s.NOON - timedelta(days=120)
_AMONG_TWINS = _also(
    _its_text, number=40, by=s.account("ottoreyes.page", "Otto Reyes", platform=Platform.FACEBOOK), voice=s.OTTO
)

SCENES: tuple[Operator, ...] = (
    # Text that needs more than one text.
    _paraphrased,
    swap(Code.PARAPHRASE_IN_MARKS, lists.SAME_SENSE, near_miss=True),
    edit(Code.TRANSLATION, _translation, arrange=both(_in_spanish, _link())),
    scene(Code.TRANSLATION, _link(), near_miss=True),
    edit(Code.UNDECLARED_MACHINE_TRANSLATION, _translation, arrange=both(_in_spanish, _own_words_translated())),
    edit(Code.UNDECLARED_MACHINE_TRANSLATION, _translation, near_miss=True,
         arrange=both(_in_spanish, _own_words_translated(), _says("He wrote in English; this is a translation."))),
    scene(Code.INCONSISTENT_FORMS, _quoted_again("Otto Reyes", change=_one_word_other), archived=_two_forms),
    scene(Code.INCONSISTENT_FORMS, _quoted_again("Otto Reyes"), near_miss=True, archived=_two_forms),
    scene(Code.WRONG_PARAPHRASE_BESIDE, _twin(_other_number), archived=_with_number),
    scene(Code.WRONG_PARAPHRASE_BESIDE, _twin(str), near_miss=True, archived=_with_number),
    # Voices taken for one's own, answers without what they answer.
    edit(Code.FOREIGN_VOICE_TAKEN_AS_OWN, _spoken_for, _inner),
    scene(Code.FOREIGN_VOICE_TAKEN_AS_OWN, posted(is_repost=True)),
    scene(Code.FOREIGN_VOICE_TAKEN_AS_OWN, both(posted(is_repost=True), _says("Otto Reyes shared a post by the mayor.")),
          near_miss=True),
    scene(Code.REPLY_WITHOUT_CONTEXT, _reply()),
    scene(Code.REPLY_WITHOUT_CONTEXT, both(_reply(), _says("Mira Tolland had asked about it; this was the reply.")),
          near_miss=True),
    scene(Code.REPLY_WITHOUT_CONTEXT, both(posted(in_reply_to="1040"), _also(
        lambda _: "The harbour office has news for every island.", number=40, by=s.OTTO_ACCOUNT, voice=s.OTTO,
        at=s.NOON - timedelta(hours=2))), near_miss=True),
    # Attribution.
    scene(Code.OTHER_PERSON, credited(speaker_name="Mira Tolland", speaker_printed="Mira Tolland")),
    scene(Code.OTHER_PERSON, credited(speaker_name="Reyes", speaker_printed="Reyes"), near_miss=True),
    scene(Code.NAMESAKE, credited(speaker_name="Anna Reyes", speaker_printed="Anna Reyes")),
    scene(Code.NAMESAKE, credited(speaker_name="Reyes Otto", speaker_printed="Reyes Otto"), near_miss=True),
    scene(Code.WRONG_HOLDER, credited(speaker_name="Mira Tolland", office="Harbour Minister")),
    scene(Code.WRONG_HOLDER, credited(speaker_name="Otto Reyes", office="Harbour Minister"), near_miss=True),
    scene(Code.WRONG_OFFICE, credited(speaker_name="Otto Reyes", office="Finance Minister")),
    scene(Code.WRONG_OFFICE, both(_by(s.MIRA_ACCOUNT, s.MIRA),
                                  credited(speaker_name="Mira Tolland", office="former Harbour Minister")), near_miss=True),
    scene(Code.INSTITUTION_ACCOUNT, _by(s.MINISTRY_ACCOUNT, s.MINISTRY)),
    scene(Code.INSTITUTION_ACCOUNT, credited(office="Harbour Minister"), near_miss=True),
    scene(Code.LOOK_ALIKE_ACCOUNT, credited(handle="ott0reyes")),
    scene(Code.LOOK_ALIKE_ACCOUNT, credited(handle="ottoreyess")),
    scene(Code.LOOK_ALIKE_ACCOUNT, credited(handle="notottoreyes")),
    scene(Code.LOOK_ALIKE_ACCOUNT, credited(handle="ottoreyes"), near_miss=True),
    scene(Code.LOOK_ALIKE_ACCOUNT, credited(handle="karsholmtimes"), near_miss=True),
    scene(Code.OTHER_CLASS_OF_ACCOUNT, both(_by(s.OTTO_HOME, s.OTTO), credited(handle="ottoreyes"))),
    scene(Code.OTHER_CLASS_OF_ACCOUNT, credited(handle="ottoreyes"), near_miss=True),
    edit(Code.STAFF_POST, closed, lambda t: f"{t} ^KB"),
    edit(Code.STAFF_POST, closed, lambda t: f"{t} – Team Reyes"),
    edit(Code.STAFF_POST, closed, lambda t: f"{t} On to the UN"[:-3] + "UN!", near_miss=True),
    edit(Code.JOINT_STATEMENT, closed, lambda t: f"Our joint statement with Ruvania: {t}"),
    edit(Code.JOINT_STATEMENT, closed, lambda t: f"{t} Full joint communiqué below."),
    edit(Code.JOINT_STATEMENT, closed, lambda t: f"{t} The joint exercise begins at noon.", near_miss=True),
    scene(Code.REPOST_AS_OWN, posted(is_repost=True)),
    edit(Code.REPOST_AS_OWN, closed, lambda t: f"{t} Please repost!", near_miss=True),
    edit(Code.QUOTE_OF_A_QUOTE, _spoken_for, _inner),
    edit(Code.QUOTE_OF_A_QUOTE, closed, lambda t: f"“{t}”", near_miss=True),
    scene(Code.VAGUE_CREDIT, credited(**_NO_CREDIT)),
    scene(Code.VAGUE_CREDIT, credited(speaker_name=None, speaker_printed="a senior official")),
    scene(Code.VAGUE_CREDIT, credited(office="Harbour Minister"), near_miss=True),
    scene(Code.ACCOUNT_PASSED_ON, both(_by(s.OTTO_ACCOUNT, s.MIRA), _registry(_ENDED))),
    scene(Code.ACCOUNT_PASSED_ON, both(_by(s.OTTO_ACCOUNT, s.MIRA), _registry(_ENDED),
                                       credited(speaker_name="Mira Tolland")), near_miss=True),
    scene(Code.SOURCE_LINK_WRONG, _link(native_id="77", url="https://mastodon.example/77")),
    scene(Code.SOURCE_LINK_WRONG, _link(), near_miss=True),
    scene(Code.CREDITS_DISAGREE, _quoted_again("Mira Tolland")),
    scene(Code.CREDITS_DISAGREE, _quoted_again("Mr Reyes"), near_miss=True),
    # Channel.
    scene(Code.PLATFORM_WRONG, credited(platform=Platform.X)),
    scene(Code.PLATFORM_WRONG, credited(platform=Platform.FACEBOOK)),
    scene(Code.PLATFORM_WRONG, credited(platform=None), near_miss=True),
    scene(Code.PLATFORM_WRONG, both(credited(platform=Platform.FACEBOOK), _AMONG_TWINS), near_miss=True),
    scene(Code.CROSS_POSTED, _AMONG_TWINS),
    scene(Code.CROSS_POSTED, _also(_its_text, number=40, by=s.MIRA_ACCOUNT, voice=s.MIRA), near_miss=True),
    scene(Code.NOT_A_POST, both(_by(s.account("velmora.example", "Otto Reyes", platform=Platform.WEB), s.OTTO))),
    scene(Code.NOT_A_POST, both(_by(s.account("velmora.example", "Otto Reyes", platform=Platform.WEB), s.OTTO),
                                credited(platform=None, medium=Medium.PRESS_RELEASE)), near_miss=True),
    scene(Code.POST_CALLED_STATEMENT, credited(platform=None, medium=Medium.PRESS_RELEASE)),
    scene(Code.POST_CALLED_STATEMENT, credited(platform=None, medium=Medium.SPEECH)),
    scene(Code.POST_CALLED_STATEMENT, credited(medium=Medium.STATEMENT), near_miss=True),
    lambda text, random: _only_picture(text),
    scene(Code.TEXT_ONLY_IN_IMAGE, _link(), near_miss=True),
    scene(Code.OTHER_LANGUAGE_ACCOUNT, both(_by(s.MINISTRY_ABROAD, s.MINISTRY),
                                            credited(handle="velmoraharbours", speaker_name="Ministry of Harbours"))),
    scene(Code.OTHER_LANGUAGE_ACCOUNT, both(_by(s.MINISTRY_ABROAD, s.MINISTRY),
                                            credited(handle="velmora_puertos", speaker_name="Ministry of Harbours")), near_miss=True),
    scene(Code.THIRD_PARTY_COPY_ONLY, archived_as(grade=EvidenceGrade.THIRD_PARTY_COPY)),
    scene(Code.THIRD_PARTY_COPY_ONLY, archived_as(grade=EvidenceGrade.OWN_CAPTURE), near_miss=True),
    # Dates.
    scene(Code.OTHER_DAY, _dated(date(2031, 5, 1), printed="1 May 2031")),
    scene(Code.OTHER_DAY, _dated(date(2031, 5, 4), printed="4 May 2031"), near_miss=True),
    scene(Code.TIME_ZONE_DAY, both(_posted_at(s.NOON + timedelta(hours=11)), _dated(date(2031, 5, 5), printed="5 May 2031"))),
    scene(Code.TIME_ZONE_DAY, both(_posted_at(s.NOON - timedelta(hours=11)), _dated(date(2031, 5, 3), printed="3 May 2031"))),
    scene(Code.TIME_ZONE_DAY, _dated(date(2031, 5, 2), printed="2 May 2031"), near_miss=True),
    scene(Code.RELATIVE_DATE_RESOLVED, _dated(date(2031, 5, 4), printed="on Sunday")),
    scene(Code.RELATIVE_DATE_RESOLVED, _dated(date(2031, 5, 4), printed="on 4 May 2031"), near_miss=True),
    scene(Code.WEEKDAY_CONTRADICTS_DATE, _dated(date(2031, 5, 4), printed="Monday, 4 May 2031")),
    scene(Code.WEEKDAY_CONTRADICTS_DATE, _dated(date(2031, 5, 4), printed="Sunday, 4 May 2031"), near_miss=True),
    scene(Code.OLD_POST_AS_NEW, _posted_at(_LONG_AGO)),
    scene(Code.OLD_POST_AS_NEW, both(_posted_at(_LONG_AGO), _dated(date(2031, 5, 3), printed="3 May 2031"))),
    scene(Code.OLD_POST_AS_NEW, both(_posted_at(_LONG_AGO), _dated(_LONG_AGO.date(), printed="4 January 2031")), near_miss=True),
    scene(Code.OLD_POST_AS_NEW, _posted_at(s.NOON - timedelta(days=9)), near_miss=True),
    scene(Code.ARTICLE_BEFORE_POST, _published(datetime(2031, 5, 4, 8, tzinfo=UTC))),
    scene(Code.ARTICLE_BEFORE_POST, _published(datetime(2031, 5, 4, 13, tzinfo=UTC)), near_miss=True),
    scene(Code.REPLY_BEFORE_QUESTION, both(posted(in_reply_to="1050"), _also(
        lambda _: "Will the harbour office ever answer?", number=50, by=s.MIRA_ACCOUNT, voice=s.MIRA, at=_LATER))),
    scene(Code.REPLY_BEFORE_QUESTION, both(posted(in_reply_to="1050"), _also(
        lambda _: "Will the harbour office ever answer?", number=50, by=s.MIRA_ACCOUNT, voice=s.MIRA,
        at=s.NOON - timedelta(days=3))), near_miss=True),
    scene(Code.ID_TIME_CONTRADICTS, _hidden_time(s.NOON - timedelta(days=2))),
    scene(Code.ID_TIME_CONTRADICTS, _hidden_time(s.NOON + timedelta(minutes=1)), near_miss=True),
    scene(Code.EVENT_DATE_ONLY, _dated(date(2031, 5, 3), printed="on Saturday", event_only=True)),
    scene(Code.EVENT_DATE_ONLY, _dated(date(2031, 5, 4), printed="on Sunday"), near_miss=True),
    # The state of the source.
    scene(Code.SOURCE_LIVE, _is(Availability.LIVE)),
    scene(Code.SOURCE_LIVE, _is(Availability.UNKNOWN), near_miss=True),
    scene(Code.EDITED_AFTER_PUBLICATION, _edited(_struck, at=_LATER)),
    scene(Code.EDITED_AFTER_PUBLICATION, _edited(lambda t: f"<p>{t}</p>", at=_LATER), near_miss=True),
    scene(Code.EDITED_BEFORE_PUBLICATION, both(_posted_at(s.NOON - timedelta(days=3)), _edited(_struck, at=s.NOON - timedelta(days=2)))),
    scene(Code.EDITED_BEFORE_PUBLICATION, _edited(_struck, at=_LATER), near_miss=True),
    scene(Code.DELETED_BY_AUTHOR, _is(Availability.GONE)),
    scene(Code.DELETED_BY_AUTHOR, _is(Availability.SUSPECTED_GONE), near_miss=True),
    scene(Code.REMOVED_BY_PLATFORM, _is(Availability.WITHHELD)),
    scene(Code.REMOVED_BY_PLATFORM, _is(Availability.GONE), near_miss=True),
    scene(Code.ACCOUNT_CLOSED, _is(Availability.ACCOUNT_GONE)),
    scene(Code.ACCOUNT_CLOSED, _is(Availability.GONE), near_miss=True),
    scene(Code.BLOCKED_FOR_US, _is(Availability.BLOCKED_FOR_US)),
    scene(Code.BLOCKED_FOR_US, _is(Availability.GONE), near_miss=True),
    scene(Code.REPOSTED_AFTER_DELETION, both(_is(Availability.GONE), _also(
        _its_text, number=60, by=s.OTTO_ACCOUNT, voice=s.OTTO, at=s.NOON + timedelta(hours=1)))),
    scene(Code.REPOSTED_AFTER_DELETION, both(_is(Availability.LIVE), _also(
        _its_text, number=60, by=s.OTTO_ACCOUNT, voice=s.OTTO, at=s.NOON + timedelta(hours=1))), near_miss=True),
    scene(Code.RESTORED, _is(Availability.RESTORED)),
    scene(Code.RESTORED, _is(Availability.LIVE), near_miss=True),
    scene(Code.CORRECTED_LATER, _is(Availability.WITHDRAWN)),
    scene(Code.CORRECTED_LATER, _is(Availability.EDITED), near_miss=True),
    scene(Code.GHOST_EDIT, _edited(lambda t: t.upper(), at=_LATER)),
    scene(Code.GHOST_EDIT, _edited(_struck, at=_LATER), near_miss=True),
    # The grade of the evidence.
    scene(Code.TYPED_IN, archived_as(grade=EvidenceGrade.TYPED_IN, report=Report(outlet="Karsholm Times"))),
    *(scene(Code(grade.value), archived_as(grade=grade)) for grade in EvidenceGrade if grade is not EvidenceGrade.TYPED_IN),
    *(scene(Code(grade.value), archived_as(grade=other), near_miss=True)
      for grade, other in zip(EvidenceGrade, [*list(EvidenceGrade)[1:], EvidenceGrade.PASTED_WITH_URL], strict=True)),
)  # fmt: skip
