"""What was emptied or renamed does not reach who joined later, and can be taken away for good."""

import json
import zipfile
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assessment.answers.export import export_everything
from assessment.plan import Decision, Task
from assessment.store import ROLES, Adoption, Advised, NotAllowed, NotFound, Role, Store
from assessment.store.ages import Ages
from assessment.store.erasing import WRITTEN
from assessment.store.history_in_words import moments
from assessment.store.removal import GRACE
from knowledge.text import Text
from tests.support.databases import sqlalchemy_url, sqlite_url

pytestmark = pytest.mark.slow

MARKER = "Fatimaverraadt"
OTHERS: tuple[Role, ...] = ("reader", "contributor")
TASK = Task(kind="homework", id="q.a", theme="q", title=Text(nl="Zoek uit", en="Find out"))


def written(store: Store, at: str = "anna") -> str:
    """An assessment in which the marker stood in a title, a note and a decision, and stands no more."""
    anna = store.seen_by(at)
    made = anna.create(MARKER, "v", {"q.a": "yes"}, {"q.a": MARKER})
    for decision in (Decision(task=TASK, owner=MARKER, note=MARKER, reason=MARKER, words=MARKER), None):
        anna.save_action(made, TASK.key, decision, anna.open(made).revision)
    anna.save_answer(made, "q.b", "before", anna.open(made).revision)
    anna.save_note(made, "q.a", "", anna.open(made).revision)
    anna.rename(made, "Steen")
    return made


def joined(store: Store, made: str, role: Role, person: str = "bilal") -> Store:
    view = store.seen_by(person)
    assert view.sharing.accept(store.seen_by("anna").sharing.share(made, role)) == made
    return view


def everything(view: Store, made: str) -> str:
    """All that a viewer gets of an assessment, by whatever way."""
    told = [repr(view.open(made)), repr(view.history(made)), repr(view.list())]
    for number in range(view.open(made).revision + 1):
        with suppress(NotFound):
            told.append(repr(view.as_it_was(made, number)))
    with zipfile.ZipFile(BytesIO(export_everything(view))) as zipped:
        told += [name + zipped.read(name).decode() for name in zipped.namelist()]
    return "".join(told)


@pytest.mark.parametrize("role", ROLES)
def test_who_joins_later_sees_what_happens_from_then_on(store: Store, role: Role) -> None:
    made = written(store)
    view = joined(store, made, role)
    before = store.seen_by("anna").open(made).revision
    view_of_owner = everything(store.seen_by("anna"), made)
    assert MARKER in view_of_owner
    if role == "owner":
        assert everything(view, made) == view_of_owner
        return
    assert MARKER not in everything(view, made)
    assert view.history(made) == ()
    for point in (before - 1, 1, 0, datetime.now(UTC) - timedelta(days=1)):
        with pytest.raises(NotFound):
            view.as_it_was(made, point)
    assert view.as_it_was(made, before) == view.open(made) == view.as_it_was(made, datetime.now(UTC))
    store.seen_by("anna").save_note(made, "q.b", "daarna", before)
    assert [one.value for one in view.history(made)] == ["daarna"]
    assert MARKER not in everything(view, made)


def test_a_contributor_cannot_undo_what_was_there_on_joining(store: Store) -> None:
    made = written(store)
    view = joined(store, made, "contributor")
    assert view.undo(made) is None
    view.save_answer(made, "q.b", "after", view.open(made).revision)
    assert view.undo(made) == "q.b" and view.open(made).assessment.answers["q.b"] == "before"
    assert view.undo(made) is None
    assert store.seen_by("anna").undo(made) == "q.b"


def test_moments_to_go_back_to_count_what_was_answered_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.store.history_in_words.PAUSE", timedelta(0))
    made = written(store)
    view = joined(store, made, "contributor")
    for answer in ("one", "two"):
        view.save_answer(made, "q.c", answer, view.open(made).revision)
    then = view.as_it_was(made, view.history(made)[0].number - 1).assessment.answers
    (moment,) = moments(view.history(made), then)
    assert moment.answered == 3 and view.as_it_was(made, moment.number).assessment.answers["q.c"] == "one"


def test_taking_over_into_newer_knowledge_is_no_moment_of_its_own(store: Store) -> None:
    made = store.create("A", "v", {"q.a": "yes"})
    advised = Advised(knowledge_version="w", rules_version="r", lessons=(), tasks=(), asked=())
    adoption = Adoption(from_version="v", answers={"q.b": "yes"}, set_aside={}, renamed={"q.a": "q.b"}, advised=advised)
    store.adopt(made, adoption, store.open(made).revision)
    assert moments(store.history(made)) == ()


def test_one_text_is_gone_for_good_from_history_export_and_file(store: Store, url: str, database: str) -> None:
    made = written(store)
    anna, view = store.seen_by("anna"), joined(store, made, "contributor", "chen")
    advised = Advised(knowledge_version="w", rules_version="r", lessons=(), tasks=(), asked=())
    anna.save_note(made, "q.a", MARKER, anna.open(made).revision)
    adoption = Adoption(from_version="v", answers={}, set_aside={}, renamed={"q.a": "q.z"}, advised=advised)
    anna.adopt(made, adoption, anna.open(made).revision)  # from here on the note is at another question
    numbers = [one.number for one in anna.history(made)]
    for kind, about in (("note", "q.z"), ("action", TASK.key), ("title", None)):
        assert view.erase_text(made, kind, about), kind  # type: ignore[arg-type]
        assert not view.erase_text(made, kind, about)  # type: ignore[arg-type]
    assert MARKER not in everything(anna, made)
    assert [one.number for one in anna.history(made)] == numbers
    assert anna.open(made).assessment.title == "Steen" and not anna.open(made).assessment.notes
    decisions = [one.value for one in anna.history(made) if one.kind == "action" and one.value]
    assert decisions and not any(one[name] for one in decisions for name in WRITTEN)
    assert [one.about for one in anna.sharing.audit(made) if one.act == "erased"] == ["note", "action", "title"]
    if database == "sqlite":
        folder = Path(store.where).parent
        assert [one.name for one in folder.iterdir() if MARKER.encode() in one.read_bytes()] == []


def test_a_reader_takes_nothing_away(store: Store) -> None:
    made = written(store)
    with pytest.raises(NotAllowed):
        joined(store, made, "reader").erase_text(made, "note", "q.a")
    with pytest.raises(NotFound):
        store.seen_by("dina").erase_text(made, "note", "q.a")


def test_members_from_before_see_from_the_moment_that_they_joined(url: str) -> None:
    """The number from which they see is found from the moments, once."""
    store = Store(url)
    made = written(store)
    joined(store, made, "reader")
    store.seen_by("anna").save_note(made, "q.b", "daarna", store.seen_by("anna").open(made).revision)
    store.close()
    with create_engine(sqlalchemy_url(url)).begin() as connection:
        connection.execute(text("ALTER TABLE members DROP COLUMN joined_after"))
        for later in ("view", "step", "about"):
            connection.execute(text(f"ALTER TABLE training_groups DROP COLUMN {later}"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'v5'"))
    again = Store(url)
    assert [one.value for one in again.seen_by("bilal").history(made)] == ["daarna"]
    assert len(again.seen_by("anna").history(made)) == again.open(made).revision
    again.close()


class Clock:
    """A clock that can be set, and the time that passes whatever it says."""

    def __init__(self) -> None:
        self.at, self.passed = datetime.now(UTC), 0.0

    def go(self, seconds: float) -> None:
        self.at, self.passed = self.at + timedelta(seconds=seconds), self.passed + seconds

    def set(self, by: timedelta) -> None:
        self.at += by


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()

    class Now(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return clock.at

    for module in ("events", "removal", "ages", "audit", "sharing"):
        monkeypatch.setattr(f"assessment.store.{module}.datetime", Now)
    return clock


@pytest.mark.parametrize("by", [timedelta(days=-1), timedelta(days=1)], ids=["back", "forward"])
def test_what_was_deleted_can_be_put_back_for_half_an_hour_whatever_the_clock_says(
    tmp_path: Path, clock: Clock, by: timedelta
) -> None:
    store = Store(sqlite_url(tmp_path))
    store._database.ages = Ages(lambda: clock.passed)
    first, second = store.create("A", "v"), store.create("B", "v")
    for one in (first, second):
        store.set_apart(one)
    clock.set(by)
    clock.go(GRACE.total_seconds() - 1)
    assert store.remove_deleted() == 0 and {one.id for one in store.deleted()} == {first, second}
    store.put_back(first)
    clock.go(2)
    assert store.deleted() == ()
    with pytest.raises(NotFound):
        store.put_back(second)
    assert store.remove_deleted() == 1
    assert store.open(first).assessment.title == "A"
    store.close()


def test_history_follows_the_order_of_events_when_the_clock_was_set_back(tmp_path: Path, clock: Clock) -> None:
    store = Store(sqlite_url(tmp_path))
    made = store.create("A", "v")
    seen = {}
    for number, by in enumerate((timedelta(0), timedelta(hours=-2), timedelta(hours=1)), start=2):
        clock.set(by)
        clock.go(60)
        store.save_answer(made, "q.a", number, number - 1)
        seen[number] = store.open(made)
    for number, stored in seen.items():
        assert store.as_it_was(made, number) == stored
        assert stored.updated == store.history(made)[number - 1].moment
    by_moment = store.as_it_was(made, store.history(made)[1].moment)
    assert by_moment.assessment.answers == {"q.a": 4}, "the last that had happened when the clock said so"
    store.close()


def test_who_joins_after_the_clock_was_set_back_sees_from_then_on(tmp_path: Path, clock: Clock) -> None:
    store = Store(sqlite_url(tmp_path))
    made = written(store)
    clock.set(timedelta(days=-1))
    view = joined(store, made, "reader")
    assert view.history(made) == () and MARKER not in everything(view, made)
    anna = store.seen_by("anna")
    anna.save_note(made, "q.b", "daarna", anna.open(made).revision)
    assert [one.value for one in view.history(made)] == ["daarna"]
    store.close()


def test_the_export_of_one_who_joined_names_no_former_title(store: Store) -> None:
    made = written(store)
    view = joined(store, made, "reader")
    with zipfile.ZipFile(BytesIO(export_everything(view))) as zipped:
        (told,) = [json.loads(zipped.read(name)) for name in zipped.namelist() if name.endswith(".history.json")]
    assert told["title"] == "Steen" and told["events"] == []
