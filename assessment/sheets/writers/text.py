"""The advice sheet as plain text, 88 columns wide, for a terminal or an e-mail."""

from collections.abc import Iterable, Iterator
from textwrap import fill

from assessment.model import Advice
from assessment.plan import Plan
from assessment.sheets.compose.composition import sheet
from assessment.sheets.compose.contents import Answered, Bar, Item, Planned, Sheet, Task, Teaching, Why
from knowledge.text import Language

WIDTH = 88
LABEL = 20
"""The columns that a label such as 'Waarom' takes, its indent included."""
BAR = 20
"""The columns of a score from 0 to 100."""


def write_text(advice: Advice, language: Language, plan: Plan | None = None, with_answers: bool = True) -> str:
    """The advice sheet as text with line ends; no line is wider than 88 characters."""
    contents = sheet(advice, language, plan=plan, with_answers=with_answers)
    parts = (_summary, _advice, _homework, _plan, _answers, _method)
    return "\n".join(line for part in parts for line in part(contents)) + "\n"


def _summary(one: Sheet) -> Iterator[str]:
    words = one.labels
    yield "=" * WIDTH
    yield from _wrapped(one.title.upper())
    yield "=" * WIDTH
    yield from _wrapped(f"{words['sheet']}. {words['about']}")
    yield from _wrapped(f"{one.date}. {' '.join(one.progress)}")

    yield from _heading(words["safety-first"])
    yield from _wrapped(words["safety-about"] if one.safety else words["safety-none"])
    for item in one.safety:
        yield from _short("!", item, words)

    yield from _heading(words["do-first-besides"] if one.safety else words["do-first"])
    if not one.first:
        yield from _wrapped(words["nothing-else"])
    for place, item in enumerate(one.first, start=1):
        yield from _short(f"{place}.", item, words)

    yield from _heading(words["scores"])
    if not one.bars:
        yield from _wrapped(words["scores-none"])
        return
    wide = max(len(bar.title) for bar in one.bars)
    yield from (f"{bar.title:{wide}}  {_bar(bar)}  {bar.range}, {bar.levels}" for bar in one.bars)
    yield from ("", *_wrapped(words["scores-key-text"]))


def _advice(one: Sheet) -> Iterator[str]:
    words = one.labels
    yield from _heading(words["advice"])
    yield from _wrapped(words["advice-about"] if one.phases else words["advice-none"])
    for part in one.phases:
        yield from ("", "", part.title.upper(), "-" * len(part.title))
        for item in part.items:
            yield ""
            yield from _wrapped(item.title, f"{item.number}. ", " " * len(f"{item.number}. "))
            yield from _wrapped(f"[{item.severity}] {item.theme}", "   ")
            for lesson in item.lessons:
                yield ""
                yield from _wrapped(f"{lesson.phase}: {lesson.advice}" if lesson.phase else lesson.advice, "   ")
                yield from _taught(lesson, words)


def _taught(lesson: Teaching, words: dict[str, str]) -> Iterator[str]:
    for place, why in enumerate(lesson.why):
        yield from _reason("" if place else words["why"], why, words)
    yield from _labelled(words["in-practice"], lesson.evidence)
    if lesson.cautions:
        yield from _labelled(words["caution"], lesson.cautions)
    for place, source in enumerate(lesson.sources):
        yield from _labelled("" if place else f"{words['source']} {source.number}", source.places)


def _reason(label: str, why: Why, words: dict[str, str]) -> Iterator[str]:
    says = f"{why.says} {words['same-answers']}" if why.same else why.says
    yield from _labelled(label, f"{says} {seen}" if (seen := _see(why, words)) else says)
    below = [*map(_answered, why.answers)]
    for finding in why.findings:
        resting_on = "; ".join(map(_answered, finding.answers))
        below.append(f"{finding.says} ({resting_on})" if resting_on else finding.says)
    yield from _listed(below, indent=" " * LABEL)


def _see(why: Why, words: dict[str, str]) -> str:
    """`Zie ook advies 1, 3; huiswerk 2.`"""
    places = [
        words[key].format(number=", ".join(map(str, numbers)))
        for key, numbers in (("advice-number", why.see), ("homework-number", why.homework))
        if numbers
    ]
    return words["see-advice"].format(advice="; ".join(places)) if places else ""


def _homework(one: Sheet) -> Iterator[str]:
    words = one.labels
    yield from _heading(words["homework"])
    yield from _wrapped(words["homework-about"] if one.homework else words["homework-none"])
    for task in (*one.homework, *one.homework_later):
        yield ""
        yield from _wrapped(task.asked, f"{task.number}. ", "    ")
        if task.find_out:
            yield from _labelled(words["find-out"], task.find_out)
        numbers = words["advice-number"].format(number=", ".join(map(str, task.numbers)))
        yield from _labelled(words["matters-for"], "; ".join(((numbers,) if task.numbers else ()) + task.matters_for))
        yield from _who(task, words)


def _plan(one: Sheet) -> Iterator[str]:
    words = one.labels
    yield from _heading(words["plan"])
    yield from _wrapped(words["plan-about"] if one.plan else words["plan-none"])
    for action in one.plan:
        yield ""
        number = words["advice-number"].format(number=action.number)
        yield from _wrapped(f"{action.action} ({number})" if action.number else action.action, "[ ] ", "    ")
        for remark in action.remarks:
            yield from _wrapped(remark, "    ")
        yield from _who(action, words)


def _who(one: Task | Planned, words: dict[str, str]) -> Iterator[str]:
    """Who does it, by when and how it stands, as far as something was decided."""
    said = ((words["who"], one.who), (words["due"], one.due), (words["status"], one.status))
    if one.who or one.due or one.status != words["proposed"]:
        for name, value in said:
            yield from _labelled(name, value) if value else ()


def _answers(one: Sheet) -> Iterator[str]:
    if not one.with_answers:
        return
    yield from _heading(one.labels["answers"])
    if not one.answers:
        yield from _wrapped(one.labels["answers-rest-none" if one.any_answer else "answers-none"])
    for theme in one.answers:
        yield from ("", theme.title.upper())
        for each in theme.answers:
            yield from _wrapped(each.asked, "- ", "  ")
            yield from _wrapped(each.answer, "    > ", "      ")


def _method(one: Sheet) -> Iterator[str]:
    yield from _heading(one.labels["method"])
    yield from _listed(one.method)
    if one.publications:
        yield from ("", one.labels["sources"].upper())
        for each in one.publications:
            yield from _listed(f"{one.labels['source']} {number}: {title}" for number, title in each.titles)
            yield f"  {each.url}"


def _heading(title: str) -> Iterator[str]:
    yield from ("", "", title.upper(), "=" * len(title))


def _short(mark: str, item: Item, words: dict[str, str]) -> Iterator[str]:
    indent = " " * 3
    number = words["advice-number"].format(number=item.number)
    yield ""
    yield from _wrapped(f"{item.title} ({number})", f"{mark:3}", indent)
    yield from _wrapped(item.summary, indent)


def _bar(bar: Bar) -> str:
    """`[######.....     ]`: certain, possible, out of reach."""
    lowest, highest = round(bar.lowest * BAR / 100), round(bar.highest * BAR / 100)
    return f"[{'#' * lowest + '.' * (highest - lowest):{BAR}}]"


def _answered(one: Answered) -> str:
    return f"{one.asked} {one.answer}"


def _labelled(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, f"   {label:{LABEL - 3}}", " " * LABEL)


def _listed(texts: Iterable[str], indent: str = "") -> Iterator[str]:
    for text in texts:
        yield from _wrapped(text, f"{indent}- ", f"{indent}  ")


def _wrapped(text: str, first: str = "", then: str | None = None) -> Iterator[str]:
    """Lines of at most 88 characters. The first begins with `first`, the others with `then`, or else with `first`."""
    filled = fill(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=first if then is None else then,
        break_on_hyphens=False,
    )
    yield from filled.splitlines()
