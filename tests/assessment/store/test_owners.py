"""Whatever is kept has an owner, and nobody else finds, changes or deletes it."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table

from assessment.store import NotFound, Store
from assessment.store.errors import StoreError
from assessment.store.tables import PERSON, assessments, audit, metadata
from assessment.training.groups import Groups, NoGroup
from assessment.training.own_cases import OwnCases
from knowledge.base import knowledge_base
from knowledge.model import Scenario
from tests.support.databases import content

pytestmark = pytest.mark.slow

CASE = knowledge_base().scenarios["company-b"]
BY_ROLE = {assessments: "the owners among its members", audit: "who did it; it outlives the assessment"}
"""Tables whose rows have no owner of their own, with whose they are."""


def is_owned(table: Table) -> bool:
    own = table.columns.get("owner")
    parents = {key.column.table for column in table.columns for key in column.foreign_keys if not column.nullable}
    return (
        (own is not None and not own.nullable and own.info == PERSON) or table in BY_ROLE or any(map(is_owned, parents))
    )


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=str)
def test_every_table_has_an_owner(table: Table) -> None:
    assert is_owned(table)
    assert not is_owned(Table("new", MetaData(), Column("id", Integer), Column("owner", String(200))))


class Trainers:
    """What two users of one database keep."""

    def __init__(self, url: str):
        self.groups, self.cases = Groups(url), OwnCases(knowledge_base(), url)
        self.own = self.cases.seen_by("anna").keep(CASE.model_copy(update={"title": CASE.decided}))
        self.group = self.groups.seen_by("anna").create(self.own)
        self.groups.open_vote(self.group, "v")

    @property
    def code(self) -> str:
        return self.groups.open(self.group).code


@pytest.fixture
def trainers(store: Store, url: str) -> Iterator[Trainers]:
    made = Trainers(url)
    yield made
    made.groups.close()
    made.cases.close()


REFUSED: dict[str, Callable[[Groups, str], Any]] = {
    "open": lambda groups, one: groups.open(one),
    "go": lambda groups, one: groups.go(groups.seen_by("anna").open(one), 1),
    "move": lambda groups, one: groups.move(one, 1),
    "open_vote": lambda groups, one: groups.open_vote(one, "v"),
    "close_vote": lambda groups, one: groups.close_vote(one, "v"),
    "show_conclusion": lambda groups, one: groups.show_conclusion(one, "v"),
    "count_hands": lambda groups, one: groups.count_hands(one, "v", {"agree": 9}),
    "reset": lambda groups, one: groups.reset(one),
    "delete": lambda groups, one: groups.delete(one),
}
"""Every call about one group; those of ALLOWED are for who has its code, or about no group."""
ALLOWED = {"joined", "vote", "voted", "list", "create", "seen_by", "close"}


def test_every_call_of_the_groups_is_checked_here() -> None:
    assert {*REFUSED, *ALLOWED} == {name for name, _ in inspect.getmembers(Groups) if not name.startswith("_")}
    known = {"all", "keep", "delete", "played_by", "seen_by", "close", "take_in"}
    assert known == {name for name, _ in inspect.getmembers(OwnCases) if not name.startswith("_")}


def test_nobody_finds_changes_or_deletes_the_group_of_another(trainers: Trainers, store: Store) -> None:
    for name, call in REFUSED.items():
        with store._database.reading() as connection:
            before = content(connection)
        with pytest.raises(NoGroup):
            call(trainers.groups.seen_by("bilal"), trainers.group)
        with store._database.reading() as connection:
            assert content(connection) == before, name
        call(trainers.groups.seen_by("anna"), trainers.group)


def test_everybody_has_groups_and_cases_of_their_own(trainers: Trainers) -> None:
    groups, cases = trainers.groups, trainers.cases
    mine = cases.seen_by("bilal").keep(CASE)
    other = groups.seen_by("bilal").create("company-b")
    assert [one.id for one in groups.seen_by("bilal").list()] == [other]
    assert [one.id for one in groups.seen_by("anna").list()] == [trainers.group]
    assert [*cases.seen_by("bilal").all()] == [mine]
    cases.seen_by("bilal").delete(trainers.own)
    assert [*cases.seen_by("anna").all()] == [trainers.own]
    assert {*cases.all()} == {mine, trainers.own}, "without users there is one owner"


def test_who_joins_sees_the_case_that_the_group_plays_and_no_other(trainers: Trainers) -> None:
    cases = trainers.cases.seen_by("bilal")
    assert trainers.groups.seen_by("bilal").joined(trainers.code).id == trainers.group
    found = cases.played_by(trainers.group)
    assert isinstance(found, Scenario) and found.title == CASE.decided
    stolen = trainers.groups.seen_by("bilal").create(trainers.own)
    assert cases.played_by(stolen) is None, "naming a case of another in a group of one's own does not open it"


def test_what_was_voted_is_known_to_every_view(trainers: Trainers) -> None:
    trainers.groups.seen_by("bilal").vote(trainers.group, "v", "agree", "bilal")
    trainers.groups.seen_by("chen").vote(trainers.group, "v", "differ", "chen")
    trainers.groups.seen_by("bilal").vote(trainers.group, "v", "differ", "bilal")
    assert trainers.groups.open(trainers.group).ballots["v"].phones == {"differ": 2}
    trainers.groups.seen_by("anna").open_vote(trainers.group, "v")
    assert trainers.groups.seen_by("bilal").voted(trainers.group, "v", "bilal") == (False, None)


def test_an_invitation_is_of_the_owners_of_the_assessment(store: Store) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    made, other = anna.create("x", "v"), bilal.create("y", "v")
    anna.sharing.share(made, "reader")
    (invitation,) = anna.sharing.invitations(made)
    for about in (made, other):
        with pytest.raises(StoreError):
            bilal.sharing.uninvite(about, invitation.id)
    with pytest.raises(NotFound):
        bilal.sharing.invitations(made)
    assert anna.sharing.invitations(made) == (invitation,)
