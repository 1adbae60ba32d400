"""Cases of a trainer's own: made from an assessment without names, and kept as files in the user's data folder."""

import re
import secrets
from collections.abc import Sequence
from pathlib import Path

import yaml

from assessment.answers.files import AnswerFileError
from assessment.model import Advice, Assessment
from assessment.store.database import data_folder
from knowledge.answering import as_answer
from knowledge.base import KnowledgeBase, case_problems
from knowledge.model import Scenario
from knowledge.text import Language, Text
from knowledge.yaml_files import ContentError, Problem, parse, read_file, read_text

LONGEST = 4000
"""Characters of one text that a trainer writes."""
UNTOLD = Text(nl="Dat vertelt de trainer.", en="The trainer tells this.")


def case_from(assessment: Assessment, advice: Advice, title: str, story: str, told: Sequence[str]) -> Scenario:
    """A case with the answers of an assessment and the lessons that are advised; its title and notes are left out.

    `story` has an empty line between paragraphs; `told` is what was decided, what happened and what it teaches, each
    of which may be empty. What a trainer writes stands in both languages, since it is written in one.

    Raises:
        ValueError: there is no title or no story.
    """
    paragraphs = [" ".join(one.split())[:LONGEST] for one in re.split(r"\n\s*\n", story) if one.strip()]
    if not title.strip() or not paragraphs:
        raise ValueError("expected a title and a story")
    decided, happened, teaching = (_same(one[:LONGEST]) if one.strip() else UNTOLD for one in told)
    return Scenario(
        id=f"own-{secrets.token_hex(4)}",
        title=_same(" ".join(title.split())[:200]),
        story=tuple(map(_same, paragraphs)),
        answers=assessment.answers,
        decided=decided,
        happened=happened,
        teaching=teaching,
        lessons=tuple(one.lesson.id for some in advice.recommendations for one in some.lessons),
        own=True,
    )


def write_case(case: Scenario) -> str:
    """The case as YAML that the first page and the page of the trainer open again."""
    return yaml.safe_dump(case.model_dump(mode="json", exclude_defaults=True), allow_unicode=True, sort_keys=False)


def read_case(file: Path | tuple[str, str], knowledge: KnowledgeBase, language: Language = "nl") -> Scenario:
    """The case of somebody's own in a file, or in the text of a file with its name.

    Raises:
        AnswerFileError: it does not parse, is no case, or names what this knowledge base lacks.
    """
    try:
        document = read_file(file, file.name) if isinstance(file, Path) else read_text(*file)
        case: Scenario = parse(document, Scenario)
    except ContentError as error:
        raise AnswerFileError([str(problem) for problem in error.problems]) from None
    wrong = [
        str(Problem(document.name, document.line((field,)), field, expected))
        for field, expected in case_problems(knowledge, case)
    ]
    if wrong:
        raise AnswerFileError(wrong)
    answers = {key: as_answer(knowledge.questions[key], answer) for key, answer in case.answers.items()}
    return case.model_copy(update={"answers": answers, "own": True})


class OwnCases:
    """The cases in one folder; each file is named after the id of its case."""

    def __init__(self, knowledge: KnowledgeBase, folder: Path | None = None):
        """Without a folder: `cases` in the user's data folder."""
        self._knowledge = knowledge
        self._folder = folder or data_folder() / "cases"

    def all(self) -> dict[str, Scenario]:
        """Every case that can be read now, by its id. One that fits an older knowledge base only is passed over."""
        found = {}
        for path in sorted(self._folder.glob("own-*.yaml")):
            try:
                case = read_case(path, self._knowledge)
            except AnswerFileError:
                continue
            found[path.stem] = case.model_copy(update={"id": path.stem})
        return found

    def keep(self, case: Scenario) -> str:
        """Keep a case under a new id, which is returned."""
        case = case.model_copy(update={"id": f"own-{secrets.token_hex(4)}", "own": True})
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (self._folder / f"{case.id}.yaml").write_text(write_case(case), encoding="utf-8")
        return case.id

    def delete(self, case_id: str) -> None:
        """Erase a case; one that does not exist is gone already."""
        if re.fullmatch(r"own-[0-9a-f]{8}", case_id):
            (self._folder / f"{case_id}.yaml").unlink(missing_ok=True)


def _same(words: str) -> Text:
    return Text(nl=words, en=words)
