"""Fixtures for every test."""

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from assessment.sheets.writers import fallback
from tests.support.databases import database, postgresql, store, url  # noqa: F401  # fixtures for every test

settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Whether a module is not even read: its one mark is among what `-m` leaves out. Reading all takes seconds."""
    if not collection_path.name.startswith("test_") or collection_path.suffix != ".py":
        return None
    marked = re.search(r"^pytestmark = pytest\.mark\.(\w+)$", collection_path.read_text("utf-8"), re.MULTILINE)
    return True if marked and f"not {marked[1]}" in config.option.markexpr else None


def pytest_collection_finish() -> None:
    """What was read so far stays to the end; to look through it again and again takes a tenth of all time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the fonts that come along, as on a computer without others."""
    monkeypatch.setattr(fallback, "SYSTEM", {})
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()
    yield
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()
