"""Nothing that was shown as saved is lost: not by a kill, a crash of the database or a crowd.

`benchmarks/reliability.py` measures the same for longer, as does this in the long build.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, event

from assessment.store import Store, StoreError
from assessment.store.database import FILE_NAME
from benchmarks.reliability import crowd, kills
from benchmarks.server_kills import crash_database, kill_server
from tests.support.amounts import LONG, amount
from tests.support.databases import Postgresql, sqlite_url

pytestmark = pytest.mark.slow


def test_every_answer_that_was_acknowledged_survives_a_kill(url: str) -> None:
    found = kills(url, amount(2, 200))
    assert found.acknowledged >= found.kills
    assert found.lost == 0


def test_a_crowd_loses_nothing_and_sees_no_error(url: str) -> None:
    found = crowd(url, amount(2, 60))
    assert found.errors == []
    assert found.lost == 0
    assert found.saves >= 2 * (8 + 4), "everybody got a turn"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_every_answer_survives_a_crash_of_the_database(url: str, postgresql: Postgresql | None) -> None:
    if postgresql is None:
        pytest.skip("the PostgreSQL server is not ours to stop")
    store = Store(url)
    assessment = store.create("", "v")
    for crash in range(amount(3, 5)):
        for number in range(20):
            store.save_answer(assessment, f"c{crash}.q{number}", number, store.open(assessment).revision)
        postgresql.stop("immediate")
        with pytest.raises(StoreError):
            store.save_answer(assessment, "meanwhile", "yes", 1)
        postgresql.start()
    assert len(store.open(assessment).assessment.answers) == 20 * amount(3, 5)
    store.close()


def test_opening_and_the_first_of_the_list_read_no_whole_table(tmp_path: Path) -> None:
    """However many are stored; `benchmarks/reliability.py` tells how long it takes among 10,000."""
    store = Store(sqlite_url(tmp_path))
    made = [store.create(f"Gesprek {number}", "v", {"a": "yes"}) for number in range(3)]
    asked: list[tuple[str, Any]] = []

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        store.open(made[0])
        store.list(first=20)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
        store.close()
    read = [(statement, parameters) for statement, parameters in asked if statement.startswith("SELECT")]
    assert len(read) >= 2
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as connection:
        for statement, parameters in read:
            steps = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)]
            whole = [
                one
                for one in steps
                if one.startswith("SCAN") and "USING INDEX" not in one and one != "SCAN CONSTANT ROW"
            ]
            assert not whole and "USE TEMP B-TREE FOR ORDER BY" not in steps, (statement, steps)


@pytest.mark.skipif(not LONG, reason="kills servers; in the long build")
def test_what_the_page_showed_as_saved_survives_a_kill_of_the_server(url: str) -> None:
    found = kill_server(url, 200, Random(0))
    assert found.wrong == []
    assert found.saved > 0


@pytest.mark.skipif(not LONG, reason="stops a database under a server; in the long build")
@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_was_given_while_the_database_was_away_is_saved_by_the_page(
    url: str, postgresql: Postgresql | None
) -> None:
    if postgresql is None:
        pytest.skip("the PostgreSQL server is not ours to stop")
    found = crash_database(url, postgresql, 20, Random(0))
    assert found.wrong == []
    assert found.kept > 0
