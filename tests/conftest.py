"""Marks whole files of tests as slow, so that `make check` stays within a minute; `make test` runs them all."""

import pytest

SLOW = {
    "test_app_advisers",
    "test_app_browse",
    "test_app_talks",
    "test_app_work",
    "test_catalogue",
    "test_change",
    "test_cli",
    "test_cli_saved",
    "test_cli_sheet",
    "test_conversation_kit",
    "test_coverage",
    "test_dialogue_plan",
    "test_explain_command",
    "test_golden_sheets",
    "test_inference",
    "test_listening_choice",
    "test_partner_plan",
    "test_plan",
    "test_portfolio",
    "test_portfolio_report",
    "test_proofs",
    "test_scoring",
    "test_search",
    "test_sheet_pages",
    "test_sheet_purposes",
    "test_sheet_writers",
    "test_store_file",
    "test_uploads",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)
