"""The catalogue: everything in it, every link leads somewhere, and no text acts as markup."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from knowledge.condition import findings_in, questions_in
from knowledge.model import Card, Question, Source, Theme
from knowledge.text import LANGUAGES, Language
from rules.catalogue import write_html, write_markdown
from rules.catalogue.links import labels
from rules.model import Rule, RuleBase, rule_base
from tests.cli.test_cli import run
from tests.support.amounts import cover

pytestmark = pytest.mark.slow

BASE = rule_base()
KNOWLEDGE = BASE.knowledge
Write = Callable[[RuleBase, Language], str]

HOSTILE = (
    '<script>alert("x")</script> & <img src=x onerror=alert(1)> *nadruk* [weg](https://kwaad.example) ![](x) `a` | $b$'
)


class Reading(HTMLParser):
    """What a browser makes of a page: its tags, anchors, links and text by the item that it stands in."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.attributes: set[str] = set()
        self.headings: list[int] = []
        self.language = ""
        self.item = ""
        self.words: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= set(found)
        if "id" in found:
            self.ids.append(found["id"])
            if not found["id"].startswith("h-"):
                self.item = found["id"]
        if tag == "html":
            self.language = found["lang"]
        if tag == "a" and "href" in found:
            self.links.append((self.item, found["href"]))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words[self.item] = self.words.get(self.item, "") + data


@cache
def whole(write: Write, language: Language) -> str:
    """The catalogue of the product, which takes seconds to write."""
    return write(BASE, language)


def as_page(write: Write, base: RuleBase, language: Language) -> Reading:
    text = whole(write, language) if base is BASE else write(base, language)
    return Reading(MarkdownIt().render(text) if write is write_markdown else text)


@pytest.fixture(params=cover([write_html, write_markdown], LANGUAGES), scope="module")
def written(request: pytest.FixtureRequest) -> tuple[Write, Language]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def language(written: tuple[Write, Language]) -> Language:
    return written[1]


@pytest.fixture(scope="module")
def page(written: tuple[Write, Language]) -> Reading:
    return as_page(written[0], BASE, written[1])


def expected_links() -> Iterator[tuple[str, str]]:
    """(item, item that it must link to), in both directions."""
    places = {
        (source.id, heading): f"at-{source.id}-{place}"
        for source in KNOWLEDGE.sources.values()
        for place, heading in enumerate(source.sections, start=1)
    }
    for rule in BASE.rules.values():
        own = f"r-{rule.id}"
        for tested in questions_in(rule.when):
            yield from ((own, f"q-{tested}"), (f"q-{tested}", own))
        for other in findings_in(rule.when):
            yield from ((own, f"r-{other}"), (f"r-{other}", own))
        if rule.lesson:
            yield from ((own, f"l-{rule.lesson}"), (f"l-{rule.lesson}", own))
    for lesson in KNOWLEDGE.lessons.values():
        for cited in lesson.sources:
            at = places[cited.source, cited.at]
            yield from ((f"l-{lesson.id}", at), (at, f"l-{lesson.id}"))
    for question in KNOWLEDGE.questions.values():
        for other in questions_in(question.ask_when) if question.ask_when else ():
            yield from ((f"q-{question.id}", f"q-{other}"), (f"q-{other}", f"q-{question.id}"))


def test_every_item_has_its_anchor_and_every_anchor_is_there_once(page: Reading) -> None:
    expected = {
        *(f"q-{one}" for one in KNOWLEDGE.questions),
        *(f"r-{one}" for one in BASE.rules),
        *(f"l-{one}" for one in KNOWLEDGE.lessons),
        *(f"c-{one}" for one in KNOWLEDGE.cards),
        *(f"s-{one}" for one in KNOWLEDGE.sources),
    }
    assert expected <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_link_leads_somewhere(page: Reading) -> None:
    ids = {f"#{one}" for one in page.ids}
    addresses = {source.url for source in KNOWLEDGE.sources.values()}
    assert {link for _, link in page.links} <= ids | addresses


def test_links_go_both_ways(page: Reading) -> None:
    found = {(item, link.removeprefix("#")) for item, link in page.links}
    assert set(expected_links()) <= found


def test_every_text_stands_there_as_it_was_written(page: Reading, language: Language) -> None:
    def shown(item: str) -> str:
        return " ".join(page.words[item].split())

    for question in KNOWLEDGE.questions.values():
        texts = [question.text, question.why, question.help, question.find_out, *(o.label for o in question.options)]
        for text in filter(None, texts):
            assert text.in_(language) in shown(f"q-{question.id}")
        assert all(option.id in shown(f"q-{question.id}") for option in question.options)
    for rule in BASE.rules.values():
        assert rule.says.in_(language) in shown(f"r-{rule.id}") and (rule.because or "") in shown(f"r-{rule.id}")
    for lesson in KNOWLEDGE.lessons.values():
        for text in filter(None, (lesson.advice, lesson.evidence, lesson.cautions)):
            assert " ".join(text.in_(language).split()) in shown(f"l-{lesson.id}")
    for card in KNOWLEDGE.cards.values():
        assert card.title.in_(language) in shown(f"c-{card.card}")
    everything = " ".join(" ".join(page.words.values()).split())
    for source in KNOWLEDGE.sources.values():
        assert source.title.in_(language) in everything
        assert all(heading in everything for heading in source.sections)


def test_headings_do_not_skip_a_level(page: Reading) -> None:
    assert page.headings[0] == 1 and page.headings.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in zip(page.headings, page.headings[1:], strict=False))


def test_the_page_needs_no_network(language: Language) -> None:
    page = as_page(write_html, BASE, language)
    assert page.language == language
    assert "src" not in page.attributes and "link" not in page.tags and "img" not in page.tags


def small_base(says: str) -> RuleBase:
    """A small base in which every text is this one."""
    text = {"nl": says, "en": says}
    question = Question.model_validate(
        {
            "id": "t.q", "text": text, "why": text, "help": text, "find_out": text, "kind": "one",
            "element": "knowledge", "step": "track", "not_applicable": True,
            "options": [{"id": "a", "label": text}, {"id": "b", "label": text}],
        }
    )  # fmt: skip
    amount = Question.model_validate(
        {
            "id": "t.n", "text": text, "why": text, "kind": "number", "element": "knowledge", "step": "track",
            "number": {"minimum": 0, "maximum": 9, "unit": text}, "ask_when": {"question": "t.q", "is": "a"},
        }
    )  # fmt: skip
    card = Card.model_validate(
        {
            "card": "c", "title": text,
            "lessons": [
                {
                    "id": "L", "phase": "always", "severity": "critical", "kind": "advice", "basis": "stated",
                    "element": "knowledge", "step": "track", "advice": text, "evidence": text, "cautions": text,
                    "sources": [{"source": "s", "at": says, "item": says}],
                }
            ],
        }
    )  # fmt: skip
    source = Source.model_validate(
        {"id": "s", "title": text, "publisher": says, "url": 'javascript:alert("x")', "section": [says]}
    )
    theme = Theme.model_validate({"id": "t", "title": text, "about": text})
    knowledge = replace(
        KNOWLEDGE,
        sources={"s": source},
        themes={"t": theme},
        questions={"t.q": question, "t.n": amount},
        cards={"c": card},
        card_themes={"c": "t"},
        scenarios={},
        elements={"knowledge": theme},
        steps={"track": theme},
    )
    tests = [{"question": "t.q", "is_one_of": ["a", "unknown"]}, {"question": "t.n", "at_least": 2}]
    rules = [
        Rule.model_validate({"id": "t.r", "says": text, "when": {"any": tests}, "because": says}),
        Rule.model_validate({"id": "t.u", "says": text, "when": {"none": [{"finding": "t.r"}]}, "lesson": "L"}),
    ]
    return RuleBase({rule.id: rule for rule in rules}, knowledge)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("write", [write_html, write_markdown])
def test_markup_in_a_text_is_shown_and_does_nothing(write: Write, language: Language) -> None:
    page = as_page(write, small_base(HOSTILE), language)
    assert page.tags.count("script") == (1 if write is write_html else 0)
    assert not {"img", "em"} & set(page.tags) and "onerror" not in page.attributes
    assert all(link.startswith("#") for _, link in page.links)
    shown = {item: " ".join(words.split()) for item, words in page.words.items()}
    for item, times in {"q-t.q": 6, "q-t.n": 4, "r-t.r": 6, "r-t.u": 3, "l-L": 6, "at-s-1": 2}.items():
        assert shown[item].count(HOSTILE) >= times, item


@pytest.mark.parametrize("text", ["# kop", "- punt", "1. eerst", "12) twaalf", "=== ", "a\n\n- b", "www.kwaad.example"])
def test_a_text_cannot_become_a_heading_or_a_list(text: str, language: Language) -> None:
    before, after = (as_page(write_markdown, small_base(one), language) for one in ("Tekst", text))
    assert before.tags == after.tags
    for item, words in before.words.items():
        assert " ".join(after.words[item].split()).count(" ".join(text.split())) >= words.count("Tekst"), item


def test_both_languages_have_every_fixed_word() -> None:
    dutch, english = labels("nl"), labels("en")
    assert dutch.keys() == english.keys()
    for key in dutch:
        assert set(re.findall(r"\{\w+\}", dutch[key])) == set(re.findall(r"\{\w+\}", english[key])), key


def test_the_command_writes_the_form_that_the_name_asks_for(tmp_path: Path) -> None:
    for name, text in (("a.html", whole(write_html, "nl")), ("a.md", whole(write_markdown, "en"))):
        language = "nl" if name == "a.html" else "en"
        assert run("catalogue", "-o", tmp_path / name, "--lang", language).returncode == 0
        assert (tmp_path / name).read_text(encoding="utf-8") == text
    wrong = run("catalogue", "-o", tmp_path / "a.docx")
    assert wrong.returncode == 2 and len(wrong.stderr.decode().splitlines()) == 1
