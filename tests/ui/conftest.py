"""What makes a page run faster in a test than on a server, and changes nothing of what it shows."""

from collections.abc import Iterator
from functools import cache
from unittest.mock import patch

import pytest
from streamlit import config
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner


@pytest.fixture(scope="session", autouse=True)
def _components_looked_for_once() -> Iterator[None]:
    """Streamlit reads about every installed package whether it has components, at the first run of each page."""
    found = cache(manifest_scanner.scan_component_manifests)
    with patch.object(manifest_scanner, "scan_component_manifests", found):
        yield


@pytest.fixture(scope="session", autouse=True)
def _program_compiled_once() -> Iterator[None]:
    """As on a server, without Streamlit's magic; a page of a test would compile the program anew after each click."""
    config.set_option("runner.magicEnabled", False)
    kept = ScriptCache()
    with (
        patch.object(app_test, "ScriptCache", lambda: kept),
        patch.object(local_script_runner, "ScriptCache", lambda: kept),
    ):
        yield
