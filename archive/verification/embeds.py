"""Embeds: the post embedded in the article as a third text beside the quotation and the archived original (X11)."""

from __future__ import annotations

from archive.domain.findings import Finding, FindingCode
from archive.domain.statements import Statement
from archive.verification.cases import Case
from archive.verification.plain_words import contains_run, is_same_words


def embedded(case: Case, statement: Statement | None) -> tuple[Finding, ...]:
    """X11 with what the three texts say of one another, where the article embeds the post with its words."""
    embed = case.claim.embed
    if embed is None or not embed.text:
        return ()
    holds = contains_run(embed.text, case.claim.quotation.content)
    with_quotation = "has the quoted words" if holds else "does not have the quoted words as they are quoted"
    sentence = f"The post embedded in the article {with_quotation}"
    if statement is not None:
        same = is_same_words(embed.text, statement.snapshot.text)
        inside = contains_run(statement.snapshot.text, embed.text)
        with_archive = "reads as the archived original" if same or inside else "differs from the archived original"
        sentence += f" and {with_archive}"
    return (case.finding(FindingCode.EMBEDDED_POST, f"{sentence}."),)
