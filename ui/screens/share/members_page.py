"""Sharing: who takes part in the open assessment, invitations, and the list of who saw and took out what."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from assessment.store import ROLES, Role, Stored, StoreError
from assessment.store.audit import Deed
from assessment.store.sharing import VALID, Member
from knowledge.base import knowledge_base
from ui import navigation
from ui.parts.widgets import moment, no_assessment
from ui.server.windows import windows
from ui.visit import hosting, invited, session
from ui.visit.session import language, store, t
from ui.words import as_code, escaped

_LINK = "invitation_link"
SHOWN = 20
"""So many lines of each list are shown at first, and each time that more are asked for."""

_One = TypeVar("_One")


def show() -> None:
    """Who takes part; for an owner the invitations and the list of who looked as well."""
    st.title(t("nav.sharing"), anchor=False)
    session.show_notice()
    if not hosting.has_users():
        st.info(t("hosting.alone"))
        return
    stored = session.current(fresh=True)
    if stored is None:
        no_assessment()
        return
    st.text(session.usable(stored.assessment, knowledge_base()).title)
    st.markdown(t("sharing.lead"))
    try:
        _members(stored)
        if stored.role != "owner":
            st.caption(t("sharing.owners_only"))
        else:
            _invite(stored.id)
            _open_invitations(stored.id)
            _audit(stored.id)
    except StoreError as error:  # another owner was first
        st.warning(error.text.in_(language()))


def _members(stored: Stored) -> None:
    st.header(t("sharing.members"), anchor=False)
    found = _some("members", lambda count: store().sharing.members(stored.id, count))
    for member in found:
        mine = member.person == hosting.user()
        with st.container(key=f"member:{member.person}", border=True):
            st.text(member.person)
            line = "sharing.you" if mine else "sharing.member"
            st.markdown(t(line, role=t(f"role.{member.role}"), date=moment(member.since)))
            if mine:
                if st.button(t("sharing.leave"), key="leave"):
                    _leave(stored.id)
            elif stored.role == "owner":
                _change(stored.id, member)
    _more("members", found)


def _leave(assessment: str) -> None:
    store().sharing.leave(assessment)
    session.close_assessment()
    session.notify("success", "sharing.left")
    st.switch_page(navigation.page("start"))


def _change(assessment: str, member: Member) -> None:
    role = st.selectbox(
        t("sharing.change"),
        ROLES,
        index=ROLES.index(member.role),
        format_func=lambda one: t(f"role.{one}"),
        key=f"role:{member.person}:{member.role}:{language()}",
    )
    with st.container(horizontal=True):
        if st.button(t("sharing.save_role"), key=f"save:{member.person}", disabled=role == member.role):
            store().sharing.change_role(assessment, member.person, role)
            if ROLES.index(role) < ROLES.index(member.role):
                windows.draw_anew(member.person)
            session.notify("success", "sharing.role_changed")
            st.rerun()
        if st.button(t("sharing.remove"), key=f"remove:{member.person}", type="tertiary"):
            store().sharing.withdraw(assessment, member.person)
            windows.draw_anew(member.person)
            session.notify("success", "sharing.removed")
            st.rerun()


def _invite(assessment: str) -> None:
    st.header(t("sharing.invite"), anchor=False)
    st.markdown(t("sharing.invite_lead", days=VALID.days))
    with st.form("invite", border=False):
        role: Role | None = st.radio(
            t("sharing.as"),
            ROLES,
            format_func=lambda one: t(f"role.{one}"),
            captions=[t(f"rolehint.{one}") for one in ROLES],
            key=f"invite:{language()}",
        )
        if st.form_submit_button(t("sharing.make"), type="primary") and role is not None:
            token = store().sharing.share(assessment, role)
            st.session_state[_LINK] = (assessment, invited.link(hosting.home(), token, language()))
    of, link = st.session_state.pop(_LINK, ("", ""))
    if of == assessment:
        st.success(t("sharing.link"))
        st.code(link, language=None, wrap_lines=True)


def _open_invitations(assessment: str) -> None:
    st.header(t("sharing.open"), anchor=False)
    waiting = _some("invitations", lambda count: store().sharing.invitations(assessment, count))
    if not waiting:
        st.markdown(t("sharing.open_none"))
    for one in waiting:
        with st.container(key=f"open:{one.id}", border=True):
            st.markdown(t("sharing.open_line", role=t(f"role.{one.role}"), date=moment(one.expires)))
            if st.button(t("sharing.uninvite"), key=f"uninvite:{one.id}", type="tertiary"):
                store().sharing.uninvite(assessment, one.id)
                session.notify("success", "sharing.uninvited")
                st.rerun()
    _more("invitations", waiting)


def _audit(assessment: str) -> None:
    st.header(t("sharing.audit"), anchor=False)
    st.markdown(t("sharing.audit_lead"))
    done = _some("audit", lambda count: store().sharing.audit(assessment, count)[::-1])
    if not done:
        st.markdown(t("sharing.audit_none"))
        return
    rows = [{"when": moment(one.moment), "who": as_code(one.who), "what": _told(one)} for one in done]
    st.table({t(f"sharing.{name}"): [row[name] for row in rows] for name in ("when", "who", "what")})
    _more("audit", done)


def _some(name: str, read: Callable[[int], tuple[_One, ...]]) -> tuple[_One, ...]:
    """As many as are shown of a list that can be long, which `read` gives."""
    shown: int = st.session_state.get(f"sharing:{name}", SHOWN)
    found = read(shown + 1)
    st.session_state[f"sharing:{name}:more"] = len(found) > shown
    return found[:shown]


def _more(name: str, shown: Sequence[object]) -> None:
    """A button for more of a list, where there are more than are shown."""
    if st.session_state.get(f"sharing:{name}:more"):
        st.button(t("start.saved_more"), key=f"more:{name}", on_click=_show_more, args=(name, len(shown)))


def _show_more(name: str, shown: int) -> None:
    st.session_state[f"sharing:{name}"] = shown + SHOWN


def _told(deed: Deed) -> str:
    role = t(f"role.{deed.about}") if deed.about in ROLES else ""
    return t(f"act.{deed.act}", role=role, about=escaped(deed.about or ""), whom=as_code(deed.whom or ""))


if __name__ == "__main__":
    show()
