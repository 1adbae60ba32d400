"""SECURITY.md says what the detection misses as it is now."""

from pathlib import Path

import pytest

from benchmarks.traces import measured

pytestmark = pytest.mark.slow

HERE = Path(__file__).parents[1]
TEXT = (HERE / "SECURITY.md").read_text("utf-8")


def test_the_figures_of_what_is_found_are_those_of_now() -> None:
    kept_apart = list(measured("held-out"))
    leads = [one for kind, _, some in kept_apart if kind == "leads" for one in some]
    plain = [one for kind, _, some in kept_apart if kind == "plain" for one in some]
    missed = sum(not one.whole for one in leads)
    marked = sum(bool(one.marked) for one in plain)
    told = " ".join(TEXT.split())
    assert f"Of {len(leads)} phrases" in told and f"the detection misses {missed};" in told
    assert f"of {len(plain)} plain phrases it marks {marked or 'none'} " in told
