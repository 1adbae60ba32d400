"""The dialogue plan as a document: warnings on top, then from goal to report."""

from collections.abc import Iterator

from babel.dates import format_date

from assessment.advisers.dialogue import Dated, DialoguePlan, PlannedDialogue, planned_dialogue
from assessment.sheets.composition import LOCALES
from assessment.sheets.document import Alert, Block, Document, Fields, Heading, Paragraph, Table
from assessment.sheets.dossier import Dossier
from assessment.sheets.sayings import Sayings
from assessment.sheets.words import clean
from knowledge.text import Language

LONGEST_TITLE = 200


def dialogue_sheet(
    dossier: Dossier, language: Language, plan: DialoguePlan | None = None, on_screen: bool = False
) -> Document:
    """The plan for the dialogue that an assessment is about, in one language; `plan` holds other numbers to try.

    `on_screen`, the screen itself shows the warnings, the numbers and what is open.
    """
    made_on = dossier.advice.made_on
    planned = planned_dialogue(dossier.assessment.answers, dossier.inference, plan, made_on)
    writer = _Writer(language, dossier.inference.base.knowledge)
    title = clean(dossier.assessment.title, LONGEST_TITLE, writer.labels["cut"])
    return Document(
        language=language,
        kind=writer.labels["plan-kind"],
        title=title or writer.labels["untitled"],
        about=writer.labels["plan-about"],
        made_on=made_on,
        blocks=tuple(writer.blocks(planned, on_screen)),
    )


class _Writer(Sayings):
    def blocks(self, plan: PlannedDialogue, on_screen: bool) -> Iterator[Block]:
        if not plan.applies:
            yield Paragraph(self.labels["plan-not-applicable"])
            return
        if plan.held:
            yield Paragraph(self.labels["plan-held"])
            yield from self.time(plan)
            yield from self.legend()
            return
        if not on_screen:
            yield from self.warnings(plan)
            yield Heading(self.labels["plan-numbers"])
            yield Fields(tuple(self.numbers(plan)))
        if plan.goals:
            yield from self.part("plan-goals", plan.goals)
        else:
            yield Heading(self.labels["plan-goals"])
            yield Paragraph(self.labels["plan-goals-none"])
        yield from self.part("plan-core-team", plan.core_team)
        yield from self.guests(plan)
        yield from self.part("plan-voices", plan.voices)
        yield from self.part("plan-facilitator", plan.facilitator, tick=True)
        yield from self.time(plan)
        yield from self.part("plan-calendar", plan.calendar, tick=True, level=2)
        yield from self.part("plan-parts", plan.parts)
        yield Heading(self.labels["plan-agenda"])
        yield Paragraph(self.labels["talk-division"])
        yield from self.agenda(plan.agenda, self.label("plan-agenda-caption", minutes=plan.minutes))
        yield from self.part("plan-session", plan.session)
        yield from self.part("plan-workers", plan.workers, tick=True)
        if not on_screen:
            yield from self.still_open(plan.open)
        yield from self.legend()

    def warnings(self, plan: PlannedDialogue) -> Iterator[Block]:
        if plan.warnings:
            warnings = [one.finding for one in plan.warnings]
            yield Alert(self.labels["plan-warnings"], tuple(map(self.text, warnings)))
            yield from self.rests_on(warnings)

    def numbers(self, plan: PlannedDialogue) -> Iterator[tuple[str, str]]:
        """The numbers of the plan; what is not known is a line to write on."""
        on = format_date(plan.on, "full", locale=LOCALES[self.language]) if plan.on else ""
        yield self.labels["plan-date"], self.label("plan-date-past", date=on) if plan.past else on
        key = "plan-minutes-proposed" if plan.proposed else "plan-minutes-value"
        yield self.labels["plan-minutes"], self.label(key, minutes=plan.minutes)
        for name, number in (
            ("plan-participants", plan.participants),
            ("plan-group-size", plan.group_size),
            ("plan-groups", plan.groups),
            ("plan-themes", plan.themes),
        ):
            yield self.labels[name], "" if number is None else str(number)

    def guests(self, plan: PlannedDialogue) -> Iterator[Block]:
        yield Heading(self.labels["plan-guests"])
        yield Table(
            caption=self.labels["plan-guests-caption"],
            header=(self.labels["plan-group"], self.labels["plan-reason"], self.labels["plan-standing"]),
            rows=tuple(
                (
                    one.who.in_(self.language),
                    self.text(one.reason),
                    ": ".join(
                        [self.labels[f"plan-{one.standing}"], *(text.in_(self.language) for text in one.because[:1])]
                    ),
                )
                for one in plan.guests
            ),
        )
        yield from self.rests_on([one.reason for one in plan.guests])

    def time(self, plan: PlannedDialogue) -> Iterator[Block]:
        yield Heading(self.labels["plan-time"])
        yield Paragraph(self.labels["plan-time-ours"])
        the_day = format_date(plan.on, "long", locale=LOCALES[self.language]) if plan.on else ""
        yield Table(
            caption=self.labels["plan-time-caption"],
            header=(self.labels["plan-when"], self.labels["plan-step"]),
            rows=(
                *((self.when(one, "before"), one.step.text.in_(self.language)) for one in plan.before),
                *([(the_day, self.labels["plan-the-day"])] if not plan.held else []),
                *((self.when(one, "after"), one.step.text.in_(self.language)) for one in plan.after),
            ),
        )
        yield from self.rests_on([one.step for one in (*plan.before, *plan.after)])

    def when(self, step: Dated, side: str) -> str:
        if step.on is None:
            key = "plan-day-before" if (step.days, side) == (1, "before") else f"plan-days-{side}"
            return self.label(key, days=step.days)
        on = format_date(step.on, "long", locale=LOCALES[self.language])
        return self.label("plan-late", date=on) if step.late else on
