"""The questionnaire as an answer file in which nothing has been filled in."""

from textwrap import wrap

from knowledge.acts import CHAPTER, DONE
from knowledge.base import KnowledgeBase
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Question
from knowledge.text import Language, Text
from rules.words import SPECIAL, condition_in_words

A_DAY = "2027-03-09"
"""How a day is written in an answer file."""
_WORDS: dict[str, Text] = {
    "head": Text(
        nl="Antwoorden voor Dialoogwijzer. Zet je antwoord achter de dubbele punt. Leeg betekent: nog niet beantwoord. "
        f"Weet je het niet, vul dan {UNKNOWN} in. Zet meer antwoorden tussen haken: [eerste, tweede]. "
        "Daarna: dialoogwijzer assess DIT-BESTAND",
        en="Answers for Dialoogwijzer. Put your answer after the colon. Empty means: not answered yet. "
        f"If you do not know, write {UNKNOWN}. Put several answers between brackets: [first, second]. "
        "Then: dialoogwijzer assess THIS-FILE --lang en",
    ),
    "one": Text(nl="kies één", en="choose one"),
    "several": Text(nl="kies één of meer, tussen haken", en="choose one or more, between brackets"),
    "acts": Text(
        nl=f"zet tussen haken wat je van plan bent; met {DONE} erachter als het al gebeurd is. "
        "Een rij die inspringt, zegt preciezer wat erboven staat",
        en=f"put between brackets what you plan; with {DONE} behind it if it is done already. "
        "A row that is set in says more exactly what stands above it",
    ),
    "number": Text(
        nl="een heel getal van {low} tot en met {high} ({unit})", en="a whole number from {low} to {high} ({unit})"
    ),
    "day": Text(nl="of de dag, als {day} of 9 maart", en="or the day, as {day} or 9 March"),
    "alone": Text(nl="alleen, zonder andere", en="by itself, without others"),
    "why": Text(nl="Waarom we dit vragen:", en="Why we ask:"),
    "when": Text(nl="Alleen als:", en="Only if:"),
    "name": Text(nl="Zet het onderaan, bij notes:", en="Write it at the end, under notes:"),
    "notes": Text(
        nl='In je eigen woorden (mag leeg blijven), als `id: "tekst"`. Bij een rij die je koos, met haar id zonder '
        f"{DONE}: één zin over wat je precies doet, met wie, wanneer; die zin staat dan in je eigen advies, als in "
        '`short-talk: "Na de prijzen, tien minuten."`. Bij core.own-question: je vraag, die boven het antwoord staat. '
        "Bij een andere vraag: een aantekening.",
        en='In your own words (may stay empty), as `id: "text"`. With a row that you chose, by its id without '
        f"{DONE}: one sentence on what you do exactly, with whom, when; that sentence then stands in your own "
        'advice, as in `short-talk: "After the prices, ten minutes."`. With core.own-question: your question, which '
        "stands above its answer. With another question: a note.",
    ),
}


def write_empty(knowledge: KnowledgeBase, language: Language = "nl") -> str:
    """The whole questionnaire as a commented answer file in which nothing has been filled in."""
    lines = [
        *_comment(_WORDS["head"].in_(language), ""),
        "",
        'title: ""',
        f'knowledge_version: "{knowledge.version}"',
        "answers:",
    ]
    theme = ""
    for question in knowledge.questions.values():
        if question.theme != theme:
            theme = question.theme
            lines += ["", f"  # ===== {knowledge.themes[theme].title.in_(language)} ====="]
        lines += ["", *_about(question, knowledge, language), f"  {question.id}:"]
    lines += ["", *_comment(_WORDS["notes"].in_(language), ""), "notes:"]
    return "\n".join(lines) + "\n"


def _about(question: Question, knowledge: KnowledgeBase, language: Language) -> list[str]:
    of_acts = question.chapter == CHAPTER
    kind = _WORDS["acts" if of_acts else question.kind].in_(language)
    if question.number is not None:
        number = question.number
        kind = kind.format(low=number.minimum, high=number.maximum, unit=number.unit.in_(language))
        kind += f", {_WORDS['day'].in_(language).format(day=A_DAY)}" if number.to_a_day else ""
    lines = _comment(f"{question.text.in_(language)} ({kind})")
    lines += _comment(f"{_WORDS['why'].in_(language)} {question.why.in_(language)}")
    if question.ask_when is not None:
        when = condition_in_words(question.ask_when, knowledge.questions, language)
        lines += _comment(f"{_WORDS['when'].in_(language)} {when}")
    for name in knowledge.names:
        if name.question == question.id:
            lines += _comment(f"{name.ask.in_(language)} {_WORDS['name'].in_(language)} {name.id}")
    choices = [
        (
            f"{'  ' if option.under else ''}{option.id}",
            option.label.in_(language) + (f" ({_WORDS['alone'].in_(language)})" if option.exclusive else ""),
        )
        for option in question.options
        if not (of_acts and option.id.endswith(DONE))
    ]
    choices += [(UNKNOWN, SPECIAL[UNKNOWN].in_(language))]
    choices += [(NOT_APPLICABLE, SPECIAL[NOT_APPLICABLE].in_(language))] if question.not_applicable else []
    width = max(len(choice) for choice, _ in choices)
    return [*lines, *(f"  #   {choice.ljust(width)}  {label}" for choice, label in choices)]


def _comment(text: str, indent: str = "  ") -> list[str]:
    return [f"{indent}# {line}" for line in wrap(text, 104)]
