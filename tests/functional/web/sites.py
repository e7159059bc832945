"""A site on a real archive in a file of its own, with the invented government of Velland in it. Nothing is patched."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from archive.domain.accounts import Platform
from archive.domain.checks import Check, Submission, SubmissionKind
from archive.domain.ids import CheckId, PostId
from archive.domain.posts import post_id_of
from archive.runtime import Runtime, build_runtime
from archive.services import checks, curate, ingest
from archive.settings import Settings, load_settings
from tests.functional.web.markup import csrf_token_in
from web.application import create_app

REGISTRY = """
people:
  - name: Asha Renn
    aliases: [RENN Asha, A. Renn]
    offices:
      - title: Minister of Fisheries
        country: Velland
        since: 2023-05-02
        proof_url: https://gov.velland.example/cabinet
    accounts:
      - platform: x
        handle: asharenn
        native_id: "900100"
        kind: official
        since: 2023-05-02
        proof_url: https://gov.velland.example/social
"""
POSTS = (
    {
        "platform": "x", "id": "1896893384094646272", "handle": "asharenn", "name": "Asha Renn",
        "posted_at": "2025-03-04T12:00:00Z", "url": "https://x.com/asharenn/status/1896893384094646272", "lang": "en",
        "text": "We will open the northern harbour to small crews by June, and no family on the coast will lose its boat.",
    },
    {
        "platform": "x", "id": "1897255771960246272", "handle": "asharenn", "name": "Asha Renn",
        "posted_at": "2025-03-05T12:00:00Z", "url": "https://x.com/asharenn/status/1897255771960246272", "lang": "en",
        "text": "The ferry to the outer islands stays free of charge for every pupil and every nurse.",
    },
)  # fmt: skip
ARTICLE = """Asha Renn, Velland's fisheries minister, promised a new start for the coast.

“We will not open the northern harbour to small crews by June, and no family on the coast will lose its boat,” Renn posted on X on Tuesday.

“The ferry to the outer islands stays free of charge for every pupil and every nurse,” she wrote on X on Wednesday.

Tom Vale, the prime minister, wrote on X: “Bread and lamp oil will cost less by autumn, and nobody will be cold this winter.”
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """An application, its archive and a browser without script."""

    app: Flask
    runtime: Runtime
    client: FlaskClient
    folder: Path

    def post(self, address: str, *, form: str, **fields: object) -> object:
        """Send a form as a browser would that has just loaded the page at ``form``."""
        token = csrf_token_in(self.client.get(form).text)
        return self.client.post(
            address, data={"csrf_token": token, **fields}, headers={"Sec-Fetch-Site": "same-origin"}
        )


def settings_in(folder: Path, **chosen: object) -> Settings:
    return load_settings(
        **{
            "data_directory": folder,
            "database_url": f"sqlite:///{folder / 'archive.db'}",
            "secret_key": "not a secret in tests",
            "submission_characters": 20_000,
            "submission_bytes": 50_000,
            "rate_limit": "1000 per minute",
            **chosen,
        }
    )


@pytest.fixture
def runtime(tmp_path: Path, migrated_sqlite: Path) -> Iterator[Runtime]:
    shutil.copyfile(migrated_sqlite, tmp_path / "archive.db")
    with build_runtime(settings_in(tmp_path)) as built:
        yield built


@pytest.fixture
def site(runtime: Runtime, tmp_path: Path) -> Site:
    app = create_app(runtime)
    return Site(app=app, runtime=runtime, client=app.test_client(), folder=tmp_path)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, migrated_sqlite: Path) -> Path:
    """An archive with a minister, her account and two posts; copy it, never write to it."""
    folder = tmp_path_factory.mktemp("velland")
    shutil.copyfile(migrated_sqlite, folder / "archive.db")
    (folder / "registry.yaml").write_text(REGISTRY, "utf-8")
    (folder / "posts.jsonl").write_text("\n".join(json.dumps(post) for post in POSTS), "utf-8")
    with build_runtime(settings_in(folder)) as built:
        assert curate.import_registry(built, folder / "registry.yaml").errors == ()
        assert ingest.import_posts(built, folder / "posts.jsonl").errors == ()
    return folder / "archive.db"


@pytest.fixture
def velland(filled: Path, tmp_path: Path) -> Iterator[Site]:
    """The site of that archive."""
    shutil.copyfile(filled, tmp_path / "archive.db")
    with build_runtime(settings_in(tmp_path)) as built:
        app = create_app(built)
        yield Site(app=app, runtime=built, client=app.test_client(), folder=tmp_path)


@pytest.fixture(scope="session")
def bare_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application without an archive, for pages that are shown values."""
    with build_runtime(settings_in(tmp_path_factory.mktemp("bare"))) as built:
        yield create_app(built)


@pytest.fixture
def harbour() -> PostId:
    """The identifier of the minister's post on the harbour."""
    return post_id_of(Platform.X, "1896893384094646272")


def judged(site: Site, text: str = ARTICLE) -> Check:
    """A finished check of a pasted article."""
    check = checks.request_check(site.runtime, Submission(kind=SubmissionKind.TEXT, text=text))
    return checks.run_check(site.runtime, check.id)


@pytest.fixture
def check(velland: Site) -> Check:
    return judged(velland)


def check_id_in(location: str) -> CheckId:
    return CheckId(UUID(location.rstrip("/").rsplit("/", 1)[-1]))
