"""The conversation kit whatever is answered: what it may never say, its one subject, its minutes."""

import re
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessment.advisers.conversation import HIDDEN, OPEN, ConversationKit, conversation_kit
from assessment.advisers.situation import divided
from assessment.sheets.document import Document
from assessment.verdicts import verdicts
from knowledge.adviser_texts import Block, Piece, Subject, guides, pieces
from knowledge.base import knowledge_base
from knowledge.condition import AllOf, Concluded, Condition
from knowledge.model import Answers
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answers
from tests.assessment.test_conversation_kit import SAFE, names, sheet
from tests.support.amounts import amount

pytestmark = pytest.mark.slow

GUIDE = guides().conversation

SPOKEN = ("mandate", "questions", "wording", "message")
"""The parts of the guide whose text reaches the supplier; of the agenda and the subjects it is the title."""

HINT: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(
        r"vakbond|\bbond|klacht|hoord|vernam|verteld|gewezen op|op de hoogte|\bbron|\bngo|misstand|signaal|melding"
        r"|probleem|problemen|organisaties|werkenden mee instemmen",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bunion|complain|heard|\btold|informed|\bsource|\bngo|abuse|\bsign of|aware|report|problem|organisations"
        r"|workers agree",
        re.IGNORECASE,
    ),
}


def talk(seed: int, share: float) -> Answers:
    """Random answers of somebody who prepares a talk with a supplier, or had one; one in three without any danger."""
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, share)
    occasions = random.choice([("supplier-talk",), ("supplier-talk", "over"), ("supplier-talk", "event"), ("over",)])
    answers |= {"core.occasions": occasions, "core.first": occasions[0]}
    if occasions == ("over",):
        answers["over.what"] = ("talk",)
    if seed % 3 == 0:
        answers |= SAFE
        answers["core.may-pass-on"] = random.choice(["all", "content", "theme", "not-asked"])
    return answers


TALKS = some.builds(talk, some.integers(0, 10**6), some.sampled_from([0.3, 0.7, 1.0]))


def spoken(kit: ConversationKit) -> Iterator[Text]:
    """Everything that the supplier may hear or read."""
    if kit.subject is not None:
        yield kit.subject.title
    yield from (part.title for part in kit.agenda)
    for saying in (*kit.questions, *kit.mandate, *kit.message, *(one.rather for one in kit.wording)):
        yield saying.text
    yield from (saying.text for saying in kit.reminder if saying.piece == "one-reminder")


def conjuncts(condition: Condition | None) -> tuple[Condition | None, ...]:
    """What must all hold for a condition."""
    return condition.all if isinstance(condition, AllOf) else (condition,)


def must_be_safe(piece: Piece) -> bool:
    """Whether a piece asks for the positive safe finding before it is said."""
    asked = {one.finding for one in conjuncts(piece.when) if isinstance(one, Concluded)}
    if OPEN in asked:
        return True
    subjects = [subject for subject in GUIDE.subjects if subject.id in piece.subjects]
    return bool(subjects) and all(map(must_be_safe, subjects))


def test_whatever_hints_at_a_source_asks_for_the_safe_answer_first() -> None:
    hinting = set()
    for part, _, piece in pieces(GUIDE):
        texts = [piece.title] if isinstance(piece, Block | Subject) else [piece.text] if part in SPOKEN else []
        for text in texts:
            if any(HINT[language].search(text.in_(language)) for language in LANGUAGES):
                hinting.add(piece.id)
                assert must_be_safe(piece), piece.id
    assert {"four-steps", "with-facts", "complaint-open", "who-helps-you"} <= hinting


def test_what_people_told_is_brought_up_only_where_they_agreed() -> None:
    told = {"complaint-open", "insights-open", "four-steps", "with-facts"}
    for _, _, piece in pieces(GUIDE):
        if piece.id in told:
            asked = {one.finding for one in conjuncts(piece.when) if isinstance(one, Concluded)}
            assert {OPEN, "facts.content-agreed"} <= asked, piece.id
            told.discard(piece.id)
    assert not told


@settings(max_examples=amount(12, 300))
@given(TALKS)
def test_while_a_source_must_stay_hidden_nothing_names_it_or_hints_at_it(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    found, left_open = trace.findings, trace.undetermined
    assert (kit.source == "may-be-known") is (OPEN in found)
    assert (kit.source == "hidden") is (HIDDEN in found or not (OPEN in found or OPEN in left_open))
    if kit.source == "hidden":
        assert "say-nothing-of-a-source" in names(kit.safety)
    if kit.source == "unsettled":
        assert "hidden-until-settled" in names(kit.safety)
    if kit.source != "may-be-known":
        assert {"no-details", "no-hint"} <= names(kit.not_said)
        for text in spoken(kit):
            for language in LANGUAGES:
                assert not HINT[language].search(text.in_(language)), text


def test_with_nothing_answered_a_source_is_protected() -> None:
    kit = conversation_kit({"core.occasions": ("supplier-talk",)}, inference())
    assert kit.source == "unsettled" and names(kit.safety) == {"hidden-until-settled"}
    assert {"no-details", "no-hint", "no-members"} <= names(kit.not_said)


STEPS = "opens-in-steps"


@settings(max_examples=amount(12, 300))
@given(TALKS)
def test_the_kit_and_the_acts_agree_on_the_talk_and_its_opening_words(answers: Answers) -> None:
    answers = {**answers, "talk.opening": "steps"}
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    given = {one.act: one.verdict for one in verdicts(trace, inference().base)}
    wording = {one.rather.piece for one in kit.wording}
    if "four-steps" in wording:
        assert given.get(STEPS) == "go-ahead"
        assert "facts.content-agreed" in trace.findings and "facts.reprisal" not in trace.findings
        assert given.get("talk-about-what-people-told", "go-ahead") == "go-ahead"
    if given.get(STEPS) == "stop":
        assert not {"four-steps", "no-surprise", "with-facts"} & wording
    if kit.subject is not None and kit.subject.id in ("complaint-open", "insights-open"):
        assert given.get("talk-about-what-people-told", "go-ahead") == "go-ahead"
    if kit.subject is not None and kit.subject.id == "freedom-open":
        assert given["talk-names-union-freedom"] == "go-ahead"
    if kit.subject is not None and kit.subject.id == "programme":
        assert given.get("programme-while-complaint-waits") is None
    if kit.coming and given.get("talk-about-what-people-told") == "stop":
        told_nothing = answers.get("core.may-pass-on") == "nothing" and "facts.reprisal" not in trace.findings
        assert kit.waits or told_nothing
        assert kit.subject is None or kit.subject.id not in ("complaint-open", "insights-open")
        assert not {"four-steps", "with-facts"} & wording


@settings(max_examples=amount(12, 300))
@given(TALKS)
def test_a_talk_that_waits_has_no_words(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    waiting = {piece.id for piece in GUIDE.postponed} & names(kit.safety)
    assert kit.waits is bool(waiting)
    if kit.waits:
        assert kit.safety[0].piece in waiting
        assert not list(spoken(kit))


@settings(max_examples=amount(12, 300))
@given(TALKS)
def test_a_talk_has_one_subject_and_its_minutes_add_up(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    if not kit.agenda:
        assert not kit.coming or kit.subject is None
        return
    assert kit.subject is not None
    assert sum(part.minutes for part in kit.agenda) == kit.minutes
    short = "short-talk" in answers.get("acts.talk-setup", ())  # type: ignore[operator]
    assert kit.minutes == (GUIDE.short if short else GUIDE.minutes)
    titles = [part.title for part in kit.agenda]
    assert [subject.title for subject in GUIDE.subjects if subject.title in titles][:1] == [kit.subject.title]
    frame = [block.title for block in GUIDE.agenda if not block.about_subject]
    assert [title for title in titles if title not in frame] == [kit.subject.title]
    topics = {subject.id: subject.topic for subject in GUIDE.subjects}
    later = [topics[one.id] for one in kit.later]
    assert topics[kit.subject.id] not in later and len(set(later)) == len(later)
    assert "complaint" not in later


@settings(max_examples=amount(12, 300))
@given(TALKS)
def test_each_saying_rests_on_what_is_true_and_on_a_publication(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    for part in (kit.safety, kit.prepare, kit.channel, kit.mandate, kit.questions, kit.not_said, kit.message):
        for saying in part:
            assert saying.sources and saying.lessons
            for reason in saying.reasons:
                assert (reason.rule in trace.findings) is reason.holds
    for question in kit.open:
        assert trace.memory.asked[question] and trace.memory.facts[question] in ("?", "unknown")


@given(some.integers(0, 1440), some.lists(some.integers(1, 100), min_size=1, max_size=12))
def test_minutes_are_divided_without_loss(total: int, shares: list[int]) -> None:
    parts = divided(total, shares)
    assert sum(parts) == total and len(parts) == len(shares)
    assert min(parts) >= (1 if total >= len(shares) else 0)


def shape(document: Document) -> list[tuple[object, ...]]:
    """What a document consists of, without its words."""
    return [
        (type(block).__name__, *(len(value) for value in vars(block).values() if isinstance(value, tuple)))
        for block in document.blocks
    ]


@settings(max_examples=amount(4, 50))
@given(TALKS)
def test_the_sheet_is_the_same_in_both_languages(answers: Answers) -> None:
    assert shape(sheet(answers, "nl")) == shape(sheet(answers, "en"))
