"""Find and start a real Chromium for the few journeys that need one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MISSING = "no Chromium was found: install Debian's chromium or set ONRECORD_TEST_CHROMIUM to its path"

# As root, and in a closed network, Chromium starts only without its sandbox and without looking for its own hosts.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find_chromium() -> Path | None:
    """Return the browser to use, or None; a path in ONRECORD_TEST_CHROMIUM that does not exist is None, not a guess."""
    named = os.environ.get("ONRECORD_TEST_CHROMIUM")
    if named:
        return Path(named) if Path(named).is_file() else None
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return Path(found) if found else None


@contextmanager
def running_browser(executable: Path) -> Iterator["Browser"]:
    """Start the browser with a fresh profile and close it afterwards."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()
