"""Fixtures for every test."""

from collections.abc import Iterator

import pytest
from hypothesis import settings

from assessment.sheets.writers import fallback
from tests.support.browsing import browser, context, page, server  # noqa: F401  # fixtures for every test
from tests.support.databases import database, postgresql, store, url  # noqa: F401  # fixtures for every test

settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the fonts that come along, as on a computer without others."""
    monkeypatch.setattr(fallback, "SYSTEM", {})
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()
    yield
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()
