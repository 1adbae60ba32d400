"""The mapping file: which column of somebody's own table is for which question, and what their own words mean."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from assessment.answers.encodings import NoTextError, text_of
from assessment.answers.places import Place, place_in
from assessment.answers.understood import Words, folded
from assessment.portfolio.batches import TableError
from knowledge.base import KnowledgeBase
from knowledge.text import Frozen, Language, Text
from knowledge.yaml_files import MAXIMUM_BYTES, ContentError, parse, read_text

_HEAD = Text(
    nl="# Wat elke kolom van je tabel betekent, en elk woord dat niet vanzelf duidelijk is.\n"
    "# Achter de dubbele punt: het id van een vraag, vraag/keuze, id of title; leeg is niet gebruikt.\n"
    "# Bij een woord: het id van het antwoord; leeg betekent dat de rij niet meedoet.\n"
    "# Daarna: dialoogwijzer portfolio TABEL --mapping DIT-BESTAND -o UITKOMST.xlsx\n",
    en="# What each column of your table means, and each word that is not clear by itself.\n"
    "# Behind the colon: the id of a question, question/choice, id or title; empty is not used.\n"
    "# For a word: the id of the answer; empty means that the row is left out.\n"
    "# Then: dialoogwijzer portfolio TABLE --mapping THIS-FILE -o OUTCOME.xlsx --lang en\n",
)
_PERHAPS = Text(nl="misschien", en="perhaps")


class TableMapping(Frozen):
    """Column names to places as they are written in the file, and per question somebody's own words to answers."""

    columns: Mapping[str, str] = {}
    values: Mapping[str, Mapping[str, str]] = {}

    def places(self, knowledge: KnowledgeBase) -> Mapping[str, Place | None]:
        """Per folded name of a column what it is for; None is not used.

        Raises:
            TableError: it names no question or choice of this knowledge base.
        """
        found: dict[str, Place | None] = {}
        for name, written in self.columns.items():
            place = place_in(written, knowledge) if written.strip() else None
            if written.strip() and place is None:
                raise TableError(
                    f"indeling: {name[:60]}: {written[:60]} is geen vraag van deze kennisbank",
                    f"mapping: {name[:60]}: {written[:60]} is no question of this knowledge base",
                )
            found[folded(name)] = place
        return found

    def meanings(self, knowledge: KnowledgeBase) -> Mapping[str, Mapping[str, str]]:
        """Per question the folded words with the answer that they stand for, as a cell.

        Raises:
            TableError: it names no question, or no answer to it.
        """
        found: dict[str, dict[str, str]] = {}
        for about, words in self.values.items():
            place = place_in(about, knowledge)
            question = knowledge.questions.get(place.about) if place is not None else None
            if question is None:
                raise TableError(
                    f"indeling: {about[:60]} is geen vraag van deze kennisbank",
                    f"mapping: {about[:60]} is no question of this knowledge base",
                )
            known = Words(question, knowledge.renamed)
            for word, meaning in words.items():
                reason = known.reason(meaning)
                if reason is not None:
                    raise TableError(
                        f"indeling: {about}: {word[:60]}: {reason.nl}", f"mapping: {about}: {word[:60]}: {reason.en}"
                    )
            found[question.id] = {folded(word): meaning for word, meaning in words.items() if meaning.strip()}
        return found


def read_mapping(file: Path | tuple[bytes, str]) -> TableMapping:
    """The mapping in a file, or in the content of a file with its name.

    Raises:
        TableError: it cannot be read, or is no mapping file.
    """
    name = file.name if isinstance(file, Path) else file[1]
    try:
        if isinstance(file, Path) and file.stat().st_size > MAXIMUM_BYTES:
            raise TableError(f"{name}: te groot voor een indeling", f"{name}: too large for a mapping")
        document = read_text(text_of(file.read_bytes() if isinstance(file, Path) else file[0]), name)
        return parse(document, TableMapping) if document.data is not None else TableMapping()
    except NoTextError as error:
        raise TableError(f"{name}: {error.text.nl}", f"{name}: {error.text.en}") from None
    except (ContentError, ValidationError) as error:
        line = next((one.line for one in error.problems if one.line), 1) if isinstance(error, ContentError) else 1
        raise TableError(
            f"{name}: regel {line}: dit is geen indeling van een tabel; verwacht: columns: en values:, en daaronder "
            '"woord": id',
            f"{name}: line {line}: this is no mapping of a table; expected: columns: and values:, and below them "
            '"word": id',
        ) from None
    except OSError as error:
        raise TableError(f"{name}: kan niet worden gelezen", f"{name}: cannot be read ({error.strerror})") from None


def write_mapping(
    columns: Sequence[tuple[str, str, Sequence[str]]],
    values: Mapping[str, Sequence[tuple[str, str, Sequence[str]]]],
    language: Language,
) -> str:
    """A mapping file: (name, what it means or "", what it perhaps means) per column, and per question for words."""
    lines = [_HEAD.in_(language) + "\ncolumns:" + ("" if columns else " {}")]
    lines += _lines(columns, "  ", language)
    lines.append("values:" + ("" if values else " {}"))
    for question, words in values.items():
        lines.append(f"  {question}:")
        lines += _lines(words, "    ", language)
    return "\n".join(lines) + "\n"


def _lines(entries: Sequence[tuple[str, str, Sequence[str]]], indent: str, language: Language) -> Iterator[str]:
    for name, meaning, near in entries:
        perhaps = f"  # {_PERHAPS.in_(language)}: {', '.join(near)}" if near and not meaning else ""
        yield f"{indent}{_quoted(name)}: {_quoted(meaning)}{perhaps}"


def _quoted(text: str) -> str:
    """The text between quotes, as YAML and JSON both read it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
