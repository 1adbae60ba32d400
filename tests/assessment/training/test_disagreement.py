"""Where people differ, and what hangs on it."""

from pathlib import Path

from assessment.model import Assessment
from assessment.training.disagreement import of_assessments, of_votes
from assessment.training.groups import Groups
from knowledge.base import knowledge_base
from knowledge.model import Answer
from rules.engine.inference import inference

CASE = knowledge_base().scenarios["company-b"]


def assessment(title: str = "x", **changed: Answer) -> Assessment:
    answers = {**CASE.answers, **{name.replace("__", "."): answer for name, answer in changed.items()}}
    return Assessment(title=title, answers=answers, knowledge_version="")


def test_the_difference_on_which_most_hangs_comes_first(tmp_path: Path) -> None:
    kept = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}")
    group = kept.create(CASE.id)
    cast = {"agenda": ["complaints", "complaints", "examples"], "find-out": ["history", "price"], "late": ["move"] * 3}
    for vote, chosen in cast.items():
        kept.open_vote(group, vote)
        for number, choice in enumerate(chosen):
            kept.vote(group, vote, choice, f"visitor-{number}")
    assert of_votes(CASE, kept.open(group), inference()) == (), "not while it is open"
    for vote in cast:
        kept.close_vote(group, vote)
    some = of_votes(CASE, kept.open(group), inference())
    kept.close()
    assert [one.question for one in some] == ["agenda", "find-out"], "a vote in which all agree is no difference"
    most, other = some[0].sides
    assert (most.count, most.changes, other.count) == (2, (), 1)
    assert ("stop", True) in {(one.after, one.danger) for one in other.changes}
    assert [side.changes for side in some[1].sides] == [(), ()]
    assert [side.known for one in some for side in one.sides] == [True, True, False, False], "not known is not nothing"


def test_colleagues_differ_per_question_and_nobody_is_named() -> None:
    same = [assessment("Van Anna"), assessment("Van Bram")]
    assert of_assessments(same, inference()) == ()
    some = of_assessments([*same, assessment("Van Chen", talk__opening="open", talk__bond=3)], inference())
    assert [one.question for one in some] == ["talk.bond"], "what only one answered is no difference"
    some = of_assessments(
        [
            assessment("Van Anna", talk__opening="open"),
            assessment("Van Bram", talk__opening="direct"),
            assessment("Van Chen", talk__opening="open", talk__bond=3),
        ],
        inference(),
    )
    assert some[0].question == "talk.opening"
    assert [side.count for side in some[0].sides] == [2, 1]
    assert ("stop", True) in {(one.after, one.danger) for one in some[0].sides[1].changes}
    assert not [name for name in ("Anna", "Bram", "Chen") if name in str(some)]
