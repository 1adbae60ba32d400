"""Renewal under newer knowledge shows what changes before anything is taken over, and nothing is ever lost."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assessment.advice import advise
from assessment.answers.renewal import Renewal, adopt, remember, renewal
from assessment.plan import STATUSES, decide, plan_for
from assessment.store import Conflict, NotFound, Store, Stored
from assessment.store.history_in_words import lines
from rules.engine.inference import Inference
from tests.assessment.store.test_store import sqlite_url
from tests.support.small_folder import Folder, card, choice, rule


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "copy")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(sqlite_url(tmp_path))
    yield opened
    opened.close()


ANSWERS = {"t.place": "here", "t.who": "unknown", "t.tone": "rude"}


def used(store: Store, inference: Inference) -> Stored:
    """An assessment that was opened under this knowledge, with a note and a decision on its homework."""
    knowledge = inference.base.knowledge
    assessment = store.create("A", knowledge.version, ANSWERS, {"t.who": "Vraag Ali"})
    stored = store.open(assessment)
    advice = advise(stored.assessment, inference)
    remember(store, stored, advice, inference)
    homework = plan_for(advice, {}).action("homework.t.who")
    assert homework is not None
    store.save_action(assessment, homework.key, decide(homework, status="accepted", owner="Noor"), stored.revision)
    return store.open(assessment)


def found(stored: Stored, inference: Inference) -> Renewal:
    changes = renewal(stored, inference)
    assert changes is not None
    return changes


def test_nothing_changed_is_none_and_advice_is_stored_once(folder: Folder, store: Store) -> None:
    inference = folder.load()
    stored = used(store, inference)
    assert renewal(stored, inference) is None
    assert stored.advised is not None and stored.advised.lessons == ("L-move", "L-ask", "L-calm")
    again = remember(store, stored, advise(stored.assessment, inference), inference)
    assert again == stored.revision, "the same advice makes no new event"
    store.save_answer(stored.id, "t.place", "there", stored.revision)
    changed = store.open(stored.id)
    assert renewal(changed, inference) is None, "other answers are no other knowledge"
    remember(store, changed, advise(changed.assessment, inference), inference)
    assert store.open(stored.id).updated == changed.updated, "looking is not changing"
    assert store.list()[0].updated == changed.updated


def test_a_renamed_question_and_option_take_answer_note_and_decision_along(folder: Folder, store: Store) -> None:
    stored = used(store, folder.load())
    folder.questions[1] = choice("person", "boss", "worker")
    folder.rules[1] = rule("ask", "person", "unknown")
    folder.questions[0] = choice("place", "at-work", "there")
    folder.rules[0] = rule("move", "place", "at-work")
    folder.renamed = [
        {"question": "t.who", "to": "t.person"},
        {"question": "t.place", "option": "here", "to": "at-work"},
    ]
    inference = folder.load()
    changes = found(stored, inference)
    assert [(one.old, one.new) for one in changes.renamed] == [("t.who", "t.person")]
    assert [(one.question, one.before, one.after) for one in changes.changed_options] == [
        ("t.place", "here", "at-work")
    ]
    assert not changes.set_aside and not changes.new_questions and not changes.appeared and not changes.vanished
    assert changes.made_with == stored.assessment.knowledge_version != changes.knowledge_version
    assert store.open(stored.id) == stored, "nothing is taken over yet"
    now = adopt(store, stored, changes)
    assert now.assessment == changes.assessment
    assert now.assessment.answers == {"t.place": "at-work", "t.person": "unknown", "t.tone": "rude"}
    assert now.assessment.notes == {"t.person": "Vraag Ali"}
    assert now.decisions["homework.t.person"].owner == "Noor" and set(now.decisions) == {"homework.t.person"}
    assert plan_for(advise(now.assessment, inference), now.decisions, now.lapsed).actions[0].key == "homework.t.person"
    assert renewal(now, inference) is None
    assert store.undo(stored.id) is None and store.undo(stored.id, "action") is None
    assert Renewal.model_validate_json(changes.model_dump_json()) == changes


def test_removed_questions_and_options_are_set_aside_and_come_back(folder: Folder, store: Store) -> None:
    before = folder.load()
    stored = used(store, before)
    tone, who = folder.questions[2], folder.questions[1]
    folder.questions = [
        folder.questions[0],
        choice("tone", "soft", "loud"),
        folder.questions[3],
        choice("new", "a", "b"),
    ]
    folder.rules = [folder.rules[0], rule("calm", "tone", "loud")]
    folder.cards = [folder.cards[0], folder.cards[2]]
    inference = folder.load()
    changes = found(stored, inference)
    assert {one.question: one.answer for one in changes.set_aside} == {"t.who": "unknown", "t.tone": "rude"}
    assert [one.question for one in changes.removed] == ["t.who"]
    assert [one.question for one in changes.new_questions] == ["t.new"]
    assert {(one.lesson, one.title is None) for one in changes.vanished} == {("L-ask", True), ("L-calm", False)}
    now = adopt(store, stored, changes)
    assert now.assessment.answers == {"t.place": "here"}
    assert now.set_aside == {"t.who": "unknown", "t.tone": "rude"}
    assert advise(now.assessment, inference).progress.answered == 1
    kept = plan_for(advise(now.assessment, inference), now.decisions, now.lapsed).action("homework.t.who")
    assert kept is not None and not kept.advised and kept.decision.owner == "Noor"
    events = store.history(stored.id)
    assert {one.about: one.value for one in events if one.kind == "answer" and one.value is not None} == ANSWERS
    store.save_answer(now.id, "t.tone", "soft", now.revision)
    answered = store.open(now.id)
    assert answered.set_aside == {"t.who": "unknown"}
    folder.questions += [who]
    folder.questions[1] = tone
    folder.rules = [folder.rules[0]]
    later = found(answered, folder.load())
    assert later.assessment.answers == {"t.place": "here", "t.tone": "soft", "t.who": "unknown"}
    assert not later.set_aside and adopt(store, answered, later).set_aside == {}


def test_other_rules_alone_show_the_advice_that_appears_and_vanishes(folder: Folder, store: Store) -> None:
    stored = used(store, folder.load())
    folder.rules[0] = rule("move", "place", "there")
    folder.cards += [card("rest")]
    folder.rules += [rule("rest", "place", "here")]
    changes = found(stored, folder.load())
    assert [one.lesson for one in changes.appeared] == ["L-rest"]
    assert [one.lesson for one in changes.vanished] == ["L-move"]
    assert not (changes.renamed or changes.set_aside or changes.new_questions)


def test_without_stored_advice_only_questions_are_compared(folder: Folder, store: Store) -> None:
    before = folder.load()
    stored = store.open(store.create("A", before.base.knowledge.version, ANSWERS))
    assert renewal(stored, before) is None
    folder.questions[2] = choice("tone", "soft", "loud")
    folder.rules = folder.rules[:2]
    changes = found(stored, folder.load())
    assert not changes.advice_is_known and not changes.appeared and not changes.new_questions
    assert [one.question for one in changes.set_aside] == ["t.tone"]
    assert changes.made_at == stored.updated
    store.save_answer(stored.id, "t.extra", "yes", stored.revision, changes.knowledge_version)
    assert renewal(store.open(stored.id), folder.load()) is not None, "an answer does not take over by itself"


def test_taking_over_conflicts_with_what_another_window_does_before_and_after(folder: Folder, store: Store) -> None:
    stored = used(store, folder.load())
    folder.questions[1] = choice("person", "boss", "worker")
    folder.rules[1] = rule("ask", "person", "unknown")
    folder.renamed = [{"question": "t.who", "to": "t.person"}]
    inference = folder.load()
    changes = found(stored, inference)
    revision = store.save_answer(stored.id, "t.extra", "yes", stored.revision)
    with pytest.raises(Conflict):
        adopt(store, stored, changes)
    again = store.open(stored.id)
    assert again.revision == revision
    now = adopt(store, again, found(again, inference))
    assert now.assessment.answers["t.extra"] == "yes"
    with pytest.raises(Conflict):
        store.save_answer(stored.id, "t.who", "boss", revision)
    assert store.open(stored.id) == now


def test_as_it_was(folder: Folder, store: Store) -> None:
    start = datetime.now(UTC)
    stored = used(store, folder.load())
    between = datetime.now(UTC)
    folder.questions[2] = choice("tone", "soft", "loud")
    folder.rules = folder.rules[:2]
    now = adopt(store, stored, found(stored, folder.load()))
    store.save_answer(now.id, "t.place", "there", now.revision)
    assert store.as_it_was(stored.id, between) == stored
    assert store.as_it_was(stored.id, between.astimezone().replace(tzinfo=None)) == stored, "local time"
    assert store.as_it_was(stored.id, datetime.now(UTC) + timedelta(days=1)) == store.open(stored.id)
    with pytest.raises(NotFound):
        store.as_it_was(stored.id, start - timedelta(seconds=1))
    with pytest.raises(NotFound):
        store.history("nothing")
    events = store.history(stored.id)
    assert [one.number for one in events] == list(range(1, len(events) + 1))
    assert [one.kind for one in events[-3:]] == ["adopted", "advice", "answer"]
    assert {one.who for one in events} == {"local"}


def test_history_in_words(folder: Folder, store: Store) -> None:
    stored = used(store, folder.load())
    folder.questions[2] = choice("tone", "soft", "loud")
    folder.rules = folder.rules[:2]
    inference = folder.load()
    now = adopt(store, stored, found(stored, inference))
    store.save_answer(now.id, "t.extra", "yes", now.revision)
    store.undo(now.id)
    said = [one.says.en for one in lines(store.history(now.id), inference.base.knowledge)]
    assert said == [
        "Title: A", "place? here", "who? I don't know", "tone? rude", "Note at: who?",
        f"Plan: who?: {STATUSES['accepted'].en}", "Answer taken back: tone?",
        "Taken over into a newer knowledge base; set aside: t.tone",
        "extra? yes", "Answer taken back: extra?",
    ]  # fmt: skip
