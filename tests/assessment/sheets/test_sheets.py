"""The advice sheet: a tagged PDF that holds for any text, and the same words in plain text."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from assessment.sheets.writers.advice_pdf import write_pdf
from assessment.sheets.writers.text import WIDTH, write_text

import assessment.sheets
from assessment.advice import advise
from assessment.model import (
    Advice,
    AdvisedLesson,
    AnswerInWords,
    Assessment,
    Ground,
    Homework,
    Progress,
    Reason,
    Recommendation,
    Score,
)
from assessment.sheets.compose.composition import sheet
from assessment.sheets.words import clean, labels
from knowledge.base import knowledge_base
from knowledge.model import Citation, Lesson, Phase, Severity
from knowledge.text import LANGUAGES, Language, Text
from rules.engine.inference import inference
from tests.support.pdf_reading import attributes, elements, outside_the_margins, read, squeezed, text_of

PARTS = ("safety-first", "do-first-besides", "scores", "advice", "homework", "plan", "answers", "method")


def words(nl: str, en: str) -> Text:
    return Text(nl=nl, en=en)


EMPLOYER = AnswerInWords(
    question="listening.employer-present",
    asked=words("Is de werkgever bij het gesprek?", "Is the employer present at the talk?"),
    answer=words("Ja, de ploegbaas", "Yes, the foreman"),
)
PLACE = AnswerInWords(
    question="listening.place",
    asked=words("Waar is het gesprek?", "Where is the talk?"),
    answer=words("Weet ik niet", "I don't know"),
)
ALONE = AnswerInWords(
    question="conversation.alone",
    asked=words("Praat je alleen?", "Do you talk alone?"),
    answer=words("Nee, met inkoop", "No, with purchasing"),
)
WITHIN_REACH = Reason(
    rule="listening.within-reach",
    says=words("Het gesprek is binnen bereik van de werkgever.", "The talk is within the employer's reach."),
    holds=True,
    grounds=(Ground(answers=(EMPLOYER,), findings=()), Ground(answers=(PLACE,), findings=())),
)
KEEP_OUT = Reason(
    rule="listening.keep-out",
    says=words("Werkenden kunnen niet vrij praten.", "Workers cannot speak freely."),
    holds=True,
    grounds=(Ground(answers=(EMPLOYER,), findings=(WITHIN_REACH,)),),
)


def recommendation(card: str, severity: Severity, phase: Phase, title: Text) -> Recommendation:
    lesson = Lesson(
        id=f"lesson-{card}",
        phase=phase,
        severity=severity,
        kind="advice",
        basis="stated",
        element="inclusion",
        step="identify",
        advice=words("Houd de werkgever buiten het gesprek.", "Keep the employer out of the talk."),
        evidence=words("In Rajasthan was de werkgever er niet bij.", "In Rajasthan the employer was not there."),
        sources=(Citation(source="rajasthan-pilot", at="Workerdialoog > Opzet dialoog", item="tip 2"),),
        cautions=words("Zoek een plek buiten de fabriek.", "Find a place outside the factory."),
    )
    return Recommendation(
        card=card,
        theme="listening",
        title=title,
        severity=severity,
        phase=phase,
        lessons=(AdvisedLesson(lesson=lesson, reasons=(KEEP_OUT, WITHIN_REACH)),),
    )


def advice(title: str = "Natuursteen uit Rajasthan") -> Advice:
    return Advice(
        title=title,
        made_on=date(2026, 11, 20),
        knowledge_version="0123456789ab",
        rules_version="ba9876543210",
        engine="reference",
        progress=Progress(asked=3, answered=2, can_change_advice=1),
        recommendations=(
            recommendation("safe", "critical", "conduct", words("Spreek buiten bereik", "Talk out of reach")),
            recommendation("plan", "high", "prepare", words("Maak een plan", "Make a plan")),
            recommendation("share", "normal", "follow-up", words("Deel wat je hoorde", "Share what you heard")),
        ),
        overall=None,
        element_scores=(),
        scores=(
            Score(
                about="listening",
                title=words("Luisteren naar werkenden", "Listening to workers"),
                lowest=12.5,
                highest=49,
                lowest_level="fragile",
                highest_level="emerging",
                capped_by=(KEEP_OUT,),
                contributions=(),
            ),
        ),
        homework=(
            Homework(
                question=PLACE.question,
                asked=PLACE.asked,
                find_out=words("Bel de organisator.", "Call the organiser."),
                cards=("safe",),
            ),
        ),
        answered=(EMPLOYER, PLACE, ALONE),
    )


def empty_advice() -> Advice:
    return advice("").model_copy(
        update={"recommendations": (), "scores": (), "homework": (), "answered": (), "title": ""}
    )


def company_b() -> Advice:
    case = knowledge_base().scenarios["company-b"]
    assessment = Assessment(title=case.title.nl, answers=case.answers, knowledge_version=knowledge_base().version)
    return advise(assessment, inference(), today=date(2026, 11, 20))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pdf_is_tagged_and_says_its_title_and_language(language: Language) -> None:
    reader = read(write_pdf(advice(), language))
    catalog: Any = reader.root_object
    assert str(catalog["/Lang"]).split("-")[0] == language
    assert catalog["/MarkInfo"]["/Marked"] == True  # noqa: E712  a BooleanObject of pypdf
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert reader.metadata is not None
    assert reader.metadata.title == "Natuursteen uit Rajasthan"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in catalog["/Metadata"].get_object().get_data()


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_stand_in_order(language: Language) -> None:
    fixed = labels(language)
    found = [
        (int(kind[1]), str(element["/T"]))
        for kind, element in elements(read(write_pdf(advice(), language)))
        if re.fullmatch("H[1-6]", kind)
    ]
    assert found[0] == (1, fixed["safety-first"])
    assert all(deeper <= level + 1 for (level, _), (deeper, _) in pairwise(found))
    assert [title for level, title in found if level == 1] == [fixed[key] for key in PARTS]
    assert [title for level, title in found if level == 2] == [
        *(fixed[f"phase.{phase}"] for phase in ("prepare", "conduct", "follow-up")),
        fixed["sources"],
    ]
    titles = [one.title for part in sheet(advice(), language).phases for one in part.items]
    assert [title for level, title in found if level == 3] == [f"{at}. {one}" for at, one in enumerate(titles, 1)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_headers_and_the_chart_an_alternative(language: Language) -> None:
    found = elements(read(write_pdf(advice(), language)))
    headers = [element for kind, element in found if kind == "TH"]
    assert len(headers) == 4 + 5 + 3  # homework; plan; question, answer, and the one theme
    assert [attributes(header).get("/Scope") for header in headers] == ["/Column"] * len(headers)
    (figure,) = [element for kind, element in found if kind == "Figure"]
    (bar,) = sheet(advice(), language).bars
    for said in (bar.title, bar.range, bar.levels):
        assert said in str(figure["/Alt"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_both_formats_say_everything(language: Language) -> None:
    given = advice()
    safe = given.safety[0].lessons[0].lesson
    expected = [
        given.title,
        *(one.title.in_(language) for one in given.recommendations),
        *(text.in_(language) for text in (safe.advice, safe.evidence, safe.cautions, KEEP_OUT.says) if text),
        EMPLOYER.asked.in_(language),
        EMPLOYER.answer.in_(language),
        ALONE.asked.in_(language),
        ALONE.answer.in_(language),
        PLACE.asked.in_(language),
        "Workerdialoog › Opzet dialoog (tip 2)",
        knowledge_base().sources["rajasthan-pilot"].title.in_(language),
        labels(language)["severity.critical"],
        labels(language)["method-judgement"],
        given.knowledge_version,
        given.rules_version,
    ]
    printed = text_of(write_pdf(given, language))
    plain = re.sub(r"\s+", " ", write_text(given, language))
    for said in expected:
        assert squeezed(said) in printed
        assert said in plain or said.upper() in plain


def test_safety_comes_first_whatever_its_phase() -> None:
    contents = sheet(advice(), "nl")
    assert [item.title for item in contents.safety] == ["Spreek buiten bereik"]
    assert [item.title for item in contents.first] == ["Maak een plan", "Deel wat je hoorde"]
    assert [item.number for part in contents.phases for item in part.items] == [1, 2, 3]
    plain = write_text(advice(), "nl")
    assert plain.index("Zoek een plek buiten de fabriek.") < plain.index("Maak een plan")


def test_a_reason_names_each_answer_once_in_two_levels() -> None:
    (first, second) = sheet(advice(), "nl").phases[0].items[0].lessons[0].why
    assert [one.answer for one in first.answers] == ["Ja, de ploegbaas"]
    assert [(one.says, [each.answer for each in one.answers]) for one in first.findings] == [
        ("Het gesprek is binnen bereik van de werkgever.", [])
    ]
    assert first.homework == (1,)  # what is not known stands there and not here
    assert second.same  # it rests on answers that stand just above
    later = sheet(advice(), "nl").phases[1].items[0].lessons[0].why[0]
    assert later.see == (1,) and later.answers == later.findings == ()


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
        "x" * 50_000,
        "   ",
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_title_is_printed_as_plain_text(title: str, language: Language) -> None:
    pdf = write_pdf(advice(title), language)
    printed, plain = text_of(pdf), write_text(advice(title), language)
    cut = labels(language)["cut"]
    shown = clean(title, 200, cut) or labels(language)["untitled"]
    assert len(shown) <= 200
    assert (len(title) <= 200) or shown.endswith(cut)
    glyphs = re.compile(r"[A-Za-z0-9#$*_@<>{}\"\\/`.,:()%&;… ]{6,}")
    for part in (one.strip() for one in glyphs.findall(shown)):
        assert squeezed(part) in printed
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", plain)
    assert all(len(line) <= WIDTH for line in plain.splitlines())
    assert outside_the_margins(pdf) == []


def test_characters_that_the_font_lacks_become_a_box() -> None:
    assert "Steen□,□□,✓€²ë" in text_of(write_pdf(advice("Steen 😀, 漢字, ✓ € ² e\u0308"), "nl"))


def test_the_same_advice_gives_the_same_bytes() -> None:
    assert write_pdf(advice(), "nl") == write_pdf(advice(), "nl")
    assert write_text(advice(), "nl") == write_text(advice(), "nl")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_advice_has_a_sheet_too(language: Language) -> None:
    printed, plain = text_of(write_pdf(empty_advice(), language)), write_text(empty_advice(), language)
    for key in ("untitled", "safety-none", "scores-none", "advice-none", "homework-none", "answers-none"):
        assert squeezed(labels(language)[key]) in printed
    assert labels(language)["untitled"].upper() in plain
    assert len(read(write_pdf(empty_advice(), language)).pages) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_real_case_fits_on_two_to_eight_pages(language: Language) -> None:
    given = company_b()
    pdf = write_pdf(given, language)
    assert 2 <= len(read(pdf).pages) <= 8
    printed = text_of(pdf)
    assert squeezed(given.recommendations[0].title.in_(language)) in printed
    assert squeezed(given.recommendations[0].lessons[0].lesson.advice.in_(language)) in printed
    assert outside_the_margins(pdf) == []
    assert all(len(line) <= WIDTH for line in write_text(given, language).splitlines())


def test_every_fixed_word_is_used() -> None:
    folder = Path(assessment.sheets.__file__).parent
    code = "".join(path.read_text("utf-8") for path in folder.rglob("*") if path.suffix in (".py", ".typ", ".j2"))
    kinds = ("severity.", "phase.", "level.", "engine.", "fit.", "plan.", "answers.", "scores.", "task.", "handout-")
    families = (*kinds, *re.findall(r'f"([a-z][a-z.-]*[.-])\{', code))
    endings = tuple(re.findall(r'f"\{\w+\}(\.[a-z.-]+)"', code))

    def is_used(key: str) -> bool:
        name = key.removeprefix("letter.")  # letters say their words without it
        if name != key and f'"{name.partition(".")[0]}"' in code:
            return True  # the options of an answer, named by their question
        return name.startswith(families) or name.endswith(endings) or re.search(rf'["T.]{name}\b', code) is not None

    assert [key for key in labels("nl") if not is_used(key)] == []
