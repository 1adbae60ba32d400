"""The full advice: a document that says every verdict, what endangers people first, and holds for any text."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

import assessment.sheets
from assessment.anonymity.removal import shareable
from assessment.checklists import first_page
from assessment.dossier import Dossier, dossier
from assessment.model import Assessment
from assessment.sheets.compose.composition import sheet
from assessment.sheets.compose.full import full_sheet
from assessment.sheets.compose.shared import contents
from assessment.sheets.document import Alert, Bullets, Fields, Heading, Paragraph, Table
from assessment.sheets.purposes import PURPOSES, write_sheet
from assessment.sheets.words import COLUMNS, clean, labels
from knowledge.base import knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.engine.inference import inference
from rules.engine.memory import working_memory
from tests.support.pdf_reading import attributes, elements, outside_the_margins, read, squeezed, text_of
from tests.support.sheet_dossiers import DAY, decided, of_case

pytestmark = pytest.mark.slow

FEAR = "invented-fish-bangladesh-visit-with-fear"
CASES = ("company-b", FEAR, "invented-garment-bangladesh-audit", "khammam-2020")


def titled(title: str) -> Dossier:
    whole = of_case("company-b")
    return replace(whole, advice=whole.advice.model_copy(update={"title": title}))


def printed(given: Dossier, language: Language, form: str) -> str:
    """What the full advice says in a form, without spaces."""
    written = write_sheet(given, "full", form, language)
    return text_of(written) if form == "pdf" else squeezed(written.decode())


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_the_pdf_stand_in_order_and_its_chart_has_an_alternative(language: Language) -> None:
    given, fixed = decided(of_case(FEAR, language)), labels(language)
    found = elements(read(write_sheet(given, "full", "pdf", language)))
    headings = [(int(kind[1]), str(one["/T"])) for kind, one in found if re.fullmatch("H[1-6]", kind)]
    parts = ("plan-tested", "cards", "homework", "plan", "scores", "rests-on", "answers", "method")
    shown = [fixed[key] for key in parts if key != "homework" or given.advice.homework]
    assert [title for level, title in headings if level == 1] == shown
    assert all(deeper <= level + 1 for (level, _), (deeper, _) in pairwise(headings))
    contents = sheet(given.advice, language)
    below = [title for level, title in headings if level == 2]
    assert below[: len(contents.cards)] == [f"{at}. {card.title}" for at, card in enumerate(contents.cards, 1)]
    assert {str(attributes(one)["/Scope"]) for kind, one in found if kind == "TH"} == {"/Column"}
    (figure,) = [one for kind, one in found if kind == "Figure"]
    assert all(f"{bar.title}: {bar.conditions}: {bar.levels}" in str(figure["/Alt"]) for bar in contents.bars)


@pytest.mark.parametrize("form", ["pdf", "text"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("case", CASES)
def test_every_verdict_that_asks_something_is_said_with_what_to_do(case: str, language: Language, form: str) -> None:
    given = of_case(case, language)
    said = printed(given, language, form)
    asking = [one for one in given.advice.verdicts if one.asks]
    cards = contents(given, language).cards
    at_once = {line.act for card in cards for line in card.lines if line not in card.joined}
    texts = [one.label for one in asking] + [one.instead for one in asking if one.instead and one.act not in at_once]
    safety = [one for one in given.advice.safety if one.act not in at_once]
    texts += [one.because for one in safety] + [one.say for one in safety if one.say]
    texts += [one.title for one in given.advice.checklists] + [one.asked for one in given.advice.homework]
    texts += [one.find_out for one in given.advice.homework if one.find_out]
    missing = [one.in_(language) for one in texts if squeezed(one.in_(language)) not in said]
    assert not missing
    told = [line for card in cards for line in card.joined if line not in card.lines]
    assert all(squeezed(one) in said for line in told for one in (line.because, line.instead))
    for version in (given.advice.knowledge_version, given.advice.rules_version):
        assert version in said
    shown = {act for one in first_page(given.advice.checklists) for act in one.verdicts}
    cited = {one.sources[0].source for one in asking if one.act in shown and one.sources}
    assert all(squeezed(knowledge_base().sources[one].title.in_(language)) in said for one in cited)


def test_what_endangers_people_stands_first_and_framed() -> None:
    given = of_case(FEAR)
    blocks = full_sheet(given, "nl").blocks
    framed = [one for one in blocks if isinstance(one, Alert)]
    acts = {one.label.nl for one in given.advice.safety}
    assert acts and {act for act in acts if any(act in lead for one in framed for lead in one.leads)} == acts
    assert all(any(act in lead for act in acts) for one in framed for lead in one.leads)
    titles = [one.text for one in blocks if isinstance(one, Heading) and one.level == 2]
    (place,) = [at for at, one in enumerate(blocks) if isinstance(one, Heading) and one.text == titles[0]]
    assert isinstance(blocks[place + 1], Alert), "right below the first card"
    assert given.advice.occasions[0].verdict == "not-like-this"


def test_answers_and_a_plan_stand_there_only_when_asked_for_and_decided() -> None:
    whole = of_case("company-b")

    def tables(given: Dossier) -> set[str]:
        return {one.caption for one in full_sheet(given, "nl").blocks if isinstance(one, Table)}

    answers, plan, passages = (labels("nl")[key] for key in ("answers-about", "plan-about", "rests-on.about"))
    assert tables(whole) == {answers, passages} and tables(decided(whole)) == {answers, passages, plan}
    assert tables(replace(whole, with_answers=False)) == {passages}


def test_a_passage_stands_beside_its_own_publication() -> None:
    whole = of_case("company-b", "en")
    contents = sheet(whole.advice, "en")
    titles = {title for group in contents.publications for _, title in group.titles}
    of_title = {one.title.en: one for one in knowledge_base().sources.values()}
    (table,) = [one for one in full_sheet(whole, "en").blocks if isinstance(one, Table) and one.dutch == 1]
    assert "Dutch" in table.header[1]
    for title, places in table.rows:
        assert title in titles
        (source,) = [one for name, one in of_title.items() if title.startswith(name)]
        printed = [place.replace(" > ", " › ") for place in source.sections]
        of_cards = re.findall(r"(.+?) \[(\d+(?:, \d+)*)\](?: · |$)", places)
        assert " · ".join(f"{place} [{cards}]" for place, cards in of_cards) == places
        for place, cards in of_cards:
            for one in place.split("; "):
                pattern = re.escape(one.split(" (")[0]).replace("…", "[^›]*")
                assert any(re.fullmatch(pattern, each.split(" (")[0]) for each in printed), one
            assert all(0 < int(card) <= len(contents.cards) for card in cards.split(", "))
    html = write_sheet(whole, "full", "html", "en").decode()
    assert html.count('<td lang="nl">') == len(table.rows)


def test_the_plan_is_numbered_in_its_own_order() -> None:
    (table,) = [one for one in full_sheet(decided(of_case("company-b")), "nl").blocks if isinstance(one, Table)][:1]
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, len(table.rows) + 1)]


@pytest.mark.parametrize("purpose", ["full", "director", "accountability", "supplier-talk", "partners"])
def test_a_version_for_others_says_that_it_is_shortened_and_never_that_something_is_absent(purpose: str) -> None:
    bare = of_case("company-b")
    unknown = {"core.occasions": bare.assessment.answers["core.occasions"]}
    for language in LANGUAGES:
        words = labels(language)
        keys = ("plan-tested-none", "scores-none", "step-none", "input-none", "safety-open", "listen-no-objection")
        absent = [squeezed(words[key]) for key in keys]
        for answers in (bare.assessment.answers, unknown):
            assessment = bare.assessment.model_copy(update={"answers": answers})
            whole = dossier(assessment, inference(), today=DAY)
            said = squeezed(write_sheet(shareable(whole, language=language), purpose, "text", language).decode())
            assert squeezed(words["notice.shortened"]) in said and squeezed(words["notice.own"]) not in said
            assert not [one for one in absent if one in said]
    own = write_sheet(bare, purpose, "text", "nl").decode()
    whose = "notice.director" if purpose == "director" else "notice.own"
    assert (labels("nl")[whose] in own) == PURPOSES[purpose].own_use


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_safety_advice_is_only_said_where_the_questions_for_it_were_answered(language: Language) -> None:
    words = labels(language)
    answers = {"core.occasions": ("home-meeting",), "core.first": "home-meeting"}
    given = Assessment(title="x", answers=answers, knowledge_version="x")
    said = printed(dossier(given, inference(), today=DAY), language, "text")
    protecting = [one for one in knowledge_base().questions.values() if one.protects]
    asked = working_memory(answers, knowledge_base().questions).asked
    waiting = [one for one in protecting if asked[one.id]]
    assert (squeezed(words["safety-open"]) in said) == bool(waiting)
    assert all(squeezed(one.text.in_(language)) in said for one in waiting)
    assert squeezed(words["plan-tested-none"]) not in said or not waiting


@pytest.mark.parametrize(
    "title",
    [
        '#read("/etc/hosts") #import "/x.typ": * #panic()',
        "*vet* _schuin_ $x^2$ @kop <label> `code` \\u{41} // weg",
        "{answered} {0} %s <b>&amp;</b>",
        "Steen 😀👩‍👩‍👧 مرحبا 漢字 नमस्ते",
        "\x00\x07\x1b[31mrood\x7f \u202eomgekeerd\u2066 \ud800 \ufeff",
        "W" * 200,
        "woord " * 8_000,
        "   ",
    ],
)
def test_a_hostile_title_is_printed_as_plain_text(title: str) -> None:
    pdf, text = (write_sheet(titled(title), "full", form, "nl") for form in ("pdf", "text"))
    plain, cut = text.decode(), labels("nl")["cut"]
    shown = clean(title, 200, cut) or labels("nl")["untitled"]
    assert len(shown) <= 200 and (len(title) <= 200 or shown.endswith(cut))
    for part in re.findall(r"[A-Za-z0-9#$*_@<>{}\"\\/`.,:()%&;… ]{6,}", shown):
        assert squeezed(part) in text_of(pdf)
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", plain)
    assert all(len(line) <= COLUMNS for line in plain.splitlines())
    assert outside_the_margins(pdf) == []


@pytest.mark.usefixtures("no_system_fonts")
def test_characters_that_the_font_lacks_become_a_box() -> None:
    assert "Steen□,□□,✓€²ë" in printed(titled("Steen 😀, 漢字, ✓ € ² e\u0308"), "nl", "pdf")


def test_the_same_advice_gives_the_same_bytes() -> None:
    for form in ("pdf", "text"):
        once, again = (write_sheet(of_case("company-b"), "full", form, "nl") for _ in range(2))
        assert once == again


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_answered_gives_a_sheet_too(language: Language) -> None:
    empty = dossier(Assessment(title="", knowledge_version=knowledge_base().version), inference(), today=DAY)
    said = printed(empty, language, "pdf")
    for key in ("untitled", "safety-open", "scores-none", "method-judgement"):
        assert squeezed(labels(language)[key]) in said
    assert len(read(write_sheet(empty, "full", "pdf", language)).pages) == 1
    kinds = {type(one) for one in full_sheet(empty, language).blocks}
    assert kinds == {Fields, Heading, Paragraph, Bullets}, "no frame, no table and no chart"


def test_every_fixed_word_is_used() -> None:
    folder = Path(assessment.sheets.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".typ", ".j2"))
    kinds = ("level.", "engine.", "fit.", "plan.", "answers.", "scores.", "task.", "handout-")
    families = (*kinds, *re.findall(r'f"([a-z][a-z.-]*[.-])\{', code))
    endings = tuple(re.findall(r'f"\{\w+\}([.-][a-z.-]+)"', code))

    def is_used(key: str) -> bool:
        name = key.removeprefix("letter.")  # letters say their words without it
        if name != key and f'"{name.partition(".")[0]}"' in code:
            return True  # the options of an answer, named by their question
        return name.startswith(families) or name.endswith(endings) or re.search(rf'["T.]{name}\b', code) is not None

    assert [key for key in labels("nl") if not is_used(key)] == []
