"""The plan, tested, on the screen: whether each occasion can go on, what is most urgent, first steps, and cards."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from assessment.checklists import MOST_CONCLUDED, AtOnce, at_once, concluded, endangering, first_page, folded
from assessment.model import ActVerdict, Advice, AnswerInWords, Checklist, Going, Recommendation
from assessment.plan import Action, Plan, proposed_dates
from assessment.sheets.words import praised, row_in_words, unsaid
from knowledge.base import knowledge_base
from knowledge.text import Text
from knowledge.wording import with_names
from ui.parts.dates import written_date
from ui.parts.markup import TONES, Html, Tone, chip, draw, items, join, rests_on, say, tag, ticked, verdict_chip
from ui.parts.reason_markup import reason_tree
from ui.parts.widgets import words
from ui.visit.session import language, t

STEPS = 3
KEPT = 4
OPEN = 2  # so many acts of a card on danger stand open


def conclusion(advice: Advice) -> None:
    """What comes first: whether each occasion can go on; of which the same is said stand on one line."""
    titles: dict[Going, list[str]] = {}
    for each in advice.occasions:
        titles.setdefault(each.verdict, []).append(say(each.title))
    lines = [
        join(chip(TONES[verdict], t(f"going.{_name(verdict)}")), _going(" · ".join(alike), verdict))
        for verdict, alike in titles.items()
    ]
    if lines:
        draw(tag("div", items("rows slim", lines), cls="panel"))


def most_urgent(advice: Advice, notes: Mapping[str, str], most: int = MOST_CONCLUDED) -> None:
    """The most urgent cards, each with its most urgent act, and what to do instead.

    `notes` are the user's own words, by id of the row.
    """
    verdicts = {one.act: one for one in advice.verdicts}
    lines = []
    for card in concluded(advice.checklists, most):
        title = tag("b", say(card.title))
        if card.verdicts:
            act = verdicts[card.verdicts[0]]
            row = _in_words(act.label, act.rows, notes)  # on one line: all of it stands on the card
            named = tag("p", row, cls="soft", title=row)
            told = tag("p", say(act.instead)) if act.instead else None
            lines.append(join(verdict_chip(act), tag("div", title, named, told)))
        else:
            lines.append(join(chip("now", t("verdict.go_ahead")), tag("div", title)))
    danger = any(one.tier == 1 for one in advice.checklists)
    first = tag("p", t("advice.safety_lead"), cls="warning") if danger else None
    body = items("rows slim", lines) if lines else tag("p", t("advice.plan_fine"))
    others = " · ".join(say(card.title) for card in endangering(advice.checklists, most))
    danger_too = tag("p", t("advice.danger_too", cards=others)) if others else None
    draw(tag("section", tag("h2", t("advice.plan_tested")), first, body, danger_too, cls="panel"))


def first_steps(plan: Plan, notes: Mapping[str, str]) -> None:
    """The first things to do, in the order of the plan. `notes` hold what the user calls an organisation."""
    some = [one for one in plan.actions if one.open][:STEPS]
    proposed = proposed_dates(plan, date.today())
    if some:
        draw(
            tag("h2", t("advice.steps")),
            items("steps", (_step(one, proposed.get(one.key), notes) for one in some), "ol"),
        )


def _step(action: Action, proposed: date | None, notes: Mapping[str, str]) -> Html:
    task, decision = action.task, action.decision
    kind = t("advice.step_find_out") if task.kind == "homework" else ""
    when = written_date(decision.due) or (t("plan.by", date=written_date(proposed)) if proposed else "")
    said = " · ".join(filter(None, (kind, decision.owner, when)))
    first, stop, rest = (decision.words or say(_named(task.title, notes))).partition(". ")
    return join(tag("b", first + stop), rest, tag("div", said, cls="soft") if said else None)


def _named(text: Text, notes: Mapping[str, str]) -> Text:
    return with_names(text, knowledge_base().wordings.values(), notes)


def kept(advice: Advice, notes: Mapping[str, str]) -> None:
    """What is good as it is. `notes` are the user's own words, by id of the row: they stand behind it."""
    _listed(
        "keep_danger" if advice.safety else "keep",
        "✓",
        "good",
        (_in_words(one.label, one.rows, notes) for one in praised(advice, notes, language())),
    )


def _in_words(label: Text, rows: Sequence[str], notes: Mapping[str, str], mind: Text | None = None) -> str:
    """A row with the user's own words, and what to mind."""
    return row_in_words(say(label), rows, notes, language(), say(mind) if mind else "")


def _listed(key: str, sign: str, tone: Tone, told: Iterable[str]) -> None:
    """A line for each of these rows, once: there is nothing more to say on them. The first ones are read at once."""
    lines = [ticked(sign, tone, one) for one in dict.fromkeys(told)]
    if lines:
        summary = tag("summary", t("advice.keep_more", count=len(lines) - KEPT))
        more = tag("details", summary, items("ticks", lines[KEPT:]), cls="fold") if lines[KEPT:] else None
        draw(tag("section", tag("h2", t(f"advice.{key}")), items("ticks keep", lines[:KEPT]), more, cls="panel"))


def line(one: ActVerdict) -> None:
    """A verdict with what to do."""
    said = f"**{t(f'verdict.{_name(one.verdict)}')}** · {words(one.label)}"
    st.markdown(f"{said}  \n{words(one.instead) if one.instead else ''}")


def _name(verdict: str) -> str:
    return verdict.replace("-", "_")


def _going(title: str, verdict: str) -> Html:
    return tag("div", tag("b", title), ": ", t(f"occasion.{_name(verdict)}"))


def cards(advice: Advice, notes: Mapping[str, str]) -> None:
    """The checklists of the first page, each one line until it is opened, and the titles of the others.

    `notes` are the user's own words, by id of the act: they stand behind it.
    """
    verdicts = {one.act: one for one in advice.verdicts}
    advised = {one.card: one for one in advice.recommendations}
    if advice.checklists:
        st.header(t("advice.cards"), anchor=False)
        draw(*(_card(one, verdicts, advised, notes) for one in first_page(advice.checklists)))
    later = folded(advice.checklists)
    if later:
        st.caption(t("advice.later", cards=" · ".join(words(one.title) for one in later)))
    _listed("allowed", "✓", "good", (_in_words(one.label, one.rows, notes) for one in advice.allowed))
    held = unsaid(advice, notes, language())
    minded = (_in_words(one.label, (one.row,), notes, one.mind) for one in held if one.mind)
    _listed("withheld", "–", "quiet", minded)
    _listed("unsaid", "–", "quiet", (_in_words(one.label, (one.row,), notes) for one in held if not one.mind))


def _card(
    one: Checklist, verdicts: dict[str, ActVerdict], advised: dict[str, Recommendation], notes: Mapping[str, str]
) -> Html:
    """A card. What endangers people stands open: the first acts, and of each other one that it is there."""
    danger = one.tier == 1
    opened = OPEN if danger else len(one.verdicts)
    found = [(verdicts[act], _in_words(verdicts[act].label, verdicts[act].rows, notes)) for act in one.verdicts]
    first = verdict_chip(verdicts[one.verdicts[0]]) if one.verdicts else chip("now", t("verdict.go_ahead"))
    summary = tag("summary", first, tag("span", say(one.title), cls="title"), tag("span", _standing(one), cls="soft"))
    told = at_once(one.card, [act for act, _ in found], knowledge_base())
    alike = [each for each in found if told is not None and each[0].act in told.acts]
    others = [each for each in found if each not in alike]
    inside = tag(
        "div",
        _at_once(told, alike) if told is not None else None,
        *(tag("div", tag("p", *_row(*each)), *_told(each[0]), cls="verdict") for each in others[:opened]),
        *(_folded(_row(*each), _told(each[0])) for each in others[opened:]),
        *(_advised(advised[card], folded=danger) for card in one.recommendations),
        _answers("missing", "✗", one.missing, folded=danger),
        _answers("unknown", "?", one.unknown, folded=danger),
        _answers("arranged", "✓", one.arranged, folded=danger),
    )
    cls, is_open = ("card danger-card", {"open": ""}) if danger else ("card", {})
    return tag("details", summary, inside, cls=cls, id=f"card-{one.card}", **is_open)


def _at_once(told: AtOnce, alike: Sequence[tuple[ActVerdict, str]]) -> Html:
    """Acts that must stop for the same reason: what to do in their place, and each with its reasons a tap away."""
    return tag(
        "div",
        tag("p", verdict_chip(alike[0][0]), " ", tag("b", t("advice.at_once", count=len(alike)))),
        tag("p", say(told.because)),
        tag("p", say(told.instead), cls="do"),
        *(_folded(_row(*each), _told(each[0])) for each in alike),
        cls="verdict",
    )


def _folded(title: Iterable[Html | str], told: Iterable[Html | None]) -> Html:
    """A line of a card that is open by itself, with what it tells a tap away."""
    return tag("details", tag("summary", *title), tag("div", *told, cls="verdict"), cls="line")


def _standing(one: Checklist) -> str:
    occasion = _occasions().get(one.occasion or "")
    parts = [occasion] if occasion else []
    parts.append(t("advice.to_do", count=len(one.verdicts) + len(one.recommendations)))
    if one.unknown:
        parts.append(t("advice.not_known", count=len(one.unknown)))
    return " · ".join(parts)


def _occasions() -> dict[str, str]:
    question = knowledge_base().questions.get("core.first")
    return {option.id: say(option.label) for option in question.options} if question is not None else {}


def _row(one: ActVerdict, row: str) -> tuple[Html | str, ...]:
    """The verdict, and on what."""
    return verdict_chip(one), " ", tag("b", row)


def _told(one: ActVerdict) -> tuple[Html | None, ...]:
    return (
        tag("p", say(one.because)),
        tag("p", say(one.instead), cls="do") if one.instead else None,
        tag("p", t("advice.say", words=say(one.say)), cls="words") if one.say else None,
        tag("p", t("advice.do_not_say", words=say(one.do_not_say)), cls="words not") if one.do_not_say else None,
        tag(
            "details",
            tag("summary", t("advice.why")),
            reason_tree([one.reason]),
            rests_on(one.sources, one.basis),
            cls="fold",
        ),
    )


def _advised(one: Recommendation, folded: bool) -> Html:
    lesson = one.lessons[0].lesson
    why = tag(
        "details",
        tag("summary", t("advice.why")),
        reason_tree([reason for each in one.lessons for reason in each.reasons]),
        tag("p", say(lesson.evidence)),
        rests_on(lesson.sources, lesson.basis),
        cls="fold",
    )
    told, title = [tag("p", say(each.lesson.advice)) for each in one.lessons], tag("b", say(one.title))
    return _folded([title], [*told, why]) if folded else tag("div", tag("p", title), *told, why, cls="verdict")


def _answers(key: str, sign: str, answers: Sequence[AnswerInWords], folded: bool) -> Html | None:
    if not answers:
        return None
    lines = items("ticks", (ticked(sign, "quiet", f"{say(one.asked)} {say(one.answer)}") for one in answers))
    title = tag("b", t(f"listed.{key}"))
    return _folded([title, f" {len(answers)}"], [lines]) if folded else tag("div", tag("p", title), lines)
