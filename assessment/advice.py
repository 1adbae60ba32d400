"""From answers to advice: recommendations in order of urgency, each with its reasons, and what is still to find out."""

from collections.abc import Mapping, Sequence
from datetime import date

from assessment.checklists import checklists, occasions
from assessment.explanation import reason
from assessment.model import (
    ActVerdict,
    Advice,
    AdvisedLesson,
    AnswerInWords,
    Assessment,
    Homework,
    Progress,
    Recommendation,
)
from assessment.scoring import scores
from assessment.verdicts import OWED, open_verdicts, verdicts, withheld
from knowledge.acts import State
from knowledge.condition import UNKNOWN
from knowledge.model import LessonKind, Phase, Severity
from rules.engine.inference import Inference, Trace
from rules.engine.inference import inference as products_inference
from rules.engine.memory import working_memory
from rules.meaning import NOT_ASKED, UNANSWERED
from rules.model import RuleBase, Weight
from rules.relevance import Relevance
from rules.words import in_words

SEVERITIES: tuple[Severity, ...] = ("critical", "high", "normal")
WEIGHTS: tuple[Weight, ...] = ("gap", "strength", "setting")
ACTS: tuple[LessonKind, ...] = ("advice", "caution", "unsuitable")
"""The kinds of lesson that say what to do or to leave; the others say what to reckon with."""
HOW_SOON: dict[Phase, dict[Phase, int]] = {
    "prepare": {"prepare": 0, "conduct": 0, "always": 1, "follow-up": 2},
    "conduct": {"conduct": 0, "prepare": 1, "always": 1, "follow-up": 2},
    "follow-up": {"follow-up": 0, "always": 1, "prepare": 2, "conduct": 2},
}
"""For the phase in which the company now is: how soon advice of each phase must be settled.

How a talk is conducted is decided while it is prepared, so the two stand side by side then.
"""


def advise(assessment: Assessment, inference: Inference | None = None, today: date | None = None) -> Advice:
    """The whole advice on one assessment.

    `inference` is that of the product where it is not given. `today` dates the advice; left out, it is the current day.
    """
    inference = inference or products_inference()
    rules = inference.base
    knowledge = rules.knowledge
    memory = working_memory(assessment.answers, knowledge.questions)
    trace = inference.run(memory)
    scored = scores(trace, rules)
    given = verdicts(trace, rules)
    advised = recommendations(trace, rules)
    asked = [question for question in knowledge.questions.values() if memory.asked[question.id]]
    relevance = Relevance(rules, trace)
    return Advice(
        title=assessment.title,
        made_on=today or date.today(),
        knowledge_version=knowledge.version,
        rules_version=rules.version,
        engine=trace.engine,
        progress=progress(trace, rules, relevance),
        verdicts=given,
        withheld=withheld(trace, rules),
        occasions=occasions(given, trace, rules),
        checklists=checklists(given, advised, trace, rules),
        recommendations=advised,
        overall=scored.overall,
        scores=scored.themes,
        element_scores=scored.elements,
        homework=_homework(given, trace, rules, relevance),
        answered=tuple(
            AnswerInWords(
                question=question.id, asked=question.text, answer=in_words(question, memory.facts[question.id])
            )
            for question in asked
            if memory.facts[question.id] != UNANSWERED
        ),
    )


def recommendations(trace: Trace, rules: RuleBase) -> tuple[Recommendation, ...]:
    """What is advised, most urgent first; all reasons of one lesson, and all lessons of one card, taken together."""
    knowledge = rules.knowledge
    leading: dict[str, list[str]] = {}
    for rule_id in trace.findings:
        lesson_id = rules.rules[rule_id].lesson
        if lesson_id is not None:
            leading.setdefault(lesson_id, []).append(rule_id)
    grounds: dict[str, Weight] = {
        lesson: min((rules.rules[rule].ground for rule in some), key=WEIGHTS.index) for lesson, some in leading.items()
    }
    phases = HOW_SOON[current_phase(trace, rules)]
    found = []
    for card in knowledge.cards.values():
        lessons = sorted(
            (lesson for lesson in card.lessons if lesson.id in leading),
            key=lambda lesson: (
                WEIGHTS.index(grounds[lesson.id]),
                SEVERITIES.index(lesson.severity),
                phases[lesson.phase],
            ),
        )
        if lessons:
            found.append(
                Recommendation(
                    card=card.card,
                    theme=knowledge.card_themes[card.card],
                    title=card.title,
                    severity=lessons[0].severity,
                    phase=lessons[0].phase,
                    ground=min((grounds[lesson.id] for lesson in lessons), key=WEIGHTS.index),
                    lessons=tuple(
                        AdvisedLesson(
                            lesson=lesson,
                            ground=grounds[lesson.id],
                            reasons=tuple(reason(rule_id, trace, rules) for rule_id in leading[lesson.id]),
                        )
                        for lesson in lessons
                    ),
                )
            )
    return tuple(sorted(found, key=lambda one: urgency(one, phases)))


def urgency(recommendation: Recommendation, phases: Mapping[Phase, int]) -> tuple[int, int, int, bool, int]:
    """The place of a recommendation; smaller comes first, and ties keep the order of the themes.

    What is amiss before what is only the setting, then severity, then what must be settled first in the present phase,
    then what to do before what to know, then how many findings lead to it.
    """
    first = recommendation.lessons[0].lesson
    return (
        WEIGHTS.index(recommendation.ground),
        SEVERITIES.index(recommendation.severity),
        phases[recommendation.phase],
        first.kind not in ACTS,
        -sum(len(advised.reasons) for advised in recommendation.lessons),
    )


def current_phase(trace: Trace, rules: RuleBase) -> Phase:
    """The phase in which the company says that it is; preparing, as long as it says nothing.

    Of several choices, all must point to the same phase: who also wants advice on a coming talk is preparing.
    """
    phase: Phase = "prepare"
    for question in rules.knowledge.questions.values():
        answer = trace.memory.facts[question.id]
        options = [question.option(one) for one in (answer if isinstance(answer, tuple) else (str(answer),))]
        phases = {option.phase if option is not None else None for option in options}
        if len(phases) == 1:
            phase = phases.pop() or phase
    return phase


def still_open(
    trace: Trace, rules: RuleBase, grounds: Sequence[Weight] = WEIGHTS, relevance: Relevance | None = None
) -> dict[str, set[str]]:
    """Per asked question without a real answer: the lessons that are not advised now and that it can still bring.

    Only rules with one of these `grounds` count. A `relevance` of the same trace, where there is one, saves time.
    """
    relevance = relevance or Relevance(rules, trace)
    advised = {rules.rules[rule].lesson for rule in trace.findings}
    found: dict[str, set[str]] = {}
    for rule in trace.undetermined:
        lesson = rules.rules[rule].lesson
        if lesson is not None and lesson not in advised and rules.rules[rule].ground in grounds:
            for question in relevance.deciding(rule):
                found.setdefault(question, set()).add(lesson)
    return found


def open_acts(trace: Trace, rules: RuleBase, relevance: Relevance | None = None) -> dict[str, set[tuple[str, State]]]:
    """Per asked question without a real answer: the acts, by state, of which it can still change the verdict."""
    relevance = relevance or Relevance(rules, trace)
    settled: set[tuple[str, State]] = set()
    found: dict[str, set[tuple[str, State]]] = {}
    for rule, possible in rules.verdicts.items():
        if rule in trace.findings:
            settled.add((possible.act.id, possible.state))
        elif rule in trace.undetermined and (about := (possible.act.id, possible.state)) not in settled:
            for question in relevance.deciding(rule):
                found.setdefault(question, set()).add(about)
    return found


def progress(trace: Trace, rules: RuleBase, relevance: Relevance | None = None) -> Progress:
    """How far the interview is. An open question decides where a verdict, or a lesson not advised, waits for it."""
    memory = trace.memory
    asked = [question.id for question in rules.knowledge.questions.values() if memory.asked[question.id]]
    waiting = {question for question in asked if memory.facts[question] == UNANSWERED}
    relevance = relevance or Relevance(rules, trace)
    bringing = still_open(trace, rules, relevance=relevance).keys() | open_acts(trace, rules, relevance).keys()
    return Progress(
        asked=len(asked),
        answered=len(asked) - len(waiting),
        can_change_advice=len(waiting & bringing),
        unknown=sum(memory.facts[question] == UNKNOWN for question in asked),
    )


MOST_HOMEWORK, FEW_HOMEWORK = 5, 2
"""How much there is to find out first; more than this nobody does before a talk, and less where little is wrong."""
FEW_ASKED = 9
"""Up to so many acts that must be otherwise, little is wrong, where most is known."""
WHO_SPEAKS = "representation"
"""Who speaks for the people is what an adviser asks first; a question on this card is as urgent as what is owed."""


def _homework(
    given: tuple[ActVerdict, ...], trace: Trace, rules: RuleBase, relevance: Relevance
) -> tuple[Homework, ...]:
    """Each 'don't know' on which an act or advice hangs, first that on which the most urgent does; few."""
    knowledge = rules.knowledge
    bringing = still_open(trace, rules, ("gap",), relevance)
    acts = open_verdicts(given, trace, relevance)
    tiers = {one.act: one.tier for one in given}
    found: list[tuple[int, int, int, int, Homework]] = []
    for question in knowledge.questions.values():
        if trace.memory.facts[question.id] != UNKNOWN:
            continue
        resting = {rule for rule in trace.findings if question.id in _rests_on(rule, trace, rules)}
        hanging = bringing.get(question.id, set()) | {rules.rules[rule].lesson for rule in resting}
        waiting = tuple(one.act for one in given if question.id in acts.get(one.act, ()) or one.reason.rule in resting)
        cards = tuple(card.card for card in knowledge.cards.values() if any(one.id in hanging for one in card.lessons))
        if waiting or cards:
            task = Homework(
                question=question.id, asked=question.text, find_out=question.find_out, acts=waiting, cards=cards
            )
            urgent = min((tiers[act] for act in waiting), default=8)
            urgent = min(urgent, OWED) if question.card == WHO_SPEAKS else urgent
            found.append((urgent, -len(waiting), -len(cards), len(found), task))
    facts = list(trace.memory.facts.values())
    known = sum(fact not in (UNKNOWN, UNANSWERED, NOT_ASKED) for fact in facts)
    little_wrong = sum(one.asks for one in given) <= FEW_ASKED and known > 2 * facts.count(UNKNOWN)
    most = FEW_HOMEWORK if little_wrong else MOST_HOMEWORK
    return tuple(task for *_, task in sorted(found)[:most])


def _rests_on(rule: str, trace: Trace, rules: RuleBase) -> set[str]:
    """The questions in the evidence of a finding and of the findings below it."""
    found: set[str] = set()
    for fact in frozenset().union(*trace.findings[rule]):
        if fact.kind == "answer":
            found.add(fact.about)
        elif fact.holds:
            found |= _rests_on(fact.about, trace, rules)
        else:
            found |= rules.reach[fact.about]
    return found
