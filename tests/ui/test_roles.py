"""No call on the store gives or changes what the role of a user does not allow, whatever the order of the calls."""

import hashlib
import inspect
import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, select

from assessment.store import (
    ROLES,
    Adoption,
    Advised,
    Conflict,
    Copies,
    LastOwner,
    NoInvitation,
    NotAllowed,
    NotFound,
    Role,
    Store,
    StoreError,
)
from assessment.store.sharing import Sharing
from assessment.store.tables import assessments, audit, invitations, members
from tests.assessment.store import test_removal
from tests.support.amounts import amount
from tests.support.databases import content, sqlalchemy_url

pytestmark = pytest.mark.slow

PEOPLE = ("anna", "bilal", "chen", "dina")
ADVISED = Advised(knowledge_version="v", rules_version="r", lessons=(), tasks=(), asked=())
ADOPTION = Adoption(from_version="v", answers={"q.a": "no"}, set_aside={}, renamed={}, advised=ADVISED)
SECRET = re.compile(r"secret-[0-9a-f]+")


class Call(NamedTuple):
    """A call about one assessment (and one other person), and the role that it needs."""

    needs: Role
    make: Callable[[Store, str, str], Any]


def revision(view: Store, assessment: str) -> int:
    return view.open(assessment).revision


CALLS: dict[str, Call] = {
    "open": Call("reader", lambda view, one, _: view.open(one)),
    "history": Call("reader", lambda view, one, _: view.history(one)),
    "role": Call("reader", lambda view, one, _: view.role(one)),
    "as_it_was": Call("reader", lambda view, one, _: view.as_it_was(one, datetime.now(UTC) + timedelta(1))),
    "exported": Call("reader", lambda view, one, _: view.exported(one, "json")),
    "comment": Call("reader", lambda view, one, _: view.comment(one, "q.a", "changed")),
    "take_back_comment": Call("reader", lambda view, one, _: view.take_back_comment(one, 1)),
    "save_date": Call("contributor", lambda view, one, _: view.save_date(one, date(2027, 1, 2), 2)),
    "save_answer": Call("contributor", lambda view, one, _: view.save_answer(one, "q.a", "no", 1)),
    "save_note": Call("contributor", lambda view, one, _: view.save_note(one, "q.a", "changed", 2)),
    "save_action": Call("contributor", lambda view, one, _: view.save_action(one, "homework.q.a", None, 2)),
    "remember_advice": Call("contributor", lambda view, one, _: view.remember_advice(one, ADVISED)),
    "adopt": Call("contributor", lambda view, one, _: view.adopt(one, ADOPTION, revision(view, one))),
    "rename": Call("contributor", lambda view, one, _: view.rename(one, "changed")),
    "erase_text": Call("contributor", lambda view, one, _: view.erase_text(one, "note", "q.a")),
    "undo": Call("contributor", lambda view, one, _: view.undo(one)),
    "delete": Call("owner", lambda view, one, _: view.delete(one)),
    "set_apart": Call("owner", lambda view, one, _: view.set_apart(one)),
    "put_back": Call("owner", lambda view, one, _: view.put_back(one)),
    "sharing.members": Call("reader", lambda view, one, _: view.sharing.members(one)),
    "sharing.leave": Call("reader", lambda view, one, _: view.sharing.leave(one)),
    "sharing.share": Call("owner", lambda view, one, _: view.sharing.share(one, "contributor")),
    "sharing.invitations": Call("owner", lambda view, one, _: view.sharing.invitations(one)),
    "sharing.uninvite": Call("owner", lambda view, one, _: view.sharing.uninvite(one, digest(f"token-{one}"))),
    "sharing.change_role": Call("owner", lambda view, one, who: view.sharing.change_role(one, who, "reader")),
    "sharing.withdraw": Call("owner", lambda view, one, who: view.sharing.withdraw(one, who)),
    "sharing.audit": Call("owner", lambda view, one, _: view.sharing.audit(one)),
}
"""Every call about one assessment. Those about none are in ELSEWHERE, with the test that is about them."""
ELSEWHERE = {
    "list": "test_calls_keep_to_the_role",
    "count": "test_calls_keep_to_the_role",
    "deleted": "test_calls_keep_to_the_role",
    "remove_deleted": "test_what_was_deleted_is_gone_for_all_and_an_owner_puts_it_back_whole",
    "create": "test_who_makes_it_owns_it_and_shares_by_invitation",
    "close": "gives nothing",
    "user": "gives nothing",
    "where": "gives nothing",
    "sharing": "its calls are here",
    "copies": "its calls are here",
    "copies.backup": "test_whole_copies_are_not_for_users",
    "copies.restore": "test_whole_copies_are_not_for_users",
    "copies.kept": "test_whole_copies_are_not_for_users",
    "seen_by": "test_a_view_is_for_one_user",
    "sharing.accept": "test_who_makes_it_owns_it_and_shares_by_invitation",
    "sharing.forget": "test_a_person_is_forgotten",
    "sharing.owned_alone": "test_a_person_is_forgotten",
}


def public(kind: type, prefix: str = "") -> set[str]:
    return {prefix + name for name, _ in inspect.getmembers(kind) if not name.startswith("_")}


def test_every_call_of_the_store_is_checked_here() -> None:
    assert {*CALLS, *ELSEWHERE} == public(Store) | public(Sharing, "sharing.") | public(Copies, "copies.")
    tests = {one for one in ELSEWHERE.values() if one.startswith("test_")}
    assert tests <= {*globals(), *vars(test_removal)}


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


WORLDS = st.lists(st.dictionaries(st.sampled_from(PEOPLE), st.sampled_from(ROLES)), min_size=2, max_size=3)
STEPS = st.lists(
    st.tuples(st.sampled_from([*CALLS, "list"]), st.sampled_from(PEOPLE), st.integers(0, 2), st.sampled_from(PEOPLE)),
    min_size=5,
    max_size=30,
)


@settings(max_examples=amount(8, 100), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=WORLDS, steps=STEPS)
def test_calls_keep_to_the_role(
    store: Store,
    url: str,
    world: list[dict[str, Role]],
    steps: list[tuple[str, str, int, str]],
) -> None:
    engine = create_engine(sqlalchemy_url(url))
    ids: list[str] = []
    for number, roles in enumerate(world):
        made = store.create(f"secret-{number}", "v", {"q.a": "yes"}, {"q.a": f"secret-{number}"})
        ids.append(made)
        with engine.begin() as connection:
            connection.execute(invitations.insert().values(
                token=digest(f"token-{made}"), assessment=made, role="reader", made_by="anna",
                expires_at=datetime.now(UTC) + timedelta(1),
            ))  # fmt: skip
            for person, role in roles.items():
                row = members.insert().values(assessment=made, person=person, role=role, since=datetime.now(UTC))
                connection.execute(row)
    for name, user, number, other in steps:
        one = ids[number % len(ids)]
        with engine.connect() as connection:
            before = content(connection)
            mine = {
                row.assessment: row.role for row in connection.execute(select(members).where(members.c.person == user))
            }
            query = select(assessments.c.id).where(assessments.c.deleted_at.is_not(None))
            apart = set(connection.scalars(query))
        roles_now = {about: role for about, role in mine.items() if about not in apart}
        role = roles_now.get(one)
        if mine.get(one) == "owner" and name in ("put_back", "delete"):
            role = "owner"  # also of what was deleted
        view = store.seen_by(user)
        if name == "list":
            assert {summary.id: summary.role for summary in view.list()} == roles_now
            assert view.count() == len(roles_now)
            assert {gone.id for gone in view.deleted()} == {about for about in apart if mine.get(about) == "owner"}
            for need in ROLES:
                enough = {about for about, has in roles_now.items() if ROLES.index(has) >= ROLES.index(need)}
                assert {summary.id for summary in view.list(role=need)} == enough
                assert view.count(role=need) == len(enough)
            continue
        allowed = role is not None and ROLES.index(role) >= ROLES.index(CALLS[name].needs)
        try:
            given_out = CALLS[name].make(view, one, other)
        except StoreError as problem:
            given_out, refused = str(problem), type(problem)
        else:
            refused = None
        unknown = name in ("sharing.withdraw", "sharing.change_role", "take_back_comment") and refused is NotFound
        if allowed:
            assert refused in (None, Conflict, LastOwner, NoInvitation) or unknown, (name, role, refused)
        else:
            assert refused is (NotFound if role is None else NotAllowed), (name, role, refused)
        with engine.connect() as connection:
            after = content(connection)
        touched = {about for about in {*before, *after} if before.get(about) != after.get(about)}
        seen_line = {one} if role is not None and name == "adopt" else set()  # it opens, which is written down
        assert touched <= ({one} if refused is None else seen_line), (name, touched)
        assert set(SECRET.findall(repr(given_out))) <= {f"secret-{ids.index(one)}"}
    engine.dispose()
    for made in ids:
        with suppress(NotFound):
            store.delete(made)


def test_who_makes_it_owns_it_and_shares_by_invitation(store: Store) -> None:
    anna, bilal, chen = (store.seen_by(person) for person in ("anna", "bilal", "chen"))
    made = anna.create("Gesprek", "v", {"a": "yes"})
    assert anna.open(made).role == "owner"
    for use in (bilal.open, bilal.history, bilal.delete, bilal.sharing.members):
        with pytest.raises(NotFound):
            use(made)
    token = anna.sharing.share(made, "contributor")
    assert [(one.role, one.made_by) for one in anna.sharing.invitations(made)] == [("contributor", "anna")]
    assert bilal.sharing.accept(token) == made
    assert bilal.save_answer(made, "a", "no", 2) == 3
    assert [one.who for one in anna.history(made)] == ["anna", "anna", "bilal"]
    with pytest.raises(NotAllowed):
        bilal.sharing.share(made, "reader")
    with pytest.raises(NoInvitation):
        chen.sharing.accept(token)  # it was used
    late = anna.sharing.share(made, "reader", timedelta(seconds=-1))
    with pytest.raises(NoInvitation):
        chen.sharing.accept(late)
    assert not anna.sharing.invitations(made)
    with pytest.raises(NotAllowed):
        store.sharing.accept(anna.sharing.share(made, "reader"))  # there is nobody to let in
    with pytest.raises(ValueError, match="A role is one of"):
        anna.sharing.share(made, "boss")  # type: ignore[arg-type]
    bilal.sharing.leave(made)
    assert not bilal.list()


def test_the_audit_list_tells_who_did_what_and_is_short(store: Store) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    made = anna.create("Gesprek", "v")
    bilal.sharing.accept(anna.sharing.share(made, "reader"))
    for _ in range(3):
        bilal.open(made)
        bilal.history(made)
    bilal.exported(made, "pdf")
    anna.sharing.change_role(made, "bilal", "contributor")
    told = [(one.who, one.act, one.whom, one.about) for one in anna.sharing.audit(made)]
    assert told == [
        ("anna", "invited", None, "reader"),
        ("bilal", "joined", None, "reader"),
        ("bilal", "saw", None, None),
        ("bilal", "exported", None, "pdf"),
        ("anna", "role", "bilal", "contributor"),
    ]
    anna.delete(made)
    assert [(one.who, one.act) for one in store.sharing.audit(made)][-1] == ("anna", "deleted")
    with pytest.raises(NotFound):
        anna.sharing.audit(made)


def test_lines_older_than_a_year_go(store: Store, url: str) -> None:
    made = store.seen_by("anna").create("Gesprek", "v")
    store.exported(made, "pdf")
    engine = create_engine(sqlalchemy_url(url))
    with engine.begin() as connection:
        connection.execute(audit.update().values(moment=datetime.now(UTC) - timedelta(days=366)))
    engine.dispose()
    store.exported(made, "json")
    assert [one.about for one in store.sharing.audit(made)] == ["json"]


def test_a_view_is_for_one_user(store: Store) -> None:
    anna = store.seen_by("anna")
    assert (store.user, anna.user, anna.seen_by("anna").user) == (None, "anna", "anna")
    with pytest.raises(NotAllowed):
        anna.seen_by("bilal")
    for strange in ("", "  ", "local", "-", "a\nb", "a\x00b", "x" * 201):
        with pytest.raises(ValueError, match="A user is named"):
            store.seen_by(strange)


def test_whole_copies_are_not_for_users(store: Store, tmp_path: Path) -> None:
    copies = store.seen_by("anna").copies
    for use in (copies.backup, copies.restore):
        with pytest.raises(NotAllowed):
            use(tmp_path / "backup.zip")
    with pytest.raises(NotAllowed):
        copies.kept()


def test_without_users_everything_is_as_it_was(store: Store) -> None:
    made = store.create("Gesprek", "v")
    assert store.open(made).role == "owner"
    assert [one.role for one in store.list()] == ["owner"]
    assert not store.sharing.audit(made), "looking at what is one's own is no news"
    store.delete(made)
