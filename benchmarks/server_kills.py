"""The server of the application killed at random moments while visitors answer: what a page showed as saved is there.

`python -m benchmarks.server_kills [WHAT...] [--kills N] [--crashes N] [--seconds N]`, with WHAT one or more of sqlite,
postgresql (the server of the application killed), crash (PostgreSQL killed, while that goes on) and away (PostgreSQL
stopped for so many seconds). PostgreSQL runs in a temporary folder. It ends with status 1 when something was lost.
"""

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from websockets.exceptions import ConnectionClosed

from assessment.store import Store
from benchmarks.visitor import SAVED, Application, Visitor
from knowledge.base import knowledge_base
from tests.support.databases import Postgresql, sqlite_url
from ui.parts.question_parts import all_parts

VISITORS = 3
CASE = "rajasthan-2023"
"""What is answered already, so that there are questions with a choice of one answer."""
LIVES_PER_PART = 10
LONGEST_LIFE = 2.0
"""Seconds that visitors answer, at most, before a kill."""
BACK_WITHIN = 60.0
"""Seconds in which a page must have saved what waited, once the database is back."""


class Survived(NamedTuple):
    """How many answers a page showed as saved at once, and as kept until they can be; what was wrong afterwards."""

    kills: int
    saved: int
    kept: int
    wrong: list[str]


@contextmanager
def visited(url: str) -> Iterator[tuple[Application, list[Visitor], Store]]:
    """The application on an empty database, with visitors who each have an assessment of their own, and the store."""
    store, knowledge = Store(url), knowledge_base()
    begun = knowledge.scenarios[CASE].answers
    with TemporaryDirectory() as folder:
        made = [store.create(f"Bezoeker {number}", knowledge.version, begun) for number in range(VISITORS)]
        store.close()
        application = Application(Path(folder), url)
        try:
            yield application, [Visitor(application.address, one) for one in made], store
        finally:
            store.close()
            application.kill()


def kill_server(url: str, kills: int, chance: random.Random) -> Survived:
    """Kill the server at random moments, start it again, and look at every page and in the database."""
    with visited(url) as (application, visitors, store):
        wrong = asyncio.run(_lives(application, visitors, store, kills, chance))
    return _survived(kills, visitors, wrong)


async def _lives(
    application: Application, visitors: Sequence[Visitor], store: Store, kills: int, chance: random.Random
) -> list[str]:
    async def kill() -> None:
        await asyncio.to_thread(application.kill)

    wrong: list[str] = []
    for life in range(kills):
        if life % LIVES_PER_PART == 0:
            await _elsewhere(visitors, chance)
        before = {one.assessment: (len(one.saved), len(_written(one, store))) for one in visitors}
        store.close()
        await _answering(visitors, chance.uniform(0, LONGEST_LIFE), kill)
        told = {one.assessment: (one.saved[before[one.assessment][0] :], one.interrupted) for one in visitors}
        await asyncio.to_thread(application.start)
        await _each(visitors, Visitor.open)  # so that the server is the first to open the database again
        for one in visitors:
            saved, interrupted = told[one.assessment]
            now = _written(one, store)[before[one.assessment][1] :]
            if now not in (saved, [*saved, interrupted]):
                wrong.append(f"kill {life}: shown as saved {saved}, begun {interrupted}, written {now}")
            wrong += [f"kill {life}: {problem}" for problem in _differences(one, store)]
    await _each(visitors, Visitor.close)
    return wrong


def crash_database(url: str, server: Postgresql, crashes: int, chance: random.Random, away: float = 0.5) -> Survived:
    """Kill PostgreSQL at random moments, and start it again after a while: the pages save all that was given."""
    with visited(url) as (_, visitors, store):
        wrong = asyncio.run(_crashes(server, visitors, store, crashes, chance, away))
    return _survived(crashes, visitors, wrong)


async def _crashes(
    server: Postgresql, visitors: Sequence[Visitor], store: Store, crashes: int, chance: random.Random, away: float
) -> list[str]:
    async def crash() -> None:
        before = [len(one.kept) for one in visitors]
        await asyncio.to_thread(server.crash)
        await asyncio.sleep(away)
        while [len(one.kept) for one in visitors] == before:
            await asyncio.sleep(0.05)  # somebody must have seen that it was away
        await asyncio.to_thread(server.start)

    wrong: list[str] = []
    for number in range(crashes):
        await _elsewhere(visitors, chance)
        await _answering(visitors, chance.uniform(0, LONGEST_LIFE), crash)
        await _each(visitors, _until_saved)
        for one in visitors:
            now = store.open(one.assessment).assessment.answers
            wrong += [
                f"crash {number}: {question} is {now.get(question)}, given was {choice}"
                for question, choice in one.last.items()
                if now.get(question) != choice
            ]
            wrong += [f"crash {number}: {problem}" for problem in _differences(one, store)]
        store.close()
        await _each(visitors, Visitor.close)
    return wrong


async def _elsewhere(visitors: Sequence[Visitor], chance: random.Random) -> None:
    """Open another part of the questions; one where a choice of answers can be given."""
    for one in visitors:
        one.cards.clear()
        while not one.cards:
            one.part = chance.choice(all_parts(knowledge_base())).id
            await one.open()


def _written(visitor: Visitor, store: Store) -> list[tuple[str | None, object]]:
    return [(one.about, one.value) for one in store.history(visitor.assessment) if one.kind == "answer"]


def _survived(kills: int, visitors: Sequence[Visitor], wrong: list[str]) -> Survived:
    return Survived(kills, sum(len(one.saved) for one in visitors), sum(len(one.kept) for one in visitors), wrong)


def _differences(visitor: Visitor, store: Store) -> Iterator[str]:
    """What the page shows otherwise than the store has it, and every error on it."""
    yield from visitor.problems
    if not visitor.cards:
        yield "the page shows no question"
    answers = store.open(visitor.assessment).assessment.answers
    for question, card in visitor.cards.items():
        if card.chosen != answers.get(question):
            yield f"{question} shows {card.chosen}, stored is {answers.get(question)}"
        elif card.chosen is not None and visitor.says[question] != SAVED:
            yield f"{question} is stored, and the page says {visitor.says[question]}"


async def _each(visitors: Sequence[Visitor], does: Callable[[Visitor], Awaitable[object]]) -> None:
    await asyncio.gather(*map(does, visitors))


async def _answering(visitors: Sequence[Visitor], seconds: float, strike: Callable[[], Awaitable[None]]) -> None:
    """Let all of them answer on and on; strike after so many seconds, and stop when that is over."""
    over = asyncio.Event()

    async def answers(visitor: Visitor) -> None:
        with suppress(ConnectionClosed):
            while not over.is_set():
                await visitor.answer()

    async def strikes() -> None:
        await asyncio.sleep(seconds)
        while not all(one.saved for one in visitors):
            await asyncio.sleep(0.05)
        await strike()
        over.set()

    await asyncio.gather(strikes(), *map(answers, visitors))


async def _until_saved(visitor: Visitor) -> None:
    """Let the page be drawn again, as a browser does, until nothing waits any more; and once as it is then."""
    until = time.monotonic() + BACK_WITHIN
    await visitor.again()
    while visitor.problems and time.monotonic() < until:
        await asyncio.sleep(0.2)
        await visitor.again()
    await visitor.again()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["sqlite", "postgresql", "crash", "away"])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--crashes", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args()
    chance, wrong = random.Random(1), 0
    for what in chosen.what:
        start = time.monotonic()
        with TemporaryDirectory() as folder, _postgresql(what != "sqlite") as server:
            if server is None:
                found = kill_server(sqlite_url(Path(folder)), chosen.kills, chance)
            elif what == "postgresql":
                found = kill_server(server.url("postgres"), chosen.kills, chance)
            elif what == "crash":
                found = crash_database(server.url("postgres"), server, chosen.crashes, chance)
            else:
                found = crash_database(server.url("postgres"), server, 1, chance, chosen.seconds)
        wrong += len(found.wrong)
        print(
            f"{what}: {found.kills} kills, {found.saved} answers shown as saved, {found.kept} as kept, "
            f"{len(found.wrong)} wrong afterwards ({time.monotonic() - start:.0f} s)"
        )
        print(*found.wrong[:10], sep="\n", flush=True)
    sys.exit(bool(wrong))


@contextmanager
def _postgresql(wanted: bool) -> Iterator[Postgresql | None]:
    if not wanted:
        yield None
        return
    server = Postgresql()
    try:
        yield server
    finally:
        server.remove()


if __name__ == "__main__":
    main()
