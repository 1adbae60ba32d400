"""The page on a participant's telephone: the question of the moment and its choices, and nothing else."""

import secrets
from collections.abc import Mapping

import streamlit as st

from assessment.store.errors import StoreError
from assessment.training.codes import as_code
from assessment.training.group import Group, at
from assessment.training.groups import NoGroup
from assessment.training.measuring import votes_of
from knowledge.model import Vote
from knowledge.situations import Situation
from ui.screens.trainer.training import case_of, groups, guesses, joined, played
from ui.server import lan, visitors
from ui.visit import hosting, session
from ui.visit.session import keep_in_address, language, t
from ui.words import escaped

CODE = "code"
"""The code of the group, in the address and in the session."""
EVERY = 3  # seconds between two looks at what the trainer does
_TOKEN = "voter"
_PLACE = "test_place"


def show() -> None:
    """The vote of the group whose code the address names; without a code that is known, a field for it."""
    keep_in_address(CODE)
    st.title(t("vote.title"), anchor=False)
    me = _me()
    if me is None:
        st.error(t("vote.no_cookie"))
        return
    code = st.session_state.get(CODE)
    if not code or not _known(as_code(code), me):
        _ask(code)
        return
    _follow(as_code(code), me)


def _me() -> str | None:
    """Who votes: a user, or else a browser by the token that it was given here; None where it has none."""
    if hosting.has_users():
        return session.who()
    issued = visitors.token_in(st.context.headers)
    if issued or lan.is_guest(st.context.headers):
        return issued or None
    own: str = st.session_state.setdefault(_TOKEN, secrets.token_urlsafe(18))
    return own


def _place() -> str | None:
    """From where somebody in the room votes; None where it does not count, as they are known."""
    found = st.context.ip_address
    return (found if isinstance(found, str) else "unknown") if lan.is_guest(st.context.headers) else None


def _known(code: str, me: str) -> bool:
    """Whether a group has this code. Whoever joined it is not kept out by the wrong codes of others."""
    place = _place()
    if not joined().has(code, me, place) and not guesses().allowed(me, place or me):
        st.error(t("vote.too_many"))
        return False
    try:
        groups().joined(code)
    except NoGroup:
        guesses().wrong(me, place or me)
        st.error(t("vote.no_group"))
        return False
    if not joined().add(code, me, place):
        st.error(t("vote.crowded"))
        return False
    return True


def _ask(tried: str | None) -> None:
    if tried:
        st.session_state.pop(CODE, None)
        st.query_params.pop(CODE, None)
    with st.form("join", border=False):
        typed = st.text_input(t("vote.code"), help=t("vote.code_help"))
        if st.form_submit_button(t("vote.join"), type="primary") and typed.strip():
            st.session_state[CODE] = as_code(typed)
            st.query_params[CODE] = as_code(typed)
            st.rerun()


@st.fragment(run_every=EVERY)
def _follow(code: str, me: str) -> None:
    try:
        group = groups().joined(code)
    except NoGroup:
        st.info(t("vote.ended"))
        return
    case = case_of(group)
    if case is None:
        st.info(t("vote.ended"))
        return
    if tests := votes_of(group.view):
        _test(group, tests, me)
        return
    here = at(group, played(case)[1])
    if group.view == "story" and here.kind == "lesson":
        st.info(t("vote.finished"))
        return
    vote = here.vote if group.view == "story" else None
    ballot = group.ballots.get(vote.id) if vote is not None else None
    if vote is None or ballot is None:
        st.info(t("vote.wait"))
        return
    _question(vote)
    if ballot.state != "open":
        st.info(t("vote.closed"))
        return
    _choose(group, vote, me)


def _test(group: Group, tests: Mapping[str, Situation], me: str) -> None:
    """The situations of a test one after the other, each once it is open."""
    if group.step != 1:
        st.info(t("vote.wait" if group.step == 0 else "vote.test_closed"))
        return
    names = list(tests)
    key = f"{_PLACE}:{group.code}:{group.view}"
    place = min(st.session_state.get(key, 0), len(names))
    if place == len(names):
        st.success(t("vote.test_done"))
    else:
        one = tests[names[place]]
        st.progress(place / len(names), text=t("vote.test_place", place=place + 1, count=len(names)))
        st.markdown(escaped(one.told.in_(language())))
        _question(one)
        _choose(group, one.model_copy(update={"id": names[place]}), me)
    with st.container(horizontal=True):
        st.button(t("trainer.back"), on_click=_to, args=(key, place - 1), disabled=place == 0, key="test:back")
        if place < len(names):
            voted = groups().voted(group.id, names[place], me)[0]
            on = t("vote.test_next" if place + 1 < len(names) else "vote.test_ready")
            st.button(on, on_click=_to, args=(key, place + 1), disabled=not voted, key="test:next")


def _question(vote: Vote | Situation) -> None:
    with st.container(key="announce:question"):
        st.header(escaped(vote.question.in_(language())), anchor=False)


def _to(key: str, place: int) -> None:
    st.session_state[key] = place


def _choose(group: Group, vote: Vote, me: str) -> None:
    voted, mine = groups().voted(group.id, vote.id, me)
    if voted and mine is None:
        st.info(t("vote.stands"))
        return
    with st.container(key="ballot"):
        for choice in vote.choices:
            label = escaped(choice.text.in_(language()))
            st.button(
                t("vote.chosen", choice=label) if choice.id == mine else label,
                key=f"choice:{group.code}:{vote.id}:{choice.id}:{language()}",
                type="primary" if choice.id == mine else "secondary",
                width="stretch",
                on_click=_cast,
                args=(group.id, vote.id, choice.id, me),
            )
    with st.container(key="announce:counted"):
        st.caption(t("vote.counted") if voted else t("vote.once"))


def _cast(group: str, vote: str, choice: str, me: str) -> None:
    try:
        groups().vote(group, vote, choice, me)
    except StoreError as error:
        st.toast(escaped(error.text.in_(language())))


if __name__ == "__main__":
    show()
