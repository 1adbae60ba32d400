"""Parts that more sheets share, as blocks, from the contents of the advice sheet."""

from collections.abc import Iterable, Iterator, Mapping

from assessment.dossier import Dossier
from assessment.sheets.compose.composition import sheet
from assessment.sheets.compose.contents import Answered, Bar, Cited, FullAdvice, Line
from assessment.sheets.document import Alert, Block, Bullets, Heading, Paragraph, ScoreBar, ScoreChart, Table
from knowledge.text import Language

MOST_LINES = 5
"""How many lines of the plan stand open; the others are named."""


def contents(dossier: Dossier, language: Language) -> FullAdvice:
    """What stands on the advice sheet of this dossier."""
    return sheet(dossier.advice, language, dossier.inference.base.knowledge, dossier.plan, dossier.with_answers)


def plan_tested(one: FullAdvice, most: int = MOST_LINES) -> Iterator[Block]:
    """The plan, tested: whether each occasion can go on, what must stop or be settled first, and what is good."""
    words = one.labels
    yield Heading(words["plan-tested"])
    if one.occasions:
        yield Bullets(
            tuple(verdict for _, verdict in one.occasions), leads=tuple(f"{title}:" for title, _ in one.occasions)
        )
    if not one.lines:
        yield Paragraph(words["plan-tested-none"])
    opened = one.lines[:most]
    danger = [line for line in opened if line.stops]
    rest = [line for line in opened if not line.stops]
    if danger:
        yield Alert(words["safety-about"], tuple(map(core, danger)), tuple(map(lead, danger)))
    if rest:
        yield Bullets(tuple(map(core, rest)), leads=tuple(map(lead, rest)))
    if one.lines[most:]:
        yield Paragraph(words["also"])
        yield Bullets(
            tuple(line.label for line in one.lines[most:]), leads=tuple(short(line) for line in one.lines[most:])
        )
    yield from keep(one)


def keep(one: FullAdvice) -> Iterator[Block]:
    """What is good as it is."""
    if one.keep:
        yield Paragraph(f"{one.labels['keep']} {' '.join(one.keep)}")


def lead(line: Line) -> str:
    """The verdict and the act, to stand before what to do: `1. Stop: "Ik laat foto's zien."`"""
    return f"{short(line)} ‘{line.label}’"


def short(line: Line) -> str:
    """The number and the verdict."""
    return f"{line.number}. {line.verdict}:"


def core(line: Line) -> str:
    """What to do about it."""
    return line.instead


def scores(one: FullAdvice) -> Iterator[Block]:
    """The scores as conditions met."""
    yield Heading(one.labels["scores"])
    if one.bars:
        yield ScoreChart(one.labels["scores-key"], tuple(map(score_bar, one.bars)))
    else:
        yield Paragraph(one.labels["scores-none"])


def score_bar(bar: Bar) -> ScoreBar:
    """A score, with the conditions met in words."""
    return ScoreBar(bar.title, bar.lowest, bar.highest, f"{bar.conditions}: {bar.levels}")


def plan(one: FullAdvice) -> Iterator[Block]:
    """The action plan: what to do with who does it, by when and how it stands."""
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


def homework(one: FullAdvice) -> Iterator[Block]:
    """What is still to find out, how, and what waits for it."""
    if not one.homework:
        return
    words = one.labels
    yield Heading(words["homework"])
    yield Bullets(
        tuple(
            " ".join(
                filter(
                    None,
                    (
                        task.find_out,
                        words["waits"].format(acts=" · ".join(task.waits)) if task.waits else "",
                        f"{task.who} {task.due}".strip(),
                    ),
                )
            )
            for task in one.homework
        ),
        ordered=True,
        leads=tuple(task.asked for task in one.homework),
    )


def answered(answers: Iterable[Answered]) -> str:
    """Questions with their answers, one after another."""
    return "; ".join(f"{one.asked} {one.answer}" for one in answers)


def cited(sources: Iterable[Cited], words: Mapping[str, str]) -> str:
    """Publications by number, with the headings in them."""
    return "; ".join(f"{words['source']} {one.number}, {one.places}" for one in sources)
