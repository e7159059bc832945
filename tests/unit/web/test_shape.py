"""Rules of the room that no linter knows."""

import ast
from pathlib import Path

import pytest

import web

WEB = Path(web.__file__).parent
VIEWS = sorted([*(WEB / "views").glob("*.py"), *(WEB / "api").glob("*.py")])
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
MOST_LINES = 15


def body_lines(function: ast.FunctionDef) -> int:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_views_stay_short(path: Path) -> None:
    functions = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.FunctionDef)]
    assert {f.name: body_lines(f) for f in functions if body_lines(f) > MOST_LINES} == {}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(WEB / "templates").as_posix())
def test_templates_never_switch_escaping_off_and_ask_nobody_else(path: Path) -> None:
    source = path.read_text("utf-8")
    assert "|safe" not in source.replace(" ", "").replace("|safe_url", "")
    assert "autoescape" not in source
    assert "//cdn" not in source
    assert not any(f'{kind}="http' in source for kind in ("src", "href"))


@pytest.mark.parametrize("name", ["app.css", "app.js"])
def test_own_static_files_ask_nobody_else(name: str) -> None:
    source = (WEB / "static" / name).read_text("utf-8")
    assert "http://" not in source
    assert "https://" not in source
    assert "@import" not in source
    assert "eval(" not in source
    assert "innerHTML" not in source
