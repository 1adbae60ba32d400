"""The report on a portfolio: true counts, nothing on small groups, readable for everyone."""

from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.portfolio.batches import TableError
from assessment.portfolio.disclosure import figures, told
from assessment.portfolio.report import write_report
from assessment.portfolio.summary import read_former
from assessment.portfolio.write import results as writing
from tests.support.portfolio_tables import BASE, KNOWLEDGE, as_table, sample, some_rows, summarised

pytestmark = pytest.mark.slow


def test_the_summary_counts_what_is_in_the_table_and_a_former_table_is_read_back(tmp_path: Path) -> None:
    rows, right = sample()
    outcome, path = summarised(rows, tmp_path / "now", "now")
    former = read_former(path)
    for summary in (outcome.summary, former):
        assert summary.rows == len(rows) and summary.versions["rules_version"] == BASE.version
        assert set(summary.versions) == {"knowledge_version", "rules_version"}
        assert summary.with_safety == sum(row["open_safety_findings"] > 0 for row in right)
        for lesson in KNOWLEDGE.lessons:
            assert summary.lessons[lesson] == sum(lesson in row["lessons"] for row in right)
        for about, theme in summary.themes.items():
            scored = [row for row in right if row[f"{about}.lowest"] is not None]
            assert theme.count == len(scored)
            for end in ("lowest", "highest") if scored else ():
                values = [row[f"{about}.{end}"] for row in scored]
                spread = theme.spread(end)
                quarter = (len(values) - 1) // 4
                assert (spread.lower, spread.upper) == (sorted(values)[quarter], sorted(values)[-1 - quarter])
                assert spread.median == pytest.approx(median(values))
            same = [row for row in scored if row[f"{about}.lowest_level"] == row[f"{about}.highest_level"]]
            assert theme.levels["open"] == len(scored) - len(same)
    assert sum(outcome.summary.unknown.values()) == sum(row["unknown"] for row in right)
    assert sum(outcome.summary.asked.values()) == sum(row["asked"] for row in right)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_says_nothing_about_small_groups(language: Any, tmp_path: Path) -> None:
    four, _ = summarised(some_rows(60)[:4], tmp_path / "four", "four")
    five, path = summarised(some_rows(60)[:5], tmp_path / "five", "five")
    small, enough = (write_report(one, BASE, language) for one in (four, five))
    assert "<table" not in small and not any(theme.title.in_(language) in small for theme in KNOWLEDGE.themes.values())
    assert (
        enough.count("<table") >= 2 and "http://" not in enough and "https://" not in enough and "<script" not in enough
    )
    many, _ = summarised(some_rows(60), tmp_path / "many", "many")
    compared = write_report(many, BASE, language, read_former(path))
    assert 'id="change"' in compared and 'id="change"' not in enough
    assert "<table" not in write_report(five, BASE, language, minimum=6)
    apart = write_report(many, BASE, language, four.summary)
    assert "<table" not in apart.split('id="change"')[1]


def test_a_theme_with_few_scores_is_left_out_of_a_larger_report(tmp_path: Path) -> None:
    outcome, _ = summarised(some_rows(60), tmp_path / "many", "many")
    for theme in outcome.summary.themes.values():
        theme.levels.clear()
        theme.levels["open"] = 4
    page = write_report(outcome, BASE, "en")
    assert (
        page.count("fewer than 5 scores") == 2 * (len(KNOWLEDGE.themes) + 1)
        and "shade-4" not in page.split("</style>")[1]
    )


@given(st.lists(st.integers(0, 30), min_size=2, max_size=6), st.integers(1, 8))
def test_no_small_part_can_be_told_from_the_others(counts: list[int], minimum: int) -> None:
    shown = told(counts, minimum)
    hidden = [count for count, one in zip(counts, shown, strict=True) if one is None]
    assert all(one in (None, count) for count, one in zip(counts, shown, strict=True))
    assert not any(one is not None and 0 < one < minimum for one in shown)
    if sum(counts) >= minimum and hidden:  # what is left of the whole is large enough, and more than one part
        assert len(hidden) > 1 and sum(hidden) >= minimum


def test_advice_and_open_safety_of_a_few_are_not_told(tmp_path: Path) -> None:
    outcome, _ = summarised(some_rows(60), tmp_path / "many", "many")
    summary = outcome.summary
    few, many = [*KNOWLEDGE.lessons][:2]
    summary.lessons.clear()
    summary.lessons.update({few: 4, many: 5})
    summary.with_safety = 4
    found = figures(summary, BASE)
    assert [one.lesson.id for one in found.advice] == [many] and found.with_safety is None
    page = write_report(outcome, BASE, "en")
    assert KNOWLEDGE.lessons[many].advice.en in page and KNOWLEDGE.lessons[few].advice.en not in page
    assert "4 assessments" not in page


def test_what_is_no_former_portfolio_is_refused(tmp_path: Path) -> None:
    parquet.write_table(as_table(some_rows(1)), tmp_path / "t.parquet")
    (tmp_path / "noise.parquet").write_bytes(Random(2).randbytes(1000))
    parquet.write_table(pa.table({writing.SAFETY: ["x"]}), tmp_path / "text.parquet")
    for name in ("t", "noise", "missing", "text"):
        with pytest.raises(TableError, match="an outcome of dialoogwijzer portfolio"):
            read_former(tmp_path / f"{name}.parquet")
