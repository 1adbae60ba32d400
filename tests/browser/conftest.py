"""Fixtures for the tests in a real browser."""

from tests.support.browsing import browser, context, page, server  # noqa: F401
