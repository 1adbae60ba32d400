"""The test before and after a course: totals only, and nothing of a few people."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from assessment.training.groups import Groups
from assessment.training.measuring import FEWEST, Share, as_csv, learned, votes_of
from knowledge.base import knowledge_base

SITUATIONS = list(knowledge_base().situations.values())


@pytest.fixture
def groups(tmp_path: Path):  # type: ignore[no-untyped-def]
    opened = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}")
    yield opened
    opened.close()


def held(groups: Groups, group: str, view: str, people: int, right: int) -> None:
    for name, one in votes_of(view).items():  # type: ignore[arg-type]
        groups.open_vote(group, name)
        wrong = next(choice.id for choice in one.choices if choice.id != one.concluded)
        for number in range(people):
            groups.vote(group, name, one.concluded if number < right else wrong, f"visitor-{number}")
        groups.close_vote(group, name)


def test_there_are_six_situations_each_with_a_passage() -> None:
    assert len(SITUATIONS) == 6
    assert all(one.sources and len(one.choices) >= 3 for one in SITUATIONS)
    assert len({[choice.id for choice in one.choices].index(one.concluded) for one in SITUATIONS}) == 3
    assert dict(votes_of("story")) == {}


def test_a_group_sees_what_it_learned(groups: Groups) -> None:
    group = groups.create("company-b")
    assert all((one.before, one.after) == (None, None) for one in learned(groups.open(group)))
    held(groups, group, "before", 6, 2)
    held(groups, group, "after", 5, 5)
    assert {(one.before, one.after) for one in learned(groups.open(group))} == {(Share(6, 2), Share(5, 5))}
    rows = list(csv.DictReader(StringIO(as_csv(groups.open(group), "nl").removeprefix("\ufeff"))))
    assert len(rows) == 2 * len(SITUATIONS)
    assert {(row["moment"], row["answered"], row["right"]) for row in rows} == {
        ("before", "6", "2"),
        ("after", "5", "5"),
    }


def test_of_a_few_people_nothing_is_told(groups: Groups) -> None:
    group = groups.create("company-b")
    held(groups, group, "before", FEWEST - 1, 1)
    assert {one.before.right for one in learned(groups.open(group)) if one.before} == {None}
    rows = list(csv.DictReader(StringIO(as_csv(groups.open(group), "nl").removeprefix("\ufeff"))))
    assert {(row["answered"], row["right"]) for row in rows} == {(f"<{FEWEST}", "")}
    for name in votes_of("before"):
        groups.open_vote(group, name)
    assert all(one.before is None for one in learned(groups.open(group))), "not while it is open"
