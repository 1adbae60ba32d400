"""Marks whole files of tests as slow, so that `make check` stays within a minute; `make test` runs them all."""

from collections.abc import Iterator

import pytest

from assessment.sheets.writers import fallback
from tests.support.browsing import browser, context, page, server  # noqa: F401  # fixtures for every test
from tests.support.databases import database, postgresql, store, url  # noqa: F401  # fixtures for every test

SLOW = {
    "test_advice_file",
    "test_anonymity",
    "test_app",
    "test_app_advisers",
    "test_app_away",
    "test_app_browse",
    "test_app_downloads",
    "test_app_group",
    "test_app_plan",
    "test_app_roles",
    "test_app_share",
    "test_app_talks",
    "test_app_trainer",
    "test_app_work",
    "test_budgets",
    "test_catalogue",
    "test_change",
    "test_cli",
    "test_cli_own_table",
    "test_cli_saved",
    "test_cli_sheet",
    "test_cluster",
    "test_comparison",
    "test_conversation_kit",
    "test_copies",
    "test_coverage",
    "test_dialogue_plan",
    "test_engines",
    "test_explain_command",
    "test_golden_sheets",
    "test_homework",
    "test_hosting",
    "test_inference",
    "test_keep_command",
    "test_letters",
    "test_listening_choice",
    "test_mutated_files",
    "test_office",
    "test_own_notes",
    "test_own_tables",
    "test_own_workbooks",
    "test_owners",
    "test_partner_plan",
    "test_past_texts",
    "test_plan",
    "test_portfolio",
    "test_portfolio_refusals",
    "test_portfolio_report",
    "test_proofs",
    "test_questionnaire",
    "test_readers",
    "test_reliability",
    "test_removal",
    "test_results_in_words",
    "test_roles",
    "test_scoring",
    "test_search",
    "test_sheet_pages",
    "test_sheet_purposes",
    "test_sheet_writers",
    "test_store_file",
    "test_strange_backups",
    "test_training",
    "test_uploads",
    "test_votes",
    "test_where_notes_go",
    "test_without_names_files",
    "test_word_documents",
}


@pytest.fixture
def no_system_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only the fonts that come along, as on a computer without others."""
    monkeypatch.setattr(fallback, "SYSTEM", {})
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()
    yield
    for kept in (fallback.fallback, fallback._on_system):
        kept.cache_clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)
