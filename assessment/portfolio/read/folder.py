"""A folder of answer files as batches of a table, a row per file."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from assessment.answers.files import AnswerFileError, read
from assessment.portfolio.batches import MAXIMUM_ROWS, Batch, Problem, TableError, plain, too_long
from knowledge.base import KnowledgeBase
from knowledge.model import Answer
from knowledge.text import Language, Text

FILES_AT_A_TIME = 512


def folder_batches(path: Path, knowledge: KnowledgeBase, language: Language) -> Iterator[Batch]:
    """The assessments in the answer files of a folder, in the order of their names.

    Raises:
        TableError: there is no answer file in it, or there are too many.
    """
    files = sorted(one for one in path.iterdir() if one.suffix.lower() in (".yaml", ".yml") and one.is_file())
    if not files:
        raise TableError(
            "verwacht: een map met antwoordbestanden (.yaml)", "expected: a folder with answer files (.yaml)"
        )
    if len(files) > MAXIMUM_ROWS:
        raise too_long()
    for start in range(0, len(files), FILES_AT_A_TIME):
        some = files[start : start + FILES_AT_A_TIME]
        problems: list[Problem] = []
        found = []
        for file in some:
            try:
                found.append((file, read(file, knowledge, language)))
            except AnswerFileError as error:
                for line in error.problems:
                    told = line.removeprefix(f"{file}:").strip()
                    problems.append(Problem(file.name, "", Text(nl=told, en=told)))
        columns = {
            question: pa.array([_written(one.answers.get(question)) for _, one in found], pa.string())
            for question in knowledge.questions
        }
        yield Batch(
            [file.name for file, _ in found],
            plain(pa.array([file.stem for file, _ in found], pa.string())),
            plain(pa.array([one.title for _, one in found], pa.string())),
            {question: column.dictionary_encode() for question, column in columns.items()},
            tuple(problems),
            (start + len(some)) / len(files),
        )


def _written(answer: Answer | None) -> str | None:
    """An answer as the cell of a table that stands for it."""
    if isinstance(answer, tuple):
        return ";".join(answer)
    return None if answer is None else str(answer)
