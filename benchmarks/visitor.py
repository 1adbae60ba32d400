"""The application as a process that can be killed, and a visitor who answers questions without a browser."""

import asyncio
import atexit
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any, NamedTuple

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.Radio_pb2 import Radio

from knowledge.base import knowledge_base
from knowledge.text import Language
from ui.parts.widgets import choices
from ui.words import say

SAVED, UNSAVED, OPEN = "questions.saved", "away.unsaved", "questions.open"
"""What a page can say of an answer."""
ANSWERS_WITHIN = 60.0
"""Seconds after which a page that does not come counts as broken."""
_CARD = "-question:"


def stop_what_was_started() -> None:
    """Let a request to end do as Ctrl+C does: everything that was started is stopped first."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))


class Application:
    """The server as a user starts it, on a port that stays the same, with all processes that it starts in one group."""

    def __init__(self, folder: Path, url: str):
        with socket.socket() as trial:
            trial.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{trial.getsockname()[1]}"
        self._folder, self._url = folder, url
        self.start()

    def start(self) -> None:
        """Start, and wait until it says that it serves."""
        command = [str(Path(sys.executable).with_name("dialoogwijzer")), "app", "--no-browser", "--port"]
        self._process = subprocess.Popen(
            [*command, self.address.rpartition(":")[2]],
            env={**os.environ, "DIALOOGWIJZER_DATA": str(self._folder), "DATABASE_URL": self._url},
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        atexit.register(self._end)
        stop_what_was_started()
        assert self._process.stdout is not None and self._process.stdout.readline()

    def _end(self) -> None:
        """Leave nothing behind, however the measuring ends."""
        if self._process.poll() is None:
            self.kill()

    def kill(self) -> None:
        """As when the computer loses its power."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()

    def stop(self) -> None:
        """Stop as a user does."""
        self._process.terminate()
        try:
            self._process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            self.kill()


class Card(NamedTuple):
    """A question on the page, to choose one answer from: its widget, the words of each choice, and the one chosen."""

    widget: str
    choices: dict[str, str]
    chosen: str | None


class Visitor:
    """One user who answers questions, as the server sees it: a websocket.

    `cards` holds the questions on the page, `says` what the page tells of their answers, `problems` every error on it.
    `saved` holds every answer that the page has shown as saved, in that order, and `kept` every one that it has
    shown as not saved yet; `last` the last one given to each question since the page was opened, and `interrupted` the
    one for which the page never came.
    """

    def __init__(self, address: str, assessment: str, language: Language = "nl"):
        self.assessment, self.part = assessment, ""
        self._address, self._language = address, language
        self._words = {say(key, language): key for key in (SAVED, UNSAVED, OPEN)}
        self.saved: list[tuple[str, str]] = []
        self.kept: list[tuple[str, str]] = []
        self._socket: Any = None
        self._begin()

    def _begin(self) -> None:
        self.cards: dict[str, Card] = {}
        self.says: dict[str, str] = {}
        self.problems: list[str] = []
        self._questions: dict[tuple[int, ...], str] = {}

    async def open(self) -> float:
        """Connect and load the questions of `part`, or else the first ones; returns the milliseconds."""
        if self._socket is not None:
            await self.close()
        address = f"ws://{self._address}/_stcore/stream"
        self._socket = await websockets.connect(  # type: ignore[list-item]
            address, subprotocols=["streamlit"], max_size=None, origin=f"http://{self._address}"
        )
        self._given: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self.interrupted = None
        return await self.again()

    async def answer(self) -> float:
        """Choose another answer; returns the milliseconds until the page is done."""
        question, card = random.choice([*self.cards.items()])
        chosen = random.choice([one for one in card.choices if one != card.chosen])
        self._given[card.widget] = card.choices[chosen]
        self.last[question] = chosen
        self.interrupted = question, chosen
        return await self.again()

    async def close(self) -> None:
        """Go away."""
        await self._socket.close()

    async def again(self) -> float:
        """Let the page be drawn, with the answers that were given since it was opened."""
        message = BackMsg()
        part = f"&part={self.part}" if self.part else ""
        message.rerun_script.query_string = f"b={self.assessment}&lang={self._language}{part}"
        message.rerun_script.page_name = "vragen"
        for widget, label in self._given.items():
            state = message.rerun_script.widget_states.widgets.add()
            state.id, state.string_value = widget, label
        start = time.perf_counter()
        await self._socket.send(message.SerializeToString())
        async with asyncio.timeout(ANSWERS_WITHIN):
            while not self._take(await self._socket.recv()):
                pass
        return 1000 * (time.perf_counter() - start)

    def _take(self, content: bytes) -> bool:
        """Take in one message of the server; tells whether the page is done."""
        came = ForwardMsg()
        came.ParseFromString(content)
        kind = came.WhichOneof("type")
        if kind == "new_session":
            self._begin()
        elif kind == "delta":
            path = tuple(came.metadata.delta_path)
            if came.delta.WhichOneof("type") == "add_block" and _CARD in came.delta.add_block.id:
                self._questions[path] = came.delta.add_block.id.partition(_CARD)[2]
            elif came.delta.WhichOneof("type") == "new_element":
                self._see(path, came.delta.new_element)
        return kind == "script_finished" and came.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY

    def _see(self, path: tuple[int, ...], element: Element) -> None:
        kind = element.WhichOneof("type")
        question = next((self._questions[path[:end]] for end in range(len(path)) if path[:end] in self._questions), "")
        if kind == "exception":
            self.problems.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == element.alert.ERROR:
            self.problems.append(element.alert.body)
        elif kind == "radio" and question:
            self.cards[question] = self._card(question, element.radio)
        elif kind == "markdown" and question and element.markdown.body in self._words:
            self.says[question] = self._words[element.markdown.body]
            if self.interrupted and self.interrupted[0] == question and self.says[question] in (SAVED, UNSAVED):
                (self.saved if self.says[question] == SAVED else self.kept).append(self.interrupted)
                self.interrupted = None

    def _card(self, question: str, radio: Radio) -> Card:
        """What was given here is what shows; else what the page gives as chosen."""
        shown = dict(zip(choices(knowledge_base().questions[question]), radio.options, strict=True))
        if radio.set_value:
            self._given[radio.id] = radio.raw_value
        label = self._given.get(radio.id, radio.options[radio.default] if radio.HasField("default") else None)
        return Card(radio.id, shown, next((one for one, words in shown.items() if words == label), None))
