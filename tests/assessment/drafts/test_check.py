"""A text that is going to be sent: each kind of harm is marked with a better sentence, its lesson and its passage."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from assessment.anonymity.traces import Name
from assessment.drafts.check import LONGEST, Checked, check
from knowledge.base import CONTENT, knowledge_base
from knowledge.drafts import KINDS, DraftKind, drafts, load_drafts
from knowledge.model import Answers
from knowledge.text import LANGUAGES
from knowledge.yaml_files import ContentError
from rules.engine.inference import inference
from tests.support.nameless import HIDDEN, KNOWN, bare
from ui.cli.main import app
from ui.words import say

pytestmark = pytest.mark.slow

MAIL = """Beste meneer Li,

Werknemers vertelden ons dat zij sinds 3 maart geen loon krijgen. We zijn verbaasd, want zo kennen we jullie niet.
Heeft u mensen van lijn drie ontslagen? U houdt zich niet aan de gedragscode.
We willen ook praten over de vakbond.
Wij beloven dat dit onder ons blijft.

Met vriendelijke groet,
Jan de Vries, +31 6 12345678
"""
FINE = """Beste mevrouw Li,

We willen graag horen hoe de planning bij u gaat. Wat maakt het lastig, en wat kunnen wij anders doen?

Met vriendelijke groet,
Jan de Vries
"""
TOLD: list[tuple[DraftKind, str]] = [
    ("source", "we hebben gehoord dat er iets speelt"),
    ("source", "workers told us about it"),
    ("source", "er is een klacht binnengekomen"),
    ("source", "de boekhouder weet ervan"),
    ("accusing", "u had moeten ingrijpen"),
    ("accusing", "You failed to pay them."),
    ("accusing", "anders stoppen we de samenwerking"),
    ("surprised", "dit hadden we niet verwacht, zo kennen we u niet"),
    ("surprised", "we are disappointed"),
    ("yes-no", "Klopt het dat er te laat is betaald?"),
    ("yes-no", "- Betaalt u overuren?"),
    ("yes-no", "Do you employ migrants?"),
    ("promise", "we promise that nothing will happen"),
    ("promise", "het blijft anoniem"),
    ("source", "Het is ons bekend dat er in het weekend wordt gewerkt."),
    ("source", "er schijnt iets te spelen"),
    ("source", "It has come to our attention that overtime is not paid."),
    ("source", "The caller was upset."),
    ("source", "workers informed us about it"),
    ("source", "Kun je uitzoeken wie dit is?"),
    ("source", "Who is the woman that was fired?"),
    ("source", "Zijn jullie lid van een vakbond?"),
    ("source", "Send us their names."),
    ("accusing", "Uw bedrijf schendt de rechten."),
    ("accusing", "How could you let this happen?"),
    ("accusing", "Dan zullen wij onze orders elders plaatsen."),
    ("accusing", "we will have to reconsider our relationship"),
    ("accusing", "Hoe hebben jullie dit kunnen laten gebeuren?"),
    ("accusing", "Waarom is er nog steeds geen cao?"),
    ("accusing", "We verwachten dat jullie dit oplossen."),
    ("accusing", "Why are there still no fire exits?"),
    ("accusing", "Please explain why you hid this from us."),
    ("accusing", "We expect you to solve it."),
    ("surprised", "We schrokken hiervan."),
    ("surprised", "Frankly, we were shocked."),
    ("yes-no", "Slaat de baas jullie wel eens?"),
    ("yes-no", "b) Worden overuren volgens de wet betaald?"),
    ("yes-no", "Anything wrong at night?"),
    ("promise", "Je hoeft nergens bang voor te zijn."),
    ("promise", "Nobody will get into trouble."),
    ("promise", "Wij gaan ervoor zorgen dat het beter wordt."),
    ("promise", "In onze keten komt geen kinderarbeid voor."),
    ("promise", "Our factories are safe."),
]
ORDINARY = [
    "1. Welkom\n2. Hoe het seizoen ging\n3. Planning\n4. Wie doet wat",
    "09.30 Rondleiding\n10:00-10:30 Koffie\n12.30 Lunch",
    "a) Wat maakt het lastig?\nb) Welke hulp maakt verschil?",
    "Onderwerp: gesprek\n\nGeachte heer Nguyen,\n\nHoe gaat het?\n\nGroet, Sanne",
    "Hi Chen,\n\nHow is it going?\n\nBest,\nKaren",
    "Hi all,\n\nHow is it going?\n\nTim",
    "Hi all,\n\nWhat kind of help do you need?\n\nWith kind regards,\nTim",
    "A talk helps. Dit is een goed idee.",
    "Can we quote you in our report? Mogen we langskomen?",
    "Kunt u de planning sturen?",
    "Hoe werkt een klachtenregeling?",
]
"""What says nothing of anybody: numbers of lines, times of an agenda, greetings, ends of mails, questions for leave."""


def checked(text: str, answers: Answers | None = None) -> Checked:
    return check(text, answers, inference())


def kinds(text: str, answers: Answers | None = None) -> list[DraftKind]:
    return [mark.kind for mark in checked(text, answers).marks]


def test_a_mail_is_marked_where_it_does_harm() -> None:
    found = checked(MAIL)
    told = [(mark.line(MAIL), mark.kind, mark.text) for mark in found.marks]
    assert found.hidden
    assert set(KINDS) == {kind for _, kind, _ in told}
    assert (4, "source", "lijn drie") in told and (3, "source", "3 maart") in told
    assert (4, "yes-no", "Heeft u mensen van lijn drie ontslagen?") in told  # the one does not hide the other
    assert (3, "surprised", "verbaasd … zo kennen we") in told
    assert not [one for one in told if one[0] in (1, 8, 9)]  # whom it is for and from
    (subjects,) = [mark for mark in found.marks if mark.kind == "subjects"]
    assert subjects.called and subjects.called.nl == "loon, ontslag, vakbonden"
    for mark in found.marks:
        assert mark.lessons and all(lesson.sources for lesson in mark.lessons)
        assert mark.better.nl != mark.because.nl and mark.better.en != mark.because.en


@pytest.mark.parametrize(("kind", "text"), TOLD)
def test_each_way_of_saying_it_is_marked(kind: DraftKind, text: str) -> None:
    assert kind in kinds(text), checked(text)


def test_an_open_friendly_mail_is_left_alone() -> None:
    assert not kinds(FINE)
    assert not kinds("How do you plan the work? What would help you?")
    assert not kinds("Kunt u vertellen hoe de planning gaat?")


@pytest.mark.parametrize("text", ORDINARY)
def test_what_says_nothing_of_anybody_is_left_alone(text: str) -> None:
    assert not kinds(text), checked(text)


def test_what_stands_beside_a_name_of_the_writer_is_marked_all_the_same() -> None:
    assert "source" in kinds("Hi all,\n\nBest,\nKaren\n\nPS: the bookkeeper knows more.")
    assert "source" in kinds("Hallo Fatima uit hal drie. Kom je ook naar de boekhouder?")
    assert "source" in kinds("Agenda\n\n1. Gesprek met de boekhouder")
    assert "source" in kinds("Agenda\n1. Welkom\n\nGesprek Fatima")


def test_a_better_sentence_is_in_the_language_that_shows() -> None:
    told = {text: checked(text).marks[0].language for text in ("b) Betaalt u uren?", "Do you pay hours?", "Is dat zo?")}
    assert list(told.values()) == ["nl", "en", None]


def test_what_leads_to_a_source_is_marked_unless_the_answers_say_that_it_may_be_known() -> None:
    text = "Volgens de vakbond gebeurde het op lijn drie."
    known, hidden = bare(KNOWN).assessment.answers, bare(HIDDEN).assessment.answers
    assert "source" in kinds(text) and "source" in kinds(text, {}) and "source" in kinds(text, hidden)
    assert "source" not in kinds(text, known) and not checked(text, known).hidden
    assert "accusing" in kinds("U had moeten ingrijpen.", known)


def test_a_listed_name_is_marked_also_in_the_greeting() -> None:
    found = check(FINE, None, inference(), [Name("Jan de Vries"), Name("Li")])
    assert [(mark.line(FINE), mark.kind) for mark in found.marks] == [(1, "source"), (6, "source")]


def test_every_better_sentence_passes_its_own_check() -> None:
    told = drafts()
    for one in (*told.marks, told.leads, told.closed, told.subjects):
        for language in LANGUAGES:
            assert not set(kinds(one.better.in_(language))) - {"source"}, one.better.in_(language)


def test_any_text_is_taken_in_time() -> None:
    for text in ("", "?", "\n" * 5_000, "u moet " * 20_000, "a" * 3 * LONGEST, "is het? " * 8_000):
        assert len(checked(text).text) <= LONGEST


def test_a_mistake_in_the_file_is_told_in_a_line(tmp_path: Path) -> None:
    folder = tmp_path / "knowledge" / "content"
    folder.mkdir(parents=True)
    content = (CONTENT / "drafts.yaml").read_text("utf-8")
    (folder / "drafts.yaml").write_text(content.replace("SC-avoid-reproachful-surprise", "SC-nowhere"), "utf-8")
    with pytest.raises(ContentError) as raised:
        load_drafts(folder, knowledge_base())
    (problem,) = raised.value.problems
    assert problem.line and problem.file == "knowledge/content/drafts.yaml" and "SC-nowhere" in problem.expected


def test_the_command_tells_and_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIALOOGWIJZER_DATA", str(tmp_path / "data"))
    file = tmp_path / "mail.txt"
    file.write_text(MAIL, "utf-8")
    run = CliRunner().invoke
    done = run(app, ["check-text", str(file)])
    assert done.exit_code == 0 and "4: lijn drie" in done.output
    lesson = knowledge_base().lessons["SC-avoid-reproachful-surprise"]
    assert lesson.advice.nl in done.output and lesson.sources[0].at in done.output
    assert say("draft.read_yourself", "nl") in done.output
    fine = run(app, ["check-text", "-", "--lang", "en"], input=FINE)
    assert say("draft.read_yourself", "en") in fine.output and say("draft.marked", "en", count=0) in fine.output
    known = run(app, ["check-text", str(file), "--for", "invented-fish-peru-trusted-union"])
    assert say("draft.open", "nl") in known.output and "4: lijn drie" not in known.output
    assert say("draft.no_assessment", "nl") in done.output and say("draft.no_assessment", "nl") not in known.output
    long = run(app, ["check-text", "-"], input="Hoe gaat het? " * LONGEST)
    assert say("draft.too_long", "nl", count=LONGEST) in long.output and long.exit_code == 0
    assert say("draft.too_long", "nl", count=LONGEST) not in done.output
    for wrong in (["check-text", str(tmp_path / "nowhere")], ["check-text", str(file), "--for", "nowhere.yaml"]):
        refused = run(app, wrong)
        assert refused.exit_code == 2 and len(refused.output.strip().splitlines()) == 1
    assert {one.name for one in tmp_path.iterdir()} == {"mail.txt"}
