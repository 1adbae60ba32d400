"""An answer file from its bytes to its parts: read however it is encoded, put in order, parsed, and held together."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from assessment.answers.by_hand import another_kind, in_order, told
from assessment.answers.encodings import NoTextError, text_of
from assessment.answers.given_values import unprintable
from assessment.answers.places import Names
from assessment.model import LONGEST_TITLE
from knowledge.base import KnowledgeBase
from knowledge.text import Language, Text
from knowledge.yaml_files import MAXIMUM_BYTES, ContentError, Problem, YamlFile, read_text

MAXIMUM_NOTE = 5000
KEYS = ("title", "knowledge_version", "answers", "notes")


def text_in(file: Path | tuple[str, str], language: Language) -> tuple[str, str]:
    """The name and the text of a file, however it is encoded.

    Raises:
        ContentError: it cannot be read, is too large or no text.
    """
    if not isinstance(file, Path):
        return file[1], file[0]
    name = str(file)
    try:
        if file.stat().st_size > MAXIMUM_BYTES:
            raise ContentError([Problem(name, 0, "", _TOO_LARGE.in_(language))])
        return name, text_of(file.read_bytes())
    except NoTextError as error:
        raise ContentError([Problem(name, 0, "", error.text.in_(language))]) from None
    except OSError as error:
        told = _CANNOT_BE_READ.in_(language)
        raise ContentError([Problem(name, 0, "", f"{told}: {error.strerror}")]) from None


def document_in(text: str, name: str, knowledge: KnowledgeBase, language: Language) -> YamlFile:
    """The parsed file.

    Raises:
        ContentError: it does not parse, with a sentence that says what to do.
    """
    other, names = another_kind(text), Names(knowledge)
    if other is not None:
        raise ContentError([Problem(name, 0, "", other.in_(language))])
    if len(text.encode("utf-8", "replace")) > MAXIMUM_BYTES:
        raise ContentError([Problem(name, 0, "", _TOO_LARGE.in_(language))])

    def question_of(key: str) -> str | None:
        place = names.question(key)
        return place.about if place is not None else None

    text = in_order(text, question_of)
    try:
        return read_text(text, name)
    except ContentError as error:
        found = [(one, *told(one, text)) for one in error.problems]
        told_so = [replace(one, line=line, expected=sentence.in_(language)) for one, line, sentence in found]
        raise ContentError(told_so) from None


def title_of(document: YamlFile) -> str:
    """Its title, or the name of the file."""
    title = document.data.get("title") if isinstance(document.data, dict) else None
    return str(Path(document.name).stem if title in (None, "") else title)[:LONGEST_TITLE]


def parts_of(document: YamlFile, language: Language) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Its answers and notes.

    Raises:
        ContentError: it is no answer file.
    """
    data = document.data
    if not isinstance(data, dict) or not isinstance(data.get("answers"), dict):
        raise ContentError([Problem(document.name, 0, "", _NO_ANSWERS.in_(language))])
    strange = [key for key in data if key not in KEYS]
    if strange:
        expected = _ONLY.in_(language)
        raise ContentError([Problem(document.name, document.line((key,)), shown_key(key), expected) for key in strange])
    notes = data.get("notes") or {}
    if not isinstance(notes, dict):
        raise ContentError([Problem(document.name, document.line(("notes",)), "notes", _NOTES.in_(language))])
    return data["answers"], notes


def shown_key(key: Any) -> str:
    """A key on one line."""
    return " ".join(str(key).split())[:60]


def other_problems(
    document: YamlFile, notes: dict[Any, Any], knowledge: KnowledgeBase
) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """What is wrong with its version, title and notes, each with the place where it stands."""
    version, title = document.data.get("knowledge_version"), document.data.get("title")
    if version is not None and version != knowledge.version:
        shown = str(version)[:40]
        yield (
            Text(
                nl=f"verwacht: kennisversie {knowledge.version}; dit bestand is gemaakt met {shown}. "
                "Maak een nieuw bestand met `dialoogwijzer questions`, of haal deze regel weg en gebruik ze zo",
                en=f"expected: knowledge version {knowledge.version}; this file was made with {shown}. "
                "Write a new file with `dialoogwijzer questions`, or remove this line to use the answers as they are",
            ),
            ("knowledge_version",),
        )
    if title is not None and (wrong := unprintable(str(title))) is not None:
        yield wrong, ("title",)
    for key, note in notes.items():
        if key not in knowledge.noted:
            yield NO_QUESTION, ("notes", shown_key(key))
        elif note is not None and len(str(note)) > MAXIMUM_NOTE:
            yield TOO_LONG, ("notes", str(key))
        elif note is not None and (wrong := unprintable(str(note))) is not None:
            yield wrong, ("notes", str(key))


NO_QUESTION = Text(
    nl="deze vraag staat niet in de vragenlijst van nu; haal de regel weg, of neem het id over uit een nieuw bestand "
    "(`dialoogwijzer questions`)",
    en="this question is not in the present questionnaire; remove the line, or take the id from a new file "
    "(`dialoogwijzer questions`)",
)
TOO_LONG = Text(nl=f"verwacht: hooguit {MAXIMUM_NOTE} tekens", en=f"expected: at most {MAXIMUM_NOTE} characters")
_TOO_LARGE = Text(nl="verwacht: hooguit 2 MB tekst", en="expected: at most 2 MB of text")
_CANNOT_BE_READ = Text(nl="kan niet worden gelezen", en="cannot be read")
_ONLY = Text(nl=f"verwacht: alleen {', '.join(KEYS)}", en=f"expected: only {', '.join(KEYS)}")
_NOTES = Text(nl="verwacht: ids van vragen of rijen met tekst", en="expected: ids of questions or rows with text")
_NO_ANSWERS = Text(
    nl="verwacht: een antwoordbestand met `answers:` en daaronder ids van vragen (zie `dialoogwijzer questions`)",
    en="expected: an answer file with `answers:` and ids of questions below it (see `dialoogwijzer questions`)",
)
