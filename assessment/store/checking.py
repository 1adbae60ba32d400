"""Looks whether a database that was made elsewhere holds what ours would, before any of it is taken over."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, get_args

from pydantic import TypeAdapter
from sqlalchemy import Connection, DateTime, Integer, String, Table, Text, inspect, select

from assessment.plan import Decision
from assessment.store.audit import Act
from assessment.store.changes import answered, commented, dated, kept_from, noted, titled
from assessment.store.events import Kind
from assessment.store.people import ROLES
from assessment.store.state import Adoption, Advised, Happening, Kept, state
from assessment.store.tables import assessments, events, metadata
from knowledge.text import Id

VERSION_TABLE = "alembic_version"
LARGEST_NUMBER = 1_000_000_000
YEARS = range(1970, 3000)
WORDS = {
    ("events", "kind"): get_args(Kind),
    ("audit", "act"): get_args(Act),
    ("members", "role"): ROLES,
    ("invitations", "role"): ROLES,
    ("training_votes", "state"): ("open", "closed", "shown"),
    ("training_groups", "view"): ("story", "before", "rules", "effect", "pair", "after"),
    ("training_totals", "way"): ("phone", "hand"),
}
IDS = {("training_groups", "case_id"), ("training_totals", "choice")} | {
    (table, "vote") for table in ("training_votes", "training_totals", "training_voters")
}
_ID: TypeAdapter[str] = TypeAdapter(Id)


class Strange(ValueError):  # noqa: N818
    """It was not written by us."""


def refuse_strange(connection: Connection) -> None:
    """Compare the tables of a SQLite database of the present version with ours, and look at everything in them.

    Raises:
        Strange: something else stands in it than we would have written. Other errors mean the same.
    """
    wanted = {VERSION_TABLE, *metadata.tables}
    found = connection.exec_driver_sql("SELECT type, name FROM sqlite_master").all()
    named = [(kind, name) for kind, name in found if not name.startswith("sqlite_")]  # nobody else can take that name
    _require({name for kind, name in named if kind != "index"} == wanted)
    _require({kind for kind, _ in found} <= {"table", "index"})
    _require(connection.exec_driver_sql("PRAGMA foreign_key_check").first() is None)
    for table in metadata.sorted_tables:
        _require({one["name"] for one in inspect(connection).get_columns(table.name)} == {*table.columns.keys()})
        for row in connection.execute(select(table)).mappings():
            for name, value in row.items():
                _check(table, str(name), value)
    began = {row.id: row for row in connection.execute(select(assessments))}
    told = connection.execute(select(events).order_by(events.c.assessment, events.c.number))
    seen = set()
    for name, rows in groupby(told, lambda row: str(row.assessment)):
        seen.add(name)
        past = [*_past(rows)]
        _require([one.number for one in past] == list(range(1, len(past) + 1)))
        _require(past[0].kind == "title" and 0 < began[name].began_with <= len(past))
        state(name, began[name].from_case, past)
    _require(seen == {*began})


def _require(holds: bool) -> None:
    if not holds:
        raise Strange


def _check(table: Table, name: str, value: Any) -> None:
    column = table.columns[name]
    if value is None:
        _require(bool(column.nullable))
        return
    match column.type:
        case Integer():
            _require(type(value) is int and 0 <= value <= LARGEST_NUMBER)
        case Text():
            _require(isinstance(value, str))
        case String(length=length):
            _require(isinstance(value, str) and (length is None or len(value) <= length))
        case kind if isinstance(getattr(kind, "impl", None), DateTime):
            _require(value.year in YEARS)
    _require(value in WORDS.get((table.name, name), (value,)))
    if (table.name, name) in IDS:
        _ID.validate_python(value)


def _past(rows: Any) -> Iterator[Happening]:
    for row in rows:
        _check_change(row.kind, row.question, row.value)
        yield Happening(
            number=row.number, moment=row.made_at, who=row.made_by, kind=row.kind, about=row.question,
            value=tuple(row.value) if isinstance(row.value, list) else row.value, undoes=row.undoes,
            knowledge_version=row.knowledge_version,
        )  # fmt: skip


def _check_change(kind: Kind, about: str | None, value: Any) -> None:
    match kind:
        case "title":
            titled(value)
        case "note":
            noted(about or "", value or "")
        case "answer":
            answered(about or "", tuple(value) if isinstance(value, list) else value)
        case "action":
            _ID.validate_python(about)
            if value is not None:
                _require(Decision.model_validate(value).task.key == about)
        case "advice":
            Advised.model_validate(value)
        case "adopted":
            advised = Advised(knowledge_version="", rules_version="", lessons=(), tasks=(), asked=())
            Adoption.model_validate({"answers": {}, "advised": advised, **value})
        case "kept":
            kept_from(about or "", Kept.model_validate(value))
        case "lapsed":
            _ID.validate_python(about)
        case "comment":
            commented(about or "", "-" if value is None else value)
        case "date":
            dated(None if value is None else date.fromisoformat(value))
