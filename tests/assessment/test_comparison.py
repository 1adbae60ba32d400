"""A comparison is empty for a case with itself, and what it attributes a difference to is enough to take it away."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice import advise
from assessment.changes.comparison import Comparison, compare
from assessment.model import Assessment
from assessment.sheets.compose.comparison import write_comparison
from assessment.sheets.compose.composition import conditions
from assessment.sheets.words import labels
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.condition import UNKNOWN
from knowledge.model import Answers, Lesson
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import Inference, reference
from rules.engine.memory import asked_questions, working_memory
from rules.model import Rule, RuleBase, rule_base
from rules.sampling import random_answer, random_answers
from tests.support.amounts import amount
from tests.support.random_bases import answer_sets, rule_bases
from tests.support.small_folder import Folder, rule

pytestmark = pytest.mark.slow

KNOWLEDGE = knowledge_base()
PRODUCT = Inference(rule_base())
CARD_LESSONS = 3
HANGS_ON = "core.occasions"


def case(answers: Answers, title: str = "A") -> Assessment:
    return Assessment(title=title, answers=answers, knowledge_version=KNOWLEDGE.version)


def advised(answers: Answers, rules: RuleBase) -> set[str]:
    trace = reference(rules, working_memory(answers, rules.knowledge.questions))
    return {lesson for rule in trace.findings if (lesson := rules.rules[rule].lesson) is not None}


def put_back(first: Answers, second: Answers, questions: tuple[str, ...]) -> Answers:
    kept = {question: answer for question, answer in second.items() if question not in questions}
    return kept | {question: first[question] for question in questions if question in first}


def check(comparison: Comparison, first: Answers, second: Answers, rules: RuleBase) -> None:
    """What every comparison under one rule base must be."""
    before, after = advised(first, rules), advised(second, rules)
    assert {one.lesson for one in comparison.lessons if one.appeared} == after - before
    assert {one.lesson for one in comparison.lessons if not one.appeared} == before - after
    for one in comparison.lessons:
        assert one.due_to == "answers"
        assert all(first.get(question) != second.get(question) for question in one.questions)
        restored = advised(put_back(first, second, one.questions), rules)
        assert (one.lesson in restored) is (one.lesson in before), one
        card = {lesson.id for lesson in rules.knowledge.card_of[one.lesson].lessons}
        assert one.whole_card is not bool(card & (before if one.appeared else after))
    weights = [(topic.critical, topic.high, topic.normal) for topic in comparison.agenda]
    assert weights == sorted(weights, reverse=True)
    assert {one for topic in comparison.agenda for one in topic.lessons} == {one.lesson for one in comparison.lessons}
    for topic in comparison.agenda:
        assert first.get(topic.question) != second.get(topic.question)


@st.composite
def advising_bases(draw: st.DrawFn) -> RuleBase:
    """A random rule base of which some rules lead to lessons, several sometimes to the same."""
    base: RuleBase = draw(rule_bases())
    example = next(iter(KNOWLEDGE.cards.values()))
    lessons = [
        Lesson.model_validate({**example.lessons[0].model_dump(), "id": f"l{number}"}) for number in range(CARD_LESSONS)
    ]
    card = example.model_copy(update={"card": "c", "lessons": tuple(lessons)})
    knowledge = KnowledgeBase(**{**vars(base.knowledge), "cards": {"c": card}, "card_themes": {"c": "t"}})
    ids = st.sampled_from([None, *(lesson.id for lesson in lessons)])
    rules = {rule.id: Rule.model_validate({**rule.model_dump(by_alias=True), "lesson": draw(ids)})
             for rule in base.rules.values()}  # fmt: skip
    return RuleBase(rules, knowledge)


@settings(max_examples=amount(40, 1000))
@given(st.data())
def test_on_any_rule_base_putting_back_the_attributed_answers_takes_the_difference_away(data: st.DataObject) -> None:
    rules = data.draw(advising_bases())
    first, second = data.draw(answer_sets(rules.knowledge)), data.draw(answer_sets(rules.knowledge))
    comparison = compare(case(first), case(second), Inference(rules))
    check(comparison, first, second, rules)
    assert compare(case(first), case(first), Inference(rules)).empty


@pytest.mark.parametrize("seed", range(amount(6, 100)))
def test_a_case_with_itself_differs_in_nothing_and_with_another_in_both_directions(seed: int) -> None:
    random = Random(seed)
    first = random_answers(KNOWLEDGE, random, random.uniform(0.3, 1))
    second = dict(first)
    for question in random.sample(list(KNOWLEDGE.questions.values()), random.randint(1, 8)):
        second[question.id] = random_answer(question, random)
    same = compare(case(first), case(dict(reversed(first.items()))), PRODUCT)
    assert same.empty and not same.agenda
    there, back = compare(case(first), case(second), PRODUCT), compare(case(second), case(first), PRODUCT)
    check(there, first, second, rule_base())
    assert {(one.lesson, one.appeared) for one in there.lessons} == {
        (one.lesson, not one.appeared) for one in back.lessons
    }
    assert {(one.about, one.before, one.after) for one in there.scores} == {
        (one.about, one.after, one.before) for one in back.scores
    }
    assert [(one.question, one.before, one.after) for one in there.answers] == [
        (one.question, one.after, one.before) for one in back.answers
    ]
    assert Comparison.model_validate_json(there.model_dump_json()) == there


def test_scores_are_those_of_the_two_advices() -> None:
    random = Random(3)
    first, second = random_answers(KNOWLEDGE, random, 0.8), random_answers(KNOWLEDGE, random, 0.8)
    comparison = compare(case(first), case(second), PRODUCT)
    for side, answers in (("before", first), ("after", second)):
        scores = {one.about: one.standing for one in advise(case(answers), PRODUCT).scores}
        shown = {one.about: getattr(one, side) for one in comparison.scores if one.of == "theme"}
        assert {about: score for about, score in shown.items() if score is not None} == scores


def test_where_another_rule_would_bring_the_same_lesson_again_its_answers_are_named_too(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "copy")
    again = rule("move-too", "place", "here") | {"lesson": "L-move"}
    again["when"] = {"all": [again["when"], {"question": "t.who", "is": "boss"}]}
    folder.rules = [rule("move", "place", "there"), again]
    first: Answers = {"t.place": "here", "t.who": "worker", "t.tone": "soft"}
    second: Answers = {"t.place": "there", "t.who": "boss", "t.tone": "loud"}
    inference = folder.load()
    comparison = compare(case(first), case(second), inference)
    check(comparison, first, second, inference.base)
    assert [one.questions for one in comparison.lessons] == [("t.place", "t.who")]
    assert [topic.question for topic in comparison.agenda] == ["t.place", "t.who", "t.tone"]


def test_each_kind_of_change_is_named() -> None:
    question = next(one for one in KNOWLEDGE.questions.values() if one.kind == "several" and one.ask_when is None)
    yes, no = (question.options[0].id,), (question.options[1].id,)
    for before, after, kind in (
        (yes, no, "changed"), (None, yes, "answered"), (yes, None, "taken-back"),
        (yes, UNKNOWN, "unknown"), (UNKNOWN, yes, "known"), (None, UNKNOWN, "unknown"),
    ):  # fmt: skip
        sides = [case({question.id: answer} if answer else {}) for answer in (before, after)]
        comparison = compare(*sides, PRODUCT)
        assert [one.kind for one in comparison.answers if one.question == question.id] == [kind]


def test_a_question_that_is_asked_in_one_of_the_two_only_is_traced_to_the_answer_that_it_hangs_on() -> None:
    first = random_answers(KNOWLEDGE, Random(1)) | {HANGS_ON: ("event",)}
    second = first | {HANGS_ON: ("home-meeting",)}
    comparison = compare(case(first), case(second), PRODUCT)
    asked_first, asked_second = (
        {one.id for one in asked_questions(answers, KNOWLEDGE.questions)} for answers in (first, second)
    )
    kinds = {one.question: one.kind for one in comparison.answers if one.question != HANGS_ON}
    assert {question for question, kind in kinds.items() if kind == "not-asked"} == asked_first - asked_second
    assert {question for question, kind in kinds.items() if kind == "asked"} <= asked_second - asked_first
    assert set(kinds.values()) <= {"not-asked", "asked"}
    assert all(one.because_of == (HANGS_ON,) for one in comparison.answers if one.question != HANGS_ON)
    assert HANGS_ON in [topic.question for topic in comparison.agenda]


def test_other_rules_are_told_from_other_answers() -> None:
    random = Random(8)
    rules = rule_base()
    answers = random_answers(KNOWLEDGE, random)
    lesson = sorted(advised(answers, rules))[0]
    fewer = {id_: rule.model_copy(update={"lesson": None}) if rule.lesson == lesson else rule
             for id_, rule in rules.rules.items()}  # fmt: skip
    earlier = Inference(RuleBase(fewer, KNOWLEDGE))
    comparison = compare(case(answers), case(answers), PRODUCT, earlier)
    assert [(one.lesson, one.appeared, one.due_to, one.questions) for one in comparison.lessons] == [
        (lesson, True, "rules", ())
    ]
    assert not comparison.empty and comparison.rules_versions[0] != comparison.rules_versions[1]
    later = compare(case(answers), case({}), PRODUCT, earlier)
    assert lesson not in {one.lesson for one in later.lessons}, "neither then nor now"
    assert {one.due_to for one in later.lessons} <= {"answers"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_names_both_sides_and_every_difference(language: Language) -> None:
    random = Random(4)
    first, second = random_answers(KNOWLEDGE, random), random_answers(KNOWLEDGE, random)
    comparison = compare(case(first, "Leverancier Eén"), case(second, "Leverancier \u202eTwee\n"), PRODUCT)
    text = write_comparison(comparison, language)
    words = " ".join(text.split())
    assert "A: Leverancier Eén" in words and "B: Leverancier Twee" in words
    for answer in comparison.answers:
        assert " ".join(answer.asked.in_(language).split()) in words
    assert max(map(len, text.splitlines())) <= 100
    scores = words.split(" ".join(labels(language)["compare-scores-about"].split()))[1]
    assert "%" not in scores
    for one in comparison.scores:
        for standing in (one.before, one.after):
            assert (
                labels(language)["too-early"] if standing is None else conditions(standing, labels(language))
            ) in scores
    same = write_comparison(compare(case(first), case(first), PRODUCT), language)
    assert len(same.splitlines()) == 11, "that they are alike, and nothing to talk about"
