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
from assessment.sheets.document import Alert, Document, Fields, Heading, PageBreak, Paragraph, Table
from assessment.verdicts import verdicts
from knowledge.adviser_texts import Block, Piece, Subject, guides, pieces
from knowledge.base import knowledge_base
from knowledge.condition import AllOf, Concluded, Condition
from knowledge.model import Answer, Answers
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from rules.sampling import random_answers
from tests.support.nameless import ANSWERS, KNOWN
from tests.support.nameless import HIDDEN as HIDDEN_SOURCE

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


def talk(seed: int, share: float) -> Answers:
    """Random answers of somebody who prepares a talk with a supplier, or had one; one in three without any danger."""
    random = Random(seed)
    answers = random_answers(knowledge_base(), random, share)
    occasions = random.choice([("supplier-talk",), ("supplier-talk", "over"), ("supplier-talk", "event"), ("over",)])
    answers |= {"core.occasions": occasions, "core.first": occasions[0]}
    if occasions == ("over",):
        answers["over.what"] = ("talk",)
    if seed % 3 == 0:
        answers |= SAFE
        answers["core.may-pass-on"] = random.choice(["all", "content", "theme", "not-asked"])
    return answers


SAFE: Answers = {
    "core.danger-events": ("none",),
    "core.danger-setting": ("none",),
    "core.pressed-by": ("nobody",),
    "over.changed": ("people-say",),
}
TALKS = some.builds(talk, some.integers(0, 10**6), some.sampled_from([0.3, 0.7, 1.0]))


def spoken(kit: ConversationKit) -> Iterator[Text]:
    """Everything that the supplier may hear or read."""
    if kit.subject is not None:
        yield kit.subject.title
    yield from (part.title for part in kit.agenda)
    for saying in (*kit.questions, *kit.mandate, *kit.message, *(one.rather for one in kit.wording)):
        yield saying.text
    yield from (saying.text for saying in kit.reminder if saying.piece == "one-reminder")


def conjuncts(condition: Condition | None) -> tuple[Condition | None, ...]:
    """What must all hold for a condition."""
    return condition.all if isinstance(condition, AllOf) else (condition,)


def must_be_safe(piece: Piece) -> bool:
    """Whether a piece asks for the positive safe finding before it is said."""
    asked = {one.finding for one in conjuncts(piece.when) if isinstance(one, Concluded)}
    if OPEN in asked:
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
                assert must_be_safe(piece), piece.id
    assert {"four-steps", "with-facts", "complaint-open", "who-helps-you"} <= hinting


def test_what_people_told_is_brought_up_only_where_they_agreed() -> None:
    told = {"complaint-open", "insights-open", "four-steps", "with-facts"}
    for _, _, piece in pieces(GUIDE):
        if piece.id in told:
            asked = {one.finding for one in conjuncts(piece.when) if isinstance(one, Concluded)}
            assert {OPEN, "facts.content-agreed"} <= asked, piece.id
            told.discard(piece.id)
    assert not told


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_while_a_source_must_stay_hidden_nothing_names_it_or_hints_at_it(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    found, left_open = trace.findings, trace.undetermined
    assert (kit.source == "may-be-known") is (OPEN in found)
    assert (kit.source == "hidden") is (HIDDEN in found or not (OPEN in found or OPEN in left_open))
    if kit.source == "hidden":
        assert "say-nothing-of-a-source" in names(kit.safety)
    if kit.source == "unsettled":
        assert "hidden-until-settled" in names(kit.safety)
    if kit.source != "may-be-known":
        assert {"no-details", "no-hint"} <= names(kit.not_said)
        for text in spoken(kit):
            for language in LANGUAGES:
                assert not HINT[language].search(text.in_(language)), text


def test_with_nothing_answered_a_source_is_protected() -> None:
    kit = conversation_kit({"core.occasions": ("supplier-talk",)}, inference())
    assert kit.source == "unsettled" and names(kit.safety) == {"hidden-until-settled"}
    assert {"no-details", "no-hint", "no-members"} <= names(kit.not_said)


STEPS = "opens-in-steps"


@settings(max_examples=60, deadline=None)
@given(TALKS)
def test_the_kit_and_the_acts_agree_on_the_talk_and_its_opening_words(answers: Answers) -> None:
    answers = {**answers, "talk.opening": "steps"}
    kit = conversation_kit(answers, inference())
    trace = inference().run(working_memory(answers, knowledge_base().questions))
    given = {one.act: one.verdict for one in verdicts(trace, inference().base)}
    wording = {one.rather.piece for one in kit.wording}
    if "four-steps" in wording:
        assert given.get(STEPS) == "go-ahead"
        assert "facts.content-agreed" in trace.findings and "facts.reprisal" not in trace.findings
        assert given.get("talk-about-what-people-told", "go-ahead") == "go-ahead"
    if given.get(STEPS) == "stop":
        assert not {"four-steps", "no-surprise", "with-facts"} & wording
    if kit.subject is not None and kit.subject.id in ("complaint-open", "insights-open"):
        assert given.get("talk-about-what-people-told", "go-ahead") == "go-ahead"
    if kit.subject is not None and kit.subject.id == "freedom-open":
        assert given["talk-names-union-freedom"] == "go-ahead"
    if kit.subject is not None and kit.subject.id == "programme":
        assert given.get("programme-while-complaint-waits") is None
    if kit.coming and given.get("talk-about-what-people-told") == "stop":
        told_nothing = answers.get("core.may-pass-on") == "nothing" and "facts.reprisal" not in trace.findings
        assert kit.waits or told_nothing
        assert kit.subject is None or kit.subject.id not in ("complaint-open", "insights-open")
        assert not {"four-steps", "with-facts"} & wording


@settings(max_examples=40, deadline=None)
@given(TALKS)
def test_a_talk_that_waits_has_no_words(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    waiting = {piece.id for piece in GUIDE.postponed} & names(kit.safety)
    assert kit.waits is bool(waiting)
    if kit.waits:
        assert kit.safety[0].piece in waiting
        assert not list(spoken(kit))


@settings(max_examples=40, deadline=None)
@given(TALKS)
def test_a_talk_has_one_subject_and_its_minutes_add_up(answers: Answers) -> None:
    kit = conversation_kit(answers, inference())
    if not kit.agenda:
        assert not kit.coming or kit.subject is None
        return
    assert kit.subject is not None
    assert sum(part.minutes for part in kit.agenda) == kit.minutes
    short = "short-talk" in answers.get("acts.talk-setup", ())  # type: ignore[operator]
    assert kit.minutes == (GUIDE.short if short else GUIDE.minutes)
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


def kit_of(case: str, **changed: Answer) -> ConversationKit:
    """The kit of a situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return conversation_kit({**ANSWERS[case], **other}, inference())


def names(sayings: tuple[object, ...]) -> set[str]:
    return {one.piece for one in sayings}  # type: ignore[attr-defined]


def test_with_a_hidden_source_the_talk_is_on_work_in_general_and_the_programme_comes_later() -> None:
    kit = kit_of(HIDDEN_SOURCE)
    assert kit.source == "hidden" and not kit.waits
    assert kit.subject is not None and kit.subject.id == "complaint-general"
    assert [one.id for one in kit.later] == ["programme"]
    assert {"say-nothing-of-a-source", "agree-what-you-may-say", "partner-at-the-table"} <= names(kit.safety)
    assert {"agree-words-with-partner", "one-goal", "keep-time-in-hand"} <= names(kit.prepare)
    assert {"programme-later", "no-details", "no-members"} <= names(kit.not_said)
    assert {"may-you-speak", "who-decides", "who-is-consulted", "how-long", "when-again"} == names(kit.mandate)
    wording = {one.rather.piece for one in kit.wording}
    assert {"open-first", "in-general", "after-denial", "acknowledge"} <= wording
    assert not {"four-steps", "with-facts", "no-surprise"} & wording
    assert not {"what-is-the-use", "who-helps-you"} & names(kit.questions)
    room = {one.task.piece for one in kit.room}
    assert "purchasing-to-ask" in room and not {"partner-on-programme", "partner-on-other-subject"} & room


def test_the_same_talk_opens_in_four_steps_only_where_all_is_safe() -> None:
    kit = kit_of(KNOWN)
    assert kit.source == "may-be-known" and kit.subject is not None and kit.subject.id == "complaint-open"
    assert "four-steps" in {one.rather.piece for one in kit.wording} and not names(kit.safety)
    for unsafe in (
        {"core__may_pass_on": "content"},
        {"core__may_pass_on": "theme"},
        {"core__may_pass_on": "unknown"},
        {"core__danger_events": "unknown"},
        {"core__danger_events": ("nobody-can-know",)},
        {"core__danger_events": ("none-supplier",)},
        {"core__danger_setting": "unknown"},
        {"core__danger_setting": ("few",)},
        {"core__heard_through": "unknown", "core__may_pass_on": "unknown"},
    ):
        one = kit_of(KNOWN, **unsafe)
        assert "four-steps" not in {each.rather.piece for each in one.wording}, unsafe
        assert one.subject is None or not one.subject.id.endswith("-open"), unsafe


def test_after_reprisal_the_talk_waits() -> None:
    for case in (HIDDEN_SOURCE, KNOWN):
        kit = kit_of(case, core__danger_events=("punished",))
        assert kit.waits and kit.safety[0].piece == "wait-for-the-organisation" and not kit.agenda
        assert kit.source == "hidden" and "no-hint" in names(kit.not_said)


def test_an_agent_hears_nothing_of_what_people_told() -> None:
    kit = kit_of(HIDDEN_SOURCE, talk__counterpart="agent")
    assert kit.subject is not None and kit.subject.id == "via-agent"
    assert "supplier-agent" in {one.task.piece for one in kit.room}
    assert not {"facts-by-themselves", "how-are-people"} & names(kit.questions)


PROGRAMME: Answers = {
    **SAFE,
    "core.occasions": ("supplier-talk", "partner"),
    "core.first": "supplier-talk",
    "core.heard-through": ("nobody",),
    "core.promised": ("nothing",),
    "core.organisations": ("local-ngo",),
    "talk.subjects": ("programme",),
    "talk.happened": ("inside",),
    "talk.counterpart": "mandated",
    "talk.bond": 2,
    "core.weight": 15,
    "talk.opening": "present",
    "acts.talk-setup": ("no-room-for-programme",),
    "acts.partner": ("none",),
    "acts.partner-terms": ("partner-worked-with-supplier-before",),
    "org.met": "years",
}


def test_a_programme_begins_with_its_purpose_before_the_worry_about_production() -> None:
    kit = conversation_kit(PROGRAMME, inference())
    assert kit.subject is not None and kit.subject.id == "programme" and not kit.later
    assert {"ready-to-start", "fit-into-work"} <= names(kit.prepare)
    assert "obstacle-in-red" in names(kit.not_said)
    assert "purpose-first" in {one.rather.piece for one in kit.wording}
    assert {"other-programmes", "what-is-the-use"} <= names(kit.questions)
    assert {"partner-on-programme", "supplier-mandated"} <= {one.task.piece for one in kit.room}
    assert "who-is-consulted" in names(kit.mandate)
    assert kit.source == "may-be-known" and not kit.safety
    falling = conversation_kit({**PROGRAMME, "acts.house": ("orders-falling",)}, inference())
    assert falling.subject is not None and falling.subject.id == "orders"


def test_without_a_talk_there_is_no_kit_and_after_one_only_what_follows() -> None:
    none = conversation_kit({"core.occasions": ("means",)}, inference())
    assert not none.applies and not none.message and none.open == ("core.occasions",)
    answers: Answers = {
        "core.occasions": ("over",),
        "core.first": "over",
        "over.what": ("talk",),
        "talk.happened": ("inside",),
        "talk.sent": ("one-reminder",),
    }
    after = conversation_kit(answers, inference())
    assert after.applies and not after.coming and not after.agenda and after.message
    assert names(after.reminder) == {"one-reminder"}
    several = conversation_kit({**answers, "talk.sent": ("many-reminders",)}, inference())
    assert names(several.reminder) == {"another-road"}


def test_a_talk_of_which_little_is_known_is_coming_and_asks_for_its_subject() -> None:
    kit = conversation_kit({"core.occasions": ("supplier-talk",)}, inference())
    assert kit.coming and kit.subject is None and not kit.agenda and kit.source == "unsettled"
    assert {"core.danger-events", "core.heard-through", "core.promised", "talk.subjects"} <= set(kit.open)
    known = conversation_kit(
        {"core.occasions": ("supplier-talk",), "core.heard-through": ("nobody",), "talk.subjects": ("programme",)},
        inference(),
    )
    assert known.subject is not None and known.subject.id == "programme" and known.agenda


def test_safety_stands_on_top_of_the_sheet_and_the_message_on_a_page_of_its_own() -> None:
    document = sheet(ANSWERS[HIDDEN_SOURCE], "nl")
    assert [type(one) for one in document.blocks[:3]] == [Fields, Heading, Alert], "below the situation"
    place = next(place for place, block in enumerate(document.blocks) if isinstance(block, PageBreak))
    assert not any(isinstance(block, Alert) for block in document.blocks[place:])
    waiting = sheet({**ANSWERS[HIDDEN_SOURCE], "core.danger-events": ("traced",)}, "nl")
    assert not any(isinstance(block, PageBreak) for block in waiting.blocks)


def test_reasons_and_passages_stand_in_an_appendix_of_the_sheet_and_under_their_part_on_the_page() -> None:
    given = dossier(Assessment(title="x", answers=ANSWERS[HIDDEN_SOURCE], knowledge_version="x"), inference())
    whole, page = conversation_sheet(given, "en"), conversation_sheet(given, "en", on_screen=True)
    (appendix,) = [one for one in whole.blocks if isinstance(one, Table) and one.dutch is not None]
    parts = {one.text for one in whole.blocks if isinstance(one, Heading)}
    assert len(appendix.rows) > 8 and {row[0] for row in appendix.rows} <= parts
    quiet = [one for one in page.blocks if isinstance(one, Paragraph) and one.dutch]
    headings = {heading.strip() for one in quiet for heading in one.dutch.split("; ")}
    assert headings and all(any(one in row[2] for row in appendix.rows) for one in headings)
    assert not [one for one in whole.blocks if isinstance(one, Paragraph) and one.dutch]
