"""Exports: read by the other world's own tools, and harmless in a spreadsheet."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from archive import services
from archive.domain.checkpoints import read_proof
from archive.errors import InvalidInputError, NotFoundError
from archive.receipts import verify
from archive.runtime import build_runtime
from archive.services.exports import ExportForm
from archive.services.tables import guarded
from archive.settings import load_settings
from tests.integration.services.given import WORDS, a_dump, a_registry, a_row, a_text

BASE = "https://archive.ostrelund.example"


@pytest.fixture
def checked(migrated_url, tmp_path, clock):
    settings = load_settings(
        data_directory=tmp_path / "data", database_url=migrated_url, index_directory=None, base_url=BASE
    )
    with build_runtime(settings, now=clock) as runtime:
        services.curate.take_registry(runtime, a_registry())
        services.ingest.take_posts(runtime, a_dump())
        services.checkpoints.make_key(runtime)
        yield runtime, services.checks.judge_article(runtime, a_text())


def statement_of(check):
    return check.judgements[0].opinion.evidence[0].statement


class _Asked:
    """What warcio's own `check` command is called with."""

    def __init__(self, path) -> None:
        self.inputs, self.verbose = [str(path)], True


def test_a_web_archive_passes_the_checks_of_its_own_tools(checked, tmp_path, capsys) -> None:
    runtime, check = checked
    made = services.exports.export(runtime, check.id, ExportForm.WACZ)
    assert made.name.endswith(".wacz")
    with zipfile.ZipFile(io.BytesIO(made.body)) as packed:
        packed.extractall(tmp_path)
        listed = json.loads(packed.read("datapackage.json"))
        names = set(packed.namelist()) - {"datapackage.json", "datapackage-digest.json"}
        digest = json.loads(packed.read("datapackage-digest.json"))
        assert digest["hash"] == "sha256:" + verify.sha256(packed.read("datapackage.json")).hex()
        assert {resource["path"] for resource in listed["resources"]} == names
        for resource in listed["resources"]:
            body = packed.read(resource["path"])
            assert (resource["hash"], resource["bytes"]) == ("sha256:" + verify.sha256(body).hex(), len(body))
    warc = tmp_path / "archive" / "data.warc.gz"
    checker = Checker(_Asked(warc))
    checker.process_all()
    assert checker.exit_value == 0
    assert "digest pass" in capsys.readouterr().out
    with warc.open("rb") as file:
        records = [
            (record.rec_type, record.rec_headers, record.content_stream().read()) for record in ArchiveIterator(file)
        ]
    assert {kind for kind, _, _ in records} == {"warcinfo", "resource"}
    assert all(headers.protocol == "WARC/1.1" for _, headers, _ in records)
    assert all(
        headers["WARC-Payload-Digest"].startswith("sha256:") for kind, headers, _ in records if kind != "warcinfo"
    )
    assert any(WORDS.encode() in body for _, _, body in records)


def test_each_line_of_the_index_leads_to_its_record(checked, tmp_path) -> None:
    runtime, check = checked
    with zipfile.ZipFile(io.BytesIO(services.exports.export(runtime, check.id, ExportForm.WACZ).body)) as packed:
        warc, index = packed.read("archive/data.warc.gz"), packed.read("indexes/index.cdx").decode()
        pages = [json.loads(line) for line in packed.read("pages/pages.jsonl").splitlines()]
    lines = index.splitlines()
    assert lines == sorted(lines) and len(lines) == 2
    for line in lines:
        fields = json.loads(line.split(" ", 2)[2])
        start = int(fields["offset"])
        (record,) = list(ArchiveIterator(io.BytesIO(warc[start : start + int(fields["length"])])))
        assert record.rec_headers["WARC-Target-URI"] == fields["url"]
    assert {page["url"] for page in pages[1:]} == {json.loads(line.split(" ", 2)[2])["url"] for line in lines}


def test_the_evidence_in_a_web_archive_says_authentic(checked) -> None:
    runtime, check = checked
    with zipfile.ZipFile(io.BytesIO(services.exports.export(runtime, check.id, ExportForm.WACZ).body)) as packed:
        evidence = {
            name.removeprefix("evidence/"): packed.read(name)
            for name in packed.namelist()
            if name.startswith("evidence/")
        }
    assert {"README.txt", "verify.py", "receipt.zip", "checkpoint.txt"} <= set(evidence)
    verify.verify(evidence["receipt.zip"])
    proofs = [read_proof(body.decode()) for name, body in evidence.items() if name.endswith(".tlog-proof")]
    assert len(proofs) == 5
    assert all(str(proof.note).encode() == evidence["checkpoint.txt"] for proof in proofs)


def test_a_check_in_schema_orgs_words_claims_nothing_about_truth(checked) -> None:
    runtime, check = checked
    document = json.loads(services.exports.export(runtime, check.id, ExportForm.JSONLD).body)
    news, review = document["@graph"]
    assert (document["@context"], news["@type"], review["@type"]) == (
        "https://schema.org",
        "NewsArticle",
        "ClaimReview",
    )
    assert review["claimReviewed"].startswith("Tavrin Oskelbeck said: “The last boat")
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": check.judgements[0].opinion.verdict.value.replace("_", " "),
    }
    quoted = review["itemReviewed"]["about"]
    assert quoted["@type"] == "Quotation"
    assert quoted["isBasedOn"][0]["isBasedOn"]["@type"] == "SocialMediaPosting"
    assert quoted["isBasedOn"][0]["@id"] == f"{BASE}/statements/{statement_of(check).post.id}"


def test_a_statement_is_cited_in_every_form(checked) -> None:
    runtime, check = checked
    target = statement_of(check).post.id
    text = services.exports.export(runtime, target, ExportForm.CITATION).body.decode()
    permalink = f"{BASE}/statements/{target}"
    assert (
        "Tavrin Oskelbeck, Prime Minister of Ostrelund, posted on X (@PrimeMinister_Ostrelund), 12 February 2026, 10:05 UTC."
        in text
    )
    assert (
        f"Tavrin Oskelbeck (@PrimeMinister_Ostrelund). “{WORDS}” X, February 12, 2026. "
        f"https://social.ostrelund.example/17 (archived at {permalink})." in text
    )
    assert f"Tavrin Oskelbeck (@PrimeMinister_Ostrelund) (2026, February 12). {WORDS} [Post]. X." in text
    bibtex = services.exports.export(runtime, target, ExportForm.BIBTEX).body.decode()
    assert bibtex.startswith("@misc{oskelbeck20260212,")
    assert r"PrimeMinister\_Ostrelund" in bibtex
    (item,) = json.loads(services.exports.export(runtime, target, ExportForm.CSL).body)
    assert (item["type"], item["issued"]["date-parts"]) == ("post", [[2026, 2, 12]])
    with pytest.raises(InvalidInputError) as caught:
        services.exports.export(runtime, check.id, ExportForm.BIBTEX)
    assert caught.value.code == "not_of_checks"


def test_a_table_has_a_row_for_each_quotation_and_each_version(checked) -> None:
    runtime, check = checked
    for target, column, value in (
        (check.id, "quotation", WORDS[:-1]),
        (statement_of(check).post.id, "text", WORDS),
    ):
        body = services.exports.export(runtime, target, ExportForm.CSV).body
        (row,) = csv.DictReader(io.StringIO(body.decode("utf-8-sig")))
        assert value in row[column]


FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1", "|x", "%0A=1", "\n=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize("text", ["plain", "", "1-2", "a=b", 'say "hi"', "–dash"])
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    assert guarded(text) == text


def test_a_post_that_begins_a_formula_is_guarded_in_the_file(checked) -> None:
    runtime, _ = checked
    services.ingest.take_posts(
        runtime, a_dump(a_row(text='=HYPERLINK("https://bad.example")', post_id="66"), name="f.jsonl")
    )
    page = services.search.search_statements(runtime, services.search.parse_query("hyperlink"))
    body = services.exports.export(runtime, page.hits[0].statement.post.id, ExportForm.CSV).body.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(body))
    assert row["text"].startswith("'=HYPERLINK")


def test_what_is_neither_is_said_to_be_neither(checked) -> None:
    with pytest.raises(NotFoundError) as caught:
        services.exports.export(checked[0], services.removal.new_id(), ExportForm.CSV)
    assert caught.value.code == "no_such_target"


@pytest.mark.parametrize("form", ExportForm)
@pytest.mark.parametrize("of_check", [True, False], ids=["check", "statement"])
def test_no_file_that_leaves_holds_hidden_words(checked, form: ExportForm, of_check: bool) -> None:
    runtime, check = checked
    if of_check and form in (ExportForm.CITATION, ExportForm.BIBTEX, ExportForm.CSL):
        return
    hiding = replace(runtime, settings=runtime.settings.model_copy(update={"retention_restricted": "hide"}))
    target = check.id if of_check else statement_of(check).post.id
    # The article quotes the first words of the post; what it does not quote is the archive's own.
    secret = b"not even for me"
    shown, kept_back = (read_out(services.exports.export(each, target, form).body) for each in (runtime, hiding))
    article = read_out(check.article.article.text.encode())
    assert (secret in shown) or form in (ExportForm.CITATION, ExportForm.BIBTEX, ExportForm.CSL)
    assert kept_back.count(secret) <= (article.count(secret) * 3 if of_check else 0)


def read_out(body: bytes) -> bytes:
    """A file's bytes, with those of every file packed in it."""
    if body[:2] != b"PK":
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(read_out(packed.read(name)) for name in packed.namelist())
