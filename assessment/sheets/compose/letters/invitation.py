"""The invitation to a dialogue between more parties, with the briefing for its participants."""

from collections.abc import Iterator

from assessment.sheets.compose.letters.draft import Draft, Part
from assessment.sheets.document import Alert, Block, Bullets, Document, Fields, Heading, PageBreak, Paragraph, Table

PARTS: tuple[Part, ...] = (
    ("invite.goals", ("MS-programme-from-goals", "MS-manage-expectations-of-first-meeting")),
    ("invite.practical", ("MS-travel-support-for-participants", "MS-session-language-support")),
    ("briefing.programme", ("MS-transparency-plus-preparation", "MS-prepare-briefing-and-bilateral-goals")),
    ("briefing.rules", ("MS-session-ground-rules", "MS-agenda-equal-roles")),
    ("briefing.safety", ("WL-barrier-fear-of-reprisal", "FU-source-disclosure-test")),
    ("briefing.results", ("MS-session-protect-closing", "FU-plan-reporting-in-advance", "FU-report-promptly")),
)
PROGRAMME = ("welcome", "visit", "training", "dialogue", "closing")
ALWAYS = ("welcome", "dialogue", "closing")


def invitation(draft: Draft) -> Document:
    """Invitation and briefing: purpose, programme, safety and confidentiality, what happens with results, and when."""
    return draft.document("invite", "invitation", (*_letter(draft), PageBreak(), *_briefing(draft)))


def _letter(draft: Draft) -> Iterator[Block]:
    t = draft.t
    yield draft.lines("line.to", "line.subject")
    yield Paragraph(t("invite.opening"))
    yield Heading(t("invite.goals"))
    yield from _goals(draft)
    yield Paragraph(t("invite.why-you"))
    yield draft.lines("line.why-you")
    yield Heading(t("invite.practical"))
    yield Fields(((t("line.date"), draft.date()), (t("line.time"), ""), draft.where(), (t("line.language"), "")))
    yield Bullets((t("invite.costs"), t("invite.interpreter"), t("invite.access")))
    yield Paragraph(t("invite.answer.about"))
    yield draft.lines("line.answer-to", "line.sender")
    yield Heading(t("invite.people"))
    yield draft.lines("line.chair", "line.facilitator", "line.trusted")


def _goals(draft: Draft) -> Iterator[Block]:
    goals = draft.said("core.goal", "dialogue-goal")
    yield Paragraph(draft.t("invite.goals.about" if goals else "invite.goals.open"))
    yield Bullets(goals)
    if not goals:
        yield draft.lines("line.goal-1", "line.goal-2")
    if "meet" in draft.chosen("core.goal"):
        yield Paragraph(draft.t("invite.first-time"))


def _briefing(draft: Draft) -> Iterator[Block]:
    t = draft.t
    yield Heading(t("briefing"))
    yield Paragraph(t("briefing.about"))
    yield Alert(t("briefing.safety"), tuple(t(f"briefing.safety.{number}") for number in range(1, 7)))
    yield Heading(t("briefing.programme"), 2)
    yield from _programme(draft)
    yield Heading(t("briefing.rules"), 2)
    yield Bullets(tuple(t(f"briefing.rules.{number}") for number in range(1, 5)))
    yield Heading(t("briefing.prepare"), 2)
    yield Bullets(tuple(t(f"briefing.prepare.{number}") for number in range(1, 4)))
    yield Heading(t("briefing.results"), 2)
    yield Bullets(tuple(t(f"briefing.results.{number}") for number in range(1, 5)))
    yield Paragraph(t("briefing.reported" if draft.reporting_agreed() else "briefing.report"))
    yield draft.lines("line.report")


def _programme(draft: Draft) -> Iterator[Block]:
    t = draft.t
    parts = draft.parts()
    rows = [("", t(f"programme.{one}"), t(f"programme.{one}.about")) for one in PROGRAMME if one in (*ALWAYS, *parts)]
    rows.insert(-1, ("", "", ""))
    yield Table(
        t("briefing.programme.caption"), tuple(map(t, ("column.time", "column.part", "column.what-for"))), tuple(rows)
    )
    yield draft.lines("line.themes")
