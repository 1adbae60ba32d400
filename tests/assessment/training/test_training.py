"""The course of a case, rules layer by layer, and cases of one's own, without a screen."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from assessment.advice import advise
from assessment.anonymity.source import shows_source
from assessment.answers.files import AnswerFileError, read
from assessment.dossier import dossier
from assessment.model import Advice, Assessment
from assessment.training.chaining import facts, layers
from assessment.training.course import course, votes
from assessment.training.group import next_act
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases, read_case, write_case
from assessment.training.trail import first_followed, followed, trail
from assessment.training.trying import OFFERED, changes, kept, offered
from assessment.training.typed_case import Incomplete, TypedCase, TypedStep, TypedVote, case_from
from knowledge.base import knowledge_base, load
from knowledge.consistency import case_problems
from knowledge.model import Answers, Scenario
from knowledge.yaml_files import ContentError
from rules.engine.inference import Trace, inference
from rules.engine.memory import working_memory
from rules.meaning import UNANSWERED
from tests.support.amounts import amount
from tests.support.sheet_dossiers import of_case
from tests.support.small_folder import Folder, text

pytestmark = pytest.mark.slow

CASES = knowledge_base().scenarios
READY = [case for case in CASES.values() if case.training is not None]


def advice_on(case: Scenario) -> Advice:
    own = case.id not in CASES or case != CASES[case.id]
    if not own:
        return of_case(case.id).advice
    return advise(Assessment(title="x", answers=case.answers, knowledge_version=""), inference())


def run(answers: dict) -> Trace:  # type: ignore[type-arg]
    return inference().run(working_memory(answers, knowledge_base().questions))


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.id)
def test_a_course_votes_before_it_advises_and_ends_with_the_lesson(case: Scenario) -> None:
    slides = course(case, advice_on(case))
    kinds = [slide.kind for slide in slides]
    assert kinds[0] == "begin"
    assert kinds[-3:] == ["advice", "happened", "lesson"]
    assert "story" in kinds
    assert "vote" in kinds or len(advice_on(case).recommendations) < 2
    for vote in votes(slides).values():
        assert 2 <= len(vote.choices) <= 5
        assert vote.sources
    if case.training is not None:
        assert all(slide.notes for slide in slides if slide.kind in ("begin", "story", "vote", "lesson"))


def test_the_pilots_are_ready_for_a_group() -> None:
    assert {case.id for case in READY} >= {
        "company-a", "company-b", "rajasthan-2023", "khammam-2020", "pakistan-minimum-wage", "india-clothing-no-report",
    }  # fmt: skip


def test_going_on_opens_closes_and_shows_a_vote(tmp_path: Path) -> None:
    kept = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}")
    slides = course(CASES["company-b"], advice_on(CASES["company-b"]))
    place = next(number for number, slide in enumerate(slides) if slide.vote is not None)
    vote = slides[place].vote
    assert vote is not None
    group = kept.create("company-b")
    kept.move(group, place)
    acts = [next_act(kept.open(group), slides)]
    for act in (kept.open_vote, kept.close_vote, kept.show_conclusion):
        act(group, vote.id)
        acts.append(next_act(kept.open(group), slides))
    kept.move(group, len(slides) - 1)
    assert [*acts, next_act(kept.open(group), slides)] == ["open", "close", "show", "go", "end"]
    kept.close()


def training(**changes: object) -> dict[str, object]:
    vote = {
        "id": "v", "question": text("Q"), "choices": [{"id": one, "text": text(one)} for one in "ab"],
        "concluded": "a", "why": text("W"), "sources": [{"source": "s", "at": "Heading"}],
    }  # fmt: skip
    vote.update(changes)
    step = {"title": text("T"), "text": text("T"), "notes": text("N")}
    return {
        "minutes": 30, "aim": text("A"), "notes": text("N"), "closing": text("C"),
        "steps": [{**step, "vote": vote}, step],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"concluded": "c"}, "concluded"),
        ({"choices": [{"id": "a", "text": text("a")}]}, "choices"),
        ({"choices": [{"id": "a", "text": text(str(number))} for number in range(2)]}, "each choice id once"),
        ({"sources": []}, "sources of the vote v"),
        (
            {"choices": [{"id": "a", "text": text("a"), "answers": {"no.such": "x"}}, {"id": "b", "text": text("b")}]},
            "no.such",
        ),
        ({"sources": [{"source": "s", "at": "Nowhere"}]}, "expected a heading of s"),
        ({"why": {"nl": "Alleen Nederlands"}}, "en"),
    ],
)
def test_the_loader_refuses_an_incomplete_training(
    tmp_path: Path, changes: dict[str, object], told: str | None
) -> None:
    folder = Folder(tmp_path / "small")
    folder.load()
    case = {
        "id": "c", "title": text("C"), "sources": [{"source": "s", "at": "Heading"}], "story": [text("S")],
        "answers": {},
        "decided": text("D"), "happened": text("H"), "teaching": text("T"), "training": training(**changes),
    }  # fmt: skip
    (folder.place / "content" / "scenarios" / "c.yaml").write_text(json.dumps(case))
    if told is None:
        loaded = load(folder.place / "content").scenarios["c"].training
        assert loaded is not None
        assert [vote.id for vote in loaded.votes] == ["v"]
    else:
        with pytest.raises(ContentError, match=re.escape(told)):
            load(folder.place / "content")


def test_a_publications_case_cannot_do_without_sources(tmp_path: Path) -> None:
    case = CASES["company-b"].model_dump(mode="json")
    with pytest.raises(ValueError, match="expected sources"):
        Scenario.model_validate({**case, "sources": []})


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_layers_hold_each_finding_once_on_answers_and_earlier_layers(case: Scenario) -> None:
    trace, base = run(dict(case.answers)), inference().base
    assert {one.question for one in facts(trace, base)} == case.answers.keys()
    known: set[str] = set()
    for layer in layers(trace, base):
        assert layer.number == 1 or known or not layer.fired
        for one in layer.fired:
            for ground in one.why.grounds:
                assert all(finding.rule in known for finding in ground.findings if finding.holds)
                assert all(trace.memory.facts[answer.question] != UNANSWERED for answer in ground.answers)
        known |= {one.rule for one in layer.fired}
    assert known == trace.findings.keys()


@pytest.mark.parametrize("case", READY[: amount(3, len(READY))], ids=lambda case: case.id)
def test_three_changes_are_offered_that_each_change_something(case: Scenario) -> None:
    some = offered(case.answers, inference())
    assert len({one.question for one in some}) == len(some) == OFFERED
    for one in some:
        then = {**case.answers, one.question: one.answer}
        assert one.changes == changes(case.answers, then, inference())
        assert one.changes
        assert one.before != one.after


def test_what_keeps_an_advice_in_place_is_told() -> None:
    answers = CASES["india-clothing-no-report"].answers
    less = {**answers, "core.waiting": ("heard",)}
    assert kept(answers, answers, inference()) == ()
    stays = {**answers, "over.told": ("board",)}
    for one in kept(answers, stays, inference()):
        assert one.answers
    assert {one.label.nl for one in kept(answers, less, inference())} == {
        "Mensen die ons of een partner iets vertelden, wachten op bericht van ons."
    }


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_an_advice_is_followed_from_its_answers_to_its_passage(case: Scenario) -> None:
    advice, base = advice_on(case), inference().base
    assert first_followed(advice) in followed(advice)
    for about in list(followed(advice))[:12]:
        steps = trail(advice, about, base)
        kinds = [one.kind for one in steps]
        assert kinds[0] == "answers"
        assert kinds[-2:] == ["advice", "passage"]
        assert set(kinds[1:-2]) <= {"finding"}
        assert steps[-1].sources
        given = {(one.question, one.answer.nl) for one in steps[0].answers}
        told: set[str] = set()
        for step in steps[1:-1]:
            assert {(one.question, one.answer.nl) for one in step.answers if one.is_asked} <= given
            assert {one.says.nl for one in step.given} <= told, "each step rests on what was told before"
            told.add(step.says.nl if step.says else "")
    assert trail(advice, "no-such-advice", base) == ()


SECRET = CASES["company-b"].answers
VOTE = TypedVote("Wat eerst?", ("Dit", " ", "Dat"), 2, "Zo is het.")
STEPS = (TypedStep("", "Eerst\ndit."), TypedStep("", " "), TypedStep("Daarna", "Dan dat.", "Let op.", VOTE))


def own_case(steps: tuple[TypedStep, ...] = STEPS, title: str = "Een  klacht", answers: Answers = SECRET) -> Scenario:
    assessment = Assessment(
        title="Geheime BV praat met Fabriek Zon",
        answers=answers,
        notes={"core.first": "Mevrouw Jansen van Fabriek Zon"},
        knowledge_version=knowledge_base().version,
    )
    return case_from(dossier(assessment, inference()), TypedCase(title, steps, happened="Het liep af."))


def test_a_case_of_ones_own_has_no_names_and_opens_again(tmp_path: Path) -> None:
    case = own_case()
    written = write_case(case)
    assert not [name for name in ("Geheime", "Zon", "Jansen") if name in written]
    assert [one.nl for one in case.story] == ["Eerst dit.", "Dan dat."]
    assert case.title.en == "Een klacht"
    assert case.training is not None
    assert [vote.question.en for vote in case.training.votes] == ["Wat eerst?"]
    assert case.training.votes[0].concluded == "choice-2"
    assert [choice.text.nl for choice in case.training.votes[0].choices] == ["Dit", "Dat"]
    slides = course(case, advice_on(case))
    assert slides[0].title == case.title
    assert [slide.kind for slide in slides] == ["begin", "story", "story", "vote", "advice", "happened", "lesson"]
    assert set(case.lessons) == {one.lesson.id for some in advice_on(case).recommendations for one in some.lessons}
    knowledge = knowledge_base()
    assert read_case((written, "case.yaml"), knowledge) == case
    assert read((written, "case.yaml"), knowledge).answers == case.answers
    assert not list(case_problems(knowledge, case))
    cases = OwnCases(knowledge, f"sqlite:///{tmp_path / 'x.sqlite'}")
    assert cases.all() == {}
    kept = cases.keep(case)
    assert cases.all()[kept].answers == case.answers
    cases.delete("own-other")
    assert [*cases.all()] == [kept]
    cases.delete(kept)
    assert cases.all() == {}
    assert b"Dan dat" not in (tmp_path / "x.sqlite").read_bytes()
    cases.close()


def test_a_case_of_ones_own_shows_no_source_until_it_may_be_known() -> None:
    questions = knowledge_base().questions
    assert [one for one in SECRET if shows_source(questions[one])]
    assert not [one for one in own_case().answers if shows_source(questions[one])]
    known = {**SECRET, "core.may-pass-on": "all", "core.danger-events": ("none",), "core.danger-setting": ("none",)}
    assert own_case(answers=known | {"core.promised": ("nothing",)}).answers["core.heard-through"] == ("union",)


def test_the_file_of_a_case_shows_the_room_no_source_either(tmp_path: Path) -> None:
    whole = own_case().model_copy(update={"answers": SECRET, "lessons": ("FU-source-disclosure-test",)})
    (tmp_path / "own-0a1b2c3d.yaml").write_text(write_case(whole), encoding="utf-8")
    cases = OwnCases(knowledge_base(), f"sqlite:///{tmp_path / 'x.sqlite'}")
    cases.take_in(tmp_path)
    (taken,) = cases.all().values()
    opened = read_case((write_case(whole), "x.yaml"), knowledge_base())
    cases.close()
    for case in (taken, opened):
        assert (case.answers, case.lessons) == (own_case().answers, ())
    made_up = whole.model_copy(update={"invented": True})
    assert read_case((write_case(made_up), "x.yaml"), knowledge_base()) == made_up


@pytest.mark.parametrize(
    ("title", "steps", "missing"),
    [
        ("", STEPS, ("title", 0)),
        ("Titel", (TypedStep("x", " "),), ("story", 0)),
        ("Titel", STEPS[2:], ("steps", 0)),
        ("Titel", (STEPS[0], TypedStep("", "x", vote=replace(VOTE, why=""))), ("vote", 2)),
        ("Titel", (STEPS[0], TypedStep("", "x", vote=replace(VOTE, right=1))), ("vote", 2)),
        ("Titel", (STEPS[0], TypedStep("", "x", vote=replace(VOTE, choices=("", "", "Dat")))), ("vote", 2)),
    ],
)
def test_what_is_missing_in_a_typed_case_is_told(
    title: str, steps: tuple[TypedStep, ...], missing: tuple[str, int]
) -> None:
    with pytest.raises(Incomplete) as told:
        own_case(steps, title)
    assert (told.value.missing, told.value.step) == missing


def test_a_story_without_votes_needs_no_second_step() -> None:
    assert own_case(STEPS[:1]).training is None


def test_the_files_of_an_older_version_are_taken_over(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "own-0a1b2c3d.yaml").write_text(write_case(own_case()), encoding="utf-8")
    (tmp_path / "cases" / "own-broken.yaml").write_text("id: [")
    (tmp_path / "cases" / "other.yaml").write_text("")
    cases = OwnCases(knowledge_base(), f"sqlite:///{tmp_path / 'x.sqlite'}")
    for _ in range(2):
        cases.take_in(tmp_path / "cases")
        assert [*cases.all()] == ["own-0a1b2c3d"], "what cannot be read is kept, and passed over"
    assert [one.name for one in (tmp_path / "cases").iterdir()] == ["other.yaml"]
    cases.close()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("answers: {no.such-question: yes}", "no.such-question"),
        ("answers: {}\nlessons: [NO-such]", "NO-such"),
        ("answers: {}\nsources: [{source: nowhere, at: x}]", "nowhere"),
        ("answers: {}\nextra: 1", "extra"),
    ],
)
def test_a_file_that_is_no_case_is_refused_with_a_line(change: str, told: str) -> None:
    fields = "\n".join(f"{name}: {{nl: a, en: a}}" for name in ("title", "decided", "happened", "teaching"))
    with pytest.raises(AnswerFileError, match=re.escape(told)):
        read_case(
            (f"id: own-x\nown: true\nstory: [{{nl: a, en: a}}]\n{fields}\n{change}\n", "c.yaml"), knowledge_base()
        )
