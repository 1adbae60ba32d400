"""Who somebody is: by what the provider says of them, and nobody becomes somebody else."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies

from tests.ui.test_hosting import _fresh, configure
from ui.visit import hosting

__all__ = ["_fresh"]  # a fixture
ANNA = "anna@example.org"


@pytest.mark.parametrize("told", ["false", "true", "True", 0, 1, None, [], [True], {}, ..., False])
def test_only_true_makes_an_address_somebodys(told: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, tmp_path)
    claims = {"email": ANNA} if told is ... else {"email": ANNA, "email_verified": told}
    assert hosting.person(claims) is None
    assert hosting.person({"email": ANNA, "email_verified": True}) == ANNA


@pytest.mark.parametrize(
    ("habit", "accepted"), [("true", [True]), ("text", [True, "true"]), ("absent", [True, ...])], ids=str
)
def test_the_habit_of_a_provider_is_named_in_the_settings(
    habit: str, accepted: list[Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path, email_verified=habit)
    for told in (True, False, "true", "false", "TRUE", 1, 0, None, "", ...):
        claims = {"email": ANNA} if told is ... else {"email": ANNA, "email_verified": told}
        fits = any(told is one or (isinstance(one, str) and told == one) for one in accepted)
        assert hosting.person(claims) == (ANNA if fits else None), (habit, told)


@pytest.mark.parametrize(
    "address",
    ["\u212aim@example.org", "k\u0131m@example.org", " anna@example.org", "anna@example.org ", "anna@example.org\n",
     "anna@example.org\x00", "", "anna", "@", "a@b@c", "ann\u00e9@example.org", "\uff41nna@example.org"],
)  # fmt: skip
def test_an_address_that_could_be_taken_for_anothers_is_nobodys(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path)
    assert hosting.person({"email": address, "email_verified": True}) is None


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(address=strategies.text(max_size=30) | strategies.from_regex(r"[A-Za-z\u0130\u0131\u017f\u212a]+@x\.org"))
def test_an_address_differs_from_its_user_in_ascii_capitals_only(
    address: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    configure(monkeypatch, tmp_path)
    found = hosting.person({"email": address, "email_verified": True})
    if found is not None:
        assert found.isascii() and len(found) == len(address)
        assert all(
            one == other or (other.isascii() and other.lower() == one)
            for one, other in zip(found, address, strict=True)
        )


def test_another_claim_is_taken_exactly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    configure(monkeypatch, tmp_path, user_claim="sub")
    names = ["Anna", "anna", " anna", "\u212aim", "Kim", "kim"]
    assert [hosting.person({"sub": name}) for name in names] == names
    for strange in (7, None, "", "a\nb", ["anna"], "local", "-"):
        assert hosting.person({"sub": strange, "email": ANNA, "email_verified": True}) is None
