"""The partner finder as a document: safety on top, then each goal, what to check and what to put on paper."""

from collections.abc import Iterator

from assessment.advisers.partners import GoalPlan, PartnerPlan, partner_plan
from assessment.dossier import Dossier
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Alert, Block, Document, Heading, Paragraph, Table
from assessment.sheets.words import clean
from knowledge.text import Language

LONGEST_TITLE = 200


def partners_sheet(dossier: Dossier, language: Language, on_screen: bool = False) -> Document:
    """The partner plan of an assessment, in one language; `on_screen`, the screen tells what is open."""
    plan = partner_plan(dossier.assessment.answers, dossier.inference)
    writer = _Writer(language, dossier.inference.base.knowledge)
    title = clean(dossier.assessment.title, LONGEST_TITLE, writer.labels["cut"])
    return Document(
        language=language,
        kind=writer.labels["partner-kind"],
        title=title or writer.labels["untitled"],
        about=writer.labels["partner-about"],
        made_on=dossier.advice.made_on,
        blocks=tuple(writer.blocks(plan, on_screen)),
    )


class _Writer(Sayings):
    def blocks(self, plan: PartnerPlan, on_screen: bool) -> Iterator[Block]:
        if not plan.applies:
            yield Paragraph(self.labels["partner-not-applicable"])
            return
        if plan.safety:
            yield Heading(self.labels["partner-safety-first"])
            yield Alert(self.labels["partner-safety"], tuple(map(self.text, plan.safety)))
            yield from self.rests_on(plan.safety)
        if not plan.chosen:
            yield Paragraph(self.labels["partner-no-goal"])
        for goal in plan.goals:
            yield from self.goal(goal)
        yield from self.part("partner-checks", plan.checks, tick=True)
        yield from self.part("partner-letter", plan.letter, tick=True)
        if not on_screen:
            yield from self.still_open(plan.open)
        yield from self.legend()

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
                rows=tuple((one.name, one.purpose.in_(self.language), one.url or "") for one in goal.resources),
                linked=names.index(self.labels["partner-address"]),
            )
