"""``python -m bench.calibration POSTS=path … --table credited|unnamed --write``: fit the found-or-not rule to posts.

For each quotation made from a post the best fit is looked up twice, with the post there (a true original) and without
it (a wrong one for certain; the very same words posted twice are passed over): among the author's other posts for the
table of credited speakers, among everybody's for that of quotations that name nobody. Isotonic regression on the
rule's weight gives the share of true originals, for short, middling and long quotations apart. ``--write`` puts the
table into the package beside the other.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from archive.domain.claims import Attribution, Claim, Medium, Quotation
from archive.domain.directory import Directory
from archive.domain.spans import Span
from archive.domain.statements import Statement
from archive.matching.acceptance import Circumstances, age_in_days, weight_of
from archive.matching.calibration import Calibration, Curve, Sought, read_calibrations, shipped_text
from archive.matching.fits import Rarity, content_words, fit_of
from archive.matching.handles import KnownNames
from archive.matching.passages import archived_passage, quoted_passage
from archive.matching.rewording import shared_content
from archive.matching.speakers import speaker_fit
from archive.text.shingles import word_hashes
from bench import unnamed
from bench.mutations import is_english
from bench.scenes import OTTO, OTTO_ACCOUNT, statement
from bench.unnamed import Post, Trial
from bench.words import NEW_WORDS, OTHER_WORDS

LENGTHS = {Sought.CREDITED: (7, 14, 9_999), Sought.UNNAMED: unnamed.LENGTHS}
_CANDIDATES = 6
_LEAST_POSTS = 150
_OUT = Path(__file__).parents[1] / "archive" / "matching" / "data" / "calibration.toml"


def main() -> None:
    """Read posts, make the trials, fit, print, and write where asked."""
    parser = argparse.ArgumentParser(prog="bench.calibration", description=__doc__)
    parser.add_argument("posts", nargs="+", help="POSTS=path, or paths, of JSON lines, also .xz")
    parser.add_argument("--quotations", type=int, default=4_000)
    parser.add_argument("--seed", type=int, default=2031)
    parser.add_argument("--write", action="store_true", help="put the table into archive/matching/data")
    parser.add_argument("--table", type=Sought, choices=tuple(Sought), default=Sought.CREDITED)
    options = parser.parse_args()
    authors = read_authors([Path(path.removeprefix("POSTS=")) for path in options.posts])
    size = sum(map(len, authors.values()))
    trials = _trials(options.table, authors, quotations=options.quotations, seed=options.seed)
    lengths = LENGTHS[options.table]
    curves = {longest: fitted(_between(trials, longest, lengths=lengths)) for longest in lengths}
    for longest, curve in curves.items():
        _print(longest, curve, trials=_between(trials, longest, lengths=lengths))
    if options.write:
        table = Calibration(
            made_on=datetime.now(UTC).date(),
            posts=size,
            quotations=len(trials),
            curves=tuple(
                Curve(longest=longest, weights=tuple(w for w, _ in knots), shares=tuple(s for _, s in knots))
                for longest, knots in curves.items()
            ),
        )
        _OUT.write_text(as_toml(read_calibrations(shipped_text()) | {options.table: table}))


def _trials(table: Sought, authors: dict[str, list[Post]], *, quotations: int, seed: int) -> list[Trial]:
    if table is Sought.CREDITED:
        return made_trials(authors, quotations=quotations, seed=seed)
    posts = [post for held in authors.values() for post in held]
    return unnamed.trials_among_all(posts, quotations=quotations, seed=seed)


def read_authors(paths: list[Path]) -> dict[str, list[Post]]:
    """English posts by author, of authors with enough of them."""
    authors: dict[str, list[Post]] = defaultdict(list)
    for path in paths:
        open_it = lzma.open if path.suffix == ".xz" else open
        with open_it(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = " ".join(str(row["text"]).split())
                if not row.get("truncated") and not row.get("is_retweet") and is_english(text):
                    at = datetime.fromisoformat(str(row["posted_at"]).replace("Z", "+00:00"))
                    handle = str(row["handle"])
                    authors[handle].append(Post(text, at if at.tzinfo else at.replace(tzinfo=UTC), handle))
    return {handle: posts for handle, posts in sorted(authors.items()) if len(posts) >= _LEAST_POSTS}


def made_trials(authors: dict[str, list[Post]], *, quotations: int, seed: int) -> list[Trial]:
    """Two trials for each quotation: with its post among the author's, and without."""
    draw = Random(seed)
    size = sum(map(len, authors.values()))
    frequencies = Counter(n for posts in authors.values() for post in posts for n in set(word_hashes(post.text)))
    rarity = Rarity(corpus_size=size, frequencies=frequencies)
    trials: list[Trial] = []
    chosen = Counter(draw.choice(sorted(authors)) for _ in range(quotations))
    for handle, count in sorted(chosen.items()):
        posts = authors[handle]
        holders: dict[int, list[int]] = defaultdict(list)
        for number, post in enumerate(posts):
            for word in set(word_hashes(post.text)):
                holders[word].append(number)
        for _ in range(count):
            trials += _tried(draw.randrange(len(posts)), posts, holders=holders, rarity=rarity, draw=draw)
    return trials


def _tried(own: int, posts: list[Post], *, holders: dict[int, list[int]], rarity: Rarity, draw: Random) -> list[Trial]:
    quoted = quotation_of(posts[own].text, draw)
    published = date.fromordinal(posts[own].at.date().toordinal() + draw.choice((0, 0, 1, 2, 9)))
    numbers = _nearest(quoted, posts, holders=holders, rarity=rarity, before=published)
    claim = Claim(
        quotation=Quotation(spans=(Span(0, len(quoted)),), content=quoted),
        attribution=Attribution(speaker_name=OTTO.name, platform=OTTO_ACCOUNT.platform, medium=Medium.POST),
        published_on=published,
    )
    found: list[Trial] = []
    for taken, is_true in (([own], True), ([n for n in numbers if n != own], False)):
        facts = [_facts(claim, posts[n], number=n, rarity=rarity) for n in taken[:_CANDIDATES]]
        # The same words posted before by the same author are an original too.
        if not is_true and any(fact.ratio >= 0.97 and not fact.edits for fact in facts):
            continue
        if facts:
            best = max(facts, key=weight_of)
            found.append(Trial(best.words, weight_of(best), is_true))
    return found


def quotation_of(text: str, draw: Random) -> str:
    """What a newspaper makes of a post: the whole or a stretch, a word dropped, added or changed, an ellipsis."""
    found = text.split()
    if draw.random() < 0.7 and len(found) > 8:
        size = draw.randint(5, len(found))
        start = draw.randrange(len(found) - size + 1)
        found = found[start : start + size]
    if draw.random() < 0.1 and len(found) > 12:
        at = draw.randrange(4, len(found) - 6)
        found[at : at + 3] = ["…"]
    for _ in range(draw.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 3))):
        at = draw.randrange(len(found))
        found[at : at + draw.choice((0, 1, 1))] = draw.choice(
            ([], [draw.choice(OTHER_WORDS)], [draw.choice(NEW_WORDS)])
        )
    return " ".join(found) or text


def _nearest(
    quoted: str, posts: list[Post], *, holders: dict[int, list[int]], rarity: Rarity, before: date
) -> list[int]:
    shared: Counter[int] = Counter()
    for word in set(word_hashes(quoted)):
        worth = 1.0 / (1 + rarity.frequencies.get(word, 0))
        for number in holders.get(word, ()):
            if posts[number].at.date() <= before:
                shared[number] += worth  # type: ignore[assignment]
    return [number for number, _ in shared.most_common(_CANDIDATES + 1)]


def _facts(claim: Claim, post: Post, *, number: int, rarity: Rarity) -> Circumstances:
    there: Statement = statement(post.text, number=number, at=post.at)
    quoted = quoted_passage(claim.quotation.content)
    fit = fit_of((there,), quoted, rarity=rarity, names=KnownNames())
    shared_words, shared = shared_content(quoted, archived_passage(post.text))
    return Circumstances(
        ratio=fit.ratio, edits=fit.edits, information=fit.information, corpus_size=rarity.corpus_size,
        words=len(quoted.words), content_words=content_words(quoted),
        speaker=speaker_fit(claim, there, directory=Directory()),
        age_days=age_in_days(post.at, claim.published_on), shared_words=shared_words, shared=shared,
    )  # fmt: skip


def fitted(trials: list[Trial]) -> list[tuple[float, float]]:
    """Isotonic regression by pooling adjacent violators: from each weight on, the share of true originals."""
    blocks: list[list[float]] = []
    for trial in sorted(trials, key=lambda t: (t.weight, not t.is_true)):
        blocks.append([trial.weight, float(trial.is_true), 1.0])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            _, true, count = blocks.pop()
            blocks[-1][1] += true
            blocks[-1][2] += count
    return [(round(weight, 2), round(true / count, 3)) for weight, true, count in blocks]


def _between(trials: list[Trial], longest: int, *, lengths: tuple[int, ...]) -> list[Trial]:
    least = max((length for length in lengths if length < longest), default=0)
    return [trial for trial in trials if least < trial.words <= longest]


def _print(longest: int, curve: list[tuple[float, float]], *, trials: list[Trial]) -> None:
    true, wrong = ([t for t in trials if t.is_true is kind] for kind in (True, False))
    print(f"up to {longest} words: {len(true)} true originals, {len(wrong)} wrong ones, {len(curve)} knots")
    for share in (0.5, 0.8, 0.9, 0.95, 0.97):
        bar = next((weight for weight, reached in curve if reached >= share), 99.0)
        found, false = (sum(t.weight >= bar for t in kind) / max(1, len(kind)) for kind in (true, wrong))
        others = sum(t.weight >= bar and not t.is_same_author for t in wrong) / max(1, len(wrong))
        by = f", of another author {others:.4f}" if any(t.is_same_author for t in wrong) else ""
        print(f"  share {share:.2f} from weight {bar:6.2f}: found {found:.3f}, false {false:.4f}{by}")


def as_toml(tables: dict[Sought, Calibration]) -> str:
    """The data file of the tables."""
    lines = [
        "# How often a fit of that weight was the true original, by length of the quotation: python -m bench.calibration."
    ]
    for sought, table in tables.items():
        made = (f"made_on = {table.made_on}", f"posts = {table.posts}", f"quotations = {table.quotations}")
        lines += ["", f"[{sought}]", *made]
        for curve in table.curves:
            knots = ", ".join(f"[{w}, {share}]" for w, share in zip(curve.weights, curve.shares, strict=True))
            lines += ["", f"[[{sought}.curve]]", f"longest = {curve.longest}", f"knots = [{knots}]"]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
