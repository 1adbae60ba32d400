"""The command line: `dialoogwijzer assess`, `compare`, `questions`, `catalogue`, `check` and `app`."""

import os
import sys
import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import typer

from assessment.answers.empty_file import write_empty
from assessment.sheets.problem import SheetError
from knowledge.adviser_texts import guides
from knowledge.base import knowledge_base
from knowledge.drafts import drafts
from knowledge.private import OTHERS
from knowledge.yaml_files import ContentError
from rules.changes import PROGRAM, NoContentError, contents, differences
from rules.checks import disagreements, loose_ends, loose_pieces
from rules.coverage import coverage, read_inventory, report
from rules.engine.inference import ENGINE_MISSING, inference
from rules.model import RuleBase, rule_base
from ui.cli import adviser as adviser_command
from ui.cli import draft as draft_command
from ui.cli import explain as explain_command
from ui.cli import keep as keep_command
from ui.cli import portfolio, saved
from ui.cli import sheet as sheet_command
from ui.cli.options import Lang, LangOption, OutOption, stop, write
from ui.words import say

app = typer.Typer(
    help="Dialoogwijzer: advies voor een betekenisvol gesprek in je keten. / Advice for a meaningful dialogue.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


class CompareForm(StrEnum):
    """The forms in which `compare` gives the differences."""

    text = "text"
    md = "md"
    html = "html"
    pdf = "pdf"
    docx = "docx"
    json = "json"


@app.command()
def compare(
    first: sheet_command.NamedArgument,
    second: sheet_command.NamedArgument,
    lang: LangOption = Lang.nl,
    form: Annotated[CompareForm, typer.Option("--format", help="Vorm / form.")] = CompareForm.text,
    output: OutOption = None,
) -> None:
    """Wat verschilt er tussen twee beoordelingen? / What differs between two assessments?"""
    from assessment.changes.comparison import compare as differences
    from assessment.sheets.compose.comparison import comparison_sheet
    from assessment.sheets.writers import Form
    from assessment.sheets.writers import write as written

    if output is None and form.value not in sheet_command.READABLE and sys.stdout.isatty():
        stop(say("cli.name_a_file", lang.value, form=form.value))
    one, other = (sheet_command.assessment_named(each, lang.value) for each in (first, second))
    comparison = differences(one, other, inference())
    if form is CompareForm.json:
        write(comparison.model_dump_json(indent=2) + "\n", output)
        return
    try:
        write(written(comparison_sheet(comparison, lang.value), cast(Form, form.value)), output)
    except SheetError as error:
        stop(error.text.in_(lang.value))


@app.command()
def questions(lang: LangOption = Lang.nl, output: OutOption = None) -> None:
    """Schrijf een leeg antwoordbestand met uitleg. / Write an empty, commented answer file."""
    if output is not None and output.exists():
        stop(f"{output}: bestaat al, kies een andere naam / already exists, choose another name")
    write(write_empty(knowledge_base(), lang.value), output)


@app.command()
def catalogue(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Bestand om te schrijven / file to write: .html, .md.")
    ],
    lang: LangOption = Lang.nl,
) -> None:
    """Schrijf alle vragen, regels, lessen en bronnen in één bestand. / Write all that we know in one file."""
    from rules.catalogue import write_html, write_markdown

    writers = {".html": write_html, ".md": write_markdown}
    if output.suffix not in writers:
        stop(f"{output}: verwacht een naam op .html of .md / expected a name that ends in .html or .md")
    write(writers[output.suffix](rule_base(), lang.value), output)


@app.command()
def check(
    inventory: Annotated[
        Path | None, typer.Argument(help="Met --coverage: inventarisatie (YAML) / with --coverage: inventory.")
    ] = None,
    with_coverage: Annotated[
        bool, typer.Option("--coverage", help="Per publicatie en deel: wat ontbreekt? / per section: what is missing?")
    ] = False,
    sets: Annotated[
        int,
        typer.Option(min=0, help="Zo vaak vergelijken / compare so many times."),
    ] = 500,
) -> None:
    """Zijn kennisbank en regelbank in orde? / Are knowledge and rule base in order?"""
    try:
        rules, advisers, _ = rule_base(), guides(), drafts()
    except ContentError as error:
        stop(*map(str, error.problems), status=1)
    if with_coverage:
        _report_coverage(rules, inventory)
        return
    if inventory is not None:
        stop(f"{inventory}: alleen met --coverage / only with --coverage")
    knowledge = rules.knowledge
    problems = [*loose_ends(rules), *loose_pieces(advisers, rules), *disagreements(inference(), sets)]
    if problems:
        stop(*problems, status=1)
    typer.echo(
        f"In order: {len(knowledge.sources)} publications, {len(knowledge.questions)} questions, "
        f"{len(knowledge.lessons)} lessons on {len(knowledge.cards)} cards, {len(rules.rules)} rules in "
        f"{len(rules.strata)} layers, {len(knowledge.scenarios)} cases. "
        f"Knowledge version {knowledge.version}, rules version {rules.version}."
    )
    if inference().engine_name == "durable-rules":
        typer.echo(f"Engine: durable-rules, equal to the reference meaning on {sets} random answer sets.")
    else:
        typer.echo(f"Engine: the reference evaluator. {ENGINE_MISSING.en}")


@app.command()
def changes(
    former: Annotated[
        Path,
        typer.Argument(help="Vorige versie / earlier version: map/folder, .zip, .whl."),
    ],
    output: OutOption = None,
) -> None:
    """Wat veranderde er in regels, vragen en lessen sinds een vorige versie? / What changed in rules since?"""
    try:
        found = differences(contents(former), contents(PROGRAM))
    except (NoContentError, ContentError) as error:
        stop(str(error))
    write("".join(f"{line}\n" for line in found), output)


@app.command("prove")
def prove_rules(
    theme: Annotated[str | None, typer.Option(help="Alleen regels van dit thema / only rules of this theme.")] = None,
    all_: Annotated[bool, typer.Option("--all", help="Elke bewering / every statement.")] = False,
) -> None:
    """Bewijs de stellingen over de regelbank. / Prove the theorems about the rule base."""
    from rules.proofs.statements import prove
    from rules.theorems import load_theorems

    rules = rule_base()
    theorems = load_theorems(rules)
    named = {theorem.id for theorem in theorems.theorems}
    start, violated, proved = time.perf_counter(), 0, 0
    for result in prove(rules, theorems, theme):
        proved += result.holds
        violated += not result.holds
        if all_ or not result.holds or result.name in named:
            verdict = "proved" if result.holds else "VIOLATED"
            typer.echo(f"{verdict:8s} {result.seconds:7.3f} s  {result.name}  {result.says}".rstrip())
        for question, answer in (result.answers or {}).items() if not result.holds else ():
            typer.echo(f"{'':19s}{question}: {answer}")
    typer.echo(f"{proved} statements proved, {violated} violated, in {time.perf_counter() - start:.1f} s.")
    if violated:
        raise typer.Exit(1)


def _report_coverage(rules: RuleBase, inventory: Path | None) -> None:
    try:
        found = coverage(rules, read_inventory(inventory) if inventory is not None else None)
    except ContentError as error:
        stop(*map(str, error.problems))
    for line in report(found, rules.knowledge):
        typer.echo(line)
    if found.missing:
        raise typer.Exit(1)


@app.command("app")
def application(
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Poort / port.")] = None,
    browser: Annotated[bool, typer.Option(help="Open de browser / open the browser.")] = True,
    lan: Annotated[
        bool, typer.Option("--lan", help="Laat telefoons in de zaal stemmen / let telephones in the room vote.")
    ] = False,
    address: Annotated[
        str, typer.Option(help="Adres / address; een ander alleen met login / another only with a login.")
    ] = "127.0.0.1",
) -> None:
    """Start de applicatie in je browser. / Start the application in your browser."""
    from ui.server.serve import serve

    serve(port=port, open_browser=browser, address=address, to_room=lan)


app.command()(explain_command.explain)
app.command("what-if")(explain_command.try_other)
app.command("next")(explain_command.next_questions)
app.command()(adviser_command.adviser)
app.command()(portfolio.portfolio)
app.command()(sheet_command.assess)
app.command()(sheet_command.sheet)
app.command()(sheet_command.schema)
app.command("check-text")(draft_command.check_text)
app.command()(saved.saved)
app.command("decide")(saved.decide_on)
app.command()(saved.adopt)
for command in (keep_command.backup, keep_command.restore, keep_command.export, keep_command.delete):
    app.command()(command)


def main() -> None:
    """Entry point of the command `dialoogwijzer`. What it writes is for its user alone, wherever that is."""
    os.umask(OTHERS)
    try:
        app()
    except ContentError as error:
        typer.echo(str(error), err=True)
        raise SystemExit(1) from None


if __name__ == "__main__":
    main()
