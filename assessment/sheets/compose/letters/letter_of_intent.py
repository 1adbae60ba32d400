"""The letter of intent between a company and a partner, and points for a memorandum of understanding."""

from collections.abc import Iterator

from assessment.sheets.compose.letters.draft import Draft, Part
from assessment.sheets.document import Alert, Block, Bullets, Document, Heading, PageBreak, Paragraph, Table

POINTS: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("interests", 2, ("PS-tip-open-about-interests", "PS-local-find-shared-interest")),
    ("tasks", 3, ("PS-tip-divide-tasks", "PS-tip-mind-capacity")),
    ("expectations", 2, ("PS-local-realistic-expectations",)),
    ("approach", 1, ("PS-local-co-create",)),
    ("return", 2, ("PS-advice-is-not-free", "PS-local-give-something-back")),
    ("contact", 3, ("PS-tip-communicate-regularly", "PS-tip-keep-agreements")),
    ("information", 1, ("FU-agree-disclosure-with-workers", "FU-source-disclosure-test")),
    ("name", 1, ("PS-legitimacy-no-image-polishing", "FU-clarify-contributions-and-claims")),
    ("duration", 2, ("PS-tip-long-term",)),
    ("evaluation", 2, ("PS-tip-evaluate",)),
    ("end", 1, ("FU-tell-partners-when-relation-ends",)),
)
"""The points in their order: name, how many things there are to settle, and the lessons that they rest on."""
PHASES = ("preparation", "process", "execution", "follow-up")


def letter_of_intent(draft: Draft) -> Document:
    """The letter, with what the answers say of the goals."""
    return draft.document("intent", "letter-of-intent", _blocks(draft))


def _blocks(draft: Draft) -> Iterator[Block]:
    t = draft.t
    yield draft.lines("line.company", "line.partner")
    yield Heading(t("intent.goal"))
    goals = tuple(t(f"goal.{goal}") for goal in draft.partner_goals())
    yield Paragraph(t("intent.goal.about"))
    yield Bullets(goals)
    yield draft.lines(*(("line.goal-more",) if goals else ("line.goal-1",)))
    yield Alert(t("intent.safety"), tuple(t(f"intent.safety.{number}") for number in (1, 2, 3)))
    yield Heading(t("intent.contribution"))
    yield Paragraph(t("intent.contribution.about"))
    sides = (t("line.company-brings"), t("line.partner-brings"))
    brought = draft.said("org.asked", "asked")
    phases = tuple(
        (t(f"intent.phase.{phase}"), "", "; ".join(brought) if phase == "execution" else "") for phase in PHASES
    )
    yield Table(t("intent.contribution.caption"), (t("intent.phase"), *sides), phases)
    yield Heading(t("intent.status"))
    yield Paragraph(t("intent.status.about"))
    signed = (t("line.signed-company"), t("line.signed-partner"))
    lines = tuple((t(f"line.{line}"), "", "") for line in ("name", "date-place", "signature"))
    yield Table(t("intent.status.caption"), (t("intent.status.what"), *signed), lines, signed=(len(lines) - 1,))
    yield PageBreak()
    yield Heading(t("points"))
    yield Paragraph(t("points.about"))
    rows = tuple(
        (t(f"point.{name}"), t(f"point.{name}.text"), _to_settle(draft, name, lines), "") for name, lines, _ in POINTS
    )
    yield Table(t("points.caption"), tuple(t(f"points.{one}") for one in ("point", "start", "settle", "agreed")), rows)


def _to_settle(draft: Draft, name: str, lines: int) -> str:
    first, *others = (draft.t(f"point.{name}.line-{number}") for number in range(1, lines + 1))
    return "; ".join((first, *(one[0].lower() + one[1:] for one in others)))


def parts() -> Iterator[Part]:
    """What each part of the letter rests on."""
    yield "intent.contribution", ("PS-tip-letter-of-intent",)
    yield "points", ("PS-advice-mou-or-project",)
    yield from ((f"point.{name}", lessons) for name, _, lessons in POINTS)
