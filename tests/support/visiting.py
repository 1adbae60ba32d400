"""The browser of the tests, and who sits behind it: each time without anything that it remembers."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
UNUSED = (
    "WebUIOmniboxPopup",  # pages kept ready for the bar of each window: a process, and most of what a visitor costs
    "WebUIOmniboxAimPopup",
    # what Playwright leaves out too: of two such lists only the last one counts
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
FLAGS = [
    "--disable-gpu",
    "--process-per-site",  # the next page need not compile again what one before it has
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    f"--disable-features={','.join(UNUSED)}",
]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    assert CHROMIUM, "expected Chromium on the path, or its place in CHROMIUM"
    flags = [*FLAGS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


# When a page last heard from the server, and never while it waits for an answer: a click first travels there.
HEARD = """(() => {
    const send = WebSocket.prototype.send
    WebSocket.prototype.send = function (...given) {
        window.heardAt = Infinity
        this.addEventListener('message', () => { window.heardAt = performance.now() }, {once: true})
        return send.apply(this, given)
    }
})()"""


def new_visitor(browser: Browser, **options: Any) -> BrowserContext:
    """A browser of its own, without cookies, in which `settle` knows what a page waits for."""
    size = {"width": 1280, "height": 900}
    visitor = browser.new_context(**{"locale": "nl-NL", "viewport": size, **options})
    visitor.add_init_script(HEARD)
    visitor.set_default_navigation_timeout(60_000)  # twenty telephones open their pages on the same two cores
    return visitor


@contextmanager
def asking_nobody_else(visitor: BrowserContext) -> Iterator[None]:
    """Whatever the pages of this visitor ask for must come from this computer."""
    asked: list[str] = []

    def ask(request: Request) -> None:
        asked.append(request.url)

    def watch(page: Page) -> None:
        page.on("websocket", lambda connection: asked.append(connection.url))

    visitor.on("request", ask)
    visitor.on("page", watch)
    yield
    visitor.remove_listener("request", ask)
    visitor.remove_listener("page", watch)
    elsewhere = {url for url in asked if urlsplit(url).scheme not in ("data", "blob")} - {
        url for url in asked if urlsplit(url).hostname == "127.0.0.1"
    }
    assert asked
    assert not elsewhere


@contextmanager
def visitor_of(browser: Browser) -> Iterator[BrowserContext]:
    """One visitor, whose browser has fetched nothing yet."""
    visitor = new_visitor(browser)
    with asking_nobody_else(visitor):
        yield visitor
        visitor.close()


@contextmanager
def comes_back(visitor: BrowserContext) -> Iterator[BrowserContext]:
    """A browser that has fetched and compiled the files of the pages before, and remembers nothing else afterwards."""
    with asking_nobody_else(visitor):
        yield visitor
        assert visitor.pages
        visitor.new_cdp_session(visitor.pages[0]).send(
            "Storage.clearDataForOrigin", {"origin": "*", "storageTypes": "all"}
        )
        visitor.clear_cookies()
        for page in visitor.pages:
            page.close()


@pytest.fixture(scope="session")
def desk(browser: Browser) -> Iterator[BrowserContext]:
    visitor = new_visitor(browser)
    yield visitor
    visitor.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    visitor = new_visitor(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield visitor
    visitor.close()


@pytest.fixture
def context(desk: BrowserContext) -> Iterator[BrowserContext]:
    with comes_back(desk) as visitor:
        yield visitor


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def telephone(phone: BrowserContext) -> Iterator[Page]:
    with comes_back(phone) as visitor:
        yield visitor.new_page()
