"""Sharing as users live it: invitations, roles that change, readers and comments."""

import pytest

from assessment.store import (
    Adoption,
    LastOwner,
    NoInvitation,
    NotAllowed,
    NotFound,
    Store,
)
from tests.ui.test_roles import ADVISED, revision

pytestmark = pytest.mark.slow


def test_an_invitation_raises_a_role_and_never_lowers_it(store: Store) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    made = anna.create("Gesprek", "v")
    for role in ("contributor", "reader"):
        bilal.sharing.accept(anna.sharing.share(made, role))
        assert bilal.open(made).role == "contributor"
    anna.sharing.accept(anna.sharing.share(made, "reader"))
    assert anna.open(made).role == "owner"


def test_what_an_owner_promised_ends_with_the_role(store: Store) -> None:
    anna, bilal, chen = (store.seen_by(person) for person in ("anna", "bilal", "chen"))
    made = anna.create("Gesprek", "v")
    with pytest.raises(LastOwner):
        anna.sharing.leave(made)
    with pytest.raises(LastOwner):
        anna.sharing.change_role(made, "anna", "reader")
    bilal.sharing.accept(anna.sharing.share(made, "owner"))
    token = bilal.sharing.share(made, "owner")
    anna.sharing.withdraw(made, "bilal")
    with pytest.raises(NoInvitation):
        chen.sharing.accept(token)
    with pytest.raises(NotFound):
        anna.sharing.withdraw(made, "bilal")
    with pytest.raises(NotFound):
        anna.sharing.change_role(made, "bilal", "owner")


def test_a_reader_looks_without_writing(store: Store) -> None:
    anna, bilal = store.seen_by("anna"), store.seen_by("bilal")
    made = anna.create("Gesprek", "v", {"a": "yes"})
    bilal.sharing.accept(anna.sharing.share(made, "reader"))
    assert bilal.open(made).assessment.answers == {"a": "yes"}
    for change in (lambda: bilal.rename(made, "x"), lambda: bilal.undo(made), lambda: bilal.delete(made)):
        with pytest.raises(NotAllowed):
            change()


def test_comments_are_of_who_wrote_them_and_for_who_takes_part_then(store: Store) -> None:
    anna, bilal, chen = (store.seen_by(person) for person in ("anna", "bilal", "chen"))
    made = anna.create("Gesprek", "v", {"a": "yes"})
    bilal.sharing.accept(anna.sharing.share(made, "reader"))
    first = anna.comment(made, "a", " Klopt dit? ")
    second = bilal.comment(made, "a", "Ja")
    with pytest.raises(ValueError, match="A comment is text"):
        bilal.comment(made, "a", " ")
    chen.sharing.accept(anna.sharing.share(made, "contributor"))
    third = chen.comment(made, "homework.a", "Vraag ik na")
    said = anna.open(made).comments
    assert [(one.who, one.text) for one in said["a"]] == [("anna", "Klopt dit?"), ("bilal", "Ja")]
    assert {*chen.open(made).comments} == {"homework.a"}, "what was said before is not for who comes later"
    assert {*chen.as_it_was(made, third).comments} == {"homework.a"}
    assert chen.erase_text(made, "comment", "a") == 0
    for number, refused in ((first, NotAllowed), (99, NotFound)):
        with pytest.raises(refused):
            bilal.take_back_comment(made, number)
    with pytest.raises(NotFound):
        chen.take_back_comment(made, first)
    bilal.take_back_comment(made, second)
    anna.take_back_comment(made, third)
    assert [one.text for some in anna.open(made).comments.values() for one in some] == ["Klopt dit?"]
    assert "Vraag" not in repr(anna.history(made)), "out of the history too"
    renamed = Adoption(from_version="v", answers={"b": "yes"}, set_aside={}, renamed={"a": "b"}, advised=ADVISED)
    anna.adopt(made, renamed, revision(anna, made))
    assert {*anna.open(made).comments} == {"b"}
    assert anna.erase_text(made, "comment", "b") == 1, "under its former name too"
    assert not anna.open(made).comments
