"""The store keeps what it said it saved and lets nobody overwrite another unseen."""

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, text

from assessment.store import NOTE_LENGTH, TITLE_LENGTH, Adoption, Advised, Conflict, Kept, NotFound, Store
from assessment.store.database import Database
from assessment.store.migration import MIGRATIONS, prepare
from assessment.store.tables import metadata
from knowledge.model import Answer
from tests.support.amounts import amount
from tests.support.databases import sqlalchemy_url, sqlite_url

pytestmark = pytest.mark.slow

QUESTIONS = ("core.first", "hear.place", "core.weight")
ANSWERS = st.one_of(
    st.sampled_from(["yes", "no", "unknown"]),
    st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, unique=True).map(tuple),
    st.integers(min_value=0, max_value=3),
)

ADVISED = Advised(knowledge_version="v", rules_version="r", lessons=(), tasks=(), asked=())


def answers(store: Store, assessment: str) -> dict[str, Answer]:
    return store.open(assessment).assessment.answers


def test_every_kind_of_answer_comes_back_as_it_was(store: Store) -> None:
    given_answers: dict[str, Answer] = {"one.a": "yes", "several.b": ("x", "y"), "number.c": 12, "zero.d": 0}
    assessment = store.create("Gesprek ☂", "v-1", given_answers, {"one.a": "Zei de ploegbaas.\n"}, case="case-1")
    stored = store.open(assessment)
    assert stored.assessment.answers == given_answers
    assert [type(answer) for answer in stored.assessment.answers.values()] == [str, tuple, int, int]
    assert stored.assessment.notes == {"one.a": "Zei de ploegbaas.\n"}
    assert (stored.assessment.title, stored.assessment.knowledge_version) == ("Gesprek ☂", "v-1")
    assert (stored.id, stored.case) == (assessment, "case-1")
    assert abs(stored.updated - datetime.now(UTC)) < timedelta(minutes=1)


def test_an_answer_taken_back_is_unanswered(store: Store) -> None:
    assessment = store.create("", "v", {"a": ("x",)})
    revision = store.save_answer(assessment, "a", None, store.open(assessment).revision)
    assert store.open(assessment).assessment.answers == {}
    assert store.save_answer(assessment, "a", None, revision) == revision, "nothing changed, so no new revision"


def test_notes_titles_and_the_knowledge_version_of_later_answers(store: Store) -> None:
    assessment = store.create("Oud", "v-1")
    revision = store.rename(assessment, "Nieuw")
    revision = store.save_note(assessment, "a", "Navragen", revision)
    revision = store.save_answer(assessment, "a", "yes", revision, knowledge_version="v-2")
    stored = store.open(assessment)
    assert (stored.assessment.title, stored.assessment.notes) == ("Nieuw", {"a": "Navragen"})
    assert (stored.revision, stored.assessment.knowledge_version) == (revision, "v-2")
    store.save_note(assessment, "a", "", revision)
    assert store.open(assessment).assessment.notes == {}


def test_the_list_shows_the_newest_first(store: Store) -> None:
    older = store.create("A", "v", {"a": "yes", "b": 3}, {"c": "note"}, case="case-1")
    newer = store.create("B", "v")
    assert [(one.id, one.title, one.answered, one.case) for one in store.list()] == [
        (newer, "B", 0, None),
        (older, "A", 2, "case-1"),
    ]
    store.save_answer(older, "a", None, store.open(older).revision)
    store.rename(older, "A2")
    assert [(one.id, one.title, one.answered) for one in store.list()] == [(older, "A2", 1), (newer, "B", 0)]
    assert store.list()[0].updated == store.open(older).updated


def test_the_list_is_searched_and_cut_short(store: Store) -> None:
    made = [store.create(title, "v") for title in ("Café in Zürich", "50% _koffie_", "CAFE ☂ zurich", "Thee")]
    assert [one.id for one in store.list("cafe ZURICH")] == [made[2], made[0]]
    assert [one.id for one in store.list("cafe", first=1)] == [made[2]]
    assert [one.id for one in store.list("%")] == [one.id for one in store.list("_kof")] == [made[1]]
    assert (store.count(), store.count("café"), store.count("'; --")) == (4, 2, 0)
    store.rename(made[3], "Ook café")
    assert [one.id for one in store.list("café")] == [made[3], made[2], made[0]]
    assert not store.list("thee")


def told_as_it_is(store: Store) -> None:
    """What the list tells is what the events say."""
    for told in store.list():
        now = store.open(told.id)
        assert (told.title, told.answered, told.updated, told.case) == (
            now.assessment.title,
            len(now.assessment.answers),
            now.updated,
            now.case,
        )


def test_what_the_list_tells_is_what_the_events_say(store: Store) -> None:
    made = store.create("A", "v", {"a": "yes"})
    steps: tuple[Callable[[int], object], ...] = (
        lambda at: store.save_answer(made, "b", ("x", "y"), at),
        lambda at: store.save_answer(made, "a", None, at),
        lambda at: store.save_note(made, "c", "noot", at),
        lambda at: store.rename(made, "Ander"),
        lambda at: store.undo(made),
        lambda at: store.undo(made),
        lambda at: store.remember_advice(made, ADVISED),
        lambda at: store.adopt(made, Adoption(
            from_version="v", answers={"d": 1, "e": "no"}, set_aside={}, renamed={}, advised=ADVISED
        ), at),
    )  # fmt: skip
    for step in steps:
        step(store.open(made).revision)
        told_as_it_is(store)
    assert store.list()[0].answered == 2


def test_a_database_without_what_lists_show_is_filled_and_copied_first(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path))
    older = tmp_path / "older"
    shutil.copytree(
        MIGRATIONS, older, ignore=shutil.ignore_patterns("__pycache__", *(f"v{later}_*" for later in range(4, 9)))
    )
    database = Database(url)
    assert prepare(database, older) is None
    events = [
        ("one", 1, "2025-01-01", "title", None, '"Oud"'), ("one", 2, "2025-01-01", "answer", "a", '"yes"'),
        ("one", 3, "2025-01-02", "answer", "a", None), ("one", 4, "2025-01-03", "answer", "b", '["x"]'),
        ("one", 5, "2025-01-04", "title", None, '"Café"'), ("one", 6, "2025-02-01", "advice", None,
         '{"knowledge_version":"v","rules_version":"r","lessons":[],"tasks":[],"asked":[]}'),
        ("two", 1, "2025-03-01", "title", None, '""'),
    ]  # fmt: skip
    with database.writing() as connection:
        for name in ("one", "two"):
            connection.execute(text("INSERT INTO assessments VALUES (:id, NULL, 1)"), {"id": name})
        for assessment, number, day, kind, question, value in events:
            row = {"a": assessment, "n": number, "d": f"{day} 00:00:00+00", "k": kind, "q": question, "v": value}
            row["d"] = f"{day} 00:00:00" if database.file else row["d"]
            as_json = "CAST(:v AS JSON)" if not database.file else ":v"
            moment = "CAST(:d AS TIMESTAMPTZ)" if not database.file else ":d"
            connection.execute(
                text(f"INSERT INTO events VALUES (:a, :n, {moment}, 'local', :k, :q, {as_json}, 'v', NULL)"), row
            )
    database.close()
    store = Store(url)
    assert [one.id for one in store.list()] == ["two", "one"] and store.list("cafe")[0].answered == 1
    told_as_it_is(store)
    (copy,) = store.copies.kept()
    assert ".v3." in copy.name
    store.close()


def test_a_deleted_assessment_is_gone(store: Store) -> None:
    assessment, other = store.create("A", "v", {"a": "yes"}), store.create("B", "v", {"a": "no"})
    store.delete(assessment)
    assert [one.id for one in store.list()] == [other]
    for use in (store.open, store.delete, store.undo):
        with pytest.raises(NotFound):
            use(assessment)
    with pytest.raises(NotFound):
        store.save_answer(assessment, "a", "yes", 1)


def test_limits_and_strange_values_are_refused_in_one_sentence(store: Store) -> None:
    assessment = store.create("t" * TITLE_LENGTH, "v", notes={"a": "n" * NOTE_LENGTH})
    revision = store.open(assessment).revision
    with pytest.raises(ValueError, match=r"^A title is text of at most 200 characters\.$"):
        store.rename(assessment, "t" * (TITLE_LENGTH + 1))
    with pytest.raises(ValueError, match=r"^A note is text of at most 5,000 characters\.$"):
        store.save_note(assessment, "a", "n" * (NOTE_LENGTH + 1), revision)
    with pytest.raises(ValueError, match=r"is no question id\.$"):
        store.save_answer(assessment, "not an id", "yes", revision)
    for strange in (True, 1.5, {"a": 1}, ("x", 1), "\ud800", "a b"):
        with pytest.raises(ValueError, match=r"^An answer is an option id, .*\.$"):
            store.save_answer(assessment, "a", strange, revision)  # type: ignore[arg-type]
    assert store.open(assessment).revision == revision


def test_writers_merge_on_different_questions_and_conflict_on_the_same(url: str, store: Store) -> None:
    second = Store(url)
    assessment = store.create("A", "v", {"a": "yes"})
    seen = store.open(assessment).revision
    assert second.save_answer(assessment, "a", ("x", "y"), seen) == seen + 1
    assert store.save_answer(assessment, "b", 4, seen) == seen + 2
    assert store.save_answer(assessment, "a", ("x", "y"), seen) == seen + 2, "both gave the same answer"
    with pytest.raises(Conflict) as refused:
        store.save_answer(assessment, "a", "no", seen)
    assert (refused.value.current, refused.value.revision) == (("x", "y"), seen + 2)
    assert second.open(assessment).assessment.answers == {"a": ("x", "y"), "b": 4}
    assert store.save_answer(assessment, "a", "no", refused.value.revision) == seen + 3
    second.save_note(assessment, "a", "first", seen)
    with pytest.raises(Conflict) as refused:
        store.save_note(assessment, "a", "second", seen)
    assert refused.value.current == "first"
    second.close()


def test_an_answer_undone_elsewhere_is_a_change_too(store: Store) -> None:
    assessment = store.create("A", "v")
    seen = store.save_answer(assessment, "a", "yes", store.open(assessment).revision)
    store.undo(assessment)
    with pytest.raises(Conflict) as refused:
        store.save_answer(assessment, "a", "no", seen)
    assert refused.value.current is None


def test_a_revision_that_was_never_given_out_overwrites_nothing(store: Store) -> None:
    assessment = store.create("A", "v", {"a": "yes"})
    with pytest.raises(Conflict):
        store.save_answer(assessment, "a", "no", 1_000)


def test_many_threads_lose_nothing(store: Store) -> None:
    assessment = store.create("A", "v")

    def save(thread: int) -> list[int]:
        return [store.save_answer(assessment, f"t{thread}.q{number}", number, 1) for number in range(50)]

    with ThreadPoolExecutor(4) as threads:
        revisions = [revision for saved in threads.map(save, range(4)) for revision in saved]
    assert sorted(revisions) == list(range(2, 202))
    assert answers(store, assessment) == {f"t{thread}.q{number}": number for thread in range(4) for number in range(50)}


def test_threads_on_one_question_see_each_other_or_conflict(store: Store) -> None:
    assessment = store.create("A", "v", {"a": ("start",)})

    def add(thread: int) -> None:
        for number in range(10):
            while True:
                seen = store.open(assessment)
                current = seen.assessment.answers["a"]
                assert isinstance(current, tuple)
                try:
                    store.save_answer(assessment, "a", (*current, f"t{thread}-{number}"), seen.revision)
                except Conflict:
                    continue
                break

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(add, range(3)))
    chosen = answers(store, assessment)["a"]
    assert isinstance(chosen, tuple)
    assert sorted(chosen) == sorted(["start", *(f"t{thread}-{number}" for thread in range(3) for number in range(10))])


def test_undo_goes_back_step_by_step_and_leaves_the_start(store: Store) -> None:
    assessment = store.create("A", "v", {"a": "yes"})
    for question, answer in (("a", "no"), ("b", 1), ("b", 2)):
        store.save_answer(assessment, question, answer, store.open(assessment).revision)
    assert store.undo(assessment) == "b"
    assert answers(store, assessment) == {"a": "no", "b": 1}
    store.save_answer(assessment, "c", ("x",), store.open(assessment).revision)
    assert [store.undo(assessment) for _ in range(4)] == ["c", "b", "a", None]
    assert answers(store, assessment) == {"a": "yes"}


STEPS = st.lists(
    st.one_of(
        st.just("undo"),
        st.tuples(st.sampled_from(QUESTIONS), st.none() | ANSWERS),
        st.tuples(st.just("note"), st.text(st.characters(codec="utf-8"), max_size=5)),
    ),
    max_size=15,
)


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    opened = Store(sqlite_url(tmp_path_factory.mktemp("shared")))
    yield opened
    opened.close()


@settings(max_examples=amount(30, 500))
@given(start=st.dictionaries(st.sampled_from(QUESTIONS), ANSWERS), steps=STEPS)
def test_answers_and_undo_follow_a_plain_model(
    shared_store: Store, start: dict[str, Answer], steps: list[str | tuple[str, Answer | None]]
) -> None:
    now, note = dict(start), ""
    before: list[tuple[str, dict[str, Answer]]] = []
    assessment = shared_store.create("A", "v", start)
    for step in steps:
        revision = shared_store.open(assessment).revision
        if isinstance(step, str):
            question, now = before.pop() if before else (None, now)
            assert shared_store.undo(assessment) == question
        elif step[0] == "note":
            note = str(step[1])
            shared_store.save_note(assessment, QUESTIONS[0], note, revision)
        else:
            question, answer = step
            if now.get(question) != answer:
                before.append((question, now))
                now = {**now, question: answer} if answer is not None else {q: now[q] for q in now if q != question}
            shared_store.save_answer(assessment, question, answer, revision)
        stored = shared_store.open(assessment).assessment
        assert (stored.answers, stored.notes) == (now, {QUESTIONS[0]: note} if note else {})
    assert {one.id: one.answered for one in shared_store.list()}[assessment] == len(now)


def test_the_migrations_make_exactly_the_tables_of_the_code(url: str, store: Store) -> None:
    with create_engine(sqlalchemy_url(url)).connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_what_was_answered_before_counts_only_once_it_is_given_again(store: Store) -> None:
    day = datetime(2025, 11, 3, tzinfo=UTC).date()
    kept = {"a": Kept(answer=("x", "y"), day=day), "b": Kept(answer=12, day=day)}
    assessment = store.create("Een jaar later", "v", kept=kept)
    stored = store.open(assessment)
    assert (stored.assessment.answers, stored.kept) == ({}, kept)
    assert store.list()[0].answered == 0
    store.save_answer(assessment, "a", ("x", "y"), stored.revision)
    assert [*store.open(assessment).kept] == ["b"]
    store.undo(assessment)
    assert store.open(assessment).kept == kept, "taken back: it is asked again whether it still is so"
    with pytest.raises(ValueError, match="answer"):
        store.create("", "v", kept={"a": Kept(answer=("No Id",), day=day)})
