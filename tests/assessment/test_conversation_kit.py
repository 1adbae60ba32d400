"""The conversation kit in situations by hand: the two companies of the pilot, and what stands on its sheet."""

import pytest

from assessment.advisers.conversation import ConversationKit, conversation_kit
from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.conversation import conversation_sheet
from assessment.sheets.document import Alert, Document, Fields, Heading, PageBreak, Paragraph, Table
from knowledge.model import Answer, Answers
from knowledge.text import Language
from rules.engine.inference import inference
from tests.support.nameless import ANSWERS, KNOWN
from tests.support.nameless import HIDDEN as HIDDEN_SOURCE

pytestmark = pytest.mark.slow

SAFE: Answers = {
    "core.danger-events": ("none",),
    "core.danger-setting": ("none",),
    "core.pressed-by": ("nobody",),
    "over.changed": ("people-say",),
}


def sheet(answers: Answers, language: Language) -> Document:
    assessment = Assessment(title="Gesprek", answers=answers, knowledge_version="x")
    return conversation_sheet(dossier(assessment, inference()), language)


def names(sayings: tuple[object, ...]) -> set[str]:
    return {one.piece for one in sayings}  # type: ignore[attr-defined]


def kit_of(case: str, **changed: Answer) -> ConversationKit:
    """The kit of a situation with other answers; `a__b_c` stands for the question a.b-c."""
    other = {name.replace("__", ".").replace("_", "-"): answer for name, answer in changed.items()}
    return conversation_kit({**ANSWERS[case], **other}, inference())


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
    "acts.partner-terms": ("none",),
    "org.history": "good",
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
