"""The parts of the pages: widgets, words, markup and names of files."""

import re
from itertools import groupby

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from knowledge.base import knowledge_base
from knowledge.model import Number, Option, Question, Scenario
from knowledge.text import Text
from rules.engine.memory import asked_questions
from tests.ui.test_app import UI, calm
from ui.parts.downloads import file_name
from ui.parts.given import after_ticking
from ui.parts.markup import tag
from ui.parts.question_parts import LENGTH, all_parts, shown_parts
from ui.parts.question_titles import part_title
from ui.visit.window_title import headed, name_window
from ui.words import escaped, labels, say

BOTH = Text(nl="Woord", en="Word")


def question(kind: str, **more: object) -> Question:
    options = (Option(id="a", label=BOTH), Option(id="b", label=BOTH), Option(id="none", label=BOTH, exclusive=True))
    content = {"number": Number(minimum=0, maximum=9, unit=BOTH)} if kind == "number" else {"options": options}
    return Question.model_validate(
        {
            "id": "start.x",
            "text": BOTH,
            "why": BOTH,
            "kind": kind,
            "element": "inclusion",
            "step": "embed",
            **content,
            **more,
        }
    )


@pytest.mark.parametrize(
    ("before", "ticked", "after"),
    [
        ("", "a", "a"),
        ("a", "a b", "a b"),
        ("a b", "a b unknown", "unknown"),
        ("unknown", "unknown a", "a"),
        ("a", "a none", "none"),
        ("none", "none unknown", "unknown"),
        ("a b", "b", "b"),
        ("a", "", ""),
    ],
)
def test_choices_that_stand_alone(before: str, ticked: str, after: str) -> None:
    one = question("several")
    assert after_ticking(one, frozenset(ticked.split()), frozenset(before.split())) == frozenset(after.split())


def _number_page() -> None:
    import streamlit as st

    from tests.ui.test_parts import question
    from ui.parts.widgets import ask
    from ui.visit.session import show_stored

    stored = st.session_state.get("stored")
    given = ask(question("number", not_applicable=True), stored, "k")
    if given.answer != stored:
        st.session_state["stored"] = given.answer
        if given.redraw:
            show_stored(["start.x"])
        st.rerun()


def test_a_number_and_its_special_answers_exclude_each_other() -> None:
    page = calm(AppTest.from_function(_number_page, default_timeout=60).run())
    calm(page.number_input[0].set_value(4).run())
    assert page.session_state["stored"] == 4
    calm(page.checkbox[0].check().run())
    assert (page.session_state["stored"], page.number_input[0].value) == ("unknown", None)
    calm(page.checkbox[1].check().run())
    assert (page.session_state["stored"], page.checkbox[0].value) == ("not-applicable", False)
    calm(page.number_input[0].set_value(10).run())
    assert page.error
    assert page.session_state["stored"] == "not-applicable"
    calm(page.number_input[0].set_value(9).run())
    assert (page.session_state["stored"], page.checkbox[1].value) == (9, False)


def test_parts_hold_every_question_once_and_are_short() -> None:
    parts = all_parts(knowledge_base())
    assert [question for part in parts for question in part.questions] == list(knowledge_base().questions.values())
    assert all(0 < len(part.questions) <= LENGTH for part in parts)


@pytest.mark.parametrize("case", knowledge_base().scenarios.values(), ids=lambda case: case.id)
def test_no_chapter_has_one_question_and_they_are_numbered_as_shown(case: Scenario) -> None:
    knowledge = knowledge_base()
    asked = [one.id for one in asked_questions(case.answers, knowledge.questions)]
    parts = shown_parts(all_parts(knowledge), asked)
    assert sorted(one.id for part in parts for one in part.asked(asked)) == sorted(asked)
    assert min(len(part.asked(asked)) for part in parts) > 1
    assert {name for part in parts for name in part.ids} == {one.id for one in all_parts(knowledge) if one.asked(asked)}
    for theme, titles in groupby((part_title(part, parts) for part in parts), lambda title: title.partition(",")[0]):
        numbered = [title.removeprefix(theme) for title in titles]
        expected = [f", deel {number}" for number in range(1, len(numbered) + 1)]
        assert numbered == (expected if len(numbered) > 1 else [""])


def test_every_word_of_the_screen_exists_and_is_filled_alike_in_both_languages() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    assert not {key for key in re.findall(r"""\b(?:t|say)\(["']([^"']+)["']""", code) if key not in labels()}
    for text in labels().values():
        assert set(re.findall(r"\{(\w+)[:}]", text.nl)) == set(re.findall(r"\{(\w+)[:}]", text.en))


def test_markup_is_made_in_one_place_and_escapes_what_goes_in() -> None:
    drawing = [path for path in UI.rglob("*.py") if re.search(r"st\.html\(|unsafe_allow_html", path.read_text("utf-8"))]
    assert [path.name for path in drawing] == ["markup.py"]
    hostile = '<img src=x onerror=y>" &'
    assert tag("p", hostile, tag("b", "x"), None, title=hostile) == (
        '<p title="&lt;img src=x onerror=y&gt;&quot; &amp;">&lt;img src=x onerror=y&gt;&quot; &amp;<b>x</b></p>'
    )


@pytest.mark.parametrize(("count", "nl", "en"), [(1, "1 antwoord", "1 answer"), (0, "0 antwoorden", "0 answers")])
def test_a_number_brings_its_noun(count: int, nl: str, en: str) -> None:
    assert say("compare.moment", "nl", date="5 mei", count=count) == f"5 mei ({nl})"
    assert say("compare.moment", "en", date="5 May", count=count) == f"5 May ({en})"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Gesprek met Müller & Co.", "advies-gesprek-met-muller-co.pdf"),
        ("../../etc/passwd\n", "advies-etc-passwd.pdf"),
        ("日本", "advies-dialoogwijzer.pdf"),
        ("x" * 200, f"advies-{'x' * 60}.pdf"),
    ],
)
def test_file_names_are_plain(title: str, name: str) -> None:
    assert file_name(title, ".pdf") == name


def test_the_title_of_the_window_names_the_part_of_the_page_without_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    named: list[str] = []
    monkeypatch.setattr(st, "set_page_config", lambda page_title: named.append(page_title))

    name_window("Vragen", "Vier (4) * leveranciers", "")
    headed(escaped("Wat doe je, en hoe? (2)"))
    assert named[-1] == "Wat doe je, en hoe? (2) · Vragen · Vier (4) * leveranciers · Dialoogwijzer"
