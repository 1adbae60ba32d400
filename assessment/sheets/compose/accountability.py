"""The accountability sheet: answers and actions per step of due diligence and per element of a meaningful dialogue."""

from collections.abc import Iterable, Iterator

from babel.dates import format_date

from assessment.dossier import Dossier
from assessment.model import AnswerInWords
from assessment.plan import STATUSES, Action
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.composition import conditions
from assessment.sheets.compose.contents import FullAdvice
from assessment.sheets.compose.opening import drawn_up
from assessment.sheets.document import Alert, Block, Document, Heading, Paragraph, Table
from knowledge.text import LOCALES, Language

FEEDBACK = "follow-up"
"""The theme of what is done with what stakeholders brought in."""
TOLD = "communicate"
"""The step of due diligence in which one tells what was done."""
EMPTY_ROWS = 4


def accountability_sheet(dossier: Dossier, language: Language) -> Document:
    """What was answered and what is done, mapped to steps and elements, with room for what stakeholders brought in."""
    writer = _Writer(dossier, language)
    words = writer.words
    blocks = (
        Alert(words["accountability-safe-title"], (words["accountability-safe"],)),
        *writer.input(),
        *writer.fed_back(),
        *writer.steps(),
        *writer.elements(),
        Heading(words["method"]),
        *(Paragraph(text, quiet=True) for text in writer.contents.method),
    )
    return drawn_up(dossier, language, "accountability", "accountability", blocks, own_use=False)


class _Writer:
    def __init__(self, dossier: Dossier, language: Language):
        self.dossier, self.language = dossier, language
        self.knowledge = dossier.inference.base.knowledge
        self.contents: FullAdvice = parts.contents(dossier, language)
        self.words = self.contents.labels

    def input(self) -> Iterator[Block]:
        words = self.words
        yield Heading(words["input"])
        given = [
            one for one in self.dossier.advice.answered if self._theme(one) == FEEDBACK and self._step(one) != TOLD
        ]
        yield from self._answers(given, words["input"], words["input-none"])
        header = (words["input-subject"], words["input-done"], words["who"])
        yield Table(words["input-table"], header, (("", "", ""),) * EMPTY_ROWS)

    def fed_back(self) -> Iterator[Block]:
        words = self.words
        yield Heading(words["fed-back"])
        given = [one for one in self.dossier.advice.answered if self._step(one) == TOLD]
        yield from self._answers(given, words["fed-back"], words["input-none"])
        header = (words["fed-back-to"], words["fed-back-what"], words["fed-back-when"])
        yield Table(words["fed-back-table"], header, (("", "", ""),) * EMPTY_ROWS)

    def steps(self) -> Iterator[Block]:
        words = self.words
        yield from (Heading(words["steps"]), Paragraph(words["steps-about"]))
        for step in self.knowledge.steps.values():
            yield Heading(step.title.in_(self.language), 2)
            yield Paragraph(step.about.in_(self.language), quiet=True)
            answers = [one for one in self.dossier.advice.answered if self._step(one) == step.id]
            actions = [one for one in self.dossier.plan.actions if step.id in self._served(one)[0]]
            if not answers and not actions and not self.dossier.shortened:
                yield Paragraph(words["step-none"])
            if answers:
                yield from self._answers(answers, words["step-answers"], "")
            if actions:
                header = tuple(words[key] for key in ("action", "who", "due", "status"))
                yield Table(words["step-actions"], header, tuple(map(self._action, actions)))

    def elements(self) -> Iterator[Block]:
        words = self.words
        yield Heading(words["elements"])
        scores = {one.about: one for one in self.dossier.advice.element_scores}
        rows = []
        for element in self.knowledge.elements.values():
            answered = [one for one in self.dossier.advice.answered if self._element(one) == element.id]
            actions = [one for one in self.dossier.plan.actions if element.id in self._served(one)[1]]
            score = scores.get(element.id)
            rows.append(
                (
                    element.title.in_(self.language),
                    conditions(score.standing, words) if score is not None else words["too-early"],
                    str(len(answered)),
                    str(len(actions)),
                    str(sum(one.decision.status == "done" for one in actions)),
                )
            )
        header = tuple(words[key] for key in ("element", "score", "answered-count", "actions-count", "done-count"))
        yield Table(words["elements-table"], header, tuple(rows))

    def _answers(self, given: Iterable[AnswerInWords], caption: str, none: str) -> Iterator[Block]:
        rows = tuple((one.asked.in_(self.language), one.answer.in_(self.language)) for one in given)
        if rows:
            yield Table(caption, (self.words["question"], self.words["answer"]), rows)
        elif none and not self.dossier.shortened:
            yield Paragraph(none)

    def _action(self, one: Action) -> tuple[str, ...]:
        decision = one.decision
        return (
            one.task.title.in_(self.language),
            decision.owner,
            format_date(decision.due, "d MMM y", locale=LOCALES[self.language]) if decision.due else "",
            STATUSES[decision.status].in_(self.language),
        )

    def _served(self, one: Action) -> tuple[set[str], set[str]]:
        """The steps and the elements that an action serves: those of the advised lessons, or of the question."""
        if one.task.kind == "homework":
            question = self.knowledge.questions.get(one.task.id)
            return ({question.step}, {question.element}) if question else (set(), set())
        if one.task.kind == "act":
            given = next((each for each in self.dossier.advice.verdicts if each.act == one.task.id), None)
            lessons = [self.knowledge.lessons[each] for each in given.lessons] if given else []
            return {each.step for each in lessons}, {each.element for each in lessons}
        advised = next((each for each in self.dossier.advice.recommendations if each.card == one.task.id), None)
        if advised is not None:
            lessons = [each.lesson for each in advised.lessons]
        else:
            card = self.knowledge.cards.get(one.task.id)
            lessons = list(card.lessons) if card else []
        return {each.step for each in lessons}, {each.element for each in lessons}

    def _theme(self, one: AnswerInWords) -> str:
        question = self.knowledge.questions.get(one.question)
        return question.theme if question else ""

    def _step(self, one: AnswerInWords) -> str:
        question = self.knowledge.questions.get(one.question)
        return question.step if question else ""

    def _element(self, one: AnswerInWords) -> str:
        question = self.knowledge.questions.get(one.question)
        return question.element if question else ""
