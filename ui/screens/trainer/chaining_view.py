"""The whole course of forward chaining, for who wants to see it; and what another answer does."""

from collections.abc import Iterable

import streamlit as st

from assessment.model import Assessment
from assessment.training.chaining import Fired, facts, layers
from assessment.training.trying import changes, kept
from knowledge.base import knowledge_base
from knowledge.model import Answers, Scenario
from rules.engine.inference import Trace, inference
from rules.engine.memory import working_memory
from ui.parts.what_if import consequences
from ui.parts.widgets import words
from ui.screens.trainer.boards import changed, staying
from ui.visit.session import t


def _run(answers: Answers) -> Trace:
    return inference().run(working_memory(answers, knowledge_base().questions))


def chaining(case: Scenario) -> None:
    """Step through the rounds of forward chaining on a case."""
    st.markdown(t("chain.lead"))
    trace = _run(case.answers)
    base = inference().base
    memory, rounds = facts(trace, base), layers(trace, base)
    key = f"chain:{case.id}"
    shown: int = min(st.session_state.get(key, 0), len(rounds))
    with st.container(horizontal=True):
        st.button(
            t("chain.next") if shown < len(rounds) else t("chain.done"),
            type="primary",
            disabled=shown == len(rounds),
            on_click=_step,
            args=(key, shown + 1),
            key="chain:next",
        )
        st.button(t("chain.again"), disabled=shown == 0, on_click=_step, args=(key, 0), key="chain:again")
    fired = sum(len(one.fired) for one in rounds[:shown])
    st.markdown(t("chain.memory", facts=len(memory), findings=fired))
    with st.expander(t("chain.facts", count=len(memory)), expanded=shown == 0, key=f"chain:facts:{shown == 0}"):
        st.markdown("\n".join(f"- {words(one.asked)} **{words(one.answer)}**" for one in memory))
    for layer in reversed(rounds[:shown]):
        st.subheader(t("chain.layer", number=layer.number, fired=len(layer.fired), rules=layer.rules), anchor=False)
        if layer.number == shown:
            _fired(layer.fired)
        else:
            with st.expander(t("chain.layer_open", count=len(layer.fired)), key=f"chain:layer:{layer.number}"):
                _fired(layer.fired)
    if shown == len(rounds):
        st.markdown(t("chain.end"))
    st.caption(t(f"chain.engine_{trace.engine.split('-')[0]}"))


def _step(key: str, shown: int) -> None:
    st.session_state[key] = shown


def _fired(some: Iterable[Fired]) -> None:
    lines = []
    for one in some:
        advises = f" {t('chain.advises', card=words(one.card))}" if one.card is not None else ""
        lines.append(f"- **{words(one.why.says)}**{advises}")
        lines += [f"    - {line}" for line in _grounds(one)]
    st.markdown("\n".join(lines) if lines else t("chain.none"))


def _grounds(fired: Fired) -> list[str]:
    """Each ground on a line: the answers and the earlier findings that together are enough."""
    lines = []
    for ground in fired.why.grounds:
        parts = [
            *(t("chain.answer", question=words(one.asked), answer=words(one.answer)) for one in ground.answers),
            *(
                t(
                    "chain.finding" if finding.holds else "chain.not_finding",
                    finding=words(finding.says).removesuffix("\\."),
                )
                for finding in ground.findings
            ),
        ]
        if parts:
            lines.append(t("chain.because", parts=f" **{t('chain.and')}** ".join(parts)))
    return lines


def effect_of(now: Assessment, then: Assessment) -> None:
    """What another answer does to the advice; where that is nothing, what keeps it as it is."""
    found = changes(now.answers, then.answers, inference())
    changed(found)
    if not found:
        staying(kept(now.answers, then.answers, inference()))
    with st.expander(t("effect.more")):
        consequences(now, then)
