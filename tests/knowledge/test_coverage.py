"""Coverage: nothing in the publications is lost on the way to a rule, and a loss is told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from knowledge.model import Card
from knowledge.yaml_files import ContentError
from rules.coverage import Row, coverage, read_inventory, report
from rules.model import RuleBase, rule_base
from tests.cli.test_cli import run

pytestmark = pytest.mark.slow

BASE = rule_base()
LESSONS = list(BASE.knowledge.lessons.values())
NUMBERS = {source: f"{place:03}" for place, source in enumerate(BASE.knowledge.sources)}
ROWS = tuple(
    Row.model_validate(
        {
            **lesson.model_dump(include={"id", "severity", "phase", "kind"}),
            "sources": [{"seed": NUMBERS[cited.source], "section": cited.at} for cited in lesson.sources],
        }
    )
    for lesson in LESSONS
)


def without_rules_to(lesson: str) -> RuleBase:
    kept = {rule.id: rule for rule in BASE.rules.values() if rule.lesson != lesson}
    return RuleBase(MappingProxyType(kept), BASE.knowledge)


def without_lesson(lesson: str) -> RuleBase:
    cards = {}
    for card in BASE.knowledge.cards.values():
        if kept := tuple(one for one in card.lessons if one.id != lesson):
            cards[card.card] = Card(card=card.card, title=card.title, lessons=kept)
    return RuleBase(without_rules_to(lesson).rules, replace(BASE.knowledge, cards=cards))


def test_of_an_inventory_that_equals_the_lessons_nothing_is_missing_and_nothing_differs() -> None:
    found = coverage(BASE, ROWS)
    assert not found.missing
    assert all("no lesson cites it" in note for note in found.notes)
    for sections in found.sections.values():
        assert all(one.rows == one.lessons and one.rules >= one.lessons for one in sections)
    assert report(found, BASE.knowledge)[-1] == "Missing: nothing."


@pytest.mark.parametrize("lesson", LESSONS[:: max(1, len(LESSONS) // 12)], ids=lambda lesson: lesson.id)
@pytest.mark.parametrize(
    ("damage", "told"),
    [(without_rules_to, "lesson {}: no rule leads to it"), (without_lesson, "row {}: no lesson")],
    ids=["its rules", "itself"],
)
def test_what_is_removed_is_told_once_and_under_each_of_its_sections(
    damage: Callable[[str], RuleBase], told: str, lesson: Row
) -> None:
    found = coverage(damage(lesson.id), ROWS)
    expected = told.format(lesson.id)
    assert found.missing == (expected,)
    row = next(row for row in ROWS if row.id == lesson.id)
    wanted = {(place.seed, place.section) for place in row.sources}
    seen = {
        (NUMBERS[source], section.heading)
        for source, sections in found.sections.items()
        for section in sections
        if expected in section.missing
    }
    assert seen == wanted
    assert expected in "\n".join(report(found, BASE.knowledge))


def test_without_an_inventory_a_lesson_without_a_rule_is_still_missing() -> None:
    assert not coverage(BASE).missing
    found = coverage(without_rules_to(LESSONS[0].id))
    assert found.missing == (f"lesson {LESSONS[0].id}: no rule leads to it",)
    assert all(section.rows is None for sections in found.sections.values() for section in sections)


def test_differences_are_notes() -> None:
    first, second, *others = ROWS
    other = "follow-up" if first.phase != "follow-up" else "prepare"
    heading = next(
        heading
        for heading in BASE.knowledge.sources[LESSONS[0].sources[0].source].sections
        if heading not in {cited.at for cited in LESSONS[0].sources}
    )
    place = first.sources[0].model_copy(update={"section": heading})
    changed = first.model_copy(update={"phase": other, "sources": (*first.sources, place)})
    found = coverage(BASE, (changed, *others))
    assert not found.missing
    notes = [note for note in found.notes if note.startswith("lesson ")]
    assert notes == [
        f"lesson {second.id}: no row of the inventory",
        f"lesson {first.id}: does not cite {LESSONS[0].sources[0].source} > {heading}, as its row does",
        f"lesson {first.id}: phase is {first.phase}, in its row {other}",
    ]


def test_a_publication_that_we_do_not_have_is_missing() -> None:
    row = Row.model_validate({**ROWS[0].model_dump(), "sources": [{"seed": "999", "section": "Nergens"}]})
    assert "publication 999: none of ours has its headings" in coverage(BASE, (row, *ROWS[1:])).missing


def inventory(path: Path, ids: list[str]) -> Path:
    row = (
        "- {{id: {}, severity: high, phase: always, kind: advice, cluster: c, "
        "sources: [{{seed: '003', section: Vooraf}}]}}"
    )
    path.write_text("meta: {rows: 1}\ninventory:\n" + "\n".join(map(row.format, ids)) + "\n", encoding="utf-8")
    return path


def test_a_row_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="row once") as refused:
        read_inventory(inventory(tmp_path / "twice.yaml", ["A-b", "A-c", "A-b"]))
    assert [problem.line for problem in refused.value.problems] == [3, 5]


def test_the_command_ends_with_1_when_a_row_is_missing_and_with_2_when_the_file_is_wrong(tmp_path: Path) -> None:
    assert run("check", "--coverage").returncode == 0
    good = run("check", "--coverage", inventory(tmp_path / "good.yaml", [LESSONS[0].id]))
    assert good.returncode == 0 and good.stdout.decode().endswith("Missing: nothing.\n")
    bad = run("check", "--coverage", inventory(tmp_path / "bad.yaml", ["XX-nowhere"]))
    assert bad.returncode == 1 and "row XX-nowhere: no lesson" in bad.stdout.decode()
    assert run("check", "--coverage", tmp_path / "nowhere.yaml").returncode == 2
