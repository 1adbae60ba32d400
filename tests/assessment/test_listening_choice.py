"""The listening chooser: what rules a method out, what the publications' cases call for, and what always holds."""

from collections.abc import Iterable
from random import Random

import pytest

from assessment.advisers.listening import FITS, ListeningChoice, listening_choice
from assessment.advisers.situation import Saying, Situation
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.listening import listening_sheet
from assessment.sheets.words import labels
from assessment.sheets.writers import write
from assessment.verdicts import given_verdicts
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference, reference
from rules.engine.memory import working_memory
from rules.sampling import random_answers

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()
SAFE: Answers = {
    "core.occasions": ("means",),
    "core.first": "means",
    "core.goal": ("know",),
    "core.people": ("employees",),
    "core.danger-events": ("none",),
    "core.danger-setting": ("none",),
    "core.pressed-by": ("nobody",),
    "core.reached-by": ("union", "ngo"),
    "core.representation": ("free-union",),
    "core.organisations": ("local-union", "local-ngo"),
    "means.which": ("union",),
    "acts.means": ("none",),
    "means.union-result": "kept",
}
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


def choice(**changed: Answer) -> ListeningChoice:
    """The choice for the safe situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return listening_choice({**SAFE, **other}, inference())


def fits(found: ListeningChoice) -> dict[str, str]:
    return {one.method: one.fit for one in found.methods}


def samples(number: int) -> list[Answers]:
    """Random answers, half of them without any danger, and the cases."""
    random = Random(7)
    some = [dict(random_answers(KNOWLEDGE, random, share=random.choice([0.5, 0.9]))) for _ in range(number)]
    for place, answers in enumerate(some):
        answers |= {"core.occasions": ("means",), "core.first": "means"}
        if place % 2:
            safe = ("core.danger-events", "core.danger-setting", "core.pressed-by", "core.reached-by")
            answers |= {name: SAFE[name] for name in safe}
            answers["core.representation"] = random.choice([("free-union",), ("elected-committee",)])
    return [*some, *(dict(case.answers) for case in KNOWLEDGE.scenarios.values())]


def test_a_union_that_speaks_for_workers_fits_where_nobody_is_in_danger() -> None:
    assert fits(choice())["union"] == "suitable"
    assert all(one.fit != "suitable" for one in choice().methods if not one.chosen)


@pytest.mark.parametrize(
    ("changed", "fit"),
    [
        ({"core__danger_setting": ("union-banned",)}, "unsuitable"),
        ({"core__representation": ("boss-union",)}, "unsuitable"),
        ({"core__representation": ("named-committee",)}, "unsuitable"),
        ({"core__representation": ("nobody",)}, "unsuitable"),
        ({"core__representation": "unknown"}, "unclear"),
        ({"core__representation": ("nobody-can-know",)}, "unclear"),
        ({"core__danger_setting": ("hostile",)}, "conditional"),
        ({"core__reached_by": ("nobody",)}, "unsuitable"),
        ({"core__reached_by": ("supplier-only",)}, "unsuitable"),
    ],
)
def test_the_union_decides_whether_the_union_route_is_open(changed: Answers, fit: str) -> None:
    found = choice(**changed)
    assert fits(found)["union"] == fit
    assert next(one for one in found.methods if one.method == "union").because


@pytest.mark.parametrize("reached", [("nobody",), ("supplier-only",)])
def test_where_nobody_reaches_people_no_means_on_the_spot_fits(reached: tuple[str, ...]) -> None:
    found = choice(core__reached_by=reached, means__which=("union", "ngo", "grievance", "tool", "audit"))
    assert set(fits(found).values()) == {"unsuitable"} and found.combination is None


def test_what_does_not_fit_is_neither_praised_nor_improved() -> None:
    ruled_out = 0
    for answers in samples(60):
        for one in listening_choice(answers, inference()).methods:
            if one.fit == "unsuitable":
                ruled_out += 1
                assert one.because and not one.mind and not one.brings
    assert ruled_out > 50


def test_the_verdict_on_a_means_is_that_of_the_findings_and_the_acts() -> None:
    """What does not fit beats what comes first, and that beats what is suitable; never the opposite of an act."""
    for answers in samples(150):
        found = fits(listening_choice(answers, inference()))
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


@pytest.mark.parametrize("name", ["core.reached-by", "core.danger-events", "core.danger-setting"])
@pytest.mark.parametrize("method", ["union", "ngo", "grievance", "tool", "audit"])
def test_a_method_is_not_called_fit_while_danger_and_reach_are_not_known(name: str, method: str) -> None:
    for answers in (
        {one: answer for one, answer in SAFE.items() if one != name} | {"means.which": (method,)},
        {**SAFE, name: "unknown", "means.which": (method,)},
    ):
        found = listening_choice(answers, inference())
        assert fits(found)[method] in ("unclear", "unsuitable"), answers
        assert name in found.open


@pytest.mark.parametrize(
    ("changed", "method", "lesson"),
    [
        ({"means__which": ("tool",), "means__tool_sees": "small"}, "tool", "tool-not-anonymous"),
        ({"means__which": ("grievance",), "means__griev_receives": "employer"}, "grievance", "complaint-not-anonymous"),
        (
            {"means__which": ("grievance",), "means__griev_receives": "outside", "means__griev_ways": ("name",)},
            "grievance",
            "complaint-anonymous",
        ),
    ],
)
def test_a_danger_to_people_counts_also_where_no_risk_is_known(changed: Answers, method: str, lesson: str) -> None:
    found = choice(**changed)
    one = next(each for each in found.methods if each.method == method)
    assert one.fit in ("conditional", "unsuitable") and lesson in {saying.piece for saying in one.because}
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


@pytest.mark.parametrize(
    "danger",
    [
        {"core__danger_events": ("punished",)},
        {"core__danger_events": ("nobody-can-know",)},
        {"core__danger_setting": ("guards",)},
        {"core__danger_setting": ("few",)},
    ],
)
def test_where_talking_may_be_dangerous_no_audit_and_nothing_that_is_not_anonymous(danger: Answers) -> None:
    found = choice(
        **danger,
        means__which=("audit", "tool", "grievance"),
        means__tool_phones=("work-device",),
        means__griev_ways=("name",),
    )
    assert {fits(found)[one] for one in ("audit", "tool", "grievance")} == {"unsuitable"}
    assert found.safety


def test_an_audit_where_danger_is_not_ruled_out_is_not_used() -> None:
    for events in ("unknown", ("none-supplier",)):
        found = choice(means__which=("audit", "union"), core__danger_events=events)
        assert fits(found)["audit"] in ("unclear", "unsuitable")
        assert found.combination is None


@pytest.mark.parametrize("phones", [("none",), ("shared",), ("work-device",)])
def test_who_cannot_answer_alone_is_not_asked_with_a_tool(phones: tuple[str, ...]) -> None:
    found = choice(means__which=("tool",), means__tool_phones=phones)
    assert fits(found)["tool"] == "unsuitable"
    title = next(one.title for one in found.methods if one.method == "tool")
    assert found.combination is not None and title not in found.combination.methods


def test_an_open_question_about_danger_leaves_every_other_method_to_find_out() -> None:
    answers = {name: answer for name, answer in SAFE.items() if name != "core.danger-events"}
    found = listening_choice(answers, inference())
    assert {one.fit for one in found.methods} <= {"unclear", "unsuitable"}
    assert "core.danger-events" in found.open and found.combination is None


def test_the_best_combination_covers_what_no_single_method_does() -> None:
    found = choice(
        means__which=("union", "tool"),
        core__goal=("know", "compare", "proof"),
        means__tool_phones=("own",),
        means__tool_sees="totals",
        core__people=("employees", "hired"),
    )
    best = found.combination
    assert best is not None and len(best.methods) == 2
    assert not best.leaves and not best.unheard


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
    for answers in samples(150):
        found = listening_choice(answers, inference())
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
    for answers in samples(100):
        found = listening_choice(answers, inference())
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
    assert together > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sheet_repeats_the_conditions_of_each_method_below_the_combination(language: Language) -> None:
    answers = {
        **SAFE,
        "core.danger-setting": ("hostile",),
        "means.which": ("union", "ngo"),
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
    for answers in (SAFE, *samples(5)):
        whole = dossier(Assessment(title="x", answers=answers, knowledge_version="x"), inference())
        dutch, english = (listening_sheet(whole, language) for language in LANGUAGES)
        assert [type(one) for one in dutch.blocks] == [type(one) for one in english.blocks]
