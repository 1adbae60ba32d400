"""What people write for an answer is read where its meaning is certain; otherwise one sentence tells the cure."""

import pytest

from assessment.answers import understood
from assessment.answers.understood import Words
from knowledge.base import knowledge_base
from knowledge.condition import NOT_APPLICABLE, UNKNOWN
from knowledge.model import Option, Question
from knowledge.renames import Renamed
from knowledge.text import LANGUAGES, Text

QUESTIONS = list(knowledge_base().questions.values())


def question(kind: str, *options: tuple[str, str, str], number: tuple[int, int, str, str] | None = None,
             not_applicable: bool = False) -> Question:  # fmt: skip
    text = Text(nl="Vraag?", en="Question?")
    low, high, nl, en = number or (0, 1, "-", "-")
    unit = {"minimum": low, "maximum": high, "unit": {"nl": nl, "en": en}}
    return Question.model_validate(
        {
            "id": "t.q", "text": text, "why": text, "kind": kind, "element": "knowledge", "step": "identify",
            "not_applicable": not_applicable, "number": unit if number else None,
            "options": [Option(id=one, label=Text(nl=nl, en=en)) for one, nl, en in options],
        }
    )  # fmt: skip


SAFE = Words(question("one", ("no", "Nee, en zij bevestigen dat", "No, and they confirm it"), ("yes", "Ja", "Yes")))
UNION = Words(question("one", ("free", "Ja, een vrije", "Yes, a free one"), ("tied", "Ja, maar", "Yes, but"),
                       ("none", "Nee", "No"), not_applicable=True))  # fmt: skip
ACTS = Words(question("several", ("ask", "Vragen, ook aan werkenden", "Asking"), ("go-there", "Gaan kijken", "Going"),
                      ("pay", "Betalen", "Paying; also for travel")))  # fmt: skip
SHARE = Words(question("number", number=(0, 100, "procent", "percent")))
MINUTES = Words(question("number", number=(0, 3000, "minuten", "minutes")))


@pytest.mark.parametrize(
    ("words", "text", "right"),
    [
        *((SAFE, text, "no") for text in ("no", "No", "NO", "nee", "Nee", "n", "FALSE", "onwaar", " no\u00a0", "“no”")),
        *((SAFE, text, "yes") for text in ("yes", "Ja", "ja!", "TRUE", "True", "j", "y", "\u200byes")),
        *((SAFE, text, UNKNOWN) for text in ("unknown", "Weet ik niet", "I don’t know", "weet niet", "onbekend")),
        (SAFE, "Nee,  en zij bevestigen dat", "no"),
        *((SAFE, text, "") for text in ("", "  ", "\n", "\u200b")),
        *((SAFE, text, None) for text in ("0", "1", "Ja, denk ik", "n.v.t.", "?", "yes; no", "#N/A")),
        (UNION, "Ja", None), (UNION, "Nee", "none"), (UNION, "n.v.t.", NOT_APPLICABLE), (UNION, "Ja, maar", "tied"),
        *((ACTS, text, ("ask", "pay")) for text in ("ask;pay", "ask, pay", "ask|pay", "ask\npay", "Ask;PAY;")),
        *((ACTS, text, ("ask", "pay")) for text in ("Vragen, ook aan werkenden, Betalen", "ask,,pay",
          "Vragen, ook aan werkenden\nBetalen", "Asking; Paying; also for travel",
          "ask pay", "vragen, ook aan werkenden betalen")),
        (ACTS, "go there", ("go-there",)), (ACTS, "go_there, ask", ("go-there", "ask")), (ACTS, "ask;ask", ("ask",)),
        *((ACTS, text, None) for text in ("not ask", "ask; weet ik niet", "ask en pay", "werkenden", "ask " * 9000)),
        *((SHARE, text, 40) for text in ("40", "40%", "40 %", "40,0", "40.00", "40 procent", "40 percent", "\u00a040")),
        (SHARE, "100 %", 100), (SHARE, "1", 1), (SHARE, "weet niet", UNKNOWN),
        *((SHARE, text, None) for text in ("0.4", "0,4", ".4", "12,5", "1.000", "2026-01-02 00:00:00", "3-4", "een")),
        (MINUTES, "1000", 1000), (MINUTES, "1 000", 1000), (MINUTES, "60 minuten", 60), (MINUTES, "1.000.000", 10**6),
        (MINUTES, "1000.000", 1000),
        *((MINUTES, text, None) for text in ("1.000", "1,000", "50%", "12:30", "1e3", "10000000000000000")),
    ],
)  # fmt: skip
def test_what_is_certain_is_read_and_nothing_else(words: Words, text: str, right: object) -> None:
    assert words.answer(text) == right
    if right is None:
        reason = words.reason(text)
        assert reason is not None and all("\n" not in reason.in_(language) for language in LANGUAGES)


@pytest.mark.parametrize(
    ("words", "text", "told"),
    [
        (MINUTES, "1.000", "1000 zonder punt"),
        (MINUTES, "50%", "percentage"),
        (SHARE, "0,4", "40 %"),
        (SHARE, "2026-01-02 00:00:00", "datum"),
        (SHARE, "12,5", "rond af"),
        (SHARE, "110", "van 0 tot en met 100"),
        (UNION, "Ja", "Ja, een vrije"),
        (ACTS, "gaan kijke", "go-there"),
        (SAFE, "1", "in woorden"),
        (SAFE, "#REF!", "fout uit het rekenblad"),
        (SAFE, "=", "formule zonder uitkomst"),
    ],
)
def test_what_is_not_certain_is_told_with_its_cure(words: Words, text: str, told: str) -> None:
    reason = words.reason(text)
    assert reason is not None and told in reason.nl


def test_a_text_that_can_be_read_in_two_ways_is_not_read() -> None:
    words = Words(question("several", ("a", "Loon", "Pay"), ("b", "Uren", "Hours"), ("c", "Loon, uren", "Pay, hours")))
    assert words.answer("Loon, uren") is None and words.answer("Loon; Uren; Loon, uren") is None
    assert words.answer("a, b") == ("a", "b") and words.answer("c") == ("c",)
    same = Words(question("one", ("a", "Anders", "Other"), ("b", "Overig", "Anders")))
    assert same.answer("Anders") is None and same.answer("overig") == "b" and same.answer("a") == "a"


def test_a_former_option_counts_as_the_present_one() -> None:
    renamed = [Renamed(question="t.q", option="old", to="go-there")]
    assert Words(ACTS.question, renamed).answer("old; pay") == ("go-there", "pay")


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda one: one.id)
def test_every_answer_of_the_questionnaire_is_read_by_its_label_and_id(asked: Question) -> None:
    words = Words(asked)
    for option in asked.options:
        right = (option.id,) if asked.kind == "several" else option.id
        for written in (option.id, option.id.upper(), option.label.nl, option.label.en.lower(), f"“{option.label.en}”"):
            assert words.answer(written) == right
    free = [option for option in asked.options if not option.exclusive] if asked.kind == "several" else []
    for language in LANGUAGES:
        for separator in ("; ", ", ", "\n", " ", "|") if len(free) > 1 else ():
            joined = separator.join(option.label.in_(language) for option in free)
            assert words.answer(joined) == tuple(option.id for option in free)


@pytest.mark.parametrize("asked", [one for one in QUESTIONS if one.kind == "several"], ids=lambda one: one.id)
def test_ids_in_a_row_are_read_at_once_and_as_they_are_read_word_by_word(
    asked: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, ids = Words(asked), [option.id for option in asked.options]
    read_slowly = words.answer(", ".join(ids))
    looks: list[str] = []
    folded = understood.folded
    monkeypatch.setattr(understood, "folded", lambda text: looks.append(text) or folded(text))
    assert words.answer(";".join(ids)) == read_slowly == tuple(ids)
    assert len(looks) <= 2, "a table has a hundred thousand of these"
