"""From advice to the contents of a sheet: chosen, ordered and numbered, in one language."""

from collections.abc import Iterable, Iterator
from math import floor

from babel.dates import format_date

from assessment.model import Advice, AdvisedLesson, AnswerInWords, Homework, Reason, Recommendation, Score
from assessment.scoring import CAP, level
from assessment.sheets.contents import (
    Answered,
    Bar,
    Cited,
    Finding,
    Item,
    PhasePart,
    Publications,
    Sheet,
    Task,
    Teaching,
    ThemeAnswers,
    Why,
)
from assessment.sheets.words import clean, labels
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.model import Citation, Phase
from knowledge.text import Language, Text

PHASES: tuple[Phase, ...] = ("prepare", "conduct", "follow-up", "always")
FIRST = 3
"""How many recommendations beside those on safety the first page holds."""
LOCALES: dict[Language, str] = {"nl": "nl_NL", "en": "en_GB"}
LONGEST_TITLE = 200
LONGEST_RUNNING_TITLE = 70
LONGEST_TEXT = 4000


def sheet(advice: Advice, language: Language, knowledge: KnowledgeBase | None = None) -> Sheet:
    """The contents of the advice sheet; `knowledge`, the product's if left out, gives the titles of what is named."""
    return _Writer(advice, language, knowledge or knowledge_base()).sheet()


class _Writer:
    def __init__(self, advice: Advice, language: Language, knowledge: KnowledgeBase):
        self.advice, self.language, self.knowledge = advice, language, knowledge
        self.labels = labels(language)

    def sheet(self) -> Sheet:
        advice = self.advice
        by_phase = [one for phase in PHASES for one in advice.recommendations if one.phase == phase]
        items = {one.card: self.item(number, one) for number, one in enumerate(by_phase, start=1)}
        others = [one for one in advice.recommendations if one.severity != "critical"]
        parts = [
            PhasePart(self.labels[f"phase.{phase}"], tuple(items[one.card] for one in by_phase if one.phase == phase))
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
            first=tuple(items[one.card] for one in others[:FIRST]),
            bars=tuple(map(self.bar, advice.scores)),
            phases=tuple(part for part in parts if part.items),
            homework=tuple(map(self.task, advice.homework)),
            answers=tuple(self.answers()),
            method=tuple(self.method()),
            publications=tuple(self.publications()),
        )

    def label(self, key: str, **filled: object) -> str:
        return self.labels[key].format(**filled)

    def text(self, text: Text | str) -> str:
        words = text if isinstance(text, str) else text.in_(self.language)
        return clean(words, LONGEST_TEXT, self.labels["cut"])

    def progress(self) -> Iterator[str]:
        progress = self.advice.progress
        key = "answered-all" if progress.answered == progress.asked else "answered-some"
        yield self.label(key, answered=progress.answered, asked=progress.asked)
        if progress.can_change_advice:
            key = "can-change-one" if progress.can_change_advice == 1 else "can-change"
            yield self.label(key, count=progress.can_change_advice)

    def theme(self, theme: str) -> str:
        known = self.knowledge.themes.get(theme)
        return self.text(known.title) if known else theme

    def item(self, number: int, one: Recommendation) -> Item:
        urgent = next(advised.lesson for advised in one.lessons if advised.lesson.severity == one.severity)
        shown: set[tuple[str, str]] = set()
        return Item(
            number=number,
            title=self.text(one.title),
            theme=self.theme(one.theme),
            severity=self.labels[f"severity.{one.severity}"],
            critical=one.severity == "critical",
            summary=self.text(urgent.cautions if one.severity == "critical" and urgent.cautions else urgent.advice),
            lessons=tuple(self.teaching(advised, one.phase, shown) for advised in one.lessons),
        )

    def teaching(self, advised: AdvisedLesson, phase: Phase, shown: set[tuple[str, str]]) -> Teaching:
        lesson = advised.lesson
        return Teaching(
            advice=self.text(lesson.advice),
            phase=None if lesson.phase == phase else self.labels[f"phase.{lesson.phase}"],
            why=tuple(self.why(one, shown) for one in _once(advised.reasons)),
            evidence=self.text(lesson.evidence),
            cautions=self.text(lesson.cautions) if lesson.cautions else None,
            sources=tuple(self.citations(lesson.sources)),
        )

    def why(self, reason: Reason, shown: set[tuple[str, str]]) -> Why:
        """The reasons in two levels: the findings on the way become one list, and each answer stands there once."""
        findings = list(_below(reason))
        resting_on = {(one.question, one.answer.nl) for each in (reason, *findings) for one in _answers(each)}
        if resting_on and resting_on <= shown:
            return Why(self.text(reason.says), (), (), same=True)
        shown |= resting_on
        said: set[tuple[str, str]] = set()
        return Why(
            says=self.text(reason.says),
            answers=self.new_answers(reason, said),
            findings=tuple(self.finding(one, said) for one in findings),
            same=False,
        )

    def finding(self, reason: Reason, said: set[tuple[str, str]]) -> Finding:
        says = self.text(reason.says) if reason.holds else self.label("not-so", says=self.text(reason.says))
        answers = self.new_answers(reason, said)
        return Finding(says.removesuffix(".") if answers else says, answers)

    def new_answers(self, reason: Reason, said: set[tuple[str, str]]) -> tuple[Answered, ...]:
        new = []
        for one in _answers(reason):
            if (one.question, one.answer.nl) not in said:
                said.add((one.question, one.answer.nl))
                new.append(self.answered(one))
        return tuple(new)

    def answered(self, one: AnswerInWords) -> Answered:
        return Answered(self.text(one.asked), self.text(one.answer))

    def citations(self, citations: Iterable[Citation]) -> Iterator[Cited]:
        places: dict[str, list[str]] = {}
        for one in citations:
            place = one.at.replace(" > ", " › ")
            places.setdefault(one.source, []).append(f"{place} ({one.item})" if one.item else place)
        for source, cited in places.items():
            known = self.knowledge.sources.get(source)
            yield Cited(self.text(known.title if known else source), self.text("; ".join(cited)))

    def bar(self, score: Score) -> Bar:
        lowest, highest = floor(score.lowest), floor(score.highest)
        levels = [self.labels[f"level.{name}"] for name in dict.fromkeys((score.lowest_level, score.highest_level))]
        title = self.text(score.title)
        capped = "capped" if score.highest <= CAP else "capped-for-now"
        return Bar(
            title=title,
            lowest=lowest,
            highest=highest,
            range=str(lowest) if lowest == highest else f"{lowest}–{highest}",
            levels=levels[0] if len(levels) == 1 else self.label("from-to", lowest=levels[0], highest=levels[1]),
            capped=self.label(capped, theme=title, level=self.capped_level) if score.capped_by else "",
            capped_by=tuple(self.text(one.says) for one in _once(score.capped_by)),
        )

    @property
    def capped_level(self) -> str:
        return self.labels[f"level.{level(CAP)}"]

    def task(self, one: Homework) -> Task:
        titles = {each.card: each.title for each in self.advice.recommendations}
        titles |= {card.card: card.title for card in self.knowledge.cards.values()}
        return Task(
            asked=self.text(one.asked),
            find_out=self.text(one.find_out) if one.find_out else None,
            matters_for=tuple(self.text(titles.get(card, card)) for card in one.cards),
        )

    def answers(self) -> Iterator[ThemeAnswers]:
        grouped: dict[str, list[Answered]] = {}
        for one in self.advice.answered:
            grouped.setdefault(one.question.split(".")[0], []).append(self.answered(one))
        for theme, answers in grouped.items():
            yield ThemeAnswers(self.theme(theme), tuple(answers))

    def method(self) -> Iterator[str]:
        yield self.label("method-score", level=self.capped_level)
        yield self.labels["method-levels"]
        yield self.labels["method-context"]
        yield self.labels["method-judgement"]
        yield self.label(
            "method-engine",
            engine=self.labels[f"engine.{self.advice.engine}"],
            knowledge=self.advice.knowledge_version,
            rules=self.advice.rules_version,
        )

    def publications(self) -> Iterator[Publications]:
        cited = {
            citation.source
            for one in self.advice.recommendations
            for advised in one.lessons
            for citation in advised.lesson.sources
        }
        grouped: dict[str, list[str]] = {}
        for source in self.knowledge.sources.values():
            if source.id in cited:
                publisher = source.publisher if source.year is None else f"{source.publisher}, {source.year}"
                grouped.setdefault(source.url, []).append(self.text(f"{source.title.in_(self.language)}. {publisher}"))
        for url, titles in grouped.items():
            yield Publications(url, tuple(titles))


def _once(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    return tuple({one.rule: one for one in reasons}.values())


def _below(reason: Reason) -> tuple[Reason, ...]:
    """The findings that a reason rests on, at any depth, each once."""
    return _once(below for ground in reason.grounds for one in ground.findings for below in (one, *_below(one)))


def _answers(reason: Reason) -> tuple[AnswerInWords, ...]:
    return tuple(one for ground in reason.grounds for one in ground.answers)
