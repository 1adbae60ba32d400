"""Groups and their votes, without a screen: totals only, and nothing lost or guessed."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.training.codes import ALPHABET, LENGTH, Guesses, Joined, as_code, new_code
from assessment.training.groups import Groups, NoGroup, VoteClosed, VoteStands

pytestmark = pytest.mark.slow

TOKENS = [f"token-of-visitor-{number}" for number in range(5)]
CHOICES = ["agree", "differ", "unsure"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Groups]:
    opened = Groups(f"sqlite:///{tmp_path_factory.mktemp('groups') / 'x.sqlite'}")
    yield opened
    opened.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("vote"), st.sampled_from(TOKENS), st.sampled_from(CHOICES)),
        st.tuples(st.just("hands"), st.just(""), st.sampled_from(CHOICES)),
        st.tuples(st.sampled_from(["open", "close", "show", "reset"]), st.just(""), st.just("")),
    ),
    max_size=25,
)


@settings(max_examples=25)
@given(steps=STEPS)
def test_totals_are_the_last_choices_of_distinct_visitors(shared: Groups, steps: list[tuple[str, str, str]]) -> None:
    group = shared.create("company-b")
    state: str | None = None
    chosen: dict[str, str] = {}
    hands: dict[str, int] = {}
    for kind, token, choice in steps:
        if kind == "vote":
            if state == "open":
                shared.vote(group, "v", choice, token)
                chosen[token] = choice
            else:
                with pytest.raises(VoteClosed):
                    shared.vote(group, "v", choice, token)
        elif kind == "hands":
            if state is None:
                with pytest.raises(VoteClosed):
                    shared.count_hands(group, "v", {choice: 3})
            else:
                shared.count_hands(group, "v", {choice: 3})
                hands = {choice: 3}
        elif kind == "open":
            shared.open_vote(group, "v")
            state, chosen, hands = "open", {}, {}
        elif kind == "close":
            shared.close_vote(group, "v")
            state = "closed" if state == "open" else state
        elif kind == "show":
            if state is None:
                with pytest.raises(VoteClosed):
                    shared.show_conclusion(group, "v")
            else:
                shared.show_conclusion(group, "v")
                state = "shown"
        else:
            shared.reset(group)
            state, chosen, hands = None, {}, {}
        ballot = shared.open(group).ballots.get("v")
        assert (ballot.state if ballot else None) == state
        if ballot is not None:
            assert ballot.phones == dict(Counter(chosen.values()))
            assert ballot.hands == hands
            assert ballot.cast == len(chosen) + sum(hands.values())
        for visitor in TOKENS:
            expected = (visitor in chosen, chosen.get(visitor)) if state == "open" else (False, None)
            assert shared.voted(group, "v", visitor) == expected


def test_nothing_that_identifies_a_voter_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "x.sqlite"
    kept = Groups(f"sqlite:///{file}")
    group = kept.create("company-b")
    kept.open_vote(group, "v")
    for number, token in enumerate(TOKENS):
        kept.vote(group, "v", CHOICES[number % 2], token)

    def everything() -> bytes:
        return b"".join(one.read_bytes() for one in tmp_path.iterdir())

    assert not [token for token in TOKENS if token.encode() in everything()]
    with closing(sqlite3.connect(file)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: database.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        assert len(rows["training_voters"]) == len(TOKENS)
        assert all(set(map(str, row)).isdisjoint(CHOICES) for row in rows["training_voters"])
        hashes = {row[-1] for row in rows["training_voters"]}
        assert not [
            name
            for name in tables
            if name != "training_voters" and any(hashes & set(map(str, row)) for row in rows[name])
        ]
    kept.close_vote(group, "v")
    with closing(sqlite3.connect(file)) as database:
        assert database.execute("SELECT * FROM training_voters").fetchall() == []
    kept.close()


def test_one_visitor_is_not_the_same_from_vote_to_vote(tmp_path: Path) -> None:
    kept = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}")
    group = kept.create("company-b")
    for vote in ("one", "two"):
        kept.open_vote(group, vote)
        kept.vote(group, vote, "agree", TOKENS[0])
    with closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        hashes = [row[0] for row in database.execute("SELECT voter FROM training_voters")]
    assert len(set(hashes)) == 2
    kept.close()


def test_a_restart_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.sqlite'}"
    before = Groups(url)
    group = before.create("company-b")
    before.move(group, 2)
    before.open_vote(group, "v")
    before.vote(group, "v", "agree", TOKENS[0])
    seen = before.open(group)
    before.close()
    after = Groups(url)
    assert after.open(group) == seen
    assert after.joined(seen.code).id == group
    with pytest.raises(VoteStands):
        after.vote(group, "v", "differ", TOKENS[0])
    assert after.voted(group, "v", TOKENS[0]) == (True, None)
    after.vote(group, "v", "differ", TOKENS[1])
    assert after.open(group).ballots["v"].phones == {"agree": 1, "differ": 1}
    after.close()


def test_a_code_is_valid_for_a_day_and_until_the_next_group(tmp_path: Path) -> None:
    moment = [datetime(2026, 1, 1, 9, tzinfo=UTC)]
    kept = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}", now=lambda: moment[0])
    group = kept.create("company-b")
    code = kept.open(group).code
    spaced = f" {code[:3].lower()} {code[3:].lower()}"
    assert kept.joined(spaced).id == group
    kept.open_vote(group, "v")
    kept.vote(group, "v", "agree", TOKENS[0])
    moment[0] += timedelta(hours=24, seconds=1)
    with pytest.raises(NoGroup):
        kept.joined(code)
    kept.create("company-a")
    assert not kept.voted(group, "v", TOKENS[0])[0], "who voted is forgotten with the code"
    kept.reset(group)
    with pytest.raises(NoGroup):
        kept.joined(code)
    assert kept.joined(kept.open(group).code).ballots == {}
    kept.delete(group)
    with pytest.raises(NoGroup):
        kept.open(group)
    assert [one.case_id for one in kept.list()] == ["company-a"]
    kept.close()


def test_codes_are_easy_to_read_and_hard_to_guess() -> None:
    some = {new_code() for _ in range(200)}
    assert len(some) == 200
    assert not set("".join(some)) & set("0O1IL5S8B")
    assert len(ALPHABET) ** LENGTH > 300_000_000
    assert as_code(" abc-4d6 ") == "ABC4D6"


def test_only_so_many_guesses_are_allowed() -> None:
    time = [0.0]
    guesses = Guesses(own=3, here=5, everywhere=7, seconds=60, now=lambda: time[0])
    for _ in range(3):
        assert guesses.allowed("a", "hall")
        guesses.wrong("a", "hall")
    assert not guesses.allowed("a", "hall")
    assert guesses.allowed("b", "hall"), "one who guesses does not keep out who stands beside them"
    guesses.wrong("b", "hall")
    guesses.wrong("b", "hall")
    assert not guesses.allowed("c", "hall"), "all from one place together"
    assert guesses.allowed("c", "street")
    for _ in range(2):
        guesses.wrong("c", "street")
    assert not guesses.allowed("d", "home"), "all places together"
    time[0] = 60.0
    assert guesses.allowed("a", "hall")


def test_only_so_many_voters_join_from_one_place() -> None:
    joined = Joined(here=2, most=2)
    assert [joined.add("CODE", voter, "hall") for voter in ("a", "b", "c", "a")] == [True, True, False, True]
    assert joined.has("CODE", "a", "hall")
    for code, voter, place in (("CODE", "c", "hall"), ("OTHER", "a", "hall"), ("CODE", "a", "street")):
        assert not joined.has(code, voter, place)
    assert joined.add("OTHER", "c", "hall")
    assert all(joined.add("CODE", str(number), None) for number in range(9)), "whoever is known counts nowhere"
