"""How somebody's own table is understood, on the command line: `portfolio TABLE --mapping FILE`."""

from pathlib import Path

import typer

from assessment.portfolio.preview import Preview, mapping_file, preview
from assessment.portfolio.read.mapping import read_mapping
from knowledge.base import KnowledgeBase, knowledge_base
from knowledge.text import Amount, Language, Text

_WORDS = {
    "rows": Text(
        nl="{count:rij|rijen} bekeken; de namen van de kolommen staan in rij {row}",
        en="{count:row|rows} looked at; the names of the columns stand in row {row}",
    ),
    "column": Text(nl="kolom {name}: {meaning}", en="column {name}: {meaning}"),
    "unused": Text(nl="niet gebruikt", en="not used"),
    "perhaps": Text(nl="misschien {near}", en="perhaps {near}"),
    "unclear": Text(nl="{question}: {reason} ({count} keer)", en="{question}: {reason} ({count:time|times})"),
    "written": Text(
        nl="Indeling geschreven in {file}. Kijk hem na, vul aan wat leeg is, en geef hem de volgende keer mee met "
        "--mapping en -o UITKOMST",
        en="Mapping written to {file}. Look it through, fill in what is empty, and give it next time with --mapping "
        "and -o OUTCOME",
    ),
}


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
        typer.echo(_WORDS["written"].in_(language).format(file=mapping))


def lines(seen: Preview, knowledge: KnowledgeBase, language: Language) -> list[str]:
    """What is told about a table, line by line."""
    words = {key: text.in_(language) for key, text in _WORDS.items()}
    told = [words["rows"].format(count=Amount(seen.rows), row=seen.row)]
    for one in seen.columns:
        if not one.name.strip():
            continue
        question = knowledge.questions.get(one.place.about) if one.place is not None else None
        meaning = str(one.place or words["unused"])
        if question is not None and one.how != "id":
            meaning += f" ({question.text.in_(language)})"
        near = ", ".join(map(str, seen.near.get(one.at, ())))
        if near:
            meaning += "; " + words["perhaps"].format(near=near)
        told.append(words["column"].format(name=_short(one.name), meaning=meaning))
    for word in seen.unclear:
        reason = word.reason.in_(language)
        told.append(words["unclear"].format(question=word.question, reason=reason, count=Amount(word.count)))
    for problem in seen.problems:
        where = " · ".join(filter(None, (problem.row, _short(problem.column))))
        told.append(f"{where}: {problem.reason.in_(language)}" if where else problem.reason.in_(language))
    return told


def _short(text: str) -> str:
    plain = " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
    return plain if len(plain) <= 80 else plain[:79] + "…"
