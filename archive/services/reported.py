"""Keeping as reported: a quoted post whose original is not held, with the article that quotes it as its source."""

from __future__ import annotations

from datetime import UTC, datetime, time

from archive import storage, verification
from archive.domain.accounts import Account, Platform, handle_key
from archive.domain.articles import ArticleText
from archive.domain.captures import text_digest
from archive.domain.checks import Check, CheckState
from archive.domain.claims import Claim
from archive.domain.custody import CustodyKind
from archive.domain.ids import CheckId
from archive.domain.statements import Report, Statement
from archive.domain.verdicts import Judgement, VerdictGroup
from archive.domain.voices import Voice, VoiceBasis
from archive.errors import ConflictError, NotFoundError
from archive.runtime import Runtime
