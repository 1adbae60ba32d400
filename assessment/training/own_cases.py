"""Cases of a trainer's own as files, and kept for who made them."""

import secrets
from contextlib import suppress
from copy import copy
from pathlib import Path

import yaml
from sqlalchemy import delete, insert, select

from assessment.anonymity.source import answers_without_source, source_hidden
from assessment.answers.files import AnswerFileError
from assessment.store.database import Database
from assessment.store.errors import StoreError, Unfinished
from assessment.store.migration import prepare
from assessment.store.people import Viewer, checked_name
from assessment.store.tables import own_cases as kept
from assessment.store.tables import training_groups
from knowledge.answering import as_answer
from knowledge.base import KnowledgeBase
from knowledge.consistency import case_problems
from knowledge.model import Scenario
from knowledge.text import Language
from knowledge.yaml_files import ContentError, Problem, parse, read_file, read_text
from rules.engine.inference import inference


def write_case(case: Scenario) -> str:
    """The case as YAML that the first page and the page of the trainer open again."""
    return yaml.safe_dump(case.model_dump(mode="json", exclude_defaults=True), allow_unicode=True, sort_keys=False)


def read_case(file: Path | tuple[str, str], knowledge: KnowledgeBase, language: Language = "nl") -> Scenario:
    """The case of somebody's own in a file, or in the text of a file with its name.

    Unless it is `invented`, it has no answer that shows a source which must stay hidden.

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
    return _for_the_room(case.model_copy(update={"answers": answers, "own": True}), knowledge)


def _for_the_room(case: Scenario, knowledge: KnowledgeBase) -> Scenario:
    """The case as a room may see it, whoever wrote the file: of a source that must stay hidden, nothing is played."""
    if case.invented or not source_hidden(case.answers, inference()):
        return case
    shown = answers_without_source(case.answers, knowledge)
    return case if shown == case.answers else case.model_copy(update={"answers": shown, "lessons": ()})


class OwnCases:
    """The cases in one database, each of who made it; what `seen_by` gives is only about those of that user."""

    def __init__(self, knowledge: KnowledgeBase, url: str | None = None):
        """Open the database as the store does. Raises StoreError where it cannot be used."""
        self._knowledge = knowledge
        self._database = Database(url)
        self._viewer = Viewer()
        try:
            prepare(self._database)
        except StoreError:
            self.close()
            raise

    def seen_by(self, user: str) -> "OwnCases":
        """The cases of one user. It shares the connections."""
        view = copy(self)
        view._viewer = Viewer(checked_name(user))
        return view

    def close(self) -> None:
        """Close every connection."""
        self._database.close()

    def all(self) -> dict[str, Scenario]:
        """Every case that can be read now, by its id. One that fits an older knowledge base only is passed over."""
        with self._database.reading() as connection:
            rows = connection.execute(select(kept).where(self._viewer.owns(kept.c.owner)).order_by(kept.c.id)).all()
        return {row.id: case for row in rows if (case := self._read(row.id, row.written)) is not None}

    def played_by(self, group: str) -> Scenario | None:
        """The case of its own that a group plays, for who joined it; None where it plays another, or it is gone."""
        here = (training_groups.c.case_id == kept.c.id) & (training_groups.c.owner == kept.c.owner)
        query = select(kept).join(training_groups, here).where(training_groups.c.id == group)
        with self._database.reading() as connection:
            row = connection.execute(query).first()
        return self._read(row.id, row.written) if row is not None else None

    def keep(self, case: Scenario) -> str:
        """Keep a case under a new id, which is returned."""
        case = case.model_copy(update={"id": f"own-{secrets.token_hex(8)}", "own": True})
        with self._database.writing() as connection:
            values = {"id": case.id, "owner": self._viewer.name, "written": write_case(case)}
            connection.execute(insert(kept).values(**values))
        return case.id

    def delete(self, case_id: str) -> None:
        """Erase a case; one that does not exist, or is of somebody else, is left as it is."""
        with self._database.writing() as connection:
            connection.execute(delete(kept).where(kept.c.id == case_id, self._viewer.owns(kept.c.owner)))
        with suppress(Unfinished):
            self._database.erase()

    def take_in(self, folder: Path) -> None:
        """Take over the files in which an older version kept the cases; a file goes once its case is kept here."""
        for path in sorted(folder.glob("own-*.yaml")):
            try:
                written = path.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError):
                continue
            values = {"id": path.stem[:32], "owner": self._viewer.name, "written": written}
            with self._database.writing() as connection:
                connection.execute(delete(kept).where(kept.c.id == values["id"], self._viewer.owns(kept.c.owner)))
                connection.execute(insert(kept).values(**values))
            with suppress(OSError):  # it is taken over once more at the next start
                path.unlink()

    def _read(self, case_id: str, written: str) -> Scenario | None:
        with suppress(AnswerFileError):
            return read_case((written, case_id), self._knowledge).model_copy(update={"id": case_id})
        return None
