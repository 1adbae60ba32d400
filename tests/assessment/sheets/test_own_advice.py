"""The advice in the user's own words: what he wrote, asked and calls people stands once, and where it belongs."""

from dataclasses import replace

from assessment.dossier import dossier
from assessment.model import Assessment
from assessment.sheets.compose.shared import contents, plan_tested
from assessment.sheets.document import Paragraph
from assessment.sheets.own_advice import in_own_words
from assessment.sheets.purposes import write_sheet
from assessment.sheets.words import labels, praised
from knowledge.base import knowledge_base
from knowledge.model import Answer
from knowledge.text import LANGUAGES
from tests.assessment.test_conclusion import given_answers


def test_the_users_question_stands_above_its_first_answer_in_his_own_words() -> None:
    answers = given_answers(core__occasions=("supplier-talk",), core__own_question=("words", "enough"))
    asked = {"core.own-question": "Bel ik of mail ik?"}
    written = dossier(Assessment(title="", answers=answers, notes=asked, knowledge_version=""))
    told = [line.short for line in contents(written, "nl", for_oneself=True).lines if line.act.startswith("asks-")]
    assert told == ["“Bel ik of mail ik?”", "‘Doe ik genoeg, te veel of vergeet ik iets?’"]
    assert all("mail ik" not in line.short for line in contents(written, "nl").lines)


def test_a_question_of_the_user_is_led_to_the_act_that_comes_nearest() -> None:
    answers = given_answers(
        acts__talk_setup=("short-talk", "mail-demands-with-deadline"), core__own_question=("words",)
    )
    rows = {"short-talk": "Dinsdag bel ik tien minuten", "mail-demands-with-deadline": "Vrijdag gaat de brief uit"}
    for question, near in (("Hoe streng moet de brief zijn?", rows["mail-demands-with-deadline"]), ("En nu?", "")):
        notes = {**rows, "core.own-question": question}
        written = dossier(Assessment(title="", answers=answers, notes=notes, knowledge_version=""))
        found = contents(written, "nl", for_oneself=True)
        assert (found.nearest is not None and near in found.nearest.label) if near else found.nearest is None
        assert found.asked == question and not contents(written, "nl").asked
    only = dossier(
        Assessment(title="", answers=given_answers(), notes={"core.own-question": "En nu?"}, knowledge_version="")
    )
    paragraphs = [one.text for one in plan_tested(contents(only, "nl", for_oneself=True)) if isinstance(one, Paragraph)]
    assert [one for one in paragraphs if "En nu?" in one] == [labels("nl")["asked-none"].format(question="En nu?")]


def test_a_note_that_stands_in_the_advice_is_not_told_below_it_again() -> None:
    asked, noted = "Bel ik of mail ik?", "Van Roos gehoord"
    notes = {"core.own-question": asked, "core.heard-through": noted}
    answers = given_answers(core__own_question=("words",))
    written = dossier(Assessment(title="", answers=answers, notes=notes, knowledge_version=""))
    sheet = write_sheet(replace(written, with_notes=True), "full", "md", "nl").decode()
    assert sheet.count(asked) == sheet.count(noted) == 1


def test_a_row_that_says_little_gives_way_to_one_with_the_same_words() -> None:
    said = "De baas zit in de auto naast de tolk"
    answers = given_answers(acts__other=("other-interested",))
    for notes, told in (
        ({"source-explains-to-supplier": said}, False),
        ({"source-explains-to-supplier": "De baas zit bij de lunch naast de tolk"}, True),
        ({"source-explains-to-supplier": "Roos komt mee"}, True),
    ):
        written = {"other-interested": said, **notes}
        mine = in_own_words(
            dossier(Assessment(title="", answers=answers, notes=written, knowledge_version="")).advice,
            written, "nl", knowledge_base(),
        )  # fmt: skip
        assert any(one.act == "other-interested" for one in mine.verdicts) is told
        assert {act for card in mine.checklists for act in card.verdicts} <= {one.act for one in mine.verdicts}


def test_the_same_words_at_rows_of_one_card_are_told_once_and_on_two_cards_twice() -> None:
    said = "Maandag vertel ik op kantoor wat Roos ons mailde"
    one: dict[str, Answer] = {"acts__talk_words": ("tell-who-told-us", "give-examples-or-numbers")}
    two: dict[str, Answer] = {"acts__talk_words": ("tell-who-told-us",), "acts__talk_setup": ("short-talk",)}
    for ticked, told in ((one, 1), (two, 2)):
        answers, rows = (
            given_answers(**ticked),
            [row for some in ticked.values() if isinstance(some, tuple) for row in some],
        )
        written = dossier(Assessment(title="", answers=answers, notes=dict.fromkeys(rows, said), knowledge_version=""))
        lines = contents(written, "nl", for_oneself=True).lines
        assert sum(line.short == f"“{said}”" for line in lines) == told


def test_two_acts_in_the_users_words_are_not_one_quote() -> None:
    answers = given_answers(acts__talk_setup=("short-talk", "too-many-subjects"))
    one = "Zes punten in tien minuten"
    for notes, lines in (({}, 1), (dict.fromkeys(("short-talk", "too-many-subjects"), one), 1),
                         ({"short-talk": "Tien minuten", "too-many-subjects": "Loon en keuring"}, 2)):  # fmt: skip
        written = dossier(Assessment(title="", answers=answers, notes=notes, knowledge_version=""))
        found = contents(written, "nl", for_oneself=True)
        told = [line for line in found.lines if line.act in ("short-talk", "too-many-subjects")]
        assert len(told) == lines and len({line.number for line in found.lines}) == len(found.lines)
        on_cards = {each.act for card in (*found.cards, *found.later) for each in card.lines}
        assert {line.act for line in told} <= on_cards
        assert not any(" · " in line.label for line in told)


def test_words_that_are_blamed_are_not_praised_or_passed_over_elsewhere() -> None:
    said = "Maandag vertel ik het de directeur"
    answers = given_answers(
        acts__talk_words=("tell-who-told-us",), acts__talk_setup=("prepare-with-buyer", "short-talk")
    )
    rows = ("tell-who-told-us", "prepare-with-buyer", "short-talk")
    longer = dict.fromkeys(rows[1:], "Maandag om tien vertel ik het met Jan aan de directeur")
    other = {rows[1]: "Jan van inkoop is erbij, en hij belt vooraf"}
    short = {rows[0]: "Met Jan", rows[1]: "Met Jan"}
    about = {rows[1]: "Maandag vertel ik Roos en de directeur wat wij doen"}
    same = dict.fromkeys(rows[1:], said)
    for notes, good in (({}, True), (same, False), (longer, False), (other, True), (short, False), (about, False)):
        notes = {rows[0]: said, **notes}
        written = dossier(Assessment(title="", answers=answers, notes=notes, knowledge_version=""))
        assert bool(praised(written.advice, notes, "nl")) is good
        assert not any(said in one for one in contents(written, "nl", for_oneself=True).keep)


def test_three_acts_that_must_stop_for_the_same_reason_are_printed_as_one() -> None:
    two: dict[str, Answer] = {"hear__interprets": "employer", "hear__picks": "employer"}
    three: dict[str, Answer] = {**two, "hear__place": "work"}
    known = knowledge_base().checklists["hear-safely"].joint
    assert known is not None
    for given, many in ((two, False), (three, True)):
        answers = given_answers(core__occasions=("worker-talk",), core__first="worker-talk", **given)
        written = dossier(Assessment(title="", answers=answers, notes={}, knowledge_version=""))
        for language in LANGUAGES:
            found = contents(written, language)
            card = next(one for one in found.cards if any(line.act == "boss-interprets" for line in one.lines))
            joined = [one for one in card.joined if one.because == known.because.in_(language)]
            assert bool(joined) is many
            members = [line for line in card.lines if line.act in known.parts]
            assert len(card.lines) - len(card.joined) == (len(members) - 1 if many else 0)
            for one in joined:
                assert all(
                    line.label in one.label and known.parts[line.act].in_(language) in one.instead for line in members
                )
        notes = {
            "supplier-arranges-contact": "Rivo nodigt uit",
            "creditor-or-trader-in-the-room": "De opkoper zit erbij",
        }
        told = given_answers(core__occasions=("worker-talk",), core__first="worker-talk",
                             acts__hear=tuple(notes), **given)  # fmt: skip
        mine = dossier(Assessment(title="", answers=told, notes=notes, knowledge_version=""))
        labels_of = [line.label for card in contents(mine, "nl", for_oneself=True).cards for line in card.joined]
        assert "“Rivo nodigt uit” · “De opkoper zit erbij”" in labels_of
