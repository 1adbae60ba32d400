"""The listening chooser whatever is answered: nothing that endangers people is called fit, and verdicts agree."""

from collections.abc import Iterable
from functools import cache
from random import Random

import pytest

from assessment.advisers.listening import FITS, ListeningChoice, listening_choice
from assessment.advisers.situation import Saying, Situation
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.listening import listening_sheet
from assessment.verdicts import given_verdicts
from knowledge.adviser_texts import guides
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory
from rules.sampling import random_answers
from tests.assessment.test_listening_choice import KNOWLEDGE, SAFE, fits
from tests.support.amounts import LONG, amount

pytestmark = pytest.mark.slow

LESSONS = {"tool": "digital"}
"""What the ids of the lessons call a method that the questions call otherwise."""

SERIOUS = {
    method.id: [
        lesson.id
        for lesson in KNOWLEDGE.lessons.values()
        if lesson.id.startswith(f"WL-{LESSONS.get(method.id, method.id)}-")
        and (lesson.kind == "unsuitable" or lesson.severity == "critical")
    ]
    for method in guides().listening.methods
}
"""Per method the lessons that endanger people or rule it out; their ids name the method."""

MEANS = {"union": "union", "ngo": "organisation", "grievance": "complaints", "tool": "tool", "audit": "audit"}
"""What the acts call each method."""

UNSUITABLE = {
    "union": "listening.union-unsuitable",
    "grievance": "listening.complaints-unsuitable",
    "tool": "listening.tool-unsuitable",
    "audit": "listening.audit-unsuitable",
}


@cache
def sample(place: int) -> Answers:
    """Random answers; every second set is without any danger."""
    random = Random(place)
    answers = dict(random_answers(KNOWLEDGE, random, share=random.choice([0.5, 0.9])))
    answers |= {"core.occasions": ("means",), "core.first": "means"}
    if place % 2:
        safe = ("core.danger-events", "core.danger-setting", "core.pressed-by", "core.reached-by")
        answers |= {name: SAFE[name] for name in safe}
        answers["core.representation"] = random.choice([("free-union",), ("elected-committee",)])
    return answers


def samples(number: int) -> list[Answers]:
    """Random answers, and the cases."""
    cases = [case for case in KNOWLEDGE.scenarios.values() if LONG or not case.invented]
    return [*map(sample, range(number)), *(dict(case.answers) for case in cases)]


def choice_on(answers: Answers) -> ListeningChoice:
    return _choice_on(tuple(answers.items()))


@cache
def _choice_on(answers: tuple[tuple[str, Answer], ...]) -> ListeningChoice:
    return listening_choice(dict(answers), inference())


def test_what_does_not_fit_is_neither_praised_nor_improved() -> None:
    ruled_out = 0
    for answers in samples(amount(20, 100)):
        for one in choice_on(answers).methods:
            if one.fit == "unsuitable":
                ruled_out += 1
                assert one.because and not one.mind and not one.brings
    assert ruled_out > 15


def test_the_verdict_on_a_means_is_that_of_the_findings_and_the_acts() -> None:
    """What does not fit beats what comes first, and that beats what is suitable; never the opposite of an act."""
    for answers in samples(amount(15, 300)):
        found = fits(choice_on(answers))
        trace = inference().run(working_memory(answers, KNOWLEDGE.questions))
        for method, finding in UNSUITABLE.items():
            if finding in trace.findings:
                assert found[method] == "unsuitable", (method, answers)
        if "listening.no-means-on-the-spot" in trace.findings:
            assert set(found.values()) == {"unsuitable"}
        for _, given in given_verdicts(trace, inference().base):
            for method, means in MEANS.items():
                if given.act.means != means or given.act.given is None:
                    continue
                if given.verdict.unsuitable:
                    assert found[method] == "unsuitable", (given.act.id, answers)
                elif given.verdict.verdict == "stop" and not given.act.good:
                    assert found[method] != "suitable", (given.act.id, answers)


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


def advised_on(findings: Iterable[str], *grounds: str) -> set[str]:
    """The lessons that are advised on these grounds, on any if left out."""
    rules = (inference().base.rules[finding] for finding in findings)
    return {one.lesson for one in rules if one.lesson is not None and (not grounds or one.ground in grounds)}


def lessons_of(sayings: Iterable[Saying]) -> set[str]:
    return {lesson.id for saying in sayings for lesson in saying.lessons}


def test_what_always_holds() -> None:
    guide = guides().listening
    ruling_out: dict[str, set[str]] = {method.id: set() for method in guide.methods}
    for piece in guide.rules_out:
        for method in piece.subjects:
            ruling_out[method] |= set(piece.lessons)
    for answers in samples(amount(15, 300)):
        found = choice_on(answers)
        trace = reference(inference().base, working_memory(answers, KNOWLEDGE.questions))
        advised, amiss = advised_on(trace.findings), advised_on(trace.findings, "gap")
        asked_for = amiss | advised_on(trace.findings, "setting")
        order = [FITS.index(one.fit) for one in found.methods]
        assert order == sorted(order)
        for one in found.methods:
            if found.applies and one.fit == "suitable":
                kinds = {KNOWLEDGE.lessons[lesson].kind for lesson in ruling_out[one.method] & advised}
                assert "unsuitable" not in kinds, (one.method, answers)
                assert not {*SERIOUS[one.method]} & amiss, (one.method, answers)
                assert {*SERIOUS[one.method]} & asked_for <= lessons_of(one.mind), (one.method, answers)
                assert not one.because
            for saying in (*one.because, *one.mind, *one.brings, *found.safety):
                assert all(reason.rule in trace.findings for reason in saying.reasons if reason.holds)
        if found.combination is not None:
            titles = {one.title for one in found.methods if one.fit in ("suitable", "conditional")}
            assert set(found.combination.methods) <= titles


def test_what_endangers_people_enters_no_combination_and_conditions_stand_with_it() -> None:
    guide, together = guides().listening, 0
    for answers in samples(amount(40, 300)):
        found = choice_on(answers)
        if found.combination is None:
            continue
        now = Situation(answers, inference())
        amiss = advised_on(now.trace.findings, "gap")
        asked_for = amiss | advised_on(now.trace.findings, "setting")
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
                assert {*SERIOUS[one.method]} & amiss <= lessons_of(told), (one.method, answers)
                assert {*SERIOUS[one.method]} & asked_for <= lessons_of((*told, *one.mind)), (one.method, answers)
    assert together > 10


def test_both_languages_have_the_same_shape() -> None:
    for answers in (SAFE, *samples(5)[: amount(8, 100)]):
        whole = dossier(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
        dutch, english = (listening_sheet(whole, language) for language in LANGUAGES)
        assert [type(one) for one in dutch.blocks] == [type(one) for one in english.blocks]
