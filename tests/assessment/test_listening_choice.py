"""The listening chooser in situations by hand: what rules a method out, what the cases call for."""

from dataclasses import replace

import pytest

from assessment.advisers.listening import ListeningChoice, listening_choice
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.listening import listening_sheet
from assessment.sheets.purposes import write_sheet
from assessment.sheets.words import labels
from assessment.sheets.writers import write
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from tests.support.pdf_reading import squeezed

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


def choice(**changed: Answer) -> ListeningChoice:
    """The choice for the safe situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return listening_choice({**SAFE, **other}, inference())


def fits(found: ListeningChoice) -> dict[str, str]:
    return {one.method: one.fit for one in found.methods}


def test_a_union_that_speaks_for_workers_fits_where_nobody_is_in_danger() -> None:
    assert fits(choice())["union"] == "suitable"
    assert all(one.fit != "suitable" for one in choice().methods if not one.chosen)


def test_a_version_for_others_never_says_that_nothing_stands_in_the_way() -> None:
    own = dossier(Assessment(title="", answers=SAFE, knowledge_version=""), inference())
    for language in LANGUAGES:
        told = squeezed(labels(language)["listen-no-objection"])
        assert told in squeezed(write_sheet(own, "listening", "text", language).decode())
        for_others = replace(own, shortened=True)
        assert told not in squeezed(write_sheet(for_others, "listening", "text", language).decode())


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
