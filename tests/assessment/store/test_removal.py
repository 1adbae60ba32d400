"""What is deleted is gone: for everybody, from the files too, and for half an hour an owner can put it back."""

from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import String, create_engine, select, text

from assessment.store import (
    Conflict,
    NoInvitation,
    NotAllowed,
    NotFound,
    Store,
    Unfinished,
    clearing,
)
from assessment.store.database import FILE_NAME
from assessment.store.people import REMOVED
from assessment.store.removal import GRACE
from assessment.store.tables import PERSON, assessments, metadata
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases
from knowledge.base import knowledge_base
from knowledge.text import Text
from tests.support.databases import Postgresql, content, sqlalchemy_url, sqlite_url

pytestmark = pytest.mark.slow

CASE = knowledge_base().scenarios["company-b"]
SECRET = "Zegt-de-vakbondsvrouw-met-de-rode-sjaal"


def test_a_person_is_forgotten(store: Store, url: str) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    alone, together, of_bilal = (view.create("Gesprek", "v") for view in (anna, anna, bilal))
    bilal.sharing.accept(anna.sharing.share(together, "owner"))
    bilal.sharing.accept(anna.sharing.share(alone, "contributor"))
    anna.sharing.accept(bilal.sharing.share(of_bilal, "contributor"))
    anna.save_answer(of_bilal, "a", "yes", 1)
    bilal.sharing.change_role(of_bilal, "anna", "reader")
    open_token = anna.sharing.share(together, "reader")
    for other in ("forget", "owned_alone"):
        with pytest.raises(NotAllowed):
            getattr(bilal.sharing, other)("anna")
    assert anna.sharing.owned_alone("anna") == (alone,)
    assert anna.sharing.forget("anna") == 1
    assert not anna.list()
    assert {one.id for one in bilal.list()} == {together, of_bilal}
    assert bilal.open(of_bilal).assessment.answers == {"a": "yes"}
    assert [one.who for one in bilal.history(of_bilal)] == ["bilal", REMOVED]
    with pytest.raises(NoInvitation):
        store.seen_by("chen").sharing.accept(open_token)
    with create_engine(sqlalchemy_url(url)).connect() as connection:
        assert "anna" not in repr(content(connection))


def test_forgetting_covers_every_column_that_names_a_user(store: Store, url: str) -> None:
    no_person = {
        "assessments": {"id", "from_case", "title", "sought"},
        "events": {"assessment", "kind", "question", "knowledge_version"},
        "members": {"assessment", "role"},
        "invitations": {"token", "assessment", "role"},
        "audit": {"assessment", "act", "about"},
        "training_groups": {"id", "code", "case_id", "view", "about"},
        "own_cases": {"id", "written"},
        "training_votes": {"group_id", "vote", "state"},
        "training_totals": {"group_id", "vote", "choice", "way"},
        "training_voters": {"group_id", "vote", "voter"},  # a hash of a random token that was given to no user
    }
    for table in metadata.sorted_tables:
        texts = {column.name for column in table.columns if isinstance(column.type, String)}
        named = {column.name for column in table.columns if column.info == PERSON}
        assert texts == named | no_person[table.name] and not named & no_person[table.name], table.name
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    made, apart = anna.create("Gesprek", "v"), anna.create("Weg", "v")
    for one in (made, apart):
        bilal.sharing.accept(anna.sharing.share(one, "owner"))
        anna.sharing.share(one, "reader")
        bilal.sharing.change_role(one, "anna", "owner")
    anna.set_apart(apart)
    groups, cases = Groups(url), OwnCases(knowledge_base(), url)
    cases.seen_by("anna").keep(CASE)
    group = groups.seen_by("anna").create("company-b")
    groups.open_vote(group, "v")
    groups.vote(group, "v", "agree", "token")
    engine = create_engine(sqlalchemy_url(url))
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if column.info == PERSON:
                    assert "anna" in connection.scalars(select(column)).all(), (table.name, column.name)
    anna.sharing.forget("anna")
    with engine.connect() as connection:
        assert "anna" not in repr(content(connection))
        assert not {kind for rows in content(connection).values() for kind, *_ in rows if kind.startswith(("t", "own"))}
    engine.dispose()
    groups.close()
    cases.close()
    bilal.put_back(apart)
    assert {one.id for one in bilal.list()} == {made, apart}


def test_what_was_deleted_is_gone_for_all_and_an_owner_puts_it_back_whole(store: Store, url: str) -> None:
    anna, bilal, chen = (store.seen_by(person) for person in ("anna", "bilal", "chen"))
    made = anna.create("Gesprek", "v", {"a": "yes"}, {"a": "noot"}, case="case-1")
    bilal.sharing.accept(anna.sharing.share(made, "contributor"))
    bilal.save_answer(made, "b", "no", bilal.open(made).revision)
    token = anna.sharing.share(made, "reader")
    before = anna.open(made), anna.history(made), anna.sharing.members(made), anna.sharing.invitations(made)
    with pytest.raises(NotAllowed):
        bilal.set_apart(made)
    with pytest.raises(NotAllowed):
        bilal.put_back(made)
    anna.put_back(made)  # it was not deleted
    anna.set_apart(made)
    for view in (anna, bilal, chen, store):
        assert not view.list() and not view.count()
        for use in (view.open, view.history, view.delete if view is bilal else view.undo, view.sharing.members):
            with pytest.raises(NotFound):
                use(made)
    with pytest.raises(NotFound):
        anna.set_apart(made)
    with pytest.raises(NoInvitation):
        chen.sharing.accept(token)
    for other in (bilal, chen):
        assert not other.deleted()
        with pytest.raises(NotFound):
            other.put_back(made)
    with pytest.raises(NotAllowed):
        anna.remove_deleted()
    assert [one.id for one in anna.deleted()] == [one.id for one in store.deleted()] == [made]
    assert store.remove_deleted() == 0, "it can still be put back"
    anna.put_back(made)
    now = anna.open(made), anna.history(made), anna.sharing.members(made), anna.sharing.invitations(made)
    assert now == before and bilal.open(made).role == "contributor"
    assert chen.sharing.accept(token) == made
    assert [one.act for one in anna.sharing.audit(made)][-2:] == ["put_back", "joined"]
    anna.set_apart(made)
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        connection.execute(assessments.update().values(deleted_at=datetime.now(UTC) - GRACE))
    assert not anna.deleted()
    with pytest.raises(NotFound):
        anna.put_back(made)  # too late, though it is still there
    Store(url).close()  # a start removes it
    with engine.connect() as connection:
        assert {row[0] for row in content(connection)[made]} == {"audit"}
        assert {row[5] for row in content(connection)[made]} >= {"set_apart", "put_back"}
    engine.dispose()


def left_in(folder: Path, secret: str) -> list[str]:
    """The files of the database in which the bytes of this text are."""
    return [file.name for file in folder.glob(f"{FILE_NAME}*") if secret.encode() in file.read_bytes()]


def test_what_is_deleted_is_gone_from_the_file_and_its_log(tmp_path: Path) -> None:
    store, other = Store(sqlite_url(tmp_path)), Store(sqlite_url(tmp_path))
    stays = store.create("Blijft", "v", notes={f"q{number}": f"{number} " * 500 for number in range(20)})
    made = store.create(SECRET, "v", notes={f"q{number}": f"{SECRET} {number} " * 50 for number in range(60)})
    for number in range(30):  # rows move between pages as others come and go
        store.save_note(made, f"q{number}", f"{SECRET} again {number}" * 20, store.open(made).revision)
        store.save_note(stays, f"q{number % 20}", f"{number}!" * 700, store.open(stays).revision)
    assert other.open(made).assessment.title == SECRET
    assert left_in(tmp_path, SECRET)
    store.delete(made)
    assert not left_in(tmp_path, SECRET)
    assert len(other.open(stays).assessment.notes) == 20


def test_a_person_who_is_forgotten_is_gone_from_the_file_and_its_log(tmp_path: Path) -> None:
    store = Store(sqlite_url(tmp_path))
    person = store.seen_by(SECRET)
    made = store.seen_by("anna").create("Gesprek", "v")
    person.sharing.accept(store.sharing.share(made, "contributor"))
    for number in range(50):
        person.save_answer(made, f"q{number}", "yes", person.open(made).revision)
    person.create("Van mij", "v")
    assert left_in(tmp_path, SECRET)
    person.sharing.forget(SECRET)
    assert not left_in(tmp_path, SECRET)
    assert len(store.open(made).assessment.answers) == 50


def test_deleting_while_others_write_waits_for_them(store: Store, url: str) -> None:
    from concurrent.futures import ThreadPoolExecutor

    stays = store.create("Blijft", "v")
    go = [store.create(SECRET, "v") for _ in range(10)]

    def write(thread: int) -> None:
        for number in range(40):
            try:
                store.save_answer(stays, f"t{thread}.q{number}", number, 1)
            except Conflict:
                pytest.fail("nobody else answers this")

    with ThreadPoolExecutor(3) as threads:
        writing = [threads.submit(write, thread) for thread in range(2)]
        threads.submit(lambda: [store.delete(one) for one in go]).result()
        for one in writing:
            one.result()
    assert len(store.open(stays).assessment.answers) == 80
    assert [one.id for one in store.list()] == [stays]


class Kept(NamedTuple):
    """A PostgreSQL server of our own, a store on it, and how to look in its files."""

    store: Store
    url: str
    folder: Path

    def left(self, secret: str) -> list[str]:
        """The files of the server with the bytes of this text, but for the log from which it could repeat its work."""
        with create_engine(sqlalchemy_url(self.url), isolation_level="AUTOCOMMIT").connect() as connection:
            connection.execute(text("CHECKPOINT"))
        files = [file for file in self.folder.rglob("*") if file.is_file() and "pg_wal" not in file.parts]
        return [str(file.relative_to(self.folder)) for file in files if secret.encode() in file.read_bytes()]


@pytest.fixture
def kept(url: str, store: Store, request: pytest.FixtureRequest) -> Kept:
    server: Postgresql | None = request.getfixturevalue("postgresql")
    if server is None:
        pytest.skip("the files of this PostgreSQL server are not ours to read")
    return Kept(store, url, server.folder / "data")


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_is_deleted_is_gone_from_the_files_of_postgresql(kept: Kept) -> None:
    store, person = kept.store, kept.store.seen_by(SECRET)
    notes = {f"q{number}": f"{SECRET} {number}" for number in range(100)}
    stays = store.create("Blijft", "v", notes={question: f"{question} blijft" for question in notes})
    cases = OwnCases(knowledge_base(), kept.url)
    cases.seen_by(SECRET).keep(CASE.model_copy(update={"title": Text(nl=SECRET, en=SECRET)}))
    cases.close()
    for made in [store.create(SECRET, "v", notes=notes), person.create("Van mij", "v", notes=notes)]:
        store.seen_by("anna").sharing.accept(store.sharing.share(made, "contributor"))
        for number in range(20):
            store.save_note(made, f"q{number}", f"{SECRET} again", store.open(made).revision)
        store.delete(made) if made != person.list()[0].id else store.set_apart(made)
    with create_engine(sqlalchemy_url(kept.url), isolation_level="AUTOCOMMIT").connect() as connection:
        connection.execute(text("ANALYZE"))  # it keeps samples of what is in the columns
        connection.execute(text("UPDATE assessments SET deleted_at = now() - interval '1 day' WHERE deleted_by > ''"))
    assert kept.left(SECRET)
    assert store.remove_deleted() == 1
    person.sharing.forget(SECRET)
    assert kept.left(SECRET) == []
    assert kept.left("q7 blijft") and len(store.open(stays).assessment.notes) == 100


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_clearing_waits_for_who_began_to_read_before(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clearing, "PATIENCE", 100)
    monkeypatch.setattr(clearing, "TRIES", 2)
    monkeypatch.setattr(clearing, "PAUSE", 0.0)
    store = kept.store
    made, other = store.create(SECRET, "v"), store.create("Ander", "v")
    reader = create_engine(sqlalchemy_url(kept.url), isolation_level="REPEATABLE READ")
    for look in ("SELECT count(*) FROM training_totals", "SELECT count(*) FROM events"):  # it sees the past; it locks
        gone = store.create(SECRET, "v")
        with reader.connect() as connection:
            connection.execute(text(look))
            with pytest.raises(Unfinished):
                store.delete(gone)
            assert store.open(other).assessment.title == "Ander"
    assert kept.left(SECRET)
    store.delete(made)
    assert kept.left(SECRET) == [], "what was left is cleared with the next"
    reader.dispose()
