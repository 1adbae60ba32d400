"""The top of an advice: the cards of the conclusion, merged acts, and what is silent after a reprisal."""

from dataclasses import replace
from functools import cache

from assessment.advice import advise
from assessment.checklists import (
    ENOUGH,
    MUCH_WRONG,
    OWN_QUESTION,
    SERIOUS,
    concluded,
    endangering,
    first_page,
    folded,
    in_turn,
)
from assessment.dossier import dossier
from assessment.model import Advice, Assessment, Checklist
from assessment.sheets.compose.opening import opening
from assessment.sheets.compose.shared import FIRST_CARDS, contents, plan_tested
from assessment.sheets.compose.shared import cards as blocks_of
from assessment.sheets.compose.situation import situation
from assessment.sheets.document import Heading, Paragraph
from assessment.sheets.words import labels
from knowledge.acts import Tier
from knowledge.base import knowledge_base
from knowledge.model import Answer, Answers
from knowledge.text import Text
from rules.engine.inference import inference

TOLD: Answers = {
    "core.occasions": ("supplier-talk",),
    "core.first": "supplier-talk",
    "core.heard-through": ("ngo",),
    "core.may-pass-on": "content",
    "core.organisations": ("local-ngo",),
    "core.danger-events": ("complained",),
    "acts.talk-words": ("source-explains-to-supplier",),
    "acts.partner": ("bring-partner-who-may-be-source",),
    "acts.talk-setup": ("short-talk",),
}


def given_answers(**changed: Answer) -> Answers:
    return {**TOLD, **{key.replace("__", ".").replace("_", "-"): value for key, value in changed.items()}}


def given(**changed: Answer) -> Advice:
    return advise(Assessment(title="", answers=given_answers(**changed), knowledge_version=""), inference())


def card(number: int, tier: Tier) -> Checklist:
    return Checklist(
        card=f"c{number}", title=Text(nl="k", en="c"), occasion=None, tier=tier,
        verdicts=(), recommendations=(), missing=(), arranged=(), unknown=(),
    )  # fmt: skip


def test_the_first_five_cards_leave_room_for_who_waits_and_for_where_to_go() -> None:
    tiers: list[Tier] = [1, 1, 1, 1, 2, 2, 3, 5]
    cards = [card(number, tier) for number, tier in enumerate(tiers)]
    assert [one.tier for one in in_turn(cards)] == [1, 1, 1, 2, 3, 1, 2, 5]
    assert [one.tier for one in in_turn(cards[:4])] == [1, 1, 1, 1], "nothing is left out for want of others"
    assert [one.tier for one in in_turn(cards[5:])] == [2, 3, 5]
    last = cards[-1].card
    assert last not in [one.card for one in in_turn(cards)[:5]]
    assert last in [one.card for one in in_turn(cards, {last})[:5]], "what the first occasion is about"


def test_what_endangers_people_and_is_not_told_at_the_top_is_named_there() -> None:
    tiers: list[Tier] = [1, 1, 1, 1, 2, 3, 5, 1]
    cards = in_turn([card(number, tier) for number, tier in enumerate(tiers)])
    told = {one.card for one in (*concluded(cards), *endangering(cards))}
    assert {one.card for one in cards if one.tier == 1} <= told
    assert {one.tier for one in endangering(cards)} == {1}


def test_the_sheet_tells_at_the_top_on_which_cards_something_endangers_people() -> None:
    answers = given_answers(core__occasions=("supplier-talk", "worker-talk", "publicity", "means"),
                            core__danger_setting=("few", "hostile"), acts__signal=("ask-names-or-who-complained",),
                            acts__hear=("note-names-or-record",), acts__public=("publish-place-with-story",),
                            acts__means=("supplier-runs-the-means",), acts__other=("other-interested",),
                            acts__after=("keep-words-from-supplier",))  # fmt: skip
    of_plan = dossier(Assessment(title="", answers=answers, knowledge_version=""))
    sheet = contents(of_plan, "nl")
    numbers = [str(number) for number, one in enumerate(sheet.cards, start=1) if one.stops]
    assert len(numbers) > 3 and not all(one.stops for one in sheet.cards)
    told = [one.text for one in plan_tested(sheet) if isinstance(one, Paragraph)]
    assert labels("nl")["danger-on"].format(cards=", ".join(numbers)) in told


def test_what_stood_in_no_list_comes_behind_what_is_as_urgent() -> None:
    verdicts = given(acts__other=("other-exposes",), acts__talk_words=("show-messages-or-photos",)).verdicts
    asked = [(one.act, one.tier) for one in verdicts if one.act in ("other-exposes", "show-messages-or-photos")]
    assert asked == [("show-messages-or-photos", 1), ("other-exposes", 1)]


def test_nobody_is_told_to_read_what_endangers_people_where_nothing_does() -> None:
    calm = given_answers(core__danger_events=("none",), core__danger_setting=("none",), core__heard_through=("nobody",),
                         acts__partner=("none",), acts__talk_words=("none",))  # fmt: skip
    for answers, key in ((calm, "ask.full.calm"), (TOLD, "ask.full")):
        of_plan = dossier(Assessment(title="", answers=answers, knowledge_version=""))
        assert bool(of_plan.advice.safety) == (key == "ask.full")
        (asked,) = [value for name, value in opening(of_plan, "nl", "full").rows if name == labels("nl")["opening.ask"]]
        assert asked == labels("nl")[key]


def test_a_plan_is_postponed_for_what_cannot_work_and_not_for_a_call() -> None:
    none: Answer = ("none",)
    plan: dict[str, Answer] = {"core__first_date": 1, "core__danger_events": none, "core__danger_setting": none,
                               "core__heard_through": ("nobody",), "acts__partner": none}  # fmt: skip
    cannot = given(**plan, acts__talk_words=("let-supplier-sign-something",))
    call = given(**plan, acts__talk_words=none, talk__channel=("their-interpreter",))
    assert [min(one.tier for one in advice.verdicts if one.asks) for advice in (cannot, call)] == [3, 4]
    assert [one.occasions[0].verdict for one in (cannot, call)] == ["later", "changed"]


@cache
def of_cases() -> list[tuple[Checklist, ...]]:
    """The cards of each case of the product."""
    cases = [Assessment(title="", answers=one.answers, knowledge_version="")
             for one in knowledge_base().scenarios.values()]  # fmt: skip
    return [advise(one, inference()).checklists for one in cases]


def test_behind_enough_cards_with_acts_no_card_is_only_a_general_lesson() -> None:
    for cards in of_cases():
        general = [not one.verdicts for one in cards]
        assert general == sorted(general), "lessons come behind acts"
        assert not any(general) or len(general) - sum(general) < ENOUGH


def test_how_to_do_it_well_is_said_where_several_serious_acts_are_on_a_card() -> None:
    cards = [one for case in of_cases() for one in case]
    assert all((one.together is None) == (len(one.verdicts) < MUCH_WRONG or one.tier > SERIOUS) for one in cards)
    assert any(one.together for one in cards)


def test_an_act_that_another_covers_is_named_beside_it() -> None:
    (line,) = [one for one in given().verdicts if one.act == "source-explains-to-supplier"]
    assert line.verdict == "stop" and " · " in line.label.nl and " · " in line.label.en
    assert "bring-partner-who-may-be-source" not in [one.act for one in given().verdicts]


def test_after_punishment_for_talking_with_us_nothing_is_said_on_how_to_hold_the_talk() -> None:
    complained, punished = given(), given(core__danger_events=("punished",))
    assert "short-talk" in [one.act for one in complained.verdicts]
    assert "short-talk" not in [one.act for one in punished.verdicts]
    assert "talk-after-reprisal" in [one.act for one in punished.verdicts]
    assert "talk-after-reprisal" not in [one.act for one in complained.verdicts]


def test_an_occasion_is_not_called_fine_where_an_act_on_its_card_must_stop() -> None:
    assert [one.verdict for one in given().occasions] == ["not-like-this"]


def test_a_small_group_keeps_the_set_up_of_its_own_organisation_where_nothing_else_is_wrong() -> None:
    plan: dict[str, Answer] = {"core__occasions": ("worker-talk",), "core__first": "worker-talk",
                               "core__reached_by": ("ngo",), "hear__leads": "trusted"}  # fmt: skip
    few: Answer = ("few",)
    for events in ("unknown", ("none",)):
        alone = given(**plan, core__danger_events=events, core__danger_setting=few)
        beside = given(**plan, core__danger_events=events, core__danger_setting=(*few, "lives-on-site"))
        tiers = [{one.act: one.tier for one in told.verdicts}["talk-with-people"] for told in (alone, beside)]
        assert tiers == [4, 1]


def test_what_others_told_in_confidence_is_not_asked_on_of_a_supplier_who_tells_of_a_problem() -> None:
    calm: dict[str, Answer] = {"core__danger_events": ("none",), "core__danger_setting": ("none",)}
    alone = given(**calm, core__heard_through=("supplier",), core__promised=("nothing",))
    promised = given(**calm, core__heard_through=("supplier",))
    beside = given(**calm, core__may_pass_on="content", core__heard_through=("supplier", "complaint"))
    says = [{one.act: one.say for one in told.verdicts}["supplier-told-us"] for told in (alone, promised, beside)]
    assert says[0] is not None
    assert says[1:] == [None, None]


def test_words_for_a_supplier_are_chosen_with_who_told_before_he_is_called() -> None:
    plan: dict[str, Answer] = {"core__first": "supplier-talk", "core__danger_events": ("none",),
                               "core__danger_setting": ("none",), "core__own_question": ("words",),
                               "acts__talk_setup": ("mail-demands-with-deadline",)}  # fmt: skip
    hidden = given(**plan, core__heard_through=("complaint",), core__may_pass_on="content")
    known = given(**plan, core__heard_through=("nobody",), core__promised=("nothing",))
    rest_on = [{one.act: one.lessons for one in told.verdicts}["asks-words"] for told in (hidden, known)]
    assert ["FU-agree-disclosure-with-workers" in lessons for lessons in rest_on] == [True, False]


def test_beside_a_danger_nothing_is_approved_in_passing_nor_passed_over() -> None:
    public: dict[str, Answer] = {
        "core__heard_through": ("public",),
        "core__promised": ("nothing",),
        "core__danger_events": ("none",),
        "core__danger_setting": ("none",),
        "acts__partner": ("none",),
        "acts__talk_words": ("tell-who-told-us",),
    }
    harmless = given(**public)
    assert [one.act for one in harmless.allowed] == ["tell-who-told-us"] and not harmless.safety
    danger = given(**public, acts__signal=("ask-names-or-who-complained",))
    assert danger.safety and not danger.allowed and "tell-who-told-us" in {one.row for one in danger.unsaid}


def test_a_plan_is_as_bad_as_its_worst_occasion_whichever_comes_first() -> None:
    plan: dict[str, Answer] = {
        "core__occasions": ("home-meeting", "supplier-talk"),
        "acts__partner": ("none",),
        "acts__talk_words": ("give-examples-or-numbers",),
    }
    for first in ("home-meeting", "supplier-talk"):
        of_plan = dossier(Assessment(title="", answers=given_answers(core__first=first, **plan), knowledge_version=""))
        assert labels("en")["situation.not-like-this"] in situation(of_plan, "en", "full")


def test_a_meeting_at_home_is_tested_as_any_other() -> None:
    advice = given(core__occasions=("home-meeting",), core__first="home-meeting", core__goal=("agree",),
                   acts__partner=("none",), acts__talk_words=("none",),
                   acts__event_programme=("sign-on-the-spot",))  # fmt: skip
    assert [one.verdict for one in advice.occasions] == ["stopped"]


def test_the_conclusion_quotes_what_the_user_wrote_each_text_once() -> None:
    said = "Maandag mail ik hem dat het om hal drie gaat"
    answers = given_answers(acts__talk_words=("give-examples-or-numbers", "tell-who-told-us"))
    notes = {"give-examples-or-numbers": f"{said}.", "tell-who-told-us": f"{said}."}
    written = dossier(Assessment(title="", answers=answers, notes=notes, knowledge_version=""))
    shown = {line.act: line.short for line in contents(written, "nl", for_oneself=True).lines}
    (told,) = [act for act, short in shown.items() if short == f"“{said}”"]
    first = next(one.act for one in written.advice.verdicts if {*one.rows} & {*notes})
    assert told == first and shown["bring-partner-who-may-be-source"][0] == "‘"
    assert all(said not in line.short + line.label for line in contents(written, "nl").lines)


def test_the_own_question_is_answered_at_the_top_wherever_its_card_stands() -> None:
    cards = [card(number, 3) for number in range(9)]
    own = cards[-1].model_copy(update={"card": OWN_QUESTION})
    assert concluded([*cards[:-1], own]) == (*cards[:5], own) and concluded(cards) == tuple(cards[:5])


def test_a_talk_that_must_wait_keeps_what_to_mind_later_and_what_was_done_well() -> None:
    held = given(core__danger_events=("punished",), acts__talk_setup=("short-talk", "prepare-with-buyer-done"))
    assert {one.row: bool(one.mind) for one in held.unsaid}["short-talk"]
    assert "prepare-with-buyer-done" in {one.act for one in held.keep}


def test_nothing_is_kept_without_reserve_beside_a_danger() -> None:
    cases: tuple[tuple[Answers, bool], ...] = ((given_answers(), True), ({"core.occasions": ("nothing",)}, False))
    for answers, reserve in cases:
        told = dossier(Assessment(title="", answers=answers, knowledge_version=""), inference())
        blocks = plan_tested(replace(contents(told, "nl"), keep=("x",)))
        texts = [one.text for one in blocks if isinstance(one, Paragraph)]
        assert (labels("nl")["keep-danger"] in texts) is reserve is bool(told.advice.safety)


def test_what_can_wait_is_named_and_not_shown_beside_what_cannot() -> None:
    own = card(9, 6).model_copy(update={"card": OWN_QUESTION})
    cards = [card(1, 3), card(2, 6), own]
    assert first_page(cards) == (cards[0], own) and folded(cards) == (cards[1],) and concluded(cards) == (cards[0], own)
    assert first_page(cards[1:2]) == (cards[1],) and len(first_page([card(number, 3) for number in range(12)])) == 10


def test_what_cannot_be_stopped_is_not_told_to_stop() -> None:
    found = {one.act: one for one in given(acts__house=("buyer-knows-nothing",)).verdicts}
    assert found["buyer-knows-nothing"].said_as.endswith("-state") and found["buyer-knows-nothing"].circumstance
    assert found["source-explains-to-supplier"].said_as == found["source-explains-to-supplier"].verdict == "stop"


HOUSE = [act.id for act in knowledge_base().act_lists["house"].acts if act.ticked and not act.good and not act.under]


def test_each_act_is_told_once_with_its_own_cure_and_the_rest_follows_from_the_top_down() -> None:
    answers = given_answers(core__danger_events=("threatened",), core__own_question=("enough",),
                            acts__talk_words=("tell-who-told-us", "give-examples-or-numbers", "ask-did-you-do-it"),
                            acts__signal=("forward-report-to-supplier", "ask-names-or-who-complained"),
                            acts__talk_setup=("short-talk",), acts__house=tuple(HOUSE))  # fmt: skip
    sheet = contents(dossier(Assessment(title="", answers=answers, knowledge_version="")), "en")
    top, body = (" ".join(map(str, blocks(sheet))) for blocks in (plan_tested, blocks_of))
    (answer,) = sheet.answered
    assert answer.instead in top and answer.instead not in body
    lines = [line for card in sheet.cards for line in card.lines]
    assert all(line.instead not in top for line in lines)
    assert all(line.instead in body for card in sheet.cards for line in card.joined)
    assert all(body.count(card.together) == 1 for card in sheet.cards if card.together)
    assert any(card.together for card in sheet.cards)
    assert labels("en")["much-danger"].format(first=FIRST_CARDS) in top and not sheet.mild


def test_danger_to_life_is_on_the_first_card_however_much_else_is_wrong() -> None:
    wrong = {"acts__talk_words": ("tell-who-told-us",), "acts__house": tuple(HOUSE)}
    first, *_ = given(acts__signal=("danger-to-life-now", "forward-report-to-supplier"), **wrong).checklists
    assert "danger-to-life-now" in first.verdicts


def test_what_endangers_people_comes_before_all_that_touches_them() -> None:
    calm: Answers = {"core.occasions": ("partner",), "acts.partner-terms": ("nothing-on-paper", "lay-ready-made-plan")}
    danger = given_answers(core__danger_events=("threatened",), acts__house=tuple(HOUSE))
    for answers, told in ((danger, 1), (calm, 0)):
        sheet = contents(dossier(Assessment(title="", answers=answers, knowledge_version="")), "en")
        blocks = list(blocks_of(sheet))
        places = [place for place, one in enumerate(blocks) if one == Paragraph(labels("en")["after-danger"])]
        assert len(places) == told
        for place in places:
            before = [one for one in blocks[:place] if isinstance(one, Heading)]
            assert all(card.stops for card in sheet.cards[: len(before)]) and not sheet.cards[len(before)].stops


def test_most_can_go_on_where_one_of_many_occasions_cannot() -> None:
    plan = {"core__occasions": ("supplier-talk", "worker-talk", "partner"), "core__danger_setting": ("few",)}
    verdicts = ("changed", "as-planned", "not-like-this")
    of_plan = dossier(Assessment(title="", answers=given_answers(**plan), knowledge_version=""))
    for some, key in ((verdicts, "mostly.not-like-this"), (verdicts[1:], "not-like-this")):
        told = [
            one.model_copy(update={"verdict": verdict})
            for one, verdict in zip(of_plan.advice.occasions, some, strict=False)
        ]
        advice = of_plan.advice.model_copy(update={"occasions": tuple(told)})
        assert labels("en")[f"situation.{key}"] in situation(replace(of_plan, advice=advice), "en", "full")
