"""One item of the knowledge and rule base: what it says, what leads to it and what it leads to."""

from collections.abc import Iterator
from functools import cache

import streamlit as st

from knowledge.condition import questions_in
from knowledge.model import Lesson, Question
from rules.catalogue.entries import Key, title_of
from rules.catalogue.links import Links, labels
from rules.model import rule_base
from rules.words import Clause, clause
from ui.parts.knowledge_links import heading, listed
from ui.parts.markup import draw, rests_on, sources_of, tag
from ui.parts.reason_markup import STEP
from ui.parts.widgets import link_out, words
from ui.screens.browse.coverage_view import sections_of
from ui.screens.browse.knowledge_graph import picture
from ui.visit.session import language, t
from ui.words import escaped


@cache
def all_links() -> Links:
    """What points at what, computed once."""
    return Links(rule_base())


def title(key: Key) -> str:
    """The heading of an item; for a lesson the title of its card, since its text follows."""
    base = rule_base()
    named = Key("card", base.knowledge.card_of[key.id].card) if key.kind == "lesson" else key
    return f"{t(f'item.{key.kind}')}: {escaped(title_of(named, base, language()))}"


def item(key: Key) -> None:
    """Everything on one item, below its title."""
    {"card": _card, "lesson": _lesson, "question": _question, "case": _case, "rule": _rule, "source": _source}[
        key.kind
    ](key.id)
    st.caption(t("knowledge.id", id=escaped(key.id)))


def _facts(*facts: str) -> None:
    st.caption(" · ".join(facts))


def _card(card_id: str) -> None:
    known = rule_base().knowledge
    _facts(words(known.themes[known.card_themes[card_id]].title))
    listed(t("knowledge.lessons_here"), [Key("lesson", one.id) for one in known.cards[card_id].lessons], folded=False)


def _lesson(lesson_id: str) -> None:
    base = rule_base()
    lesson = base.knowledge.lessons[lesson_id]
    w = labels(language())
    _facts(*(w[f"{name}.{getattr(lesson, name)}"] for name in ("severity", "phase", "kind")))
    st.markdown(words(lesson.advice))
    if lesson.cautions is not None:
        st.markdown(t("advice.caution", text=words(lesson.cautions)))
    st.header(t("knowledge.practice"), anchor=False)
    st.markdown(words(lesson.evidence))
    draw(rests_on(lesson.sources, lesson.basis))
    st.caption(_place(lesson))
    leading = all_links().advising.get(lesson_id, [])
    listed(w["rules-advising"], [Key("rule", rule.id) for rule in leading])
    picture(lesson_id, all_links())
    others = [Key("card", base.knowledge.card_of[lesson_id].card)]
    listed(
        t("knowledge.belongs_to"),
        [*others, *(Key("source", one) for one in dict.fromkeys(cited.source for cited in lesson.sources))],
    )


def _case(case_id: str) -> None:
    case = rule_base().knowledge.scenarios[case_id]
    _facts(t("knowledge.invented" if case.invented else "knowledge.published"))
    for paragraph in case.story:
        st.markdown(words(paragraph))
    for name, text in (("decided", case.decided), ("happened", case.happened), ("teaching", case.teaching)):
        st.header(t(f"advice.{name}"), anchor=False)
        st.markdown(words(text))
    draw(tag("p", sources_of(case.sources), cls="soft"))
    st.markdown(t("knowledge.play", start=t("nav.start"), demonstration=t("start.demonstration")))
    listed(t("knowledge.lessons_here"), [Key("lesson", one) for one in case.lessons])


def _rule(rule_id: str) -> None:
    base = rule_base()
    rule, w = base.rules[rule_id], labels(language())
    _facts(words(base.knowledge.themes[rule.theme].title))
    if rule.lesson is None:
        st.markdown(w["leads-nowhere"])
    st.header(w["applies-when"], anchor=False)
    st.markdown("\n".join(_condition(clause(rule.when, base.knowledge.questions, language()), "")))
    if rule.because and language() == "en":
        st.markdown(f"**{w['because']}:** {escaped(rule.because)}")
    listed(t("knowledge.rests_on"), _below(rule_id))
    listed(w["leads-to"], [Key("lesson", rule.lesson)] if rule.lesson else [])
    listed(w["used-by"], [Key("rule", one.id) for one in all_links().using.get(rule_id, ())])


def _below(rule_id: str) -> list[Key]:
    """The questions and findings in the condition of a rule."""
    base = rule_base()
    rule = base.rules[rule_id]
    tested = questions_in(rule.when)
    asked = [Key("question", one) for one in base.knowledge.questions if one in tested]
    return [*asked, *(Key("rule", one.id) for one in all_links().findings(rule))]


def _question(question_id: str) -> None:
    known = rule_base().knowledge
    question, w = known.questions[question_id], labels(language())
    kind = w[f"kind.{question.kind}"]
    if question.number is not None:
        low, high = question.number.minimum, question.number.maximum
        kind = kind.format(low=low, high=high, unit=words(question.number.unit))
    _facts(words(known.themes[question.theme].title), kind, *(() if question.scored else (w["not-scored"],)))
    for name, text in (("why", question.why), ("help", question.help), ("find-out", question.find_out)):
        if text is not None:
            st.markdown(f"**{w[name]}:** {words(text)}")
    st.caption(_place(question))
    st.header(w["options"], anchor=False)
    st.markdown("\n".join(f"- {one}" for one in _answers(question)))
    if question.ask_when is None:
        st.markdown(w["asked-always"])
    else:
        st.header(w["asked-when"], anchor=False)
        st.markdown("\n".join(_condition(clause(question.ask_when, known.questions, language()), "")))
        tested = questions_in(question.ask_when)
        listed(t("knowledge.depends_on"), [Key("question", one) for one in known.questions if one in tested])
    listed(w["rules-testing"], [Key("rule", rule.id) for rule, _ in all_links().ways_through(question_id)])
    lessons = dict.fromkeys(lesson.id for _, lesson in all_links().ways_through(question_id) if lesson is not None)
    listed(t("knowledge.advice_through"), [Key("lesson", one) for one in lessons])
    listed(w["decides-on"], [Key("question", one.id) for one in all_links().depending.get(question_id, ())])


def _answers(question: Question) -> Iterator[str]:
    w = labels(language())
    for option in question.options:
        facts = [] if option.points is None else [w["met"] if option.points else w["not-met"]]
        facts += [w["exclusive"]] if option.exclusive else []
        yield words(option.label) + (f" ({', '.join(facts)})" if facts else "")
    for band in question.number.bands if question.number is not None else ():
        met = w["neither"] if band.points is None else w["met"] if band.points else w["not-met"]
        yield f"{w['from'].format(number=band.at_least)}: {met}"
    if question.not_applicable:
        yield w["not-applicable"]


def _source(source_id: str) -> None:
    source = rule_base().knowledge.sources[source_id]
    _facts(source.publisher, *([str(source.year)] if source.year else []))
    st.markdown(link_out(escaped(source.url), source.url))
    places_in = {one: heading(one) for one in source.sections}
    chosen = st.selectbox(
        t("knowledge.section"),
        list(places_in),
        index=None,
        format_func=places_in.__getitem__,
        placeholder=t("knowledge.section_choose"),
        key=f"dutch:section:{source_id}:{language()}",
    )
    if chosen is not None:
        taught = all_links().citing.get((source_id, chosen), [])
        if taught:
            listed(t("knowledge.lessons_here"), [Key("lesson", one.id) for one in taught], folded=False)
        else:
            st.markdown(labels(language())["section-empty"])
    st.header(t("coverage.sections_title"), anchor=False)
    draw(sections_of(source_id))


def _place(one: Question | Lesson) -> str:
    known, w = rule_base().knowledge, labels(language())
    element, step = known.elements[one.element], known.steps[one.step]
    return f"{w['element']}: {words(element.title)} · {w['step']}: {words(step.title)}"


def _condition(one: Clause, indent: str) -> Iterator[str]:
    """A condition as the lines of a nested list."""
    base, w = rule_base(), labels(language())
    word = w[f"form.{one.form}"]
    if one.form == "finding":
        yield f"{indent}- {word}: *{words(base.rules[one.about].says)}*"
    elif one.parts:
        yield f"{indent}- {word}"
        for part in one.parts:
            yield from _condition(part, indent + STEP)
    else:
        values = f" {w['or']} ".join(f"‘{escaped(value)}’" for value in one.values)
        yield f"{indent}- {words(base.knowledge.questions[one.about].text)} **{word}** {values}"
