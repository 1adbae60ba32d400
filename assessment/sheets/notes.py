"""The user's own notes on a sheet for own use, below everything else."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from assessment.dossier import Dossier
from assessment.sheets.document import Block, Document, Heading, Paragraph
from assessment.sheets.words import labels
from knowledge.text import Language

OWN_USE = frozenset({"full", "supplier-talk", "script", "dialogue", "listening", "partners"})
"""The sheets with which somebody prepares; the others are for readers who are not meant to see notes."""


def has_notes(dossier: Dossier) -> bool:
    """Whether a note was written at a question."""
    questions = dossier.inference.base.knowledge.questions
    return any(note.strip() for name, note in dossier.assessment.notes.items() if name in questions)


def with_notes(document: Document, dossier: Dossier, language: Language) -> Document:
    """The document with the notes behind it that do not stand in it, question by question and line by line."""
    told = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    return replace(document, blocks=(*document.blocks, *_notes(dossier, language, told)))


def _notes(dossier: Dossier, language: Language, told: Iterable[str]) -> Iterator[Block]:
    knowledge, notes = dossier.inference.base.knowledge, dossier.assessment.notes
    written = {name: notes[name] for name in knowledge.questions if notes.get(name, "").strip()}
    noted = [
        (knowledge.noted[name], note)
        for name, note in written.items()
        if not any(f"“{note.strip()}”" in text for text in told)
    ]
    if not noted:
        return
    yield Heading(labels(language)["own-notes"])
    yield Paragraph(labels(language)["own-notes-about"])
    for about, note in noted:
        yield Heading(about.in_(language), 2)
        yield from (Paragraph(line.strip()) for line in note.splitlines() if line.strip())
