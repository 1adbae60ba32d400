"""What an outsider may use: every name is documented, every column too, and the example runs."""

import json
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import assessment
from assessment import (
    Assessment,
    advise,
    citations_frame,
    lessons_frame,
    no_results,
    plan_for,
    questions_frame,
    rules_frame,
)
from assessment.model import Advice
from assessment.plan import Plan
from knowledge.base import knowledge_base

DOCS = Path(__file__).parents[2] / "docs"
ADVICE = advise(Assessment(title="", answers=knowledge_base().scenarios["company-b"].answers, knowledge_version=""))
EMPTY = ADVICE.model_copy(update={"verdicts": ()})


def test_every_public_name_is_documented() -> None:
    guide = (DOCS / "analysts.md").read_text(encoding="utf-8")
    for name in assessment.__all__:
        found = getattr(assessment, name)
        assert found.__doc__ and not found.__doc__.startswith(f"{name}("), f"{name} has no docstring of its own"
        assert f"`{name}" in guide, f"docs/analysts.md does not name {name}"
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = assessment.nonsense
    assert {*assessment.__all__} == {name for names in assessment._FROM.values() for name in names}


@pytest.mark.parametrize(
    ("made", "documented"),
    [
        (lambda: ADVICE.to_frame("en"), Advice.to_frame),
        (lambda: plan_for(ADVICE, {}).to_frame("en"), Plan.to_frame),
        (questions_frame, questions_frame),
        (lessons_frame, lessons_frame),
        (citations_frame, citations_frame),
        (rules_frame, rules_frame),
    ],
)
def test_frames_have_the_columns_that_their_docstrings_name(
    made: Callable[[], pd.DataFrame], documented: Callable[..., Any]
) -> None:
    found = made()
    told = set(re.findall(r"`([a-z_]+)`", documented.__doc__ or ""))
    assert {*found.columns} == told
    assert len(found) and not found.duplicated().any()
    assert "object" not in {str(one) for one in found.dtypes}


def test_no_advice_is_a_frame_of_the_same_types() -> None:
    assert EMPTY.to_frame().dtypes.equals(ADVICE.to_frame().dtypes) and not len(EMPTY.to_frame())
    assert Plan(actions=()).to_frame().dtypes.equals(plan_for(ADVICE, {}).to_frame().dtypes)
    assert {"id", "overall.lowest", "safety"} - {*no_results().columns} == {"safety"}


@pytest.mark.filterwarnings("ignore:DataFrame is highly fragmented")  # by Dask, which joins category by category
def test_the_example_for_analysts_runs(tmp_path: Path) -> None:
    notebook = json.loads((DOCS / "analyst.ipynb").read_text(encoding="utf-8"))
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not [cell for cell in notebook["cells"] if cell.get("outputs")], "outputs go stale: they are not kept"
    (tmp_path / "example.py").write_text("\n".join(code), encoding="utf-8")
    found = runpy.run_path(str(tmp_path / "example.py"))
    assert [*found["results"].index] == [*found["cases"]]
    assert [*found["examined"].results.title] == ["Koffie BV"]
    assert found["examined"].problems["column"].tolist()[-1] == "core.weight"
