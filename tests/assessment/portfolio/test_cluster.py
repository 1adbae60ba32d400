"""A portfolio on a Dask cluster of a scheduler and two workers on this computer; in the long build one is killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet
import pytest

from assessment.portfolio import workers
from assessment.portfolio.batches import TableError
from assessment.portfolio.read import tables as reading
from assessment.portfolio.run import run
from assessment.portfolio.workers import on_cluster
from tests.support.amounts import LONG
from tests.support.portfolio_tables import BASE, some_rows, write_source
from ui.cli.main import main

pytestmark = pytest.mark.slow

pytest.importorskip("distributed", reason="dask[distributed] is not installed")
ROWS, BATCH_ROWS = 1500, 25


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    known = tmp_path / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": Path(__file__).parents[3]}
    where = ["--host", "127.0.0.1", "--no-dashboard"]

    def start(role: str, *options: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *where, "--scheduler-file", str(known)]
        return subprocess.Popen([*command, *options], **quiet)  # type: ignore[call-overload, no-any-return]

    running = [start("scheduler", "--port", "0")]
    try:
        end = time.monotonic() + 60
        while not known.exists() or not known.read_text().endswith("}"):
            assert time.monotonic() < end and running[0].poll() is None, "no scheduler"
            time.sleep(0.1)
        folder = str(tmp_path / "workers")
        options = ("--nthreads", "1", "--no-nanny", "--local-directory", folder)
        running += [start("worker", *options) for _ in range(2)]
        yield json.loads(known.read_text())["address"], running[1:]
    finally:
        for one in running:
            one.kill()
            one.wait()


def test_a_cluster_gives_what_one_process_gives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import LocalCluster

    monkeypatch.setattr(reading, "BATCH_ROWS", 15)
    source = write_source(some_rows(60), ".parquet", tmp_path)
    here = run(source, tmp_path / "here.parquet", BASE)
    with LocalCluster(2, threads_per_worker=1, processes=False, dashboard_address=None) as local:
        there = run(
            source, tmp_path / "there.parquet", BASE, "nl", lambda done: None, on_cluster(local.scheduler_address)
        )
    assert parquet.read_table(tmp_path / "there.parquet").equals(parquet.read_table(tmp_path / "here.parquet"))
    assert (there.summary.unknown, there.summary.lessons) == (here.summary.unknown, here.summary.lessons)


@pytest.mark.skipif(not LONG, reason="starts processes and kills one; in the long build")
def test_a_cluster_gives_the_same_though_a_worker_is_killed(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from distributed import Client

    address, workers = cluster
    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
    monkeypatch.setattr(reading, "BATCH_ROWS", BATCH_ROWS)
    rows = some_rows(ROWS)
    (tmp_path / "in").mkdir()
    source = write_source(rows, ".parquet", tmp_path / "in")
    here = run(source, tmp_path / "here.parquet", BASE)
    killed: list[float] = []

    def half_way(done: float) -> None:
        if done > 0.5 and not killed:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(done)

    there = run(source, tmp_path / "there.parquet", BASE, "nl", half_way, on_cluster(address))
    assert killed and killed[0] < 0.8 and workers[0].wait(10) == -signal.SIGKILL
    table = parquet.read_table(tmp_path / "there.parquet")
    assert table.num_rows == len(rows) and table.equals(parquet.read_table(tmp_path / "here.parquet"))
    assert (there.summary.unknown, there.summary.lessons) == (here.summary.unknown, here.summary.lessons)


def test_the_command_says_in_one_line_that_no_scheduler_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    source = write_source(some_rows(3), ".csv", tmp_path)
    monkeypatch.setattr(workers, "ANSWERS_WITHIN", 1)
    arguments = ["portfolio", str(source), "-o", str(tmp_path / "o.csv"), "--scheduler", "tcp://127.0.0.1:9"]
    monkeypatch.setattr(sys, "argv", ["dialoogwijzer", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capfd.readouterr().err
    assert ended.value.code == 2 and told.count("\n") == 1, told
    assert "tcp://127.0.0.1:9: hier antwoordt geen Dask-scheduler" in told
    assert not (tmp_path / "o.csv").exists()


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(TableError, match=r"dialoogwijzer\[cluster\]"):
        on_cluster("tcp://127.0.0.1:9")
