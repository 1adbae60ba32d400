"""The application that a browser is given: its server, and what is in its store before anybody clicks."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assessment.store import Store
from assessment.store.database import FILE_NAME
from knowledge.base import knowledge_base
from knowledge.model import Scenario

CASE = knowledge_base().scenarios["company-b"]


class Server:
    """The application as a user starts it, which can be stopped and started again at the same address."""

    OPTIONS: tuple[str, ...] = ()

    def __init__(self, folder: Path):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.port = trial.getsockname()[1]
        self.folder = folder
        self.address = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        command = Path(sys.executable).with_name("dialoogwijzer")
        self.process = subprocess.Popen(
            [command, "app", "--port", str(self.port), "--no-browser", *self.OPTIONS],
            cwd=self.folder,
            env={**os.environ, "DIALOOGWIJZER_DATA": str(self.folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == f"Dialoogwijzer: {self.address}\n"

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=20)

    def kill(self) -> None:
        """As when the computer loses its power."""
        self.process.kill()
        self.process.communicate(timeout=20)

    def store(self) -> Store:
        """What it keeps, as another process reads it: what is in there outlives whatever happens to the server."""
        return Store(f"sqlite:///{self.folder / FILE_NAME}")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    started = Server(tmp_path_factory.mktemp("data"))
    yield started
    started.stop()


@pytest.fixture
def empty(server: Server) -> Server:
    """The application with nothing in it; to start one takes seconds."""
    with closing(server.store()) as store:
        for one in store.deleted():
            store.put_back(one.id)
        store.delete(*(one.id for one in store.list()))
    return server


def opened(server: Server, case: Scenario = CASE) -> str:
    """Store a case as an assessment; returns the part of the address that tells which one."""
    with closing(server.store()) as store:
        made = store.create(case.title.nl, knowledge_base().version, dict(case.answers), case=case.id)
    return f"b={made}"
