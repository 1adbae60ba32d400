"""The other views on a case as the room sees them: one advice followed, one answer changed, two cases."""

import streamlit as st

from assessment.training.group import Group
from assessment.training.trail import TrailStep, followed, trail
from assessment.training.trying import Kept, Trial, VerdictChange
from knowledge.model import Scenario
from rules.engine.inference import inference
from ui.parts.markup import Html, chip, draw, items, join, rests_on, say, tag
from ui.parts.widgets import words
from ui.screens.trainer.headings import heading
from ui.screens.trainer.measure_view import measured
from ui.screens.trainer.remote import STAGES, followed_advice, trials
from ui.screens.trainer.side_by_side import side_by_side
from ui.screens.trainer.training import played
from ui.visit.session import t


def board(group: Group, case: Scenario, joining: bool = False) -> None:
    """The view that the room sees, at the step where it is; with `joining` a test tells how telephones join."""
    if group.view == "rules":
        _trail(group, case)
    elif group.view == "effect":
        _effect(group, case)
    elif group.view == "pair":
        side_by_side(case, group.about, STAGES[min(group.step, len(STAGES) - 1)])
    else:
        measured(group, joining)


def _trail(group: Group, case: Scenario) -> None:
    advice, about = played(case)[0], followed_advice(group, case)
    steps = trail(advice, about, inference().base)
    if not steps:
        st.info(t("advice.nothing"))
        return
    draw(tag("p", t("trail.about", label=say(followed(advice)[about])), cls="soft"))
    step = steps[min(group.step, len(steps) - 1)]
    heading(t(f"trail.{step.kind}"))
    _trail_step(step)


def _trail_step(step: TrailStep) -> None:
    if step.says is not None:
        said = words(step.says) if step.holds else t("trail.not", says=words(step.says))
        st.markdown(f"**{said}**" if step.kind in ("finding", "advice") else said)
    given = [tag("div", say(one.says) if one.holds else t("trail.not", says=say(one.says))) for one in step.given]
    answers = [join(tag("span", say(one.asked), cls="soft"), " ", tag("b", say(one.answer))) for one in step.answers]
    if given or answers:
        lead = tag("p", t("trail.because")) if step.kind in ("finding", "advice") else None
        draw(join(lead, items("trail", [*answers, *given])))
    if step.sources:
        draw(rests_on(step.sources, step.basis))


def _effect(group: Group, case: Scenario) -> None:
    some = trials(case)
    if not some:
        st.info(t("effect.nothing"))
        return
    trial(some[min(group.step, len(some) - 1)])


def trial(one: Trial) -> None:
    """One other answer, and what it does to the advice."""
    heading(words(one.asked))
    draw(
        tag(
            "div",
            tag("p", tag("span", t("effect.before"), cls="soft"), " ", say(one.before)),
            tag("p", tag("span", t("effect.after"), cls="soft"), " ", tag("b", say(one.after))),
            cls="panel",
        )
    )
    changed(one.changes)


def changed(some: tuple[VerdictChange, ...]) -> None:
    """What is advised otherwise."""
    if some:
        draw(items("rows", map(_changed, some)))


def _changed(one: VerdictChange) -> Html:
    kinds = [t(f"verdict.{kind.replace('-', '_')}") if kind else "" for kind in (one.before, one.after)]
    if one.before is None:
        told, tone = t("effect.comes", after=kinds[1]), "danger" if one.danger else "now"
    elif one.after is None:
        told, tone = t("effect.goes", before=kinds[0]), "good"
    else:
        told = t("effect.turns", before=kinds[0], after=kinds[1])
        tone = "danger" if one.danger and one.after != "go-ahead" else "now"
    return join(chip(tone, told), tag("div", say(one.label)))  # type: ignore[arg-type]


def staying(some: tuple[Kept, ...]) -> None:
    """What keeps an advice in place, where another answer changes nothing."""
    if not some:
        st.markdown(t("effect.carries_nothing"))
        return
    for one in some:
        st.markdown(t("effect.stays", label=words(one.label)))
        st.markdown("\n".join(f"- {words(each.asked)} **{words(each.answer)}**" for each in one.answers))
