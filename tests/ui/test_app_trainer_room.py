"""A case of one's own, and who is in the room: what a telephone may open, guess and vote; colleagues who differ."""

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest

from assessment.store import Store
from assessment.training.groups import Groups
from assessment.training.own_cases import OwnCases, write_case
from knowledge.base import knowledge_base
from tests.ui.test_app import CASE, app, calm, made, shown, store
from tests.ui.test_app_trainer import COMPANY_A, groups, pressed, voter
from tests.ui.test_app_work import press
from ui import navigation
from ui.server import lan, visitors
from ui.words import escaped, say

pytestmark = pytest.mark.slow

__all__ = ["groups", "store"]  # fixtures

ROOM = "192.0.2.7"


def test_a_case_of_ones_own_from_an_assessment(groups: Groups, store: Store) -> None:
    made(store, dict(CASE.answers))
    page = app("trainer")
    summary = store.list()[0]
    calm(page.selectbox(key="typed:owncase:from").set_value(summary.id).run())
    press(page, "owncase.submit")
    assert say("owncase.no_title", "nl") in shown(page)
    hostile = "![x](https://example.org/p.png) **vet**"
    page.text_input(key="typed:owncase:title").set_value(hostile)
    page.text_area(key="typed:owncase:step:1:text").set_value(f"{hostile} Jansen belde.")
    page.text_area(key="typed:owncase:step:2:text").set_value("En verder.")
    page.text_input(key="typed:owncase:step:2:question").set_value("Wat doe je?")
    press(page, "owncase.submit")
    assert say("owncase.no_vote", "nl", step=2) in shown(page)
    for number in range(2):
        page.text_input(key=f"typed:owncase:step:2:choice:{number}").set_value(["Wachten", "Bellen"][number])
    page.text_area(key="typed:owncase:step:2:why").set_value("Daarom.")
    press(page, "owncase.submit")
    assert say("owncase.no_vote", "nl", step=2) in shown(page), "which choice is right is never decided by nobody"
    page.radio(key="typed:owncase:step:2:right").set_value(1)
    press(page, "owncase.submit")
    assert "Jansen" in " ".join(one.value for one in page.warning), "what can lead to people is shown first"
    assert OwnCases(knowledge_base()).all() == {}
    page.text_area(key="typed:owncase:step:1:text").set_value("Het begon.")
    page.text_input(key="typed:owncase:title").set_value("Van ons")
    press(page, "owncase.submit")
    assert say("owncase.read", "nl") in [one.value for one in page.warning], "read also where nothing is found"
    assert OwnCases(knowledge_base()).all() == {}
    page.text_area(key="typed:owncase:step:1:text").set_value(f"{hostile} Jansen belde.")
    page.text_input(key="typed:owncase:title").set_value(hostile)
    press(page, "owncase.submit")
    page.checkbox(key="owncase:sure").set_value(True)
    press(page, "owncase.submit")
    own = next(iter(OwnCases(knowledge_base()).all().values()))
    assert "core.heard-through" not in own.answers, "a source that must stay hidden"
    assert summary.title not in str(own)
    calm(page.selectbox(key="trainer:case:nl").set_value(own.id).run())
    press(page, "trainer.begin")
    assert page.header[0].value == escaped(hostile), "on the first slide"
    pressed(page, "trainer:on")
    assert f"{hostile} Jansen belde." in [one.value for one in page.text], "shown as it is"
    assert "example.org" not in "".join(str(one.value) for one in page.markdown)
    OwnCases(knowledge_base()).delete(own.id)
    calm(page.run())
    assert say("trainer.case_gone", "nl") in [one.value for one in page.warning]


def test_a_case_from_a_file(groups: Groups) -> None:
    page = app("trainer")
    calm(page.file_uploader[0].set_value(("x.yaml", b"id: [", "application/yaml")).run())
    assert say("owncase.wrong", "nl") in shown(page)
    calm(page.file_uploader[0].set_value(("x.yaml", write_case(COMPANY_A).encode(), "application/yaml")).run())
    press(page, "owncase.keep")
    assert [case.training for case in OwnCases(knowledge_base()).all().values()] == [COMPANY_A.training]


@pytest.fixture
def room() -> Iterator[None]:
    visitors._signer.cache_clear()
    lan.serve_at("192.0.2.2", 8501)
    yield
    lan.serve_at(None)
    visitors._signer.cache_clear()


@pytest.mark.parametrize("page", ["start", "questions", "advice", "trainer"])
def test_somebody_in_the_room_gets_the_vote_and_no_other_page(
    groups: Groups, room: None, page: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = made(store, dict(CASE.answers))
    group = groups.create(CASE.id)
    visitor = app("", "nl", b=opened, group=group)
    assert say("lan.only_here", "nl") in shown(visitor)
    with pytest.raises(ValueError, match="Known pages") as refused:
        visitor.switch_page(navigation.page(page))
    known = str(refused.value).split("Known pages")[1]
    assert known.count("screens/") == known.count(navigation.page("vote")) == 1
    code = groups.open(group).code
    assert say("vote.no_cookie", "nl") in shown(voter(code))
    monkeypatch.setattr(visitors, "token_in", lambda headers: "issued")
    assert say("vote.wait", "nl") in shown(voter(code))


@pytest.fixture
def phone(room: None, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], AppTest]:
    """A telephone in the room with the token and code of these names; all of them have one address."""

    def opened(token: str, code: str) -> AppTest:
        monkeypatch.setattr(visitors, "token_in", lambda headers: token)
        return voter(code)

    return opened


def test_one_who_guesses_codes_keeps_nobody_out(groups: Groups, phone: Callable[[str, str], AppTest]) -> None:
    right = groups.open(groups.create(CASE.id)).code
    assert say("vote.wait", "nl") in shown(phone("member", right))
    for _ in range(10):
        phone("guesser", "AAAAAA")
    assert say("vote.too_many", "nl") in shown(phone("guesser", right))
    assert say("vote.wait", "nl") in shown(phone("member", right)), "also after loading the page anew"
    assert say("vote.wait", "nl") in shown(phone("other", right)), "nor who comes later"
    for number in range(5):
        for _ in range(10):
            phone(f"guesser-{number}", "AAAAAA")
    assert say("vote.too_many", "nl") in shown(phone("late", right))
    assert say("vote.wait", "nl") in shown(phone("member", right))


def test_one_telephone_casts_no_more_votes_than_a_few(groups: Groups, phone: Callable[[str, str], AppTest]) -> None:
    code = groups.open(groups.create(CASE.id)).code
    said = [shown(phone(f"token-{number}", code)) for number in range(8)]
    assert sum(say("vote.wait", "nl") in one for one in said) == 5
    assert sum(say("vote.crowded", "nl") in one for one in said) == 3
    assert say("vote.no_cookie", "nl") in shown(phone("", code)), "an invented token is none"


def test_colleagues_see_where_they_differ(groups: Groups, store: Store) -> None:
    for opening in ("open", "open", "direct"):
        made(store, {**CASE.answers, "talk.opening": opening})
    page = app("trainer")
    fold = next(one for one in page.expander if one.label == say("differ.colleagues", "nl"))
    assert say("differ.two", "nl") not in shown(page), "made when it is opened"
    page.session_state["differ:colleagues"] = True
    calm(page.run())
    assert fold.label and say("differ.two", "nl") in shown(page)
    calm(page.multiselect[0].set_value([one.id for one in store.list()]).run())
    words = shown(page)
    assert escaped(knowledge_base().questions["talk.opening"].text.nl) in words
    assert say("effect.comes", "nl", after=say("verdict.stop", "nl")) in words
