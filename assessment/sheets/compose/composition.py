"""From advice to the contents of a sheet: chosen, ordered and numbered, in one language."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from math import floor

from babel.dates import format_date

from assessment.model import Advice, AdvisedLesson, Homework, Recommendation, Score
from assessment.plan import STATUSES, Decision, Plan, homework_key, plan_for
from assessment.scoring import CAP, level
from assessment.sheets.compose.contents import (
    Answered,
    Bar,
    Cited,
    Item,
    PhasePart,
    Planned,
    Publications,
    Sheet,
    Task,
    Teaching,
    ThemeAnswers,
)
from assessment.sheets.compose.reasons import Reasons, once, shown
from assessment.sheets.words import clean, labels
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.model import Citation, Phase
from knowledge.text import Amount, Language, Text

PHASES: tuple[Phase, ...] = ("prepare", "conduct", "follow-up", "always")
FIRST = 3
"""How many recommendations beside those on safety the first page holds."""
LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}
LONGEST_TITLE = 200
LONGEST_RUNNING_TITLE = 70
LONGEST_TEXT = 4000
LONGEST_REMARK = 300
MOST_HOMEWORK = 12
"""What is to find out beyond this is only named."""
MOST_SUMMARIES = 3
"""With more advice on safety than this the first page only names it, so that it stays one page."""


def sheet(
    advice: Advice,
    language: Language,
    knowledge: KnowledgeBase | None = None,
    plan: Plan | None = None,
    with_answers: bool = True,
) -> Sheet:
    """The contents of the advice sheet.

    `knowledge`, the product's if left out, gives the titles of what is named; without `plan` nothing is decided yet.
    Without `with_answers` the conclusions stand there, and not the answers that they rest on.
    """
    return _Writer(advice, language, knowledge or knowledge_base(), plan or plan_for(advice, {}), with_answers).sheet()


class _Writer:
    def __init__(self, advice: Advice, language: Language, knowledge: KnowledgeBase, plan: Plan, with_answers: bool):
        self.advice, self.language, self.knowledge, self.plan = advice, language, knowledge, plan
        self.with_answers = with_answers
        self.labels = labels(language)
        self.by_phase = [one for phase in PHASES for one in advice.recommendations if one.phase == phase]
        self.numbers = {one.card: number for number, one in enumerate(self.by_phase, start=1)}
        self.homework = self.most_needed_first()
        self.tasks = {one.question: number for number, one in enumerate(self.homework, start=1)}
        self.reasons = Reasons(self.text, lambda says: self.label("not-so", says=says), self.tasks, with_answers)
        self.sources: dict[str, int] = {}
        self.publications = tuple(self.cited())

    def sheet(self) -> Sheet:
        advice = self.advice
        items = {one.card: self.item(self.numbers[one.card], one) for one in self.by_phase}
        others = [one for one in advice.recommendations if one.severity != "critical"]
        parts = [
            PhasePart(
                self.labels[f"phase.{phase}"], tuple(items[one.card] for one in self.by_phase if one.phase == phase)
            )
            for phase in PHASES
        ]
        title = clean(advice.title, LONGEST_TITLE, self.labels["cut"]) or self.labels["untitled"]
        return Sheet(
            language=self.language,
            labels=dict(self.labels),
            title=title,
            running_title=clean(title, LONGEST_RUNNING_TITLE, "…"),
            date=self.label("made-on", date=format_date(advice.made_on, "long", locale=LOCALES[self.language])),
            progress=tuple(self.progress()),
            safety=tuple(items[one.card] for one in advice.safety),
            safety_in_short=len(advice.safety) > MOST_SUMMARIES,
            first=tuple(items[one.card] for one in others[:FIRST]),
            bars=tuple(map(self.bar, advice.scores)),
            phases=tuple(part for part in parts if part.items),
            homework=tuple(map(self.task, self.homework[:MOST_HOMEWORK])),
            homework_later=tuple(map(self.task, self.homework[MOST_HOMEWORK:])),
            plan=tuple(self.planned()),
            with_answers=self.with_answers,
            answers=tuple(self.answers()) if self.with_answers else (),
            any_answer=bool(advice.answered),
            method=tuple(self.method()),
            publications=self.publications,
        )

    def label(self, key: str, **filled: object) -> str:
        return self.labels[key].format(**filled)

    def text(self, text: object) -> str:
        words = text.in_(self.language) if isinstance(text, Text) else str(text)
        return clean(words, LONGEST_TEXT, self.labels["cut"])

    def progress(self) -> Iterator[str]:
        progress = self.advice.progress
        key = "answered-all" if progress.answered == progress.asked else "answered-some"
        yield self.label(key, answered=progress.answered, asked=progress.asked)
        if progress.can_change_advice:
            yield self.label("can-change", count=Amount(progress.can_change_advice))

    def theme(self, theme: str) -> str:
        known = self.knowledge.themes.get(theme)
        return self.text(known.title) if known else theme

    def item(self, number: int, one: Recommendation) -> Item:
        urgent = next(advised.lesson for advised in one.lessons if advised.lesson.severity == one.severity)
        return Item(
            number=number,
            title=self.text(one.title),
            theme=self.theme(one.theme),
            severity=self.labels[f"severity.{one.severity}"],
            critical=one.severity == "critical",
            summary=self.text(urgent.cautions if one.severity == "critical" and urgent.cautions else urgent.advice),
            lessons=tuple(self.teaching(advised, one.phase, number) for advised in one.lessons),
        )

    def teaching(self, advised: AdvisedLesson, phase: Phase, number: int) -> Teaching:
        lesson = advised.lesson
        return Teaching(
            advice=self.text(lesson.advice),
            phase=None if lesson.phase == phase else self.labels[f"phase.{lesson.phase}"],
            why=tuple(self.reasons.why(one, number) for one in once(advised.reasons)),
            evidence=self.text(lesson.evidence),
            cautions=self.text(lesson.cautions) if lesson.cautions else None,
            sources=tuple(self.citations(lesson.sources)),
        )

    def citations(self, citations: Iterable[Citation]) -> Iterator[Cited]:
        places: dict[str, list[str]] = {}
        for one in citations:
            place = one.at.replace(" > ", " › ")
            places.setdefault(one.source, []).append(f"{place} ({one.item})" if one.item else place)
        for source, cited in places.items():
            known = self.knowledge.sources.get(source)
            title = self.text(known.title if known else source)
            yield Cited(self.sources.get(source, 0), title, self.text("; ".join(cited)))

    def bar(self, score: Score) -> Bar:
        lowest, highest = floor(score.lowest), floor(score.highest)
        levels = [self.labels[f"level.{name}"] for name in dict.fromkeys((score.lowest_level, score.highest_level))]
        title = self.text(score.title)
        capped = "capped" if score.highest <= CAP else "capped-for-now"
        numbers = {
            reason.rule: self.numbers[one.card]
            for one in self.by_phase
            for advised in one.lessons
            for reason in advised.reasons
        }
        by = once(score.capped_by)
        advised_on = sorted({numbers[one.rule] for one in by if one.rule in numbers})
        return Bar(
            title=title,
            lowest=lowest,
            highest=highest,
            range=str(lowest) if lowest == highest else f"{lowest}–{highest}",
            levels=levels[0] if len(levels) == 1 else self.label("from-to", lowest=levels[0], highest=levels[1]),
            capped=self.label(capped, theme=title, level=self.capped_level) if by else "",
            capped_by=(
                *((self.numbered(advised_on),) if advised_on else ()),
                *(self.text(one.says) for one in by if one.rule not in numbers),
            ),
        )

    @property
    def capped_level(self) -> str:
        return self.labels[f"level.{level(CAP)}"]

    def most_needed_first(self) -> tuple[Homework, ...]:
        """The homework in the order of the questions; with too much of it, first what most advice hangs on."""
        if len(self.advice.homework) <= MOST_HOMEWORK:
            return self.advice.homework
        safety = {one.card for one in self.advice.safety}

        def need(one: Homework) -> tuple[int, int]:
            return -len(safety.intersection(one.cards)), -sum(card in self.numbers for card in one.cards)

        return tuple(sorted(self.advice.homework, key=need))

    def task(self, one: Homework) -> Task:
        titles = {card.card: card.title for card in self.knowledge.cards.values()}
        return Task(
            number=self.tasks[one.question],
            asked=self.text(one.asked),
            find_out=self.text(one.find_out) if one.find_out else None,
            numbers=tuple(sorted(self.numbers[card] for card in one.cards if card in self.numbers)),
            matters_for=tuple(self.text(titles.get(card, card)) for card in one.cards if card not in self.numbers),
            **self.decided(homework_key(one.question)),
        )

    def decided(self, key: str) -> dict[str, str]:
        """Who does it, by when and how it stands."""
        action = self.plan.action(key)
        decision = action.decision if action is not None else None
        return {
            "who": self.text(decision.owner) if decision else "",
            "due": self.day(decision.due) if decision and decision.due else "",
            "status": self.text(STATUSES[decision.status if decision else "proposed"]),
        }

    def day(self, day: date) -> str:
        return format_date(day, "d MMM y", locale=LOCALES[self.language])

    def numbered(self, numbers: Iterable[int]) -> str:
        """`advies 3, 5`."""
        return self.label("advice-number", number=", ".join(map(str, numbers)))

    def planned(self) -> Iterator[Planned]:
        for action in self.plan.actions:
            number = self.numbers.get(action.task.id) if action.task.kind == "recommendation" else None
            if number is None and action.advised:
                continue  # homework has its own part
            yield Planned(
                number=number,
                action=self.text(action.task.title),
                remarks=tuple(self.remarks(action.decision, action.not_advised_since)),
                **self.decided(action.key),
            )

    def remarks(self, decision: Decision, since: date | None) -> Iterator[str]:
        if since is not None:
            yield self.label("no-longer-advised", date=self.day(since))
        for text in (decision.words, decision.reason):
            if text:
                yield clean(text, LONGEST_REMARK, self.labels["cut"])

    def answers(self) -> Iterator[ThemeAnswers]:
        grouped: dict[str, list[Answered]] = {}
        told = self.reasons.answers.keys()
        for one in self.advice.answered:
            parts = {(one.question, part) for part in one.answer.nl.split("; ")}
            if shown(one) in told or parts <= told or one.question in self.tasks:
                continue
            grouped.setdefault(one.question.split(".")[0], []).append(
                Answered(self.text(one.asked), self.text(one.answer))
            )
        for theme, answers in grouped.items():
            yield ThemeAnswers(self.theme(theme), tuple(answers))

    def method(self) -> Iterator[str]:
        yield self.label("method-score", level=self.capped_level)
        for bar in map(self.bar, self.advice.scores):
            if bar.capped:
                yield f"{bar.capped} {'; '.join(bar.capped_by)}."
        yield self.labels["method-levels"]
        yield self.labels["method-context"]
        yield self.labels["method-judgement"]
        yield self.label(
            "method-engine",
            engine=self.labels[f"engine.{self.advice.engine}"],
            knowledge=self.advice.knowledge_version,
            rules=self.advice.rules_version,
        )

    def cited(self) -> Iterator[Publications]:
        cited = {
            citation.source
            for one in self.advice.recommendations
            for advised in one.lessons
            for citation in advised.lesson.sources
        }
        grouped: dict[str, list[str]] = {}
        for source in self.knowledge.sources.values():
            if source.id in cited:
                grouped.setdefault(source.url, []).append(source.id)
        self.sources = {source: number for number, source in enumerate(chain(*grouped.values()), start=1)}
        for url, sources in grouped.items():
            yield Publications(url, tuple((self.sources[one], self.published(one)) for one in sources))

    def published(self, source: str) -> str:
        known = self.knowledge.sources[source]
        publisher = known.publisher if known.year is None else f"{known.publisher}, {known.year}"
        return self.text(f"{known.title.in_(self.language)}. {publisher}")
