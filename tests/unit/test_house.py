"""The rules of the house that no linter knows: what the lock, the vendored files and the modules may look like."""

import ast
import hashlib
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import archive

ROOT = Path(__file__).parents[2]
VENDOR = ROOT / "web" / "static" / "vendor"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = {name: (ROOT / name).read_text("utf-8") for name in ("requirements.lock", "requirements-runtime.lock")}

LONGEST_MODULE = 300
# What strangers run has to be one file that imports nothing of ours (docs/reference/receipts.md).
LONGER = {"archive/receipts/verify.py": 550}
LONGEST_FUNCTION = 40

# A pinned name with its marker, or a digest: nothing else may stand in the lock file, so no host and no path can.
LOCK_LINE = re.compile(r"[a-z0-9.\-]+==[\w.+!]+(?: ; [\w\s.'<>=!()]+)? \\|    --hash=sha256:[0-9a-f]{64}(?: \\)?")


def vendored() -> list[dict[str, str]]:
    return list(json.loads((VENDOR / "manifest.json").read_text("utf-8"))["files"])


def modules() -> list[Path]:
    return sorted(path for room in ("archive", "web") for path in (ROOT / room).rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pinned(lock: str) -> dict[str, str]:
    """Each locked library with its version and marker."""
    return dict(line.rstrip(" \\").split("==", 1) for line in LOCKS[lock].splitlines() if not line.startswith(" "))


def declared(requirements: list[str]) -> set[str]:
    return {canonical(name.group()) for line in requirements if (name := re.match(r"[\w.\-]+", line))}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_host_no_index_and_no_path(lock: str) -> None:
    assert [line for line in LOCKS[lock].splitlines() if not LOCK_LINE.fullmatch(line)] == []


def test_locks_hold_every_declared_library() -> None:
    needed = declared(PROJECT["project"]["dependencies"])
    assert needed - pinned("requirements-runtime.lock").keys() == set()
    needed |= declared(PROJECT["project"]["optional-dependencies"]["dev"])
    assert needed - pinned("requirements.lock").keys() == set()


def test_operators_run_the_versions_that_the_tests_ran() -> None:
    versions = {name: pin.split(" ;")[0] for name, pin in pinned("requirements.lock").items()}
    runtime = {name: pin.split(" ;")[0] for name, pin in pinned("requirements-runtime.lock").items()}
    assert runtime.items() <= versions.items()


def test_version_is_the_same_in_the_build_and_in_the_code() -> None:
    assert PROJECT["project"]["version"] == archive.__version__


def test_licence_is_apache() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text and "Version 2.0, January 2004" in text and "END OF TERMS AND CONDITIONS" in text


@pytest.mark.parametrize("entry", vendored(), ids=lambda entry: entry["name"])
def test_vendored_file_is_the_published_one(entry: dict[str, str]) -> None:
    assert hashlib.sha256((VENDOR / entry["file"]).read_bytes()).hexdigest() == entry["sha256"]
    assert hashlib.sha256((VENDOR / entry["licence_file"]).read_bytes()).hexdigest() == entry["licence_sha256"]


def test_every_vendored_file_is_in_the_manifest() -> None:
    listed = {entry[key] for entry in vendored() for key in ("file", "licence_file")} | {"manifest.json"}
    assert {path.name for path in VENDOR.iterdir()} == listed


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "misc", "manager"])
def test_no_module_is_named_after_nothing(name: str) -> None:
    assert [relative(path) for path in modules() if name in (path.stem, path.parent.name)] == []


def test_modules_stay_short_enough_to_read() -> None:
    lengths = {relative(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > LONGER.get(name, LONGEST_MODULE)} == {}


def test_functions_stay_short_enough_to_see_at_once() -> None:
    long = {
        f"{relative(path)}:{node.lineno} {node.name}": lines
        for path in modules()
        for node, lines in functions(path)
        if lines > LONGEST_FUNCTION
    }
    assert long == {}


def functions(path: Path) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    """Every function with its length; its docstring is not counted, so that nobody saves on explanation."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1 - docstring_lines(node)


def docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    if ast.get_docstring(node) is None:
        return 0
    first = node.body[0]
    return (first.end_lineno or first.lineno) - first.lineno + 1
