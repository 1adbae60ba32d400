"""The report of the chair after a dialogue, with a joint action plan."""

from collections.abc import Iterator

from babel.dates import format_date

from assessment.sheets.compose.letters.draft import Draft, Part
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, Heading, Paragraph, Table

PARTS: tuple[Part, ...] = (
    ("report.results", ("FU-report-and-joint-plan-documents", "MS-verify-outcomes-with-weaker-parties")),
    ("plan", ("FU-agreements-who-and-when", "FU-check-what-changes-for-workers", "FU-broaden-core-team-for-follow-up")),
    ("report.feedback", ("FU-report-promptly", "MS-involve-those-not-at-table")),
    ("report.next", ("FU-next-session-to-confirm-plan",)),
    ("report.evaluation", ("FU-evaluate-dialogue-with-participants",)),
)
OPEN_ROWS = 6
THEMES, MANY_THEMES = 2, 4
"""So many subjects have room in the report; the second where many stand on the programme."""
GROUPS = ("buyers", "suppliers", "workers", "ngos", "authorities")
GROUP_OF = {
    "suppliers": "suppliers",
    "union": "workers",
    "ngo": "ngos",
    "authority": "authorities",
    "competitors": "buyers",
    "only-business": "suppliers",
}
"""The group of the report that an invited party belongs to."""
OURS = ("dialogue", "follow-up")
"""The themes whose actions a company can bring into a joint plan."""


def chair_report(draft: Draft) -> Document:
    """The report: goals, parts, number of themes and own actions from the answers and the plan, the rest to fill in."""
    return draft.document("report", "chair-report", _blocks(draft))


def _blocks(draft: Draft) -> Iterator[Block]:
    t = draft.t
    yield Fields(((t("line.dialogue"), ""), (t("line.date"), ""), draft.where(), (t("line.chair"), "")))
    yield Alert(t("report.safety"), tuple(t(f"report.safety.{number}") for number in (1, 2, 3)))
    yield Heading(t("report.who"))
    yield Paragraph(t("report.who.about"))
    rows = tuple((t(f"group.{group}"), "", "") for group in _groups(draft))
    yield Table(t("report.who.caption"), (t("column.group"), t("column.organisations"), t("column.people")), rows)
    yield from _goals(draft)
    yield from _learned(draft)
    yield Heading(t("report.results"))
    yield Paragraph(t("report.results.about"))
    themes = MANY_THEMES if "many-themes" in draft.chosen("event.parts") else THEMES
    for number in range(1, themes + 1):
        yield Heading(t("report.theme", number=number), 2)
        yield draft.lines("line.theme", "line.shared", "line.differs", "line.agreed")
    yield from _plan(draft)
    yield Heading(t("report.feedback"))
    yield Paragraph(t("report.feedback.agreed" if draft.reporting_agreed() else "report.feedback.about"))
    told = tuple((t(f"feedback.{who}"), "", "", "") for who in ("participants", "workers", "absent", "public"))
    columns = ("column.to-whom", "column.how", "column.by-whom", "column.when")
    yield Table(t("report.feedback.caption"), tuple(map(t, columns)), told)
    yield Heading(t("report.next"))
    yield Paragraph(t("report.next.about"))
    yield draft.lines("line.date", "line.next-subject", "line.convenes")
    yield Heading(t("report.evaluation"))
    yield Paragraph(t("report.evaluation.about"))
    yield draft.lines("line.meaning", "line.reached", "line.differently")
    yield Heading(t("report.signed"))
    settled = tuple((t(f"line.{line}"), "") for line in ("chair", "date-place", "signature"))
    yield Table(t("report.signed.caption"), (t("intent.status.what"), t("report.signed.by")), settled, signed=(2,))


def _groups(draft: Draft) -> tuple[str, ...]:
    """The groups that were invited; all, where that is not known."""
    invited = {GROUP_OF[one] for one in draft.chosen("event.parties") if one in GROUP_OF}
    return tuple(one for one in GROUPS if not invited or one in invited or one == "buyers")


def _goals(draft: Draft) -> Iterator[Block]:
    goals = draft.said("core.goal", "dialogue-goal")
    yield Heading(draft.t("report.goals"))
    yield Paragraph(draft.t("report.goals.about" if goals else "report.goals.open"))
    yield Bullets(goals)
    yield draft.lines("line.reached-so-far") if goals else draft.lines("line.goal-1", "line.goal-2")


def _learned(draft: Draft) -> Iterator[Block]:
    parts = draft.parts()
    if parts:
        yield Heading(draft.t("report.learned"))
        yield draft.lines(*(f"learned.{part}" for part in parts))


def _plan(draft: Draft) -> Iterator[Block]:
    t = draft.t
    yield Heading(t("plan"))
    yield Paragraph(t("plan.about"))
    taken = [
        action
        for action in draft.dossier.plan.actions
        if action.open
        and action.decision.status in ("accepted", "adapted")
        and action.task.theme in OURS
        and action.task.kind == "recommendation"  # what is said of an act is for the company itself
    ]
    rows = [
        (
            str(number),
            action.task.title.in_(draft.language),
            action.decision.owner or t("plan.our-company"),
            format_date(action.decision.due, "short", locale=draft.language) if action.decision.due else "",
            "",
        )
        for number, action in enumerate(taken, start=1)
    ]
    rows += [(str(number), "", "", "", "") for number in range(len(rows) + 1, len(rows) + OPEN_ROWS + 1)]
    columns = ("column.number", "column.what", "column.who", "column.when", "column.changes")
    yield Table(t("plan.caption"), tuple(map(t, columns)), tuple(rows))
    if taken:
        yield Paragraph(t("plan.ours"), quiet=True)
    yield draft.lines("line.responsible", "line.checks")
