"""Packages whose modules are loaded on demand."""

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from archive import services, storage
from archive.extraction import dumps

ROOT = Path(__file__).parents[2]
TOLD = """
import sys
from archive import storage
before = "archive.storage.backups" in sys.modules
storage.backups
print(before, "archive.storage.backups" in sys.modules)
"""


def test_a_module_is_loaded_when_it_is_asked_for() -> None:
    ran = subprocess.run([sys.executable, "-c", TOLD], capture_output=True, text=True, check=True, cwd=ROOT)
    assert ran.stdout.split() == ["False", "True"]


@pytest.mark.parametrize("package", [services, storage, dumps], ids=lambda package: package.__name__)
def test_every_module_that_is_named_is_there(package: ModuleType) -> None:
    assert [getattr(package, name).__name__ for name in package.__all__] == [
        f"{package.__name__}.{name}" for name in package.__all__
    ]


@pytest.mark.parametrize("package", [services, storage, dumps], ids=lambda package: package.__name__)
def test_a_name_that_is_no_module_is_none(package: ModuleType) -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing_of_the_kind'"):
        getattr(package, "nothing_of_the_kind")  # noqa: B009
