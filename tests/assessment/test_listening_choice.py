"""The listening chooser: what rules a method out, what the publications' cases call for, and what always holds."""

from random import Random

import pytest

from assessment.advisers.listening import FITS, ListeningChoice, listening_choice
from assessment.advisers.situation import Situation
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.listening import listening_sheet
from assessment.sheets.words import labels
from assessment.sheets.writers import write
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory
from rules.sampling import random_answers

KNOWLEDGE = knowledge_base()
SAFE: Answers = {
    "start.preparing": ("listening",),
    "start.people-at-risk": "no",
    "start.union-situation": "independent",
    "listening.methods": ("union",),
    "listening.union-gaps": ("none",),
    "listening.listener": "self",
    "listening.important": ("depth",),
    "listening.workforce": ("none",),
}


SERIOUS = {
    method.id: [
        lesson.id
        for lesson in KNOWLEDGE.lessons.values()
        if lesson.id.startswith(f"WL-{method.id}-") and (lesson.kind == "unsuitable" or lesson.severity == "critical")
    ]
    for method in guides().listening.methods
}
"""Per method the lessons that endanger people or rule it out; their ids name the method."""


def choice(**changed: Answer) -> ListeningChoice:
    """The choice for the safe situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return listening_choice({**SAFE, **other}, inference())


def fits(found: ListeningChoice) -> dict[str, str]:
    return {one.method: one.fit for one in found.methods}


def samples(number: int) -> list[Answers]:
    random = Random(7)
    some = [dict(random_answers(KNOWLEDGE, random, share=random.choice([0.5, 0.9]))) for _ in range(number)]
    for answers in some:
        answers["start.preparing"] = ("listening", "dialogue")
    return [*some, *(dict(case.answers) for case in KNOWLEDGE.scenarios.values())]


def test_a_union_that_speaks_for_workers_fits_where_nobody_is_in_danger() -> None:
    assert fits(choice())["union"] == "suitable"
    assert all(one.fit != "suitable" for one in choice().methods if not one.chosen)


@pytest.mark.parametrize(
    ("situation", "fit"),
    [
        ("forbidden", "unsuitable"),
        ("tied", "unsuitable"),
        ("none", "unsuitable"),
        ("unknown", "unclear"),
        ("opposed", "conditional"),
    ],
)
def test_the_union_decides_whether_the_union_route_is_open(situation: str, fit: str) -> None:
    found = choice(start__union_situation=situation)
    assert fits(found)["union"] == fit
    assert next(one for one in found.methods if one.method == "union").because


def test_a_method_of_which_little_is_answered_is_not_called_fit() -> None:
    for method, gaps in (("union", "union"), ("ngo", "ngo"), ("grievance", "grievance"), ("digital", "tool")):
        answers = {**SAFE, "listening.methods": (method,)}
        answers.pop("listening.union-gaps")
        found = listening_choice(answers, inference())
        assert fits(found)[method] in ("unclear", "conditional"), method
        assert f"listening.{gaps}-gaps" in found.open


@pytest.mark.parametrize(
    ("method", "gaps", "lesson"),
    [
        (
            "digital",
            {"listening.tool-gaps": ("none",), "listening.results-to-supplier": "small-groups"},
            "tool-anonymous",
        ),
        ("grievance", {"listening.grievance-gaps": ("not-anonymous",)}, "complaint-anonymous"),
    ],
)
def test_a_danger_to_people_is_a_condition_also_where_no_risk_is_known(method: str, gaps: Answers, lesson: str) -> None:
    found = listening_choice({**SAFE, "listening.methods": (method,), **gaps}, inference())
    one = next(each for each in found.methods if each.method == method)
    assert one.fit == "conditional" and lesson in {saying.piece for saying in one.because}
    assert found.safety


def test_every_lesson_that_endangers_people_or_rules_a_method_out_stands_with_its_method() -> None:
    guide = guides().listening
    for method, lessons in SERIOUS.items():
        placed = {
            lesson
            for piece in (*guide.rules_out, *guide.settle_first, *guide.conditions)
            if method in piece.subjects
            for lesson in piece.lessons
        }
        assert {*lessons} <= placed, method


@pytest.mark.parametrize("risk", ["yes", "unknown"])
def test_where_talking_may_be_dangerous_no_audit_and_nothing_that_is_not_anonymous(risk: str) -> None:
    found = choice(
        start__people_at_risk=risk,
        listening__methods=("audit", "digital", "grievance"),
        listening__tool_gaps=("not-anonymous",),
        listening__grievance_gaps=("not-anonymous",),
    )
    assert {fits(found)[one] for one in ("audit", "digital", "grievance")} == {"unsuitable"}
    assert found.safety


def test_an_audit_of_which_nobody_knows_how_interviews_go_is_not_used() -> None:
    found = choice(listening__methods=("audit", "union"), listening__audit_interviews="unknown")
    assert fits(found)["audit"] == "unsuitable"


def test_who_cannot_read_is_not_asked_with_a_tool() -> None:
    found = choice(listening__methods=("digital",), listening__tool_gaps=("cannot-use",))
    assert fits(found)["digital"] == "unsuitable"
    title = next(one.title for one in found.methods if one.method == "digital")
    assert found.combination is not None and title not in found.combination.methods


def test_an_open_question_about_danger_leaves_every_other_method_to_find_out() -> None:
    answers = {name: answer for name, answer in SAFE.items() if name != "start.people-at-risk"}
    found = listening_choice(answers, inference())
    assert {one.fit for one in found.methods} <= {"unclear", "unsuitable"}
    assert "start.people-at-risk" in found.open and found.combination is None


def test_the_best_combination_covers_what_no_single_method_does() -> None:
    found = choice(
        listening__methods=("union", "digital"),
        listening__important=("depth", "scale"),
        listening__tool_gaps=("none",),
        listening__workforce=("insecure",),
    )
    best = found.combination
    assert best is not None and len(best.methods) == 2
    assert not best.leaves and not best.unheard


def test_the_survey_in_ethiopia_and_the_audit_in_bangladesh_are_not_called_fit() -> None:
    survey = listening_choice(KNOWLEDGE.scenarios["invented-flowers-ethiopia-survey"].answers, inference())
    audit = listening_choice(KNOWLEDGE.scenarios["invented-garment-bangladesh-audit"].answers, inference())
    trusted = listening_choice(KNOWLEDGE.scenarios["invented-fish-peru-trusted-union"].answers, inference())
    assert fits(survey)["digital"] == "unsuitable"
    assert fits(audit)["audit"] == "unsuitable"
    assert fits(trusted)["union"] in ("suitable", "conditional")


def test_what_always_holds() -> None:
    guide = guides().listening
    ruling_out: dict[str, set[str]] = {method.id: set() for method in guide.methods}
    for piece in guide.rules_out:
        for method in piece.subjects:
            ruling_out[method] |= set(piece.lessons)
    for answers in samples(150):
        found = listening_choice(answers, inference())
        trace = reference(inference().base, working_memory(answers, KNOWLEDGE.questions))
        advised = {str(inference().base.rules[rule].lesson) for rule in trace.findings}
        order = [FITS.index(one.fit) for one in found.methods]
        assert order == sorted(order)
        for one in found.methods:
            if found.applies and one.fit == "suitable":
                kinds = {KNOWLEDGE.lessons[lesson].kind for lesson in ruling_out[one.method] & advised}
                assert "unsuitable" not in kinds, (one.method, answers)
                assert not {*map(str, SERIOUS[one.method])} & advised, (one.method, answers)
                assert not one.because
            for saying in (*one.because, *one.mind, *one.brings, *found.safety):
                assert all(reason.rule in trace.findings for reason in saying.reasons if reason.holds)
        if found.combination is not None:
            titles = {one.title for one in found.methods if one.fit in ("suitable", "conditional")}
            assert set(found.combination.methods) <= titles


def test_what_endangers_people_enters_no_combination_and_conditions_stand_with_it() -> None:
    guide, together = guides().listening, 0
    for answers in samples(100):
        found = listening_choice(answers, inference())
        if found.combination is None:
            continue
        now = Situation(answers, inference())
        advised = {lesson for lesson in KNOWLEDGE.lessons if now.advised(lesson)}
        shown = {one.method: one for one in found.combination.conditions}
        for one in found.methods:
            if one.title not in found.combination.methods:
                continue
            together += 1
            assert not now.said(guide.rules_out, one.method) and not now.undecided(guide.rules_out, one.method)
            assert not now.said(guide.settle_first, one.method)
            told = shown[one.method].says if one.method in shown else ()
            assert {saying.piece for saying in told} == {
                piece.piece for piece in now.said(guide.conditions, one.method)
            }
            if one.chosen:
                lessons = {lesson.id for saying in told for lesson in saying.lessons}
                assert {*SERIOUS[one.method]} & advised <= lessons, (one.method, answers)
    assert together > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_repeats_the_conditions_of_each_method_below_the_combination(language: Language) -> None:
    answers = {
        **SAFE,
        "start.people-at-risk": "yes",
        "listening.methods": ("union", "ngo"),
        "listening.ngo-gaps": ("deadline",),
    }
    found = listening_choice(answers, inference())
    assert found.combination is not None and found.combination.conditions
    whole = dossier(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
    lines = write(listening_sheet(whole, language), "text", None).decode()
    begin, end = (labels(language)[key].upper() for key in ("listen-combination", "listen-by-method"))
    below = " ".join(lines[lines.upper().index(begin) : lines.upper().index(end)].split())
    for one in found.combination.conditions:
        assert one.says
        safety = [all(lesson.severity != "critical" for lesson in saying.lessons) for saying in one.says]
        assert safety == sorted(safety)
        for saying in one.says:
            assert saying.text.in_(language) in below


def test_both_languages_have_the_same_shape() -> None:
    for case in KNOWLEDGE.scenarios.values():
        whole = dossier(Assessment(title="x", answers=case.answers, knowledge_version="x"), inference())
        dutch, english = (listening_sheet(whole, language) for language in LANGUAGES)
        assert [type(one) for one in dutch.blocks] == [type(one) for one in english.blocks]
