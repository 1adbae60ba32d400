"""Many assessments at once on the command line: `portfolio`."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TimeRemainingColumn

from assessment.portfolio.batches import TableError
from assessment.portfolio.read.mapping import TableMapping, read_mapping
from assessment.portfolio.report import MINIMUM, write_report
from assessment.portfolio.run import run
from assessment.portfolio.summary import read_former
from assessment.portfolio.workers import on_cluster
from assessment.portfolio.write.empty import write_empty
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.model import rule_base
from ui.cli.options import Lang, LangOption, stop
from ui.cli.own_table import show_mapping
from ui.words import say


def portfolio(
    source: Annotated[
        Path | None,
        typer.Argument(metavar="TABLE|FOLDER", help="Tabel (.parquet, .csv, .xlsx) of map / table or folder (.yaml)."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Uitkomst / outcome: .parquet, .csv, .xlsx.")
    ] = None,
    report: Annotated[Path | None, typer.Option(help="Ook een verslag / a report too: .html.")] = None,
    before: Annotated[
        Path | None, typer.Option(help="Vorige uitkomst, voor het verslag / former outcome, for the report: .parquet.")
    ] = None,
    minimum: Annotated[
        int, typer.Option(min=1, help="Kleinste groep in het verslag / smallest group in the report.")
    ] = MINIMUM,
    template: Annotated[
        Path | None, typer.Option(help="Schrijf een lege tabel met uitleg / write an empty table: .csv, .xlsx.")
    ] = None,
    scheduler: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Reken op een Dask-cluster / compute on a Dask cluster: tcp://HOST:PORT."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="Wat je eigen kolommen en woorden betekenen / what your own columns and words mean: .yaml."),
    ] = None,
    lang: LangOption = Lang.nl,
) -> None:
    """Beoordeel een hele tabel of map tegelijk. / Assess a whole table or folder at once."""
    language: Language = lang.value
    try:
        if template is not None and source is None:
            for file in write_empty(template, knowledge_base(), language):
                typer.echo(str(file))
            return
        if source is not None and output is None and mapping is not None and template is None:
            show_mapping(source, mapping, language)
            return
        if source is None or output is None or template is not None:
            stop(say("cli.missing", language))
        known = read_mapping(mapping) if mapping is not None else None
        _score(source, output, report, before, minimum, scheduler, language, known)
    except TableError as error:
        stop(error.text.in_(language))
    except OSError as error:
        stop(f"{error.filename or output}: {error.strerror or error}")


def _score(
    source: Path,
    output: Path,
    report: Path | None,
    before: Path | None,
    minimum: int,
    scheduler: str | None,
    language: Language,
    mapping: TableMapping | None,
) -> None:
    former = read_former(before) if before is not None else None
    examining = on_cluster(scheduler) if scheduler is not None else None
    console = Console(stderr=True)
    bar = Progress(
        BarColumn(None),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    with bar:
        task = bar.add_task("", total=1.0)
        outcome = run(
            source, output, rule_base(), language, lambda done: bar.update(task, completed=done), examining, mapping
        )
    if report is not None:
        report.write_text(write_report(outcome, rule_base(), language, former, minimum), encoding="utf-8")
    typer.echo(say("cli.done", language, count=outcome.summary.rows, output=output))
    if outcome.problems is not None:
        typer.echo(say("cli.left_out", language, count=outcome.problem_count, file=outcome.problems), err=True)
