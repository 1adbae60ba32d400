"""Scores as what they are: conditions that are met, not met or not known, each a mark that a word goes with."""

from assessment.model import Advice, Contribution, Score, Standing
from ui.parts.markup import Html, Tone, draw, items, join, say, tag, ticked
from ui.visit.session import t

MARKS: dict[str, tuple[str, Tone]] = {"met": ("✓", "good"), "not_met": ("✗", "now"), "open": ("?", "quiet")}


def conditions(advice: Advice) -> None:
    """The conditions of each theme, with what they are behind a fold."""
    if not advice.scores:
        draw(tag("p", t("advice.scores_none")))
        return
    draw(tag("section", *map(_theme, advice.scores), cls="panel"))


def met(standing: Standing) -> str:
    """How many conditions are met, and how many are open."""
    said = t("conditions.count", met=standing.met, all=standing.all)
    return f"{said}, {t('conditions.open', count=standing.unknown)}" if standing.unknown else said


def state_of(one: Contribution) -> str:
    """Whether a condition is met, not met, or open: unanswered, not known, or not sure to count."""
    if not one.certain or one.lowest != one.highest:
        return "open"
    return "met" if one.lowest == 1 else "not_met"


def _theme(score: Score) -> Html:
    states = [state_of(one) for one in score.contributions]
    marks = tag("span", *(_mark(one) for one in sorted(states, key=list(MARKS).index)), cls="marks", aria_hidden="true")
    row = tag("div", tag("b", say(score.title)), marks, tag("span", met(score.standing)), cls="score")
    held = items("ticks", (ticked("!", "now", t("conditions.held", why=say(one.says))) for one in score.capped_by))
    lines = items("ticks", map(_line, score.contributions))
    which = tag("details", tag("summary", t("conditions.which")), lines, cls="fold")
    return join(row, held if score.capped_by else None, which)


def _mark(state: str) -> Html:
    sign, tone = MARKS[state]
    return tag("i", sign, cls=tone)


def _line(one: Contribution) -> Html:
    sign, tone = MARKS[state_of(one)]
    word = t(f"conditions.{state_of(one)}_word")
    return ticked(sign, tone, f"{word}: {say(one.asked)} {say(one.answer)}")
