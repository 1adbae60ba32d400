"""Stored assessments on the command line: `saved`, `decide` and `adopt`."""

from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, cast

import typer

from assessment.advice import advise
from assessment.answers.renewal import Renewal, remember, renewal
from assessment.answers.renewal import adopt as take_over
from assessment.dossier import plan_of
from assessment.plan import STATUSES, Action, Changes, DecisionError, Plan, decide
from assessment.sheets.words import clean
from assessment.store import Store, Stored, StoreError
from assessment.store.history_in_words import lines
from knowledge.base import knowledge_base
from knowledge.text import Language
from rules.engine.inference import inference
from ui.cli.options import Lang, LangOption, stop
from ui.parts.dates import read_date
from ui.words import say

Chosen = StrEnum("Chosen", {status: status for status in STATUSES})  # type: ignore[misc]

IdArgument = Annotated[str, typer.Argument(help="Id van een beoordeling / id of an assessment.")]
LONGEST = 300

CHANGES = ("renamed", "changed_options", "set_aside", "new_questions", "appeared", "vanished")
DATES = "15-12-2026, 15 december 2026, 2026-12-15"


def saved(
    assessment: Annotated[str | None, typer.Argument(help="Id; zonder: alle / without it: all.")] = None,
    at: Annotated[str | None, typer.Option(help=f"Zoals het toen was / as it was then: {DATES}.")] = None,
    history: Annotated[bool, typer.Option("--history", help="Wat er gebeurde / what happened.")] = False,
    lang: LangOption = Lang.nl,
) -> None:
    """Toon bewaarde beoordelingen en hun plan. / Show stored assessments and their plan."""
    try:
        store = Store()
        if assessment is None:
            for one in store.list():
                typer.echo(f"{one.id}  {one.updated.astimezone():%Y-%m-%d %H:%M}  {clean(one.title, LONGEST, '…')}")
            return
        if history:
            for line in lines(store.history(assessment), knowledge_base()):
                says = clean(line.says.in_(lang.value), LONGEST, "…")
                typer.echo(f"{line.number:5}  {line.moment.astimezone():%Y-%m-%d %H:%M}  {line.who}  {says}")
            return
        stored = store.as_it_was(assessment, _moment(at, lang.value)) if at is not None else store.open(assessment)
    except StoreError as error:
        stop(error.text.in_(lang.value))
    typer.echo(clean(stored.assessment.title, LONGEST, "…"))
    changes = renewal(stored, inference())
    if changes is not None:
        new = list(_changed(changes, lang.value))
        key = "cli.newer" if new else "cli.newer_same"
        typer.echo(say(key, lang.value, date=f"{changes.made_at.astimezone():%Y-%m-%d}", id=stored.id))
        for told in new:
            typer.echo(f"  {told}")
    for action in _plan(stored, changes).actions:
        typer.echo(_action(action, lang.value))


def decide_on(
    assessment: IdArgument,
    task: Annotated[str, typer.Argument(help="Sleutel uit `saved` / key as shown by `saved`.")],
    status: Annotated[Chosen | None, typer.Option(help="Besluit / decision.")] = None,
    owner: Annotated[str | None, typer.Option(help="Wie / who.")] = None,
    due: Annotated[str | None, typer.Option(help=f"Uiterlijk / at the latest: {DATES}.")] = None,
    words: Annotated[str | None, typer.Option(help="In eigen woorden / in your own words.")] = None,
    reason: Annotated[str | None, typer.Option(help="Waarom niet (nu) / why not (now).")] = None,
    note: Annotated[str | None, typer.Option(help="Aantekening / note.")] = None,
    reference: Annotated[str | None, typer.Option(help="Waar een document ligt / where a document lies.")] = None,
    lang: LangOption = Lang.nl,
) -> None:
    """Besluit over een actie van het plan. / Decide on an action of the plan."""
    said = {
        "status": status.value if status else None, "owner": owner, "due": _day(due, lang.value) if due else None,
        "words": words, "reason": reason, "note": note, "reference": reference,
    }  # fmt: skip
    try:
        store = Store()
        stored = store.open(assessment)
        changes = renewal(stored, inference())
        if changes is not None:
            stop(say("cli.adopt_first", lang.value, id=assessment))
        action = _plan(stored, None).action(task)
        if action is None:
            stop(say("cli.no_task", lang.value, task=task, id=assessment))
        remember(store, stored, advise(stored.assessment, inference()), inference())
        decision = decide(action, **cast(Changes, {name: one for name, one in said.items() if one is not None}))
        store.save_action(assessment, task, decision, stored.revision)
    except (StoreError, DecisionError) as error:
        stop(error.text.in_(lang.value))
    typer.echo(_action(action.model_copy(update={"decision": decision}), lang.value))


def adopt(
    assessments: Annotated[
        list[str] | None, typer.Argument(help="Id's van beoordelingen / ids of assessments.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Alle beoordelingen / all assessments.")] = False,
    lang: LangOption = Lang.nl,
) -> None:
    """Neem beoordelingen over in de nieuwste kennis. / Take assessments over into the newest knowledge."""
    if bool(assessments) == all_:
        stop(say("cli.which_assessments", lang.value))
    try:
        store = Store()
        named = [one.id for one in store.list()] if all_ else list(dict.fromkeys(assessments or ()))
        stored = [store.open(one) for one in named]  # all must be there before one is changed
        taken = 0
        for one in stored:
            changes = renewal(one, inference())
            about = f"{clean(one.assessment.title, LONGEST, '…')} [{one.id}]"
            if changes is None:
                typer.echo(say("cli.up_to_date", lang.value, about=about))
                continue
            take_over(store, one, changes)
            taken += 1
            said = list(_changed(changes, lang.value))
            typer.echo(say("cli.taken" if said else "cli.taken_same", lang.value, about=about))
            for line in said:
                typer.echo(f"  {line}")
    except StoreError as error:
        stop(error.text.in_(lang.value))
    if len(stored) != 1:
        typer.echo(say("cli.together", lang.value, taken=taken, others=len(stored) - taken))


def _day(text: str, language: Language) -> date:
    try:
        day = read_date(text)
    except ValueError:
        day = None
    if day is None:
        stop(say("cli.no_date", language, text=clean(text, LONGEST, "…"), dates=DATES))
    return day


def _moment(text: str, language: Language) -> datetime:
    """A day, with or without a time behind it."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        day, _, hour = text.strip().rpartition(" ")
        try:
            return (
                datetime.combine(_day(day, language), time.fromisoformat(hour))
                if ":" in hour
                else _start(text, language)
            )
        except ValueError:
            stop(say("cli.no_date", language, text=clean(text, LONGEST, "…"), dates=DATES))


def _start(text: str, language: Language) -> datetime:
    return datetime.combine(_day(text, language), time())


def _plan(stored: Stored, changes: Renewal | None) -> Plan:
    assessment = stored.assessment if changes is None else changes.assessment
    return plan_of(advise(assessment, inference()), stored)


def _changed(changes: Renewal, language: Language) -> Iterator[str]:
    for part in CHANGES:
        for one in getattr(changes, part):
            title = getattr(one, "asked", None) or getattr(one, "title", None)
            about = getattr(one, "question", None) or getattr(one, "lesson", None) or one.new
            yield f"{say(f'cli.change_{part}', language)}: {title.in_(language) if title else ''} [{about}]"


def _action(action: Action, language: Language) -> str:
    decision = action.decision
    parts: list[str | date | None] = [STATUSES[decision.status].in_(language), decision.owner, decision.due]
    parts += [decision.words, decision.reason, decision.note, decision.reference]
    if action.not_advised_since:
        parts.append(say("cli.since", language, date=action.not_advised_since))
    told = "; ".join(clean(str(part), LONGEST, "…") for part in parts if part)
    return f"- {action.task.title.in_(language)} [{action.key}]: {told}"
