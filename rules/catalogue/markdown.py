"""The catalogue as Markdown with anchors."""

import re
from collections.abc import Iterable, Iterator

from knowledge.markdown import escaped as safe
from knowledge.model import Citation, Lesson, Question, Source
from knowledge.text import Language, Text
from rules.catalogue.links import Chapter, Links, labels, web_address
from rules.model import Rule, RuleBase
from rules.words import Clause, clause

PARTS = ("questions", "rules", "lessons")


def write_markdown(base: RuleBase, language: Language) -> str:
    """The whole knowledge and rule base as one Markdown file in one language."""
    return "\n".join(_Writer(base, language).lines()) + "\n"


def escaped(text: str) -> str:
    """Text on one line, safe in Markdown."""
    return safe(" ".join(text.split()))


class _Writer:
    def __init__(self, base: RuleBase, language: Language):
        self.base = base
        self.knowledge = base.knowledge
        self.language: Language = language
        self.links = Links(base)
        self.w = labels(language)

    def t(self, text: Text) -> str:
        return escaped(text.in_(self.language))

    def lines(self) -> Iterator[str]:
        known, w = self.knowledge, self.w
        yield from (f"# {escaped(w['title'])}", "")
        yield escaped(
            w["lead"].format(
                questions=len(known.questions),
                rules=len(self.base.rules),
                lessons=len(known.lessons),
                sources=len(known.sources),
            )
        )
        yield escaped(w["version"].format(knowledge=known.version, rules=self.base.version))
        yield from self._contents()
        yield from _heading(2, "how", escaped(w["how"]))
        for key in ("how-chain", "how-true", "how-points"):
            yield from (escaped(w[key]), "")
        for key, items in (("elements", known.elements), ("steps", known.steps)):
            yield from (f"### {w[key]}", "")
            yield from (f"- **{self.t(one.title)}**: {self.t(one.about)}" for one in items.values())
            yield ""
        for part in PARTS:
            yield from _heading(2, part, w[part])
            for chapter in self.links.chapters:
                if getattr(chapter, part):
                    yield from _heading(3, f"{part}-{chapter.theme.id}", self.t(chapter.theme.title))
                    yield from (self.t(chapter.theme.about), "")
                    yield from self._chapter(chapter, part)
        yield from _heading(2, "sources", w["sources"])
        for source in known.sources.values():
            yield from self._source(source)

    def _chapter(self, chapter: Chapter, part: str) -> Iterator[str]:
        if part == "questions":
            for question in chapter.questions:
                yield from self._question(question)
        elif part == "rules":
            for rule in chapter.rules:
                yield from self._rule(rule)
        else:
            for card in chapter.cards:
                yield from _heading(4, f"c-{card.card}", self.t(card.title))
                yield from (f"{self.w['card']} `{card.card}`", "")
                for lesson in card.lessons:
                    yield from self._lesson(lesson)

    def _contents(self) -> Iterator[str]:
        yield from ("", f"## {self.w['contents']}", "", f"- [{self.w['how']}](#how)")
        for part in PARTS:
            yield f"- [{self.w[part]}](#{part})"
            for chapter in self.links.chapters:
                if count := len(getattr(chapter, part)):
                    yield f"  - [{self.t(chapter.theme.title)}](#{part}-{chapter.theme.id}) ({count})"
        yield f"- [{self.w['sources']}](#sources)"
        for source in self.knowledge.sources.values():
            yield f"  - [{self.t(source.title)}](#s-{source.id})"
        yield ""

    def _question(self, one: Question) -> Iterator[str]:
        w = self.w
        yield from _heading(4, f"q-{one.id}", self.t(one.text))
        kind = w[f"kind.{one.kind}"]
        if one.number:
            low, high = one.number.minimum, one.number.maximum
            kind = kind.format(low=low, high=high, unit=self.t(one.number.unit))
        facts = [kind, *([] if one.scored else [w["not-scored"]]), self._place(one)]
        yield from (f"{w['question']} `{one.id}` · {' · '.join(facts)}", "")
        for key, text in (("why", one.why), ("help", one.help), ("find-out", one.find_out)):
            if text:
                yield f"- **{w[key]}:** {self.t(text)}"
        yield f"- **{w['options']}:**"
        for option in one.options:
            facts = [f"`{option.id}`"]
            if option.points is not None:
                facts.append(w["met"] if option.points else w["not-met"])
            facts += [w["exclusive"]] if option.exclusive else []
            facts += [w["sets-phase"].format(phase=w[f"phase.{option.phase}"])] if option.phase else []
            yield f"  - {self.t(option.label)} ({', '.join(facts)})"
        for band in one.number.bands if one.number else ():
            met = w["neither"] if band.points is None else w["met"] if band.points else w["not-met"]
            yield f"  - {w['from'].format(number=band.at_least)}: {met}"
        if one.not_applicable:
            yield f"  - {w['not-applicable']}"
        if one.ask_when:
            yield f"- **{w['asked-when']}:**"
            yield from self._condition(clause(one.ask_when, self.knowledge.questions, self.language), "  ")
        else:
            yield f"- {w['asked-always']}"
        ways = self.links.ways_through(one.id)
        yield f"- **{w['rules-testing']}:**" if ways else f"- {w['rules-testing-none']}"
        for rule, lesson in ways:
            yield f"  - {self._to_rule(rule)}" + (f" → {self._to_lesson(lesson)}" if lesson else "")
        yield from self._listed("decides-on", map(self._to_question, self.links.depending.get(one.id, ())))
        yield ""

    def _rule(self, one: Rule) -> Iterator[str]:
        w = self.w
        yield from _heading(4, f"r-{one.id}", self.t(one.says))
        yield from (f"{w['rule']} `{one.id}`", "", f"- **{w['applies-when']}:**")
        yield from self._condition(clause(one.when, self.knowledge.questions, self.language), "  ")
        if one.lesson:
            yield f"- **{w['leads-to']}:** {self._to_lesson(self.knowledge.lessons[one.lesson])}"
        else:
            yield f"- {w['leads-nowhere']}"
        if one.because:
            yield f"- **{w['because']}:** {escaped(one.because)}"
        yield from self._listed("uses", map(self._to_rule, self.links.findings(one)))
        yield from self._listed("used-by", map(self._to_rule, self.links.using.get(one.id, ())))
        yield ""

    def _lesson(self, one: Lesson) -> Iterator[str]:
        w = self.w
        yield from _heading(5, f"l-{one.id}", f"{w['lesson']} `{one.id}`")
        facts = (f"{w[key]}: {w[f'{key}.{getattr(one, key)}']}" for key in ("severity", "phase", "kind", "basis"))
        yield from (f"{' · '.join(facts)} · {self._place(one)}", "")
        for key, text in (("advice", one.advice), ("evidence", one.evidence), ("cautions", one.cautions)):
            if text:
                yield f"- **{w[key]}:** {self.t(text)}"
        yield from self._listed("cited", map(self._to_section, one.sources))
        leading = self.links.advising.get(one.id, ())
        yield from self._listed("rules-advising", map(self._to_rule, leading))
        if not leading:
            yield f"- {w['rules-advising-none']}"
        yield ""

    def _source(self, one: Source) -> Iterator[str]:
        yield from _heading(3, f"s-{one.id}", self.t(one.title))
        year = f", {one.year}" if one.year else ""
        address = re.sub(r"[\s<>]", "", one.url)
        url = f"<{address}>" if web_address(one.url) else escaped(one.url)
        yield from (f"{self.w['source']} `{one.id}` · {escaped(one.publisher)}{year} · {url}", "")
        for heading in one.sections:
            yield from _heading(4, self.links.section(one.id, heading), escaped(heading))
            lessons = self.links.citing.get((one.id, heading), ())
            yield from [f"- {self._to_lesson(lesson)}" for lesson in lessons] or [self.w["section-empty"]]
            yield ""

    def _condition(self, one: Clause, indent: str) -> Iterator[str]:
        word = self.w[f"form.{one.form}"]
        if one.form == "finding":
            yield f"{indent}- {word} {self._to_rule(self.base.rules[one.about])}"
        elif one.parts:
            yield f"{indent}- {word}"
            for part in one.parts:
                yield from self._condition(part, indent + "  ")
        else:
            values = f" {self.w['or']} ".join(f"‘{escaped(value)}’" for value in one.values)
            yield f"{indent}- {self._to_question(self.knowledge.questions[one.about])} **{word}** {values}"

    def _place(self, one: Question | Lesson) -> str:
        element, step = self.knowledge.elements[one.element], self.knowledge.steps[one.step]
        return f"{self.w['element']}: {self.t(element.title)} · {self.w['step']}: {self.t(step.title)}"

    def _listed(self, key: str, items: Iterable[str]) -> Iterator[str]:
        for place, item in enumerate(items):
            if not place:
                yield f"- **{self.w[key]}:**"
            yield f"  - {item}"

    def _to_question(self, one: Question) -> str:
        return f"[{self.t(one.text)}](#q-{one.id})"

    def _to_rule(self, one: Rule) -> str:
        return f"[{self.t(one.says)}](#r-{one.id})"

    def _to_lesson(self, one: Lesson) -> str:
        return f"[{self.t(self.knowledge.card_of[one.id].title)} `{one.id}`](#l-{one.id})"

    def _to_section(self, cited: Citation) -> str:
        item = f", {escaped(cited.item)}" if cited.item else ""
        title = self.t(self.knowledge.sources[cited.source].title)
        return f"{title}: [{escaped(cited.at)}](#{self.links.section(cited.source, cited.at)}){item}"


def _heading(level: int, anchor: str, text: str) -> list[str]:
    return [f'<a id="{anchor}"></a>', "", f"{'#' * level} {text}", ""]
