"""Answer files as people write them in an editor: what is certain is read, the rest is one sentence with the cure."""

import codecs
from datetime import date, timedelta
from pathlib import Path

import pytest
from babel.dates import format_date

from assessment.answers.files import AnswerFileError, read, read_all
from assessment.answers.given_values import given_day
from knowledge.text import LANGUAGES, LOCALES, Language
from tests.support.own_tables import CHOSEN, FREE, KNOWLEDGE, NUMBER, ONE, SEVERAL, SHARE
from tests.support.small_folder import Folder
from ui.parts.answer_upload import read_upload

FIRST, SECOND = ONE.options[:2]
ANSWERS = {ONE.id: FIRST.id, SEVERAL.id: tuple(one.id for one in CHOSEN), SHARE.id: 12}
LISTED = ", ".join(one.id for one in CHOSEN)


def plain(one: str = FIRST.id, several: str = f"[{LISTED}]", share: str = "12", title: str = "Koffie BV") -> str:
    return f"title: {title}\nanswers:\n  {ONE.id}: {one}\n  {SEVERAL.id}: {several}\n  {SHARE.id}: {share}\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "text",
    [
        plain(),
        plain(one=FIRST.id.upper()),
        plain(one=f"“{FIRST.id}”"),
        plain(one=f"{FIRST.id}\u00a0"),
        plain(one=f'"{FIRST.label.nl}"'),
        plain(one=f'"{FIRST.label.en}"'),
        plain(one=f"[{FIRST.id}]"),
        plain(one=FIRST.id.replace("-", "–")),
        plain(one=f"{FIRST.id}  # zeker"),
        plain(several=LISTED),
        plain(several=LISTED.replace(", ", ";")),
        plain(several=f"[{', '.join(one.id for one in reversed(CHOSEN))}]"),
        plain(several="\n    - " + "\n    - ".join(one.id for one in CHOSEN)),
        plain(several=f'["{CHOSEN[0].label.nl}", "{CHOSEN[1].label.en}"]'),
        plain(share='"12"'),
        plain(share="12 %"),
        plain(share="12,0"),
        plain().replace("  ", "\t"),
        plain().replace("  ", "\u00a0 "),
        plain().replace("  ", ""),
        plain().replace(f"  {SHARE.id}", f"     {SHARE.id}"),
        plain().replace(": ", ":"),
        plain().replace("answers:", "Antwoorden:").replace("title:", "Titel:"),
        plain().replace(f"{ONE.id}:", f'"{ONE.text.nl}":'),
        plain().replace(f"{ONE.id}:", f"{ONE.text.en}:"),
        plain().replace(ONE.id, ONE.id.upper()),
        "---\n" + plain() + "...\n",
    ],
)
def test_what_is_certain_is_read(text: str, end: str) -> None:
    found = read((text.replace("\n", end), "x.yaml"), KNOWLEDGE)
    assert (found.title, found.answers) == ("Koffie BV", ANSWERS)


@pytest.mark.parametrize(
    ("written", "right"), [("Nee", "no"), ("NO", "no"), ("false", "no"), ("ja", "yes"), ("True", "yes")]
)
def test_yes_and_no_are_read_in_both_languages(written: str, right: str, tmp_path: Path) -> None:
    knowledge = Folder(tmp_path).load().base.knowledge
    assert read((f"answers:\n  t.extra: {written}\n", "x.yaml"), knowledge).answers == {"t.extra": right}


@pytest.mark.parametrize(
    "title",
    [
        "Gesprek Koffie BV #3", "Gesprek: Koffie BV", "#3", "Koffie 'De Boer' #1: nu", "a: b: c", "- punt", "@jan",
        "50%", "Koffie BV:", "it's: #1", "0", "1e3", "no", "2026-11-28", "“Koffie” #2", "👩🏽‍🌾 #1",
    ],
)  # fmt: skip
def test_nothing_of_a_title_or_note_is_lost(title: str) -> None:
    text = f"title: {title}\nanswers:\n  {ONE.id}: {FIRST.id}\nnotes:\n  {ONE.id}: {title}\n"
    found = read((text, "x.yaml"), KNOWLEDGE)
    assert (found.title, found.notes) == (title, {ONE.id: title})


def test_notes_over_several_lines_stay_whole() -> None:
    text = (
        f"answers:\n  {ONE.id}: {FIRST.id}\nnotes:\n  {ONE.id}: eerste regel\n    tweede #2: nog meer\n    derde\n"
        f"  # een opmerking\n  {SEVERAL.id}: |\n    Regel #1.\n\n    - punt: a\n  {SHARE.id}: [een, twee]\n"
    )
    assert read((text, "x.yaml"), KNOWLEDGE).notes == {
        ONE.id: "eerste regel tweede #2: nog meer derde",
        SEVERAL.id: "Regel #1.\n\n- punt: a\n",
        SHARE.id: "een\ntwee",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_the_encodings_of_editors_are_read(encoding: str, tmp_path: Path) -> None:
    content = plain(title="Café Curaçao").encode(encoding)
    (tmp_path / "x.yaml").write_bytes(content)
    for found in (read(tmp_path / "x.yaml", KNOWLEDGE), read_upload("x.yaml", content, "nl").assessment):
        assert (found.title, found.answers) == ("Café Curaçao", ANSWERS)


def test_json_with_escaped_emoji_and_tabs_is_read() -> None:
    text = f'{{\n\t"title": "Koffie \\ud83d\\ude00 BV",\n\t"answers": {{"{ONE.id}": "{FIRST.id}"}}\n}}'
    assert read((text, "x.json"), KNOWLEDGE).title == "Koffie 😀 BV"


@pytest.mark.parametrize(
    ("text", "line", "nl", "en"),
    [
        ('title: "Koffie\\0BV"\nanswers: {}\n', 1, "stuurteken", "control character"),
        (f'answers: {{}}\nnotes:\n  {ONE.id}: "a\\x07b"\n', 3, "stuurteken", "control character"),
        ('{"title": "half \\ud83d BV",\n"answers": {}}', 1, "half teken", "half a character"),
        (plain(one="nonsense"), 3, "verwacht: één van", "expected: one of"),
        (plain(several=f"[{FREE[0].id}, nonsense]"), 4, "nonsense", "nonsense"),
        (plain(share="1.000"), 5, "1000 zonder punt", "1000 without a point"),
        (f"answers: {{{NUMBER.id}: 1.000}}", 1, "1000 zonder punt", "1000 without a point"),
        (plain(share="{a: b}"), 5, "lijst met antwoorden", "list of answers"),
        (plain() + f"  {ONE.id}: {SECOND.id}\n", 6, "twee keer", "twice"),
        (plain(several=f"[{LISTED}"), 4, "haak", "bracket"),
        (plain(title='"Koffie'), 0, "aanhalingsteken", "quotation mark"),
        (plain(title="&Koffie"), 1, "zet hem tussen aanhalingstekens", "put it between quotation marks"),
        ("---\n" + plain() + "---\n" + plain(), 7, "meer beoordelingen", "several assessments"),
        ("<!DOCTYPE html><html></html>", 0, "webpagina", "web page"),
        ("PK\x03\x04xxxx", 0, "werkmap", "workbook"),
        ("# leeg\n", 0, "answers:", "answers:"),
        (plain() + "stray words\n", 6, "deze regel", "this line"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_rest_is_one_sentence_in_ones_own_language(
    text: str, line: int, nl: str, en: str, language: Language
) -> None:
    with pytest.raises(AnswerFileError) as caught:
        read((text, "x.yaml"), KNOWLEDGE, language)
    (told,) = caught.value.problems
    assert (nl if language == "nl" else en) in told
    if line:
        assert told.startswith(f"x.yaml:{line}:"), told
    for jargon in ("mapping values", "while ", "found character", "expected YAML", "could not find"):
        assert jargon not in told


@pytest.mark.parametrize(
    "content", [codecs.BOM_UTF16_LE + b"\x00", b"\xff\xfe\x00", b"a\0b" * 50, "Фабрика".encode("cp1251") * 5]
)
def test_what_is_no_text_is_told_in_ones_own_language(content: bytes) -> None:
    for language, told in (("nl", "sla het"), ("en", "save it")):
        with pytest.raises(AnswerFileError, match=told):
            read_upload("x.yaml", content, language)  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "weeks"), [(-30, 0), (0, 0), (1, 1), (7, 1), (8, 2), (3000, 104)])
@pytest.mark.parametrize("quote", ["", '"'])
def test_a_day_stands_for_the_weeks_to_it_and_is_the_day_of_the_occasion(days: int, weeks: int, quote: str) -> None:
    day = date.today() + timedelta(days=days)
    text = f"answers:\n  core.occasions: [event]\n  core.first: event\n  core.first-date: {quote}{day}{quote}\n"
    given = read_all((text, "a.yaml"), KNOWLEDGE)
    assert given.assessment.answers["core.first-date"] == weeks
    assert given.occasion_on == day


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("days", [0, 1, 200, 364])
def test_a_day_without_a_year_is_the_next_one(days: int, language: Language) -> None:
    day = date.today() + timedelta(days=days)
    for written in ("d MMMM", "d MMM", "d MMMM y"):
        assert given_day(format_date(day, written, locale=LOCALES[language])) == day


@pytest.mark.parametrize("written", ["31 februari", "9 maart maart", "0 mei", "9", "2 weken", "9 maart 27", "unknown"])
def test_what_names_no_day_is_none(written: str) -> None:
    assert given_day(written) is None


def test_a_number_of_something_else_takes_no_day() -> None:
    with pytest.raises(AnswerFileError):
        read((f"answers:\n  {SHARE.id}: 2027-03-09\n", "a.yaml"))
