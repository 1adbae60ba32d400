"""Parts that more sheets share, as blocks, from the contents of the advice sheet."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from assessment.dossier import UNSAID, Dossier
from assessment.sheets.compose.composition import sheet
from assessment.sheets.compose.contents import Answered, Bar, Cited, FullAdvice, Line
from assessment.sheets.compose.nearest import nearest
from assessment.sheets.compose.sayings import MARK
from assessment.sheets.compose.situation import safety_open as open_safety
from assessment.sheets.document import Alert, Block, Bullets, Heading, Paragraph, ScoreBar, ScoreChart, Table
from assessment.sheets.own_advice import in_own_words
from assessment.sheets.words import own_words
from assessment.verdicts import USERS_QUESTION
from knowledge.text import Language

MOST_ON_CARD = 5
"""How many lines stand open on a card; the others are named."""
MOST_LESSONS = 2
"""How many lessons stand on a card without acts."""
MUCH_AT_ONCE = 12
"""With more acts to change than this a manager with little time is told what cannot wait."""

FIRST_CARDS = 4
"""So many cards come first then: three on what endangers people and one on who waits, where there are any."""


def contents(dossier: Dossier, language: Language, for_oneself: bool = False) -> FullAdvice:
    """What stands on the advice sheet of this dossier; `for_oneself` with what the user wrote at rows and names."""
    knowledge = dossier.inference.base.knowledge
    waiting = {one: knowledge.questions[one].text.in_(language) for one in open_safety(dossier)}
    notes = dossier.assessment.notes if for_oneself and not dossier.shortened else {}
    advice = in_own_words(dossier.advice, notes, language, knowledge)
    whole = sheet(advice, language, knowledge, dossier.plan, dossier.with_answers, notes)
    elsewhere = whole.labels["occasion.shortened"]
    asked = own_words((USERS_QUESTION,), notes, language)
    others = [line for line in whole.lines if line not in whole.answered]
    return replace(
        whole,
        occasions=tuple(
            (title, elsewhere if dossier.shortened and one.verdict in UNSAID else said)
            for (title, said), one in zip(whole.occasions, dossier.advice.occasions, strict=True)
        ),
        safety_open=waiting,
        shortened=dossier.shortened,
        asked=asked,
        nearest=nearest(asked, others) if asked else None,
        progress=() if dossier.shortened else whole.progress,
    )


def plan_tested(one: FullAdvice) -> Iterator[Block]:
    """The plan, tested: whether each occasion can go on, which cards tell of danger to people, and what is good."""
    words = one.labels
    yield Heading(words["plan-tested"])
    if one.occasions:
        yield Bullets(
            tuple(verdict for _, verdict in one.occasions), leads=tuple(f"{title}:" for title, _ in one.occasions)
        )
    for line in one.answered:
        yield Paragraph(f"{words['asked'].format(question=line.quoted)} {line.instead}")
    if danger := [str(number) for number, card in enumerate(one.cards, start=1) if card.stops]:
        yield Paragraph(words["danger-on"].format(cards=", ".join(danger)))
    if len(one.lines) > MUCH_AT_ONCE and len(one.cards) > FIRST_CARDS:
        yield Paragraph(words["much-danger" if danger else "much"].format(first=FIRST_CARDS))
    if one.nearest is not None:
        card = next((number for number, card in enumerate(one.cards, start=1) if one.nearest in card.lines), None)
        on_card = words["asked-on"].format(card=card)
        nearest_to_it = brief(one.nearest) if card is None else f"{lead(one.nearest)} {on_card}"
        yield Paragraph(words["asked-nearest"].format(question=one.asked, nearest=nearest_to_it))
    elif one.asked and not any(line.label.strip("“”") == one.asked for line in one.answered):
        yield Paragraph(words["asked-none"].format(question=one.asked))
    if not one.safety and one.safety_open and not one.shortened:
        yield from safety_open(one)
    elif not one.cards and not one.shortened:
        yield Paragraph(words["plan-tested-none"])
    good = "keep-danger" if one.safety else "keep-changed" if one.lines else "keep"
    told = ((good, one.keep), ("allowed", one.allowed), ("withheld", one.withheld), ("unsaid", one.unsaid))
    for heading, named in told:
        if named:
            yield Paragraph(words[heading])
            yield Bullets(named)


def safety_open(one: FullAdvice) -> Iterator[Block]:
    """That nothing can be said yet of the safety of people, and which questions for it are open."""
    yield Paragraph(one.labels["safety-open"])
    yield Bullets(tuple(one.safety_open.values()))


def cards(one: FullAdvice) -> Iterator[Block]:
    """The cards, most urgent first, each with its lines; what endangers people is framed, and comes before the rest."""
    before = bool(one.cards) and one.cards[0].stops
    for number, card in enumerate(one.cards, start=1):
        lines = card.joined[:MOST_ON_CARD]
        danger, rest = [line for line in lines if line.stops], [line for line in lines if not line.stops]
        if before and not danger:
            before = False
            yield Paragraph(one.labels["after-danger"])
        yield Heading(f"{number}. {card.title}", 2)
        if card.together:
            yield Paragraph(card.together)
        if danger:
            yield Alert(one.labels["safety-about"], tuple(map(core, danger)), tuple(map(lead, danger)))
        if rest:
            yield Bullets(tuple(map(core, rest)), leads=tuple(map(lead, rest)))
        also = card.joined[MOST_ON_CARD:]
        if also:
            yield Paragraph(one.labels["also"])
            yield Bullets(tuple(line.instead for line in also), leads=tuple(map(lead, also)))
        if card.more and not lines:
            yield Bullets(tuple(each.advice for each in card.more[:MOST_LESSONS]))


def lead(line: Line) -> str:
    """The verdict and the act, to stand before why and what to do: `Stop: ‘Ik laat foto's zien.’`"""
    return f"{line.verdict}: {line.quoted}"


def brief(line: Line) -> str:
    """The verdict, the act and what to do, where there is no room for more."""
    return f"{lead(line)} {line.instead}"


def core(line: Line) -> str:
    """Why, what to do, and the words to say and not to say; marked where it is our own conclusion."""
    told = " ".join(filter(None, (line.because, line.instead, line.say, line.do_not_say)))
    return f"{told}{MARK}" if line.own else told


def scores(one: FullAdvice) -> Iterator[Block]:
    """The scores as conditions met."""
    if one.bars or not one.shortened:
        yield Heading(one.labels["scores"])
    if one.bars:
        yield ScoreChart(one.labels["scores-key"], tuple(map(score_bar, one.bars)))
    elif not one.shortened:
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
        (str(each.number), " ".join((each.action, *each.remarks)), each.who, each.due, each.status) for each in one.plan
    )
    yield Table(words["plan-about"], header, rows)


def homework(one: FullAdvice) -> Iterator[Block]:
    """What is still to find out, and how."""
    if not one.homework:
        return
    words = one.labels
    yield Heading(words["homework-mild" if one.mild else "homework"])
    yield Bullets(
        tuple(
            " ".join(
                filter(
                    None,
                    (
                        task.find_out,
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
