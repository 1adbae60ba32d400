"""How long a user waits for a page: one in a real browser, and many who answer at the same time.

`python -m benchmarks.pages [--clicks N] [--sessions N]` starts the application on an empty folder. A busy machine makes
every figure worse. Chromium is found on the path or in CHROMIUM.
"""

import argparse
import asyncio
import os
import random
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, sync_playwright

from assessment.store import Store
from benchmarks.visitor import Application, Visitor
from knowledge.base import knowledge_base
from ui.words import say

CASE = knowledge_base().scenarios["company-b"]
# From the click until the script that follows from it has ended and the page shows what it made.
WATCH = """() => { window.waited = new Promise(resolve => {
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
    setTimeout(() => { watch.disconnect(); resolve(null) }, 60000)
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


def in_a_browser(address: str, store: Store, clicks: int) -> dict[str, list[float]]:
    """Milliseconds per page and act, by one user."""
    found: dict[str, list[float]] = {}
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    flags = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        for _ in range(3):
            page = browser.new_page()
            found.setdefault("first page, nothing cached", []).append(
                _loading(page, f"http://{address}/", "Bestand kiezen")
            )
            page.close()
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        open_one = made(store)
        found["questions, loading"] = [
            _loading(page, f"http://{address}/vragen?b={open_one}", "Laatste antwoord terugnemen") for _ in range(3)
        ]
        radios = page.locator('[data-testid="stRadio"]')
        found["questions, an answer"] = _many(page, clicks, lambda: _another(radios))
        found["questions, the next part"] = _many(page, 5, lambda: page.get_by_role("button", name="Volgende"))
        found["advice, loading"] = [
            _loading(page, f"http://{address}/advies?b={open_one}", say("advice.specialists", "nl")) for _ in range(3)
        ]
        rest = page.locator("summary", has_text=say("advice.rest", "nl"))
        found["advice, all recommendations"] = _many(page, 1, lambda: rest.first)
        folds = page.locator("details:not([open]) > summary", has_text=say("whatif.change", "nl"))
        found["advice, what would change this"] = _many(page, min(8, folds.count()), lambda: folds.first)
        found["plan, loading"] = [
            _loading(page, f"http://{address}/plan?b={open_one}", say("nav.plan", "nl")) for _ in range(3)
        ]
        found["knowledge, loading"] = [_loading(page, f"http://{address}/kennis", "Tekst (Markdown)") for _ in range(3)]
        kinds = page.locator('[data-testid="stMain"] [data-testid="stRadio"]')
        found["knowledge, another kind"] = _many(page, clicks, lambda: _another(kinds))
        browser.close()
    return found


def _loading(page: Page, address: str, last: str) -> float:
    """Until the last thing on the page is there."""
    start = time.perf_counter()
    page.goto(address)
    page.get_by_text(last, exact=True).first.wait_for()
    return 1000 * (time.perf_counter() - start)


def _settled(page: Page) -> None:
    """Until the script stands still and nothing moves."""
    page.wait_for_function(
        "() => document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
        " && !document.getAnimations().some(one => one.playState === 'running')"
    )


def _another(radios: Locator) -> Locator:
    """Another choice than the present one, of a random question."""
    choices = radios.nth(random.randrange(radios.count())).locator("label:has(input:not(:checked))")
    return choices.nth(random.randrange(choices.count()))


def _many(page: Page, times: int, what: Callable[[], Locator]) -> list[float]:
    measured = []
    for _ in range(times):
        wanted = what()
        wanted.scroll_into_view_if_needed()
        _settled(page)
        page.evaluate(WATCH)
        wanted.click()
        waited = page.evaluate("window.waited")
        assert waited is not None, "a click that brought nothing from the server within a minute"
        measured.append(float(waited))
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
    with server() as (address, store):
        found = in_a_browser(address, store, given.clicks)
        many = [made(store) for _ in range(given.sessions)]
        found |= asyncio.run(at_once(address, many, given.seconds, pause=2))
    busy = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    print(f"load of the machine at the end: {busy:.1f} on {os.cpu_count()} cores")
    for name, times in found.items():
        high = quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
        print(f"{name:44s} median {median(times):7.0f} ms  95 %: {high:7.0f} ms  ({len(times)})")


if __name__ == "__main__":
    main()
