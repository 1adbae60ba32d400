"""How somebody's own table is understood, on the command line: `portfolio TABLE --mapping FILE`."""

from pathlib import Path

import typer

from assessment.portfolio.preview import Preview, mapping_file, preview
from assessment.portfolio.read.mapping import read_mapping
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.text import Language
from ui.words import say


def show_mapping(source: Path, mapping: Path, language: Language) -> None:
    """Say how a table is understood; the mapping is used where it exists, and written where it does not.

    Raises:
        TableError: the table or the mapping cannot be read.
    """
    known = read_mapping(mapping) if mapping.exists() else None
    seen = preview(source, knowledge_base(), known)
    for line in lines(seen, knowledge_base(), language):
        typer.echo(line)
    if known is None:
        mapping.write_text(mapping_file(seen, None, language), encoding="utf-8")
        typer.echo(say("cli.table_written", language, file=mapping))


def lines(seen: Preview, knowledge: KnowledgeBase, language: Language) -> list[str]:
    """What is told about a table, line by line."""
    told = [say("cli.table_rows", language, count=seen.rows, row=seen.row)]
    for one in seen.columns:
        if not one.name.strip():
            continue
        question = knowledge.questions.get(one.place.about) if one.place is not None else None
        meaning = str(one.place or say("cli.table_unused", language))
        if question is not None and one.how != "id":
            meaning += f" ({question.text.in_(language)})"
        near = ", ".join(map(str, seen.near.get(one.at, ())))
        if near:
            meaning += "; " + say("cli.table_perhaps", language, near=near)
        told.append(say("cli.table_column", language, name=_short(one.name), meaning=meaning))
    for word in seen.unclear:
        reason = word.reason.in_(language)
        told.append(say("cli.table_unclear", language, question=word.question, reason=reason, count=word.count))
    for problem in seen.problems:
        where = " · ".join(filter(None, (problem.row, _short(problem.column))))
        told.append(f"{where}: {problem.reason.in_(language)}" if where else problem.reason.in_(language))
    return told


def _short(text: str) -> str:
    plain = " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
