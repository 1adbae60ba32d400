"""The dialogue plan as a document: warnings on top, then from goal to report."""

from collections.abc import Iterator
from typing import Literal

from babel.dates import format_date

from assessment.advisers.dialogue import Dated, DialoguePlan, PlannedDialogue, Standing, planned_dialogue
from assessment.dossier import Dossier
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.compose.sayings import Sayings
from assessment.sheets.document import Block, Bullets, Document, Fields, Paragraph, Table
from knowledge.text import LOCALES, Language

Side = Literal["before", "after"]
STANDINGS: dict[Standing, str] = {
    "invite": "dialogueplan-invite",
    "missing": "dialogueplan-missing",
    "careful": "dialogueplan-careful",
}
DAYS: dict[Side, str] = {"before": "dialogueplan-days-before", "after": "dialogueplan-days-after"}


def dialogue_sheet(
    dossier: Dossier, language: Language, plan: DialoguePlan | None = None, on_screen: bool = False
) -> Document:
    """The plan for the dialogue that an assessment is about, in one language; `plan` holds other numbers to try.

    `on_screen`, the screen itself shows the warnings, the numbers and what is open.
    """
    made_on = dossier.advice.made_on
    planned = planned_dialogue(dossier.assessment.answers, dossier.inference, plan, made_on)
    writer = _Writer(language, dossier.inference.base.knowledge, on_screen, dossier.shortened)
    return drawn_up(
        dossier, language, "dialogue", "dialogueplan", writer.blocks(planned, on_screen), on_screen=on_screen
    )


class _Writer(Sayings):
    def blocks(self, plan: PlannedDialogue, on_screen: bool) -> Iterator[Block]:
        if not plan.applies:
            yield Paragraph(self.labels["dialogueplan-not-applicable"])
            return
        if plan.held:
            yield Paragraph(self.labels["dialogueplan-held"])
            yield from self.time(plan)
            yield from self.appendix()
            return
        if not on_screen:
            yield from self.warnings(plan)
            yield self.heading("dialogueplan-numbers")
            yield Fields(tuple(self.numbers(plan)))
        if plan.goals:
            yield from self.part("dialogueplan-goals", plan.goals)
        else:
            yield self.heading("dialogueplan-goals")
            yield Paragraph(self.labels["dialogueplan-goals-none"])
        yield from self.part("dialogueplan-core-team", plan.core_team)
        yield from self.guests(plan)
        yield from self.part("dialogueplan-voices", plan.voices, level=2)
        yield from self.part("dialogueplan-inviting", plan.inviting, tick=True, level=2)
        yield from self.part("dialogueplan-facilitator", plan.facilitator, tick=True)
        yield from self.time(plan)
        yield from self.part("dialogueplan-calendar", plan.calendar, tick=True, level=2)
        yield from self.part("dialogueplan-parts", plan.parts)
        yield self.heading("dialogueplan-agenda")
        yield Paragraph(self.labels["kit-division"])
        yield from self.agenda(plan.agenda, self.label("dialogueplan-agenda-caption", minutes=plan.minutes))
        yield from self.part("dialogueplan-session", plan.session)
        yield from self.part("dialogueplan-workers", plan.workers, tick=True)
        yield from self.still_open(plan.open)
        yield from self.appendix()

    def warnings(self, plan: PlannedDialogue) -> Iterator[Block]:
        if plan.warnings:
            warnings = [one.finding for one in plan.warnings]
            yield self.heading("dialogueplan-warnings")
            yield Bullets(tuple(map(self.text, warnings)))
            yield from self.rests_on(warnings)

    def numbers(self, plan: PlannedDialogue) -> Iterator[tuple[str, str]]:
        """The numbers of the plan; what is not known is a line to write on."""
        on = format_date(plan.on, "full", locale=LOCALES[self.language]) if plan.on else ""
        yield self.labels["dialogueplan-date"], self.label("dialogueplan-date-past", date=on) if plan.past else on
        key = "dialogueplan-minutes-proposed" if plan.proposed else "dialogueplan-minutes-value"
        yield self.labels["dialogueplan-minutes"], self.label(key, minutes=plan.minutes)
        for name, number in (
            ("dialogueplan-participants", plan.participants),
            ("dialogueplan-group-size", plan.group_size),
            ("dialogueplan-groups", plan.groups),
            ("dialogueplan-closing", plan.closing),
        ):
            yield self.labels[name], "" if number is None else str(number)

    def guests(self, plan: PlannedDialogue) -> Iterator[Block]:
        yield self.heading("dialogueplan-guests")
        yield Table(
            caption=self.labels["dialogueplan-guests-caption"],
            header=(
                self.labels["dialogueplan-group"],
                self.labels["dialogueplan-reason"],
                self.labels["dialogueplan-standing"],
            ),
            rows=tuple(
                (
                    one.who.in_(self.language),
                    self.text(one.reason),
                    ": ".join(
                        [
                            self.labels[STANDINGS[one.standing]],
                            *(text.in_(self.language) for text in one.because[:1]),
                        ]
                    ),
                )
                for one in plan.guests
            ),
        )
        yield from self.rests_on([one.reason for one in plan.guests])

    def time(self, plan: PlannedDialogue) -> Iterator[Block]:
        yield self.heading("dialogueplan-time")
        yield Paragraph(self.labels["dialogueplan-time-ours"])
        the_day = format_date(plan.on, "long", locale=LOCALES[self.language]) if plan.on else ""
        yield Table(
            caption=self.labels["dialogueplan-time-caption"],
            header=(self.labels["dialogueplan-when"], self.labels["dialogueplan-step"]),
            rows=(
                *((self.when(one, "before"), one.step.text.in_(self.language)) for one in plan.before),
                *([(the_day, self.labels["dialogueplan-the-day"])] if not plan.held else []),
                *((self.when(one, "after"), one.step.text.in_(self.language)) for one in plan.after),
            ),
        )
        yield from self.rests_on([one.step for one in (*plan.before, *plan.after)])

    def when(self, step: Dated, side: Side) -> str:
        if step.on is None:
            key = "dialogueplan-day-before" if (step.days, side) == (1, "before") else DAYS[side]
            return self.label(key, days=step.days)
        on = format_date(step.on, "long", locale=LOCALES[self.language])
        return self.label("dialogueplan-late", date=on) if step.late else on
