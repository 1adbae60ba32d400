"""Groups and their votes, the course of a case, rules layer by layer, own cases: without a screen."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.advice import advise
from assessment.answer_files import AnswerFileError, read
from assessment.model import Assessment
from assessment.training.chaining import effect, facts, layers
from assessment.training.codes import ALPHABET, LENGTH, Guesses, as_code, new_code
from assessment.training.course import course, votes
from assessment.training.group import next_act
from assessment.training.groups import Groups, NoGroup, VoteClosed, VoteStands
from assessment.training.own_cases import OwnCases, case_from, read_case, write_case
from knowledge.base import case_problems, knowledge_base, load
from knowledge.model import Scenario
from knowledge.yaml_files import ContentError
from rules.inference import Trace, inference
from rules.meaning import UNANSWERED
from rules.memory import working_memory
from tests.small_folder import Folder, text

CASES = knowledge_base().scenarios
READY = [case for case in CASES.values() if case.training is not None]
TOKENS = [f"token-of-visitor-{number}" for number in range(5)]
CHOICES = ["agree", "differ", "unsure"]


def advice_on(case: Scenario):  # type: ignore[no-untyped-def]
    return advise(Assessment(title="x", answers=case.answers, knowledge_version=""), inference())


def run(answers: dict) -> Trace:  # type: ignore[type-arg]
    return inference().run(working_memory(answers, knowledge_base().questions))


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


@settings(deadline=None, max_examples=25)
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
    guesses = Guesses(here=3, everywhere=5, seconds=60, now=lambda: time[0])
    for _ in range(3):
        assert guesses.allowed("a")
        guesses.wrong("a")
    assert not guesses.allowed("a")
    assert guesses.allowed("b")
    guesses.wrong("b")
    guesses.wrong("b")
    assert not guesses.allowed("c"), "all places together"
    time[0] = 60.0
    assert guesses.allowed("a")


@pytest.mark.parametrize("case", CASES.values(), ids=lambda case: case.id)
def test_a_course_votes_before_it_advises_and_ends_with_the_lesson(case: Scenario) -> None:
    slides = course(case, advice_on(case))
    kinds = [slide.kind for slide in slides]
    assert kinds[0] == "begin"
    assert kinds[-3:] == ["advice", "happened", "lesson"]
    assert "story" in kinds
    assert "vote" in kinds or len(advice_on(case).recommendations) < 2
    for vote in votes(slides).values():
        assert 2 <= len(vote.choices) <= 5
        assert vote.sources
    if case.training is not None:
        assert all(slide.notes for slide in slides if slide.kind in ("begin", "story", "vote", "lesson"))


def test_the_pilots_are_ready_for_a_group() -> None:
    assert {case.id for case in READY} >= {
        "company-a", "company-b", "rajasthan-2023", "khammam-2020", "pakistan-minimum-wage", "india-clothing-no-report",
    }  # fmt: skip


def test_going_on_opens_closes_and_shows_a_vote(tmp_path: Path) -> None:
    kept = Groups(f"sqlite:///{tmp_path / 'x.sqlite'}")
    slides = course(CASES["company-b"], advice_on(CASES["company-b"]))
    place = next(number for number, slide in enumerate(slides) if slide.vote is not None)
    vote = slides[place].vote
    assert vote is not None
    group = kept.create("company-b")
    kept.move(group, place)
    acts = [next_act(kept.open(group), slides)]
    for act in (kept.open_vote, kept.close_vote, kept.show_conclusion):
        act(group, vote.id)
        acts.append(next_act(kept.open(group), slides))
    kept.move(group, len(slides) - 1)
    assert [*acts, next_act(kept.open(group), slides)] == ["open", "close", "show", "go", "end"]
    kept.close()


def training(**changes: object) -> dict[str, object]:
    vote = {
        "id": "v", "question": text("Q"), "choices": [{"id": one, "text": text(one)} for one in "ab"],
        "concluded": "a", "why": text("W"), "sources": [{"source": "s", "at": "Heading"}],
    }  # fmt: skip
    vote.update(changes)
    step = {"title": text("T"), "text": text("T"), "notes": text("N")}
    return {
        "minutes": 30, "aim": text("A"), "notes": text("N"), "closing": text("C"),
        "steps": [{**step, "vote": vote}, step],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, None),
        ({"concluded": "c"}, "concluded"),
        ({"choices": [{"id": "a", "text": text("a")}]}, "choices"),
        ({"choices": [{"id": "a", "text": text(str(number))} for number in range(2)]}, "each choice id once"),
        ({"sources": []}, "sources of the vote v"),
        ({"sources": [{"source": "s", "at": "Nowhere"}]}, "expected a heading of s"),
        ({"why": {"nl": "Alleen Nederlands"}}, "en"),
    ],
)
def test_the_loader_refuses_an_incomplete_training(
    tmp_path: Path, changes: dict[str, object], told: str | None
) -> None:
    folder = Folder(tmp_path / "small")
    folder.load()
    case = {
        "id": "c", "title": text("C"), "sources": [{"source": "s", "at": "Heading"}], "story": [text("S")],
        "answers": {},
        "decided": text("D"), "happened": text("H"), "teaching": text("T"), "training": training(**changes),
    }  # fmt: skip
    (folder.place / "content" / "scenarios" / "c.yaml").write_text(json.dumps(case))
    if told is None:
        loaded = load(folder.place / "content").scenarios["c"].training
        assert loaded is not None
        assert [vote.id for vote in loaded.votes] == ["v"]
    else:
        with pytest.raises(ContentError, match=re.escape(told)):
            load(folder.place / "content")


def test_a_publications_case_cannot_do_without_sources(tmp_path: Path) -> None:
    case = CASES["company-b"].model_dump(mode="json")
    with pytest.raises(ValueError, match="expected sources"):
        Scenario.model_validate({**case, "sources": []})


@pytest.mark.parametrize("case", READY, ids=lambda case: case.id)
def test_layers_hold_each_finding_once_on_answers_and_earlier_layers(case: Scenario) -> None:
    trace, base = run(dict(case.answers)), inference().base
    assert {one.question for one in facts(trace, base)} == case.answers.keys()
    known: set[str] = set()
    for layer in layers(trace, base):
        assert layer.number == 1 or known or not layer.fired
        for one in layer.fired:
            for ground in one.why.grounds:
                assert all(finding.rule in known for finding in ground.findings if finding.holds)
                assert all(trace.memory.facts[answer.question] != UNANSWERED for answer in ground.answers)
        known |= {one.rule for one in layer.fired}
    assert known == trace.findings.keys()


def test_an_effect_is_what_differs_and_nothing_else() -> None:
    answers = dict(CASES["company-b"].answers)
    other = {**answers, "conversation.commercial-interest": "balanced"}
    before, after, base = run(answers), run(other), inference().base
    found = effect(before, after, base)
    changed = {one.question for one, _ in found.facts}
    assert "conversation.commercial-interest" in changed
    for some, expected in (
        (found.appeared, after.findings.keys() - before.findings.keys()),
        (found.vanished, before.findings.keys() - after.findings.keys()),
    ):
        assert {one.rule for layer in some for one in layer.fired} == expected
    assert found.appeared or found.vanished
    same = effect(before, before, base)
    assert (same.facts, same.appeared, same.vanished) == ((), (), ())


def own_case() -> Scenario:
    assessment = Assessment(
        title="Geheime BV praat met Fabriek Zon",
        answers=CASES["company-b"].answers,
        notes={"start.stage": "Mevrouw Jansen van Fabriek Zon"},
        knowledge_version=knowledge_base().version,
    )
    return case_from(
        assessment, advise(assessment, inference()), "Een  klacht", "Eerst dit.\n\nDan\ndat.", ("", "Het liep af.", "")
    )


def test_a_case_of_ones_own_has_no_names_and_opens_again(tmp_path: Path) -> None:
    case = own_case()
    written = write_case(case)
    assert not [name for name in ("Geheime", "Zon", "Jansen") if name in written]
    assert [one.nl for one in case.story] == ["Eerst dit.", "Dan dat."]
    assert case.title.en == "Een klacht"
    assert set(case.lessons) == {
        one.lesson.id for some in advice_on(CASES["company-b"]).recommendations for one in some.lessons
    }
    knowledge = knowledge_base()
    assert read_case((written, "case.yaml"), knowledge) == case
    assert read((written, "case.yaml"), knowledge).answers == case.answers
    assert not list(case_problems(knowledge, case))
    cases = OwnCases(knowledge, tmp_path / "cases")
    assert cases.all() == {}
    kept = cases.keep(case)
    assert cases.all()[kept].answers == case.answers
    (tmp_path / "cases" / "own-broken.yaml").write_text("id: [")
    assert [*cases.all()] == [kept]
    cases.delete(f"../cases/{kept}")
    assert [*cases.all()] == [kept]
    cases.delete(kept)
    assert cases.all() == {}


def test_a_case_needs_a_title_and_a_story() -> None:
    assessment = Assessment(title="x", knowledge_version="")
    for title, story in (("", "Verhaal"), ("Titel", " \n\n ")):
        with pytest.raises(ValueError, match="title and a story"):
            case_from(assessment, advise(assessment, inference()), title, story, ("", "", ""))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("answers: {no.such-question: yes}", "no.such-question"),
        ("answers: {}\nlessons: [NO-such]", "NO-such"),
        ("answers: {}\nsources: [{source: nowhere, at: x}]", "nowhere"),
        ("answers: {}\nextra: 1", "extra"),
    ],
)
def test_a_file_that_is_no_case_is_refused_with_a_line(change: str, told: str) -> None:
    fields = "\n".join(f"{name}: {{nl: a, en: a}}" for name in ("title", "decided", "happened", "teaching"))
    with pytest.raises(AnswerFileError, match=re.escape(told)):
        read_case(
            (f"id: own-x\nown: true\nstory: [{{nl: a, en: a}}]\n{fields}\n{change}\n", "c.yaml"), knowledge_base()
        )
