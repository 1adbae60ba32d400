"""Users who log in at an OpenID Connect provider that runs here: each sees their own, and what is shared with them."""

import os
import warnings
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from assessment.store import NoInvitation
from knowledge.base import knowledge_base
from knowledge.text import Language
from tests.support.browsing import card, chosen, give, go, is_good, labels, settle, turn
from tests.support.serving import Server
from tests.support.visiting import new_visitor
from ui.words import say

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # the provider uses parts of Authlib that are to go
    provider_mock = pytest.importorskip("oidc_provider_mock", reason="oidc-provider-mock is not installed")

pytestmark = pytest.mark.browser

QUESTION = next(one for one in knowledge_base().questions.values() if one.kind == "several" and one.ask_when is None)
PEOPLE = ("anna", "bob", "carol")
TITLE = "Gesprek met <b>leverancier</b> A"


class Hosted(Server):
    """The application as an organisation runs it, with the settings of a login."""

    provider = ""

    def start(self) -> None:
        file = self.folder / "login.toml"
        file.write_text(
            f'[auth]\nredirect_uri = "{self.address}/oauth2callback"\ncookie_secret = "{"s" * 40}"\n'
            'client_id = "dialoogwijzer"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{self.provider}/.well-known/openid-configuration"\n',
            encoding="utf-8",
        )
        file.chmod(0o600)
        with pytest.MonkeyPatch.context() as patch:
            patch.setitem(os.environ, "DIALOOGWIJZER_LOGIN", str(file))
            super().start()


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    users = [
        provider_mock.User(sub=name, claims={"email": f"{name}@example.org", "email_verified": name != "carol"})
        for name in PEOPLE
    ]
    users.append(provider_mock.User(sub="dirk", claims={"email": "dirk@example.org", "email_verified": True}))
    with provider_mock.run_server_in_thread(user_claims=users) as server:
        yield f"http://127.0.0.1:{server.server_port}"


@pytest.fixture(scope="module")
def hosted(provider: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    Hosted.provider = provider
    started = Hosted(tmp_path_factory.mktemp("hosted"))
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def leaving(browser: Browser) -> Iterator[None]:
    """Who visited in a test does not stay: an open page goes on asking."""
    before = browser.contexts
    yield
    for visitor in browser.contexts:
        if visitor not in before:
            visitor.close()


def visit(browser: Browser, server: Server, path: str = "") -> Page:
    page = new_visitor(browser).new_page()
    page.set_default_timeout(30_000)
    go(page, server, path)
    return page


def log_in(page: Page, name: str, language: Language = "nl") -> None:
    page.get_by_role("button", name=say("login.button", language), exact=True).click()
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("h1")).to_be_visible(timeout=20_000)
    expect(page.get_by_role("button", name=say("login.out", language))).to_be_visible(timeout=20_000)
    settle(page)


def press(page: Page, key: str) -> None:
    page.get_by_role("button", name=say(key, "nl"), exact=True).click()
    settle(page)


def share(page: Page, role: str) -> str:
    page.get_by_role("link", name=say("nav.sharing", "nl"), exact=True).click()
    expect(page.locator("h1")).to_have_text(say("nav.sharing", "nl"))
    settle(page)
    form = page.get_by_role("radiogroup", name=say("sharing.as", "nl"))
    form.locator("label", has_text=say(f"role.{role}", "nl")).click()
    press(page, "sharing.make")
    return page.get_by_test_id("stCode").inner_text().strip()


def path_of(link: str) -> str:
    return f"?{urlsplit(link).query}"


def test_two_users_share_an_assessment_by_a_link_in_a_role(browser: Browser, hosted: Hosted) -> None:
    anna = visit(browser, hosted, "advies")
    expect(anna.get_by_text(say("login.lead", "nl"))).to_be_visible()
    assert not anna.get_by_role("navigation").count()
    log_in(anna, "anna")
    expect(anna.locator("h1")).to_have_text(say("nav.advice", "nl"), timeout=20_000)
    expect(anna.get_by_text("anna@example.org")).to_be_visible()
    go(anna, hosted, "")
    anna.get_by_label(say("start.title", "nl")).fill(TITLE)
    anna.get_by_role("button", name=say("start.begin_all", "nl")).click()
    expect(card(anna, QUESTION)).to_be_visible(timeout=20_000)
    settle(anna)
    first = (QUESTION.options[0].id,)
    second = (*first, QUESTION.options[1].id)
    give(anna, QUESTION, first)
    opened = parse_qs(urlsplit(anna.url).query)["b"][0]
    link = share(anna, "reader")
    is_good(anna, "sharing")

    bob = visit(browser, hosted, path_of(link))
    assert "invitation" not in bob.url  # it stands in no address and no history
    expect(bob.get_by_text(say("login.invited", "nl"))).to_be_visible()
    log_in(bob, "bob")
    expect(bob.get_by_text(say("start.none_saved", "nl"))).to_be_visible()
    press(bob, "invitation.accept")
    expect(bob.get_by_text(say("invitation.accepted", "nl"))).to_be_visible(timeout=20_000)
    expect(bob.get_by_text(say("sharing.read_only", "nl", owners="anna@example.org"))).to_be_visible()
    assert chosen(bob, QUESTION) == labels(QUESTION, first)
    assert card(bob, QUESTION).get_by_role("checkbox").first.is_disabled()
    turn(bob, hosted, f"advies?b={opened}")
    assert not bob.get_by_role("alert").filter(has_text=say("error.unexpected", "nl")).count()
    turn(bob, hosted, f"vragen?b={opened}")
    is_good(bob, "questions of a reader")

    go(anna, hosted, f"samen?b={opened}")
    expect(anna.get_by_text(say("act.joined", "nl", role=say("role.reader", "nl")))).to_be_visible()
    place = anna.locator(".st-key-member-bob-example-org")
    place.get_by_role("combobox").click()
    anna.get_by_role("option", name=say("role.contributor", "nl")).click()
    settle(anna)
    press(anna, "sharing.save_role")
    expect(anna.get_by_text(say("sharing.role_changed", "nl"))).to_be_visible()
    expect(bob.get_by_text(say("sharing.may_change", "nl"))).to_be_visible(timeout=30_000)  # while the page is open
    settle(bob)
    give(bob, QUESTION, second[1:])
    turn(anna, hosted, f"vragen?b={opened}")
    assert chosen(anna, QUESTION) == labels(QUESTION, second)

    turn(anna, hosted, f"samen?b={opened}")
    press(anna, "sharing.remove")
    expect(anna.get_by_text(say("sharing.removed", "nl"))).to_be_visible()
    expect(bob.get_by_text(say("error.gone", "nl"))).to_be_visible()  # at once, without a click
    expect(card(bob, QUESTION)).to_have_count(0)
    go(bob, hosted, f"vragen?b={opened}")
    expect(card(bob, QUESTION)).to_have_count(0)
    go(bob, hosted, "")
    assert not bob.get_by_text(TITLE).count()

    late = visit(browser, hosted, path_of(link))
    log_in(late, "dirk")
    press(late, "invitation.accept")
    expect(late.get_by_text(NoInvitation().text.nl)).to_be_visible()
    go(late, hosted, f"vragen?b={opened}")
    expect(late.get_by_text(say("error.gone", "nl"))).to_be_visible()

    tab, copied = anna.context.new_page(), anna.context.cookies(hosted.address)
    go(tab, hosted, f"vragen?b={opened}")
    assert not [one for one in copied if "_streamlit_user" in one["name"]]
    anna.get_by_role("button", name=say("login.out", "nl")).click()
    anna.wait_for_url(lambda url: not url.startswith(hosted.address))  # the provider ends its session too
    expect(tab.get_by_text(say("login.lead", "nl"))).to_be_visible()
    expect(card(tab, QUESTION)).to_have_count(0)
    tab.close()
    thief = new_visitor(browser)
    thief.add_cookies(copied)  # type: ignore[arg-type]
    stolen = thief.new_page()
    go(stolen, hosted, f"vragen?b={opened}")
    expect(stolen.get_by_text(say("login.lead", "nl"))).to_be_visible()
    thief.close()
    go(anna, hosted, f"nakijken?b={opened}&lang=en")
    expect(anna.get_by_text(say("login.lead", "en"))).to_be_visible()
    assert not anna.get_by_text(TITLE).count()
    log_in(anna, "anna", "en")
    expect(anna.locator("h1")).to_have_text(say("nav.check", "en"), timeout=20_000)
    expect(anna.locator("html")).to_have_attribute("lang", "en")
    expect(anna.get_by_text(TITLE)).to_be_visible()
    assert f"b={opened}" in anna.url and "invitation" not in anna.url
    anna.get_by_role("button", name=say("login.out", "en")).click()
    anna.wait_for_url(lambda url: not url.startswith(hosted.address))
    go(anna, hosted, "")
    expect(anna.get_by_text(say("login.lead", "en"))).to_be_visible()  # the language stays, and the page does not
    log_in(anna, "anna", "en")
    expect(anna.locator("h1")).to_have_text(say("start.heading", "en"))


def test_users_can_have_all_that_is_theirs_deleted(browser: Browser, hosted: Hosted) -> None:
    page = visit(browser, hosted)
    log_in(page, "dirk")
    page.get_by_label(say("start.title", "nl")).fill("Van Dirk")
    page.get_by_role("button", name=say("start.begin_all", "nl")).click()
    expect(card(page, QUESTION)).to_be_visible(timeout=20_000)
    go(page, hosted, "over")
    press(page, "own.delete")
    expect(page.get_by_role("dialog").get_by_text(say("own.warning", "nl", count=1))).to_be_visible()
    page.get_by_role("button", name=say("own.delete_sure", "nl")).click()
    page.wait_for_url(lambda url: not url.startswith(hosted.address))
    go(page, hosted, "")
    log_in(page, "dirk")
    expect(page.get_by_text(say("start.none_saved", "nl"))).to_be_visible()


def test_an_address_that_was_not_verified_is_nobodys(browser: Browser, hosted: Hosted) -> None:
    page = visit(browser, hosted)
    log_in(page, "carol")
    expect(page.get_by_text(say("login.nameless", "nl"))).to_be_visible()
    assert not page.get_by_role("navigation").count()


def test_a_forged_cookie_lets_nobody_in(browser: Browser, hosted: Hosted) -> None:
    page = visit(browser, hosted)
    page.context.add_cookies(
        [{"name": "_streamlit_user", "value": '{"email":"anna@example.org"}', "url": hosted.address}]
    )
    go(page, hosted, "")
    expect(page.get_by_role("button", name=say("login.button", "nl"), exact=True)).to_be_visible()
