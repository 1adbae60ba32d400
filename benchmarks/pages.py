"""How long a user waits for a page: one in a real browser, and many who answer at the same time.

`python -m benchmarks.pages [--clicks N] [--sessions N]` starts the application on an empty folder. A busy machine makes
every figure worse. Chromium is found on the path or in CHROMIUM.
"""

import argparse
import asyncio
import os
import random
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, sync_playwright

from assessment.store import Store
from benchmarks.visitor import ANSWERS_WITHIN, Application, Visitor, stop_what_was_started
from knowledge.base import knowledge_base
from tests.support.browsing import QUIET
from tests.support.visiting import new_visitor
from ui.parts.question_parts import all_parts

CASE = knowledge_base().scenarios["company-b"]
BARE = "import streamlit as st\nst.title('x')\nst.radio('x', ['a', 'b', 'c'])\n"
# From the click until the script that follows from it has ended and the page shows what it made. Of a script that ends
# within one drawing of the page nothing is seen but the answer of the server.
WATCH = """() => { window.waited = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('the page does not come')), 60_000)
    const app = document.querySelector('[data-testid="stApp"]')
    let ran = false, start = 0
    document.addEventListener('click', () => { start = start || performance.now() }, {capture: true})
    const watch = new MutationObserver(() => {
        if (app.dataset.testScriptState === 'running') ran = true
        else if (ran && app.dataset.testScriptState === 'notRunning') {
            watch.disconnect()
            requestAnimationFrame(() => resolve(performance.now() - start))
        }
    })
    watch.observe(app, {attributes: true})
    const unseen = setInterval(() => {
        if (!start || ran || window.heardAt < start || !(performance.now() - window.heardAt > 300)) return
        clearInterval(unseen)
        resolve(window.heardAt - start)
    }, 50)
}) }"""


@contextmanager
def server() -> Iterator[tuple[str, Store]]:
    """The application on a free port, with the store that it uses."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/dialoogwijzer.sqlite"
        application, store = Application(Path(folder), url), Store(url)
        try:
            yield application.address, store
        finally:
            store.close()
            application.stop()


def made(store: Store) -> str:
    """An assessment with the answers of a whole case."""
    return store.create("Benchmark", knowledge_base().version, dict(CASE.answers))


@contextmanager
def bare(folder: Path) -> Iterator[str]:
    """The address of a page of Streamlit with one question and nothing else, to hold ours against."""
    script = folder / "bare.py"
    script.write_text(BARE, "utf-8")
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = str(trial.getsockname()[1])
    options = ["--server.port", port, "--server.headless", "true", "--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *options],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        end = time.monotonic() + ANSWERS_WITHIN
        while True:
            assert process.poll() is None and time.monotonic() < end, "the bare page does not come"
            with suppress(OSError), socket.create_connection(("127.0.0.1", int(port)), 1):
                break
            time.sleep(0.2)
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.communicate()


def in_a_browser(address: str, plain: str, store: Store, clicks: int) -> dict[str, list[float]]:
    """Milliseconds per page and act, by one user; first of the bare page at `plain`."""
    found: dict[str, list[float]] = {}
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for name, where in (("bare page", plain), ("first page", address)):
            for _ in range(3):
                page = browser.new_page()
                found.setdefault(f"{name}, nothing cached", []).append(_loading(page, f"http://{where}/"))
                page.close()
        page = new_visitor(browser).new_page()
        page.set_default_timeout(60_000)
        radios = page.locator('[data-testid="stMain"] [data-testid="stRadio"]')
        _loading(page, f"http://{plain}/")
        found["bare page, an answer"] = _many(page, clicks, lambda: _another(radios))
        open_one = made(store)
        for name, path in (("questions", "vragen"), ("advice", "advies"), ("plan", "plan"), ("knowledge", "kennis")):
            where = f"http://{address}/{path}?b={open_one}"
            found[f"{name}, loading"] = [_loading(page, where) for _ in range(3)]
        for part in all_parts(knowledge_base()):  # the first with a question of which one answer is chosen
            _loading(page, f"http://{address}/vragen?b={open_one}&part={part.id}")
            page.wait_for_function(QUIET, arg=300)
            if radios.count():
                break
        found["questions, an answer"] = _many(page, clicks, lambda: _another(radios))
        found["questions, the next part"] = _many(page, 3, lambda: page.get_by_role("button", name="Volgende"))
        for name in ("Advies", "Plan", "Vragen") * 4:
            link = page.get_by_role("link", name=name, exact=True).first
            found.setdefault(f"page to page: {name}", []).extend(_many(page, 1, lambda link=link: link))
        browser.close()
    return found


def _loading(page: Page, address: str) -> float:
    """Until the page with a heading is drawn."""
    start = time.perf_counter()
    page.goto(address)
    page.locator('[data-testid="stMain"] h1').first.wait_for()
    page.locator('[data-testid="stApp"][data-test-script-state="notRunning"]').wait_for()
    return 1000 * (time.perf_counter() - start)


def _another(radios: Locator) -> Locator:
    """Another choice than the present one, of a random question."""
    radios.first.wait_for()
    choices = radios.nth(random.randrange(radios.count())).locator("label:has(input:not(:checked))")
    return choices.nth(random.randrange(choices.count()))


def _many(page: Page, times: int, what: Callable[[], Locator]) -> list[float]:
    measured = []
    for _ in range(times):
        wanted = what()
        wanted.scroll_into_view_if_needed()
        page.wait_for_function(QUIET, arg=300)  # what is still running would hide what the click starts
        page.evaluate(WATCH)
        wanted.click()
        measured.append(float(page.evaluate("window.waited")))
    return measured


async def at_once(address: str, assessments: list[str], seconds: float, pause: float) -> dict[str, list[float]]:
    """Every session answers about each `pause` seconds; then all of them at the very same moment."""
    sessions = [Visitor(address, one) for one in assessments]
    loading = [await one.open() for one in sessions]
    answering: list[float] = []
    end = time.perf_counter() + seconds

    async def user(session: Visitor) -> None:
        await asyncio.sleep(random.random() * pause)
        while time.perf_counter() < end:
            answering.append(await session.answer())
            await asyncio.sleep(pause * (0.5 + random.random()))

    await asyncio.gather(*map(user, sessions))
    together = await asyncio.gather(*(one.answer() for one in sessions))
    await asyncio.gather(*(one.close() for one in sessions))
    count = len(sessions)
    return {
        f"{count} sessions, loading": loading,
        f"{count} sessions, an answer each {pause:g} s": answering,
        f"{count} sessions, all in one moment": list(together),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clicks", type=int, default=30, help="clicks per kind of page")
    parser.add_argument("--sessions", type=int, default=20, help="sessions at the same time")
    parser.add_argument("--seconds", type=float, default=20, help="how long these sessions answer")
    given = parser.parse_args()
    random.seed(1)
    stop_what_was_started()
    with TemporaryDirectory() as folder, bare(Path(folder)) as plain, server() as (address, store):
        found = in_a_browser(address, plain, store, given.clicks)
        many = [made(store) for _ in range(given.sessions)]
        found |= asyncio.run(at_once(address, many, given.seconds, pause=2))
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"load of the machine at the end: {busy:.1f} on {os.cpu_count()} cores")
    for name, times in found.items():
        high = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
        print(f"{name:44s} median {median(times):7.0f} ms  95 %: {high:7.0f} ms  ({len(times)})")


if __name__ == "__main__":
    main()
