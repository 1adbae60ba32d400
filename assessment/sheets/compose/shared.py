"""Parts that more sheets share, as blocks, from the contents of the advice sheet."""

from collections.abc import Iterable, Iterator, Mapping

from assessment.dossier import Dossier
from assessment.sheets.compose.composition import sheet
from assessment.sheets.compose.contents import Answered, Bar, Cited, Item, Sheet, Why
from assessment.sheets.document import Alert, Block, Bullets, Heading, Paragraph, ScoreBar, ScoreChart, Table
from knowledge.text import Language


def contents(dossier: Dossier, language: Language) -> Sheet:
    """What stands on the advice sheet of this dossier."""
    return sheet(dossier.advice, language, dossier.inference.base.knowledge, dossier.plan, dossier.with_answers)


def safety(one: Sheet, most: int | None = None) -> Iterator[Block]:
    """The advice on which the safety of people hangs, framed; beyond `most` it is only counted."""
    words = one.labels
    yield Heading(words["safety-first"])
    if not one.safety:
        yield Paragraph(words["safety-none"])
        return
    leads = [lead(item) for item in one.safety[:most]]
    items = ["" if one.safety_in_short else item.summary for item in one.safety[:most]]
    if most is not None and len(one.safety) > most:
        items.append(words["and-more"].format(count=len(one.safety) - most))
    yield Alert(words["safety-about"], tuple(items), tuple(leads))


def first(one: Sheet) -> Iterator[Block]:
    """What else to do first."""
    words = one.labels
    yield Heading(words["do-first-besides"] if one.safety else words["do-first"])
    if one.first:
        yield Bullets(tuple(item.summary for item in one.first), ordered=True, leads=tuple(map(lead, one.first)))
    else:
        yield Paragraph(words["nothing-else"])


def scores(one: Sheet) -> Iterator[Block]:
    """The scores as ranges."""
    yield Heading(one.labels["scores"])
    if one.bars:
        yield ScoreChart(one.labels["scores-key"], tuple(map(score_bar, one.bars)))
    else:
        yield Paragraph(one.labels["scores-none"])


def score_bar(bar: Bar) -> ScoreBar:
    """A score, with its range and levels in words."""
    return ScoreBar(bar.title, bar.lowest, bar.highest, f"{bar.range}, {bar.levels}")


def plan(one: Sheet) -> Iterator[Block]:
    """The action plan: advice with who does it, by when and how it stands."""
    words = one.labels
    yield Heading(words["plan"])
    if not one.plan:
        yield Paragraph(words["plan-none"])
        return
    header = tuple(words[key] for key in ("number", "action", "who", "due", "status"))
    rows = tuple(
        (str(each.number or ""), " ".join((each.action, *each.remarks)), each.who, each.due, each.status)
        for each in one.plan
    )
    yield Table(words["plan-about"], header, rows)


def homework(one: Sheet) -> Iterator[Block]:
    """What is still to find out, how, and for which advice."""
    words = one.labels
    yield Heading(words["homework"])
    if not one.homework:
        yield Paragraph(words["homework-none"])
        return
    header = tuple(words[key] for key in ("number", "still-open", "matters-for", "who", "due"))
    rows = tuple(
        (
            str(task.number),
            f"{task.asked} {task.find_out or ''}",
            "; ".join(((numbered(task.numbers, words),) if task.numbers else ()) + task.matters_for),
            task.who,
            task.due,
        )
        for task in (*one.homework, *one.homework_later)
    )
    yield Table(words["homework-about"], header, rows)


def lead(item: Item) -> str:
    """The title of a recommendation, to stand before its core."""
    return f"{item.title}."


def numbered(numbers: Iterable[int], words: Mapping[str, str]) -> str:
    """`advies 3, 5`."""
    return words["advice-number"].format(number=", ".join(map(str, numbers)))


def reason(why: Why, words: Mapping[str, str]) -> str:
    """Why a lesson is advised, as running text."""
    parts = [why.says]
    if why.same:
        parts.append(words["same-answers"])
    if seen := see(why, words):
        parts.append(seen)
    if why.answers:
        parts.append(f"({answered(why.answers)})")
    parts += [
        f"{finding.says} ({answered(finding.answers)})." if finding.answers else finding.says
        for finding in why.findings
    ]
    return " ".join(parts)


def see(why: Why, words: Mapping[str, str]) -> str:
    """`Zie ook advies 1, 3; huiswerk 2.`, or nothing."""
    places = [numbered(why.see, words)] if why.see else []
    if why.homework:
        places.append(words["homework-number"].format(number=", ".join(map(str, why.homework))))
    return words["see-advice"].format(advice="; ".join(places)) if places else ""


def answered(answers: Iterable[Answered]) -> str:
    """Questions with their answers, one after another."""
    return "; ".join(f"{one.asked} {one.answer}" for one in answers)


def cited(sources: Iterable[Cited], words: Mapping[str, str]) -> str:
    """Publications by number, with the headings in them."""
    return "; ".join(f"{words['source']} {one.number}, {one.places}" for one in sources)
