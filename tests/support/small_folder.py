"""A small knowledge and rule base in files, to change and load again."""

import json
import shutil
from pathlib import Path
from typing import Any

from knowledge.base import CONTENT
from knowledge.base import load as load_knowledge
from rules.engine.inference import Inference
from rules.model import load as load_rules

THEMES = "- id: t\n  title: {nl: T, en: T}\n  about: {nl: T, en: T}\n"
SOURCES = (
    "- id: s\n  title: {nl: Bron, en: Source}\n  publisher: P\n  url: https://example.org\n"
    "  section: [Heading]\n"
)  # fmt: skip
FIELDS = {"element": "knowledge", "step": "identify", "why": {"nl": "Daarom", "en": "Because"}}


def text(words: str) -> dict[str, str]:
    return {"nl": words, "en": words}


def choice(name: str, *options: str, **fields: Any) -> dict[str, Any]:
    answers = [{"id": option, "label": text(option)} for option in options]
    return {"id": f"t.{name}", "text": text(f"{name}?"), "kind": "one", "options": answers, **FIELDS, **fields}


def card(name: str) -> dict[str, Any]:
    lesson = {
        "id": f"L-{name}", "phase": "prepare", "severity": "high", "kind": "advice", "basis": "stated",
        "element": "knowledge", "step": "identify", "advice": text(name), "evidence": text(name),
        "sources": [{"source": "s", "at": "Heading"}],
    }  # fmt: skip
    return {"card": name, "title": text(name), "lessons": [lesson]}


def rule(name: str, question: str, option: str) -> dict[str, Any]:
    when = {"question": f"t.{question}", "is": option}
    return {"id": f"t.{name}", "says": text(name), "when": when, "lesson": f"L-{name}"}


class Folder:
    """A small knowledge and rule base in files, to change and load again."""

    def __init__(self, place: Path):
        self.place = place
        self.questions = [
            choice("place", "here", "there"),
            choice("who", "boss", "worker"),
            choice("tone", "soft", "loud", "rude"),
            choice("extra", "yes", "no"),
        ]
        self.cards = [card("move"), card("ask"), card("calm")]
        self.rules = [rule("move", "place", "here"), rule("ask", "who", "unknown"), rule("calm", "tone", "rude")]
        self.renamed: list[dict[str, str]] = []

    def load(self) -> Inference:
        content, rules = self.place / "content", self.place / "rules" / "base"
        shutil.rmtree(self.place, ignore_errors=True)
        for folder in (content / "questions", content / "lessons", rules):
            folder.mkdir(parents=True)
        (content / "scenarios").mkdir()
        for name in ("elements", "steps"):
            shutil.copy(CONTENT / f"{name}.yaml", content)
        (content / "themes.yaml").write_text(THEMES)
        (content / "sources.yaml").write_text(SOURCES)
        for file, data in (
            (content / "questions" / "t.yaml", self.questions),
            (content / "lessons" / "t.yaml", self.cards),
            (content / "changes.yaml", {"renamed": self.renamed}),
            (rules / "t.yaml", self.rules),
        ):
            file.write_text(json.dumps(data, indent=1))  # JSON is YAML
        return Inference(load_rules(rules, load_knowledge(content)))
