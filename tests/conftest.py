"""Marks whole files of tests as slow, so that `make check` stays within a minute; `make test` runs them all."""

import pytest

from tests.databases import database, postgresql, store, url  # noqa: F401  # fixtures for every test

SLOW = {
    "test_app_away", "test_app_work", "test_catalogue", "test_change", "test_cli", "test_cli_saved", "test_cluster",
    "test_copies", "test_coverage", "test_inference", "test_keep_command", "test_mutated_files", "test_plan",
    "test_portfolio", "test_portfolio_report", "test_proofs", "test_reliability", "test_roles", "test_scoring",
    "test_store_file",
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)
