"""JSON documents that only the site serves: people, nights, the scale, schema.org; the rest is the services' own."""

from __future__ import annotations

from flask import url_for

from archive.domain.findings import FindingCode
from archive.domain.people import Person
from archive.domain.policies import POLICIES, standard_severity
from archive.domain.runs import Run
from archive.domain.verdicts import Verdict, VerdictGroup, group_of
from archive.services.engine import Engine
from archive.services.people import PersonDetail
from archive.services.representations import Document, page_document
from web.filters import iso
from web.finding_words import FINDINGS
from web.verdict_words import GROUPS, VERDICTS


def entry_document() -> Document:
    """Where a machine goes on from the first page."""
    names = {
        "statements": "statements.find",
        "people": "people.find",
        "scale": "about.scale",
        "custody": "about.custody",
        "status": "about.status",
    }
    return {"links": {name: url_for(f"api.{endpoint}") for name, endpoint in names.items()}}


def submission_help() -> Document:
    """How a machine hands in an article."""
    return {
        "method": "POST",
        "url": url_for("api.checks.submit"),
        "fields": {"url": "or text", "text": "or url", "published_on": "year-month-day", "policy": list(POLICIES)},
    }


def person_document(person: Person) -> Document:
    """One person."""
    return {
        "id": str(person.id),
        "name": person.name,
        "aliases": list(person.aliases),
        "wikidata": person.wikidata,
        "url": url_for("people.show", person_id=person.id),
    }


def person_detail_document(detail: PersonDetail) -> Document:
    """One person with offices, accounts and the newest statements."""
    return {
        "person": person_document(detail.person),
        "offices": [
            {
                "title": office.title,
                "country": office.country,
                "since": iso(holding.since) if holding.since else None,
                "until": iso(holding.until) if holding.until else None,
                "proof": holding.proof.url,
            }
            for holding, office in detail.offices
        ],
        "accounts": [
            {
                "platform": account.platform.value,
                "handle": account.handle,
                "kind": account.kind.value,
                "since": iso(control.since) if control.since else None,
                "until": iso(control.until) if control.until else None,
                "proof": control.proof.url,
            }
            for control, account in detail.accounts
        ],
        "statements": page_document(detail.statements),
    }


def run_document(run: Run) -> Document:
    """One night."""
    return {
        "id": str(run.id),
        "began_at": iso(run.began_at),
        "finished_at": iso(run.finished_at) if run.finished_at else None,
        "exit_status": run.exit_status,
        "steps": [
            {
                "name": step.name,
                "outcome": step.outcome.value,
                "looked_at": step.looked_at,
                "changed": step.changed,
                "alarms": list(step.alarms),
                "failures": [{"item": f.item, "code": f.code, "message": f.message} for f in step.failures],
            }
            for step in run.steps
        ],
    }


def scale_document(engine: Engine) -> Document:
    """Every verdict, group and finding code with its meaning, and what the engine was calibrated on."""
    return {
        "engine": {
            "version": engine.version,
            "calibrated_on": engine.calibrated_on.isoformat(),
            "calibrated_posts": engine.calibrated_posts,
            "calibrated_quotations": engine.calibrated_quotations,
            "accepted_from": engine.accepted_from,
        },
        "groups": [{"code": g.value, "title": GROUPS[g].title, "meaning": GROUPS[g].meaning} for g in VerdictGroup],
        "verdicts": [
            {"code": v.value, "group": group_of(v).value, "title": VERDICTS[v].title, "meaning": VERDICTS[v].meaning}
            for v in Verdict
        ],
        "findings": [
            {"code": c.value, "name": c.label, "severity": standard_severity(c).value, "meaning": FINDINGS[c]}
            for c in FindingCode
        ],
    }
