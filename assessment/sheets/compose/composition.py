"""From advice to the contents of a sheet: chosen, ordered and numbered, in one language."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain
from math import floor

from babel.dates import format_date

from assessment.checklists import OWN_QUESTION, at_once, first_page, folded
from assessment.model import (
    LONGEST_TITLE,
    ActVerdict,
    Advice,
    AnswerInWords,
    Checklist,
    Homework,
    OccasionVerdict,
    Score,
    Standing,
)
from assessment.plan import STATUSES, Decision, Plan, plan_for, task_key
from assessment.scoring import CAP, level
from assessment.sheets.compose.contents import (
    Answered,
    Bar,
    CardPart,
    Cited,
    FullAdvice,
    Line,
    More,
    Planned,
    Publications,
    Task,
    ThemeAnswers,
)
from assessment.sheets.words import LONGEST_REMARK, clean, labels, own_words, praised, row_in_words, unsaid
from assessment.verdicts import STAYING
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.model import Citation, theme_of
from knowledge.text import LOCALES, Amount, Language, Text

MOST_KEPT = 20
LONGEST_TEXT = 4000


def sheet(
    advice: Advice,
    language: Language,
    knowledge: KnowledgeBase | None = None,
    plan: Plan | None = None,
    with_answers: bool = True,
    notes: Mapping[str, str] = {},
) -> FullAdvice:
    """The contents of the advice sheet.

    `knowledge`, the product's if left out, gives the titles of what is named; without `plan` nothing is decided yet.
    Without `with_answers` the conclusions stand there, and not the answers that they rest on. `notes` are the words of
    the user at rows of the lists of acts, by id of the act: they stand behind the row.
    """
    known = knowledge or knowledge_base()
    return _Writer(advice, language, known, plan or plan_for(advice, {}), with_answers, notes).sheet()


class _Writer:
    def __init__(
        self,
        advice: Advice,
        language: Language,
        knowledge: KnowledgeBase,
        plan: Plan,
        with_answers: bool,
        notes: Mapping[str, str],
    ):
        self.notes = notes
        self.advice, self.language, self.knowledge, self.plan = advice, language, knowledge, plan
        self.with_answers = with_answers
        self.labels = labels(language)
        asking = [one for one in advice.verdicts if one.asks]
        self.numbers = {one.act: number for number, one in enumerate(asking, start=1)}
        self.sources: dict[str, int] = {}
        self.publications = tuple(self.cited())
        self.lines = {one.act: self.line(one) for one in asking}

    def sheet(self) -> FullAdvice:
        advice, held = self.advice, unsaid(self.advice, self.notes, self.language)
        return FullAdvice(
            language=self.language,
            labels=dict(self.labels),
            title=clean(advice.title, LONGEST_TITLE, self.labels["cut"]) or self.labels["untitled"],
            progress=tuple(self.progress()),
            occasions=tuple((self.text(one.title), self.going(one)) for one in advice.occasions),
            lines=tuple(self.lines.values()),
            keep=tuple(dict.fromkeys(map(self.act, praised(advice, self.notes, self.language))))[:MOST_KEPT],
            allowed=tuple(dict.fromkeys(map(self.act, advice.allowed)))[:MOST_KEPT],
            withheld=tuple(self.row(one.label, (one.row,), one.mind) for one in held if one.mind),
            unsaid=tuple(self.row(one.label, (one.row,)) for one in held if not one.mind),
            answered=tuple(self.lines[one.act] for one in advice.verdicts if one.asks and one.card == OWN_QUESTION),
            cards=tuple(self.card(one) for one in first_page(advice.checklists) if one.card != OWN_QUESTION),
            later=tuple(self.card(one) for one in folded(advice.checklists) if one.card != OWN_QUESTION),
            bars=tuple(map(self.bar, advice.scores)),
            homework=tuple(self.task(number, one) for number, one in enumerate(advice.homework, start=1)),
            plan=tuple(self.planned()),
            answers=tuple(self.answers()) if self.with_answers else (),
            any_answer=bool(advice.answered),
            method=tuple(self.method()),
            publications=self.publications,
            mild=not any(one.tier == 1 or one.verdict in STAYING for one in advice.verdicts),
        )

    def going(self, one: OccasionVerdict) -> str:
        """Whether it can go on; where it cannot, in the words for what must not be held, sent, begun or signed."""
        plain = self.labels[f"occasion.{one.verdict}"]
        return self.labels.get(f"occasion.{one.verdict}.{one.occasion}", plain)

    def label(self, key: str, **filled: object) -> str:
        return self.labels[key].format(**filled)

    def text(self, text: object) -> str:
        words = text.in_(self.language) if isinstance(text, Text) else str(text or "")
        return clean(words, LONGEST_TEXT, self.labels["cut"])

    def act(self, one: ActVerdict) -> str:
        return self.row(one.label, one.rows)

    def short(self, one: ActVerdict) -> str:
        """The act in the words of the user, where there are any, or else in those of the row; in quotes."""
        own = own_words(one.rows, self.notes, self.language)
        return f"“{own.rstrip('.')}”" if own else f"‘{self.text(one.label).rstrip('.')}’"

    def row(self, label: Text, rows: Sequence[str], mind: Text | None = None) -> str:
        return row_in_words(self.text(label), rows, self.notes, self.language, self.text(mind))

    def progress(self) -> Iterator[str]:
        progress = self.advice.progress
        key = "answered-all" if progress.answered == progress.asked else "answered-some"
        yield self.label(key, answered=progress.answered, asked=progress.asked)
        if progress.unknown:
            yield self.label("answered-unknown", unknown=progress.unknown)
        if progress.can_change_advice:
            yield self.label("can-change", count=Amount(progress.can_change_advice))

    def theme(self, theme: str) -> str:
        known = self.knowledge.themes.get(theme)
        return self.text(known.title) if known else theme

    def line(self, one: ActVerdict) -> Line:
        return Line(
            number=self.numbers[one.act],
            act=one.act,
            verdict=self.labels["verdict.asked" if one.card == OWN_QUESTION else f"verdict.{one.said_as}"],
            kind=one.verdict,
            stops=one.tier == 1,
            short=self.short(one),
            label=self.act(one),
            because=self.text(one.because),
            instead=self.text(one.instead),
            say=self.label("say", words=self.text(one.say)) if one.say else "",
            do_not_say=self.label("do-not-say", words=self.text(one.do_not_say)) if one.do_not_say else "",
            own=one.basis == "inferred",
            sources=tuple(self.citations(one.sources)),
            rests_on=tuple(map(self.answered, one.reason.answers())) if self.with_answers else (),
        )

    def card(self, one: Checklist) -> CardPart:
        advised = {each.card: each for each in self.advice.recommendations}
        lessons = [(card, advised[card].lessons[0].lesson) for card in one.recommendations]
        lines = tuple(self.lines[act] for act in one.verdicts)
        return CardPart(
            title=self.text(one.title),
            together=self.text(one.together) if one.together else "",
            lines=lines,
            joined=self.joined(one.card, one.verdicts, lines),
            more=tuple(
                More(card, self.text(lesson.advice), tuple(self.citations(lesson.sources))) for card, lesson in lessons
            ),
            missing=tuple(map(self.answered, one.missing)),
            arranged=tuple(map(self.answered, one.arranged)),
            unknown=tuple(map(self.answered, one.unknown)),
        )

    def joined(self, card: str, acts: Sequence[str], lines: Sequence[Line]) -> tuple[Line, ...]:
        """The lines, with those that are told at once as one at the place of the first."""
        told = at_once(card, [one for one in self.advice.verdicts if one.act in acts], self.knowledge)
        if told is None:
            return tuple(lines)
        alike = [line for line in lines if line.act in told.acts]
        own = [line for line in alike if line.label.startswith("“")]
        one = replace(
            alike[0],
            label=" · ".join(dict.fromkeys(line.quoted for line in (own if len(own) > 1 else alike))),
            because=self.text(told.because),
            instead=self.text(told.instead),
            say=next((line.say for line in alike if line.say), ""),
            do_not_say=next((line.do_not_say for line in alike if line.do_not_say), ""),
            own=True,
        )
        return tuple(one if line is alike[0] else line for line in lines if line is alike[0] or line not in alike)

    def answered(self, one: AnswerInWords) -> Answered:
        return Answered(self.text(one.asked), self.text(one.answer))

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
        told = levels[0] if len(levels) == 1 else self.label("from-to", lowest=levels[0], highest=levels[1])
        return Bar(
            title=self.text(score.title),
            lowest=lowest,
            highest=highest,
            range=str(lowest) if lowest == highest else f"{lowest}–{highest}",
            levels=self.label("level-held", level=told) if score.highest == CAP else told,
            conditions=conditions(score.standing, self.labels),
        )

    def task(self, number: int, one: Homework) -> Task:
        return Task(
            number=number,
            key=task_key("homework", one.question),
            asked=self.text(one.asked),
            find_out=self.text(one.find_out) if one.find_out else None,
            **self.decided(task_key("homework", one.question)),
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
        return format_date(day, "d MMM y", locale=LOCALES[self.language]).replace(" ", "\u00a0")

    def planned(self) -> Iterator[Planned]:
        # homework has its own part
        shown = [one for one in self.plan.actions if one.task.kind != "homework" or not one.advised]
        for number, action in enumerate(shown, start=1):
            yield Planned(
                number=number,
                key=action.key,
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
        for one in self.advice.answered:
            question = self.knowledge.questions.get(one.question)
            theme = question.theme if question else theme_of(one.question.split(".")[0])
            grouped.setdefault(theme, []).append(self.answered(one))
        for theme, answers in grouped.items():
            yield ThemeAnswers(self.theme(theme), tuple(answers))

    def method(self) -> Iterator[str]:
        yield self.labels["method-order"]
        yield self.label("method-score", level=self.labels[f"level.{level(CAP)}"])
        yield self.labels["method-judgement"]
        yield self.label(
            "method-engine",
            engine=self.labels[f"engine.{self.advice.engine}"],
            knowledge=self.advice.knowledge_version,
            rules=self.advice.rules_version,
        )

    def cited(self) -> Iterator[Publications]:
        cited = {citation.source for one in self.advice.verdicts if one.asks for citation in one.sources}
        cited |= {
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


def conditions(one: Standing, words: Mapping[str, str]) -> str:
    """How many of the conditions of a score are met, and how many are not known."""
    key = "conditions" if one.unknown else "conditions-known"
    return words[key].format(**one.model_dump())
