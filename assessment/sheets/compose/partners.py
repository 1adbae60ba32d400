"""The partner finder as a document: safety on top, then each goal, what to check and what to put on paper."""

from collections.abc import Iterator

from assessment.advisers.partners import GoalPlan, PartnerPlan, partner_plan
from assessment.dossier import Dossier
from assessment.sheets.compose.checklists import LISTED, general_pages
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Alert, Block, Document, Heading, Paragraph, Table
from knowledge.resources import Resource
from knowledge.text import Language

NO_ADDRESS = "–"


def partners_sheet(dossier: Dossier, language: Language, on_screen: bool = False) -> Document:
    """The partner plan of an assessment, in one language; `on_screen`, the screen tells what is open."""
    plan = partner_plan(dossier.assessment.answers, dossier.inference)
    writer = _Writer(language, dossier.inference.base.knowledge, on_screen, dossier.shortened)
    return drawn_up(dossier, language, "partners", "partner", writer.blocks(plan), on_screen=on_screen)


class _Writer(Sayings):
    general = general_pages()

    def blocks(self, plan: PartnerPlan) -> Iterator[Block]:
        if not plan.applies:
            yield Paragraph(self.labels["partner-not-applicable"])
            return
        if plan.safety:
            yield self.heading("partner-safety-first")
            yield Alert(self.labels["partner-safety"], tuple(map(self.text, plan.safety)))
            yield from self.rests_on(plan.safety)
        if not plan.chosen:
            yield Paragraph(self.labels["partner-all-goals" if self.shortened else "partner-no-goal"])
        for goal in plan.goals:
            yield from self.goal(goal)
        yield from self.part("partner-checks", plan.checks, tick=True)
        yield from self.part("partner-letter", plan.letter, tick=True)
        if any(not one.url for goal in plan.goals for one in goal.resources):
            yield Paragraph(self.labels["partner-no-address"], quiet=True)
        for url in sorted({one.url for goal in plan.goals for one in goal.resources if one.url} & self.general):
            yield Paragraph(self.labels["partner-general-page"])
            yield Paragraph(url, linked=True)
        yield from self.still_open(plan.open)
        yield from self.appendix()

    def goal(self, goal: GoalPlan) -> Iterator[Block]:
        yield Heading(goal.title.in_(self.language))
        yield Paragraph(self.text(goal.about))
        yield from self.part("partner-kinds", goal.kinds, level=2)
        yield from self.part("partner-steps", goal.steps, tick=True, level=2)
        if goal.resources:
            names = (self.labels["partner-resource"], self.labels["partner-purpose"], self.labels["partner-address"])
            yield Table(
                caption=self.labels["partner-resources"],
                header=names,
                rows=tuple((one.name, one.purpose.in_(self.language), self.address(one)) for one in goal.resources),
                linked=names.index(self.labels["partner-address"]),
            )

    def address(self, one: Resource) -> str:
        """The address of what is meant; of a tool on the page with all tools, the list that we have for it, if any."""
        if one.url not in self.general:
            return one.url or NO_ADDRESS
        return self.labels["partner-checklist" if one.id in LISTED else "partner-general"]
