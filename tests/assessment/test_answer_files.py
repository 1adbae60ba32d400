"""Answer files: the empty one can be filled and read; a wrong one gives one clear line and nothing else."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
import yaml

from assessment.answers.empty_file import write_empty
from assessment.answers.files import AnswerFileError, read
from knowledge.base import CONTENT, knowledge_base
from knowledge.text import LANGUAGES, Language
from rules.engine.memory import asked_questions

KNOWLEDGE = knowledge_base()
FIRST = next(iter(KNOWLEDGE.questions.values()))


def problems(text: str, language: Language = "nl") -> tuple[str, ...]:
    with pytest.raises(AnswerFileError) as caught:
        read((text, "file.yaml"), KNOWLEDGE, language)
    for line in caught.value.problems:
        assert line.startswith("file.yaml") and "\n" not in line
    return caught.value.problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_empty_file_is_the_whole_questionnaire_and_reads_as_no_answers(language: Language) -> None:
    text = write_empty(KNOWLEDGE, language)
    assert read((text, "file.yaml"), KNOWLEDGE, language).answers == {}
    assert set(yaml.safe_load(text)["answers"]) == set(KNOWLEDGE.questions)
    flat = " ".join(line.strip().lstrip("# ") for line in text.splitlines())
    for question in KNOWLEDGE.questions.values():
        assert question.text.in_(language) in flat and question.why.in_(language) in flat


def test_a_filled_file_gives_its_answers_in_their_stored_form() -> None:
    several = next(q for q in KNOWLEDGE.questions.values() if q.kind == "several" and len(q.options) > 2)
    number = next(q for q in KNOWLEDGE.questions.values() if q.number is not None)
    free = [option.id for option in several.options if not option.exclusive][:2]
    text = (
        f'title: "Gesprek"\nanswers:\n  {several.id}: [{", ".join(reversed(free))}]\n'
        f"  {number.id}: {number.number.minimum if number.number else 0}\nnotes:\n  {number.id}: eigen woorden\n"
    )
    assessment = read((text, "file.yaml"), KNOWLEDGE)
    assert assessment.title == "Gesprek"
    assert assessment.answers[several.id] == tuple(free)
    assert assessment.answers[number.id] == (number.number.minimum if number.number else 0)
    assert assessment.notes == {number.id: "eigen woorden"}


def test_a_note_may_be_written_at_a_row_with_its_list_or_as_done() -> None:
    row = "answers: {acts.talk-setup: [short-talk]}\nnotes:\n"
    for key in ("short-talk", "acts.talk-setup.short-talk", "short-talk-done", "acts.talk-setup.short-talk-done"):
        assert read((f"{row}  {key}: kort\n", "file.yaml"), KNOWLEDGE).notes == {"short-talk": "kort"}
    both = read((f"{row}  short-talk: straks\n  short-talk-done: toen\n", "file.yaml"), KNOWLEDGE)
    assert both.notes == {"short-talk": "straks\ntoen"}
    assert "name-of-who-told" in write_empty(KNOWLEDGE)


def test_a_case_is_read_like_an_answer_file() -> None:
    for case in KNOWLEDGE.scenarios.values():
        assessment = read(next((CONTENT / "scenarios").rglob(f"{case.id}.yaml")), KNOWLEDGE, "en")
        assert assessment.title == case.title.en
        assert set(assessment.answers) == set(case.answers)
        assert asked_questions(assessment.answers, KNOWLEDGE.questions)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("answers:\n  nowhere.question: yes\n", "nowhere.question"),
        (f"answers:\n  {FIRST.id}: [somewhere-else]\n", FIRST.id),
        (f"answers:\n  {FIRST.id}: 12\n", FIRST.id),
        (f"answers:\n  {FIRST.id}: {{a: b}}\n", FIRST.id),
        ("answers: [a, b]\n", "answers"),
        ("just words\n", "answers"),
        ("", "answers"),
        ("answers:\n\t- x\n", "answers"),
        ("answers: {\n", "file.yaml"),
        ('knowledge_version: "0123456789ab"\nanswers: {}\n', "knowledge_version"),
        ("answers: {}\nextra: 1\n", "extra"),
        ("answers: {}\nnotes:\n  nowhere.question: x\n", "nowhere.question"),
        (f"answers: {{}}\nnotes:\n  {FIRST.id}: {'x' * 6000}\n", FIRST.id),
        ("story: [a]\nanswers: {}\n", "expected"),
        ("answers: {}\n" + "# noise\n" * 1_300_000, "MB"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_file_gives_one_clear_line(text: str, told: str, language: Language) -> None:
    assert told in problems(text, language)[0]


def test_every_mistake_is_told_at_once_and_with_its_line() -> None:
    found = problems(f"answers:\n  nowhere.one: yes\n  {FIRST.id}: 12\n  nowhere.two: no\n")
    assert [line.split(":")[1] for line in found] == ["2", "3", "4"]


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    for content in (b"\xff\xfe\x00", Random(1).randbytes(20_000)):
        path = tmp_path / "noise.yaml"
        path.write_bytes(content)
        with pytest.raises(AnswerFileError):
            read(path, KNOWLEDGE)
    with pytest.raises(AnswerFileError, match="kan niet worden gelezen"):
        read(tmp_path / "missing.yaml", KNOWLEDGE)
    with pytest.raises(AnswerFileError, match="kan niet worden gelezen"):
        read(tmp_path, KNOWLEDGE)


def test_random_damage_never_gives_anything_but_lines() -> None:
    random = Random(3)
    text = write_empty(KNOWLEDGE)
    for _ in range(60):
        damaged = list(text)
        for _ in range(random.randint(1, 30)):
            place = random.randrange(len(damaged))
            damaged[place] = random.choice("{}[]:-#&*!|>'\"%@`\x00\t\n éx0")
        with suppress(AnswerFileError):
            read(("".join(damaged), "file.yaml"), KNOWLEDGE)
