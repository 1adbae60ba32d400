"""The conversation kit: what it may never say, its one subject, its minutes, and the two companies of the pilot."""

import re
from collections.abc import Iterator
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as some

from assessment.advisers.conversation import HIDDEN, OPEN, ConversationKit, conversation_kit
from assessment.advisers.situation import divided
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.conversation import conversation_sheet
from assessment.sheets.document import Alert, Document, Heading, PageBreak
from knowledge.adviser_texts import Block, Piece, Subject, guides, pieces
from knowledge.base import knowledge_base
from knowledge.condition import AllOf, Concluded
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answers

GUIDE = guides().conversation
SPOKEN = ("mandate", "questions", "wording", "message")
"""The parts of the guide whose text reaches the supplier; of the agenda and the subjects it is the title."""
HINT: dict[Language, re.Pattern[str]] = {
    "nl": re.compile(
        r"vakbond|\bbond|klacht|hoord|vernam|verteld|gewezen op|op de hoogte|\bbron|\bngo|misstand|signaal|melding"
        r"|probleem|problemen|organisaties|werkenden mee instemmen",
        re.IGNORECASE,
    ),
    "en": re.compile(
        r"\bunion|complain|heard|\btold|informed|\bsource|\bngo|abuse|\bsign of|aware|report|problem|organisations"
        r"|workers agree",
        re.IGNORECASE,
    ),
}


def talk(seed: int, share: float, **given: Answer) -> Answers:
    """Random answers of somebody who prepares a talk with a supplier."""
    answers = random_answers(knowledge_base(), Random(seed), share)
    stage = Random(seed).choice(["before-first-talk", "between-talks", "between-talks", "after-talk"])
    return {**answers, "start.preparing": ("conversation",), "start.stage": stage, **given}


TALKS = some.builds(talk, some.integers(0, 10**6), some.sampled_from([0.3, 0.7, 1.0]))


def spoken(kit: ConversationKit) -> Iterator[Text]:
    """Everything that the supplier may hear or read."""
    if kit.subject is not None:
        yield kit.subject.title
    yield from (part.title for part in kit.agenda)
    for saying in (*kit.questions, *kit.mandate, *kit.message, *(one.rather for one in kit.wording)):
        yield saying.text
    yield from (saying.text for saying in kit.reminder if saying.piece == "one-reminder")


def must_be_safe(piece: Piece) -> bool:
    """Whether a piece asks for the positive safe finding before it is said."""
    conjuncts = piece.when.all if isinstance(piece.when, AllOf) else (piece.when,)
    if any(isinstance(one, Concluded) and one.finding == OPEN for one in conjuncts):
        return True
    subjects = [subject for subject in GUIDE.subjects if subject.id in piece.subjects]
    return bool(subjects) and all(map(must_be_safe, subjects))


def test_whatever_hints_at_a_source_asks_for_the_safe_answer_first() -> None:
    hinting = set()
    for part, _, piece in pieces(GUIDE):
        texts = [piece.title] if isinstance(piece, Block | Subject) else [piece.text] if part in SPOKEN else []
        for text in texts:
            if any(HINT[language].search(text.in_(language)) for language in LANGUAGES):
                hinting.add(piece.id)
                assert must_be_safe(piece) or piece.id == "who-helps-you", piece.id
    assert {"four-steps", "with-facts", "complaint-open"} <= hinting


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_while_a_source_must_stay_hidden_nothing_names_it_or_hints_at_it(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    assert (kit.source == "hidden") is any(rule in trace.findings for rule in HIDDEN)
    assert (kit.source == "may-be-known") is (OPEN in trace.findings)
    if kit.source == "hidden":
        assert "say-nothing-of-a-source" in {one.piece for one in kit.safety}
        assert "no-hint" in {one.piece for one in kit.not_said}
    if kit.source in ("hidden", "unsettled"):
        assert kit.safety
        pattern = HINT if "conversation.partner-may-be-the-source" in trace.findings else _without_organisations()
        for text in spoken(kit):
            for language in LANGUAGES:
                assert not pattern[language].search(text.in_(language)), text


def _without_organisations() -> dict[Language, re.Pattern[str]]:
    """Where no organisation told anything, to ask with whom the supplier works gives nothing away."""
    return {name: re.compile(re.sub(r"\|organisati\w+", "", one.pattern), re.I) for name, one in HINT.items()}


@settings(max_examples=40, deadline=None)
@given(TALKS)
def test_a_talk_has_one_subject_and_its_minutes_add_up(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    if not kit.agenda:
        assert not kit.coming or kit.subject is None
        return
    assert kit.subject is not None
    assert sum(part.minutes for part in kit.agenda) == kit.minutes
    given_minutes = answers.get("conversation.minutes")
    assert kit.minutes == (given_minutes if isinstance(given_minutes, int) else GUIDE.minutes)
    titles = [part.title for part in kit.agenda]
    assert [subject.title for subject in GUIDE.subjects if subject.title in titles][:1] == [kit.subject.title]
    frame = [block.title for block in GUIDE.agenda if not block.about_subject]
    assert [title for title in titles if title not in frame] == [kit.subject.title]
    topics = {subject.id: subject.topic for subject in GUIDE.subjects}
    later = [topics[one.id] for one in kit.later]
    assert topics[kit.subject.id] not in later and len(set(later)) == len(later)
    assert "complaint" not in later


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_each_saying_rests_on_what_is_true_and_on_a_publication(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    for part in (kit.safety, kit.prepare, kit.channel, kit.mandate, kit.questions, kit.not_said, kit.message):
        for saying in part:
            assert saying.sources and saying.lessons
            for reason in saying.reasons:
                assert (reason.rule in trace.findings) is reason.holds
    for question in kit.open:
        assert trace.memory.asked[question] and trace.memory.facts[question] in ("?", "unknown")


@given(some.integers(0, 1440), some.lists(some.integers(1, 100), min_size=1, max_size=12))
def test_minutes_are_divided_without_loss(total: int, shares: list[int]) -> None:
    parts = divided(total, shares)
    assert sum(parts) == total and len(parts) == len(shares)
    assert min(parts) >= (1 if total >= len(shares) else 0)


def sheet(answers: Answers, language: Language) -> Document:
    assessment = Assessment(title="Gesprek", answers=answers, knowledge_version="x")
    return conversation_sheet(dossier(assessment, inference()), language)


def shape(document: Document) -> list[tuple[object, ...]]:
    """What a document consists of, without its words."""
    return [
        (type(block).__name__, *(len(value) for value in vars(block).values() if isinstance(value, tuple)))
        for block in document.blocks
    ]


@settings(max_examples=10, deadline=None)
@given(TALKS)
def test_the_sheet_is_the_same_in_both_languages(answers: Answers) -> None:
    assert shape(sheet(answers, "nl")) == shape(sheet(answers, "en"))


def case(name: str) -> ConversationKit:
    return conversation_kit(knowledge_base().scenarios[name].answers, inference())


def names(sayings: tuple[object, ...]) -> set[str]:
    return {one.piece for one in sayings}  # type: ignore[attr-defined]


def test_company_b_speaks_first_of_work_in_general_and_brings_the_programme_later() -> None:
    kit = case("company-b")
    assert kit.source == "hidden"
    assert kit.subject is not None and kit.subject.id == "complaint-general"
    assert [one.id for one in kit.later] == ["programme"]
    assert {"say-nothing-of-a-source", "agree-what-you-may-say", "partner-at-the-table"} <= names(kit.safety)
    assert {"learn-the-history", "agree-words-with-partner", "one-goal"} <= names(kit.prepare)
    assert {"programme-later", "no-details", "no-members"} <= names(kit.not_said)
    assert {"may-you-speak", "who-decides", "who-is-consulted", "how-long", "when-again"} == names(kit.mandate)
    assert "move-when-late" in names(kit.channel)
    wording = {one.rather.piece for one in kit.wording}
    assert {"in-general", "after-denial", "acknowledge"} <= wording
    assert not {"four-steps", "with-facts", "no-surprise"} & wording
    assert "what-is-the-use" not in names(kit.questions)
    assert "purchasing-there" in {one.task.piece for one in kit.room}


def test_company_b_could_have_opened_in_four_steps_had_the_source_been_safe() -> None:
    answers = dict(knowledge_base().scenarios["company-b"].answers)
    answers |= {
        "start.people-at-risk": "no",
        "conversation.source-may-be-known": "yes",
        "conversation.sharing-agreed": "may-mention",
    }
    kit = conversation_kit(answers, inference())
    assert kit.source == "may-be-known" and kit.subject is not None and kit.subject.id == "complaint-open"
    assert "four-steps" in {one.rather.piece for one in kit.wording}
    one_unsafe = conversation_kit({**answers, "start.people-at-risk": "unknown"}, inference())
    assert one_unsafe.source == "hidden"
    assert "four-steps" not in {one.rather.piece for one in one_unsafe.wording}


def test_company_a_tells_the_purpose_before_the_worry_about_production() -> None:
    kit = case("company-a")
    assert kit.subject is not None and kit.subject.id == "programme" and not kit.later
    assert {"ready-to-start", "fit-into-work"} <= names(kit.prepare)
    assert "obstacle-in-red" in names(kit.not_said)
    assert "purpose-first" in {one.rather.piece for one in kit.wording}
    assert {"other-programmes", "what-is-the-use"} <= names(kit.questions)
    assert {"partner-on-programme", "supplier-mandated"} <= {one.task.piece for one in kit.room}
    assert "who-is-consulted" in names(kit.mandate)
    assert kit.source == "unsettled" and "start.worker-information" in kit.open


def test_without_a_talk_there_is_no_kit_and_after_one_only_what_follows() -> None:
    none = conversation_kit({"start.preparing": ("listening",)}, inference())
    assert not none.applies and not none.message and none.open == ("start.preparing",)
    answers = talk(
        1, 0.0, **{"start.stage": "after-talk", "conversation.after-gaps": ("reply",), "conversation.reminders": 1}
    )
    after = conversation_kit(answers, inference())
    assert after.applies and not after.coming and not after.agenda and after.message
    assert names(after.reminder) == {"one-reminder"}
    several = conversation_kit({**answers, "conversation.reminders": 3}, inference())
    assert names(several.reminder) == {"another-road"}


def test_a_talk_of_which_little_is_known_is_coming_and_asks_for_its_subject() -> None:
    kit = conversation_kit({"start.preparing": ("conversation",)}, inference())
    assert kit.coming and kit.subject is None and not kit.agenda and kit.source == "unsettled"
    assert {"start.stage", "start.people-at-risk", "start.open-complaint", "conversation.about"} <= set(kit.open)
    assert names(kit.safety) == {"hidden-until-settled"}
    known = conversation_kit({"start.preparing": ("conversation",), "conversation.about": ("programme",)}, inference())
    assert known.subject is not None and known.subject.id == "programme" and known.agenda


def test_safety_stands_on_top_of_the_sheet_and_the_message_on_a_page_of_its_own() -> None:
    document = sheet(knowledge_base().scenarios["company-b"].answers, "nl")
    assert isinstance(document.blocks[0], Heading) and isinstance(document.blocks[1], Alert)
    place = next(place for place, block in enumerate(document.blocks) if isinstance(block, PageBreak))
    assert not any(isinstance(block, Alert) for block in document.blocks[place:])
