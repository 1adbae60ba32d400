"""The full advice as a document: the plan tested, a card per act, occasion or party, what to find out, and sources."""

from collections.abc import Iterator

from assessment.dossier import Dossier
from assessment.sheets.compose import shared as parts
from assessment.sheets.compose.contents import CardPart, FullAdvice, Line
from assessment.sheets.document import Block, Bullets, Document, Fields, Heading, Paragraph, Table
from knowledge.text import Language


def full_sheet(dossier: Dossier, language: Language) -> Document:
    """Everything: the plan tested, cards, what to find out, decisions, scores, and on what it rests."""
    one = parts.contents(dossier, language)
    blocks: list[Block] = [Paragraph(f"{one.labels['for-yourself']} {' '.join(one.progress)}", quiet=True)]
    for part in (parts.plan_tested, _cards, parts.homework, _plan, parts.scores, _rests_on, _answers, _method):
        blocks.extend(part(one))
    return Document(
        language=language,
        kind=one.labels["sheet"],
        title=one.title,
        about=one.labels["about"],
        made_on=dossier.advice.made_on,
        blocks=tuple(blocks),
    )


def _cards(one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    if not one.cards:
        return
    yield Heading(words["cards"])
    for card in one.cards:
        yield Heading(card.title, 2)
        yield from _card(card, one)
    if one.later:
        yield Paragraph(words["later"].format(cards=" · ".join(one.later)), quiet=True)


def _card(card: CardPart, one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    lines = tuple(_detail(line, one) for line in card.lines)
    if lines:
        yield Bullets(lines, leads=tuple(map(parts.lead, card.lines)))
    if card.more:
        yield Bullets(tuple(each.advice for each in card.more))
    rows = [
        (words[name], " · ".join(answer.answer for answer in answers))
        for name, answers in (("missing", card.missing), ("unknown", card.unknown))
        if answers and one.answers
    ]
    if rows:
        yield Fields(tuple(rows))


def _detail(line: Line, one: FullAdvice) -> str:
    """Why, what to do where it did not stand open above, and the words to say and not to say."""
    words, opened = one.labels, line.number <= parts.MOST_LINES
    said = [line.because, "" if opened else line.instead]
    said += [words["say"].format(words=line.say)] if line.say else []
    said += [words["do-not-say"].format(words=line.do_not_say)] if line.do_not_say else []
    return " ".join(filter(None, said))


def _plan(one: FullAdvice) -> Iterator[Block]:
    """The plan, once something was decided on it."""
    if any(each.who or each.due or each.remarks or each.status != one.labels["proposed"] for each in one.plan):
        yield from parts.plan(one)


def _rests_on(one: FullAdvice) -> Iterator[Block]:
    """Per line the answers that brought it and the passage that it rests on."""
    words = one.labels
    cards = [(each.advice, parts.cited(each.sources[:1], words)) for card in one.cards for each in card.more]
    if not one.lines and not cards:
        return
    yield Heading(words["rests-on"])
    yield Paragraph(words["rests-on-about"], quiet=True)
    header = tuple(words[key] for key in ("number", "your-answer", "source"))
    rows = [
        (
            str(line.number),
            "; ".join(answer.answer for answer in line.rests_on),
            ". ".join(filter(None, (parts.cited(line.sources[:1], words), line.own))),
        )
        for line in one.lines
    ]
    rows += [("", advice, source) for advice, source in cards]
    yield Table(words["rests-on"], header, tuple(rows))


def _answers(one: FullAdvice) -> Iterator[Block]:
    if not one.answers:
        return
    words = one.labels
    yield Heading(words["answers"])
    rows = tuple((each.asked, each.answer) for theme in one.answers for each in theme.answers)
    yield Table(words["answers-about"], (words["question"], words["answer"]), rows)


def _method(one: FullAdvice) -> Iterator[Block]:
    words = one.labels
    yield from (Heading(words["method"]), Bullets(one.method))
    if one.publications:
        yield Heading(words["sources"], 2)
        for group in one.publications:
            yield Bullets(tuple(f"{words['source']} {number}: {title}" for number, title in group.titles))
            yield Paragraph(group.url, quiet=True, linked=True)
