"""Take the README's pictures from a running demo (``make demo``): ``python -m tests.harness.pictures [ADDRESS]``."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.harness.browser import find_chromium, running_browser

HERE = Path(__file__).parents[2] / "docs" / "images"
PICTURES = {"check": 1020, "search": 900, "statement": 1000}


def main(address: str) -> None:
    """Check, search and statement page of the demo, 1280 points wide, with its banner."""
    executable = find_chromium()
    if executable is None:
        raise SystemExit("No Chromium was found.")
    with running_browser(executable) as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        page.goto(address)
        doctored = page.get_by_role("link", name="a copy with eight changes").first.get_attribute("href")
        page.goto(f"{address}/statements?q=licence")
        statement = page.locator(".result h3 a").first.get_attribute("href")
        for name, path in (("check", doctored), ("search", "/statements?q=ferry+OR+herring"), ("statement", statement)):
            page.set_viewport_size({"width": 1280, "height": PICTURES[name]})
            page.goto(f"{address}{path}")
            page.screenshot(path=HERE / f"{name}.png")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:5000")
