"""Fixtures for the tests in a real browser."""

from tests.support.serving import empty, server  # noqa: F401
from tests.support.visiting import browser, context, desk, page, phone, telephone  # noqa: F401
