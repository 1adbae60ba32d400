"""Nothing that was shown as saved is lost: not by a kill, a crash of the database or a crowd.

`benchmarks/reliability.py` measures the same for longer, as does this with DIALOOGWIJZER_LONG set.
"""

import os
from random import Random

import pytest

from assessment.store import Store, StoreError
from benchmarks.reliability import crowd, kills, opening
from benchmarks.server_kills import crash_database, kill_server
from tests.databases import Postgresql, sqlite_url

LONG = bool(os.environ.get("DIALOOGWIJZER_LONG"))


def test_every_answer_that_was_acknowledged_survives_a_kill(url: str) -> None:
    found = kills(url, 200 if LONG else 15)
    assert found.acknowledged >= found.kills
    assert found.lost == 0


def test_a_crowd_loses_nothing_and_sees_no_error(url: str) -> None:
    found = crowd(url, 60 if LONG else 6)
    assert found.errors == []
    assert found.lost == 0
    assert found.saves >= 2 * (8 + 4), "everybody got a turn"


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_every_answer_survives_a_crash_of_the_database(url: str, postgresql: Postgresql | None) -> None:
    if postgresql is None:
        pytest.skip("the PostgreSQL server is not ours to stop")
    store = Store(url)
    assessment = store.create("", "v")
    for crash in range(3):
        for number in range(20):
            store.save_answer(assessment, f"c{crash}.q{number}", number, store.open(assessment).revision)
        postgresql.stop("immediate")
        with pytest.raises(StoreError):
            store.save_answer(assessment, "meanwhile", "yes", 1)
        postgresql.start()
    assert len(store.open(assessment).assessment.answers) == 60
    store.close()


def test_opening_stays_quick_among_many(tmp_path_factory: pytest.TempPathFactory) -> None:
    few = opening(sqlite_url(tmp_path_factory.mktemp("few")), 20, sample=20).one
    many = opening(sqlite_url(tmp_path_factory.mktemp("many")), 600, sample=20).one
    assert many < 4 * few + 5, (few, many)


@pytest.mark.parametrize("database", ["sqlite", "postgresql"] if LONG else ["sqlite"], indirect=True)
def test_what_the_page_showed_as_saved_survives_a_kill_of_the_server(url: str) -> None:
    found = kill_server(url, 200 if LONG else 1, Random(0))
    assert found.wrong == []
    assert found.saved > 0


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_what_was_given_while_the_database_was_away_is_saved_by_the_page(
    url: str, postgresql: Postgresql | None
) -> None:
    if postgresql is None:
        pytest.skip("the PostgreSQL server is not ours to stop")
    found = crash_database(url, postgresql, 20 if LONG else 1, Random(0))
    assert found.wrong == []
    assert found.kept > 0
