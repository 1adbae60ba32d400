"""The knowledge base: everything that we know, read from YAML and checked as a whole."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as having
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from knowledge.acts import ActList, Checklist
from knowledge.answering import as_answer
from knowledge.consistency import mistakes
from knowledge.lasting import lasting
from knowledge.model import Card, Lesson, Question, Scenario, Source, Theme
from knowledge.renames import Changes, Renamed, rename_problems
from knowledge.scan import ScanOrder
from knowledge.situations import Situation
from knowledge.text import Text
from knowledge.wording import Name, Wording
from knowledge.yaml_files import ContentError, Problem, YamlFile, parse, read_file

CONTENT = Path(__file__).parent / "content"

Item = TypeVar("Item", Source, Theme, Question, Card, Scenario, ActList, Checklist, Situation, Wording)


@dataclass(frozen=True)
class KnowledgeBase:
    """Sources, themes, questions, cards with their lessons, and cases; each by its id, in the order of the files.

    `elements` (of SER's model) and `steps` (of due diligence) have the shape of a theme: a title and what it is about.
    """

    sources: Mapping[str, Source]
    themes: Mapping[str, Theme]
    questions: Mapping[str, Question]
    cards: Mapping[str, Card]
    card_themes: Mapping[str, str]
    scenarios: Mapping[str, Scenario]
    elements: Mapping[str, Theme]
    steps: Mapping[str, Theme]
    scan: ScanOrder | None = None
    act_lists: Mapping[str, ActList] = having(default_factory=dict)
    checklists: Mapping[str, Checklist] = having(default_factory=dict)
    renamed: tuple[Renamed, ...] = ()
    situations: Mapping[str, Situation] = having(default_factory=dict)
    wordings: Mapping[str, Wording] = having(default_factory=dict)

    @cached_property
    def lessons(self) -> Mapping[str, Lesson]:
        """Lesson by id."""
        return MappingProxyType({lesson.id: lesson for card in self.cards.values() for lesson in card.lessons})

    @cached_property
    def noted(self) -> Mapping[str, Text]:
        """What a note may be about, in words: by id of a question, of a row in a list of acts, or of a name."""
        rows = {act.id: act.label for each in self.act_lists.values() for act in each.acts if act.ticked}
        names = {name.id: name.ask for name in self.names}
        return MappingProxyType(rows | names | {question.id: question.text for question in self.questions.values()})

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """What the user may call the organisations in the own advice."""
        return tuple(name for wording in self.wordings.values() for name in wording.names)

    @cached_property
    def card_of(self) -> Mapping[str, Card]:
        """The card under which a lesson (by id) is shown."""
        return MappingProxyType({lesson.id: card for card in self.cards.values() for lesson in card.lessons})

    @cached_property
    def checklist_of(self) -> Mapping[str, Checklist]:
        """The checklist under which a card (by id) is shown."""
        return MappingProxyType({card: each for each in self.checklists.values() for card in each.holds})

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits that change when any content changes, cases left aside."""
        content = [
            [item.model_dump(mode="json", by_alias=True) for item in part.values()]
            for part in (
                self.sources,
                self.themes,
                self.questions,
                self.cards,
                self.act_lists,
                self.checklists,
                self.wordings,
            )
        ]
        content += [[one.model_dump(mode="json")] for one in self.renamed]
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:12]


@cache
def knowledge_base() -> KnowledgeBase:
    """The knowledge base of the product. Raises ContentError where its files are not in order."""
    with lasting():
        return load(CONTENT)


def load(folder: Path) -> KnowledgeBase:
    """Read and check a knowledge base.

    Raises:
        ContentError: with one problem per mistake: file, line, id, field, what was expected.
    """
    problems: list[Problem] = []
    root = Path(folder.parent.name, folder.name)

    def documents(name: str) -> Iterator[YamlFile]:
        place = folder / name
        for path in sorted(place.rglob("*.yaml")) if place.is_dir() else [place.with_suffix(".yaml")]:
            try:
                yield read_file(path, str(root / path.relative_to(folder)))
            except ContentError as error:
                problems.extend(error.problems)

    sources: dict[str, Source] = {}
    themes: dict[str, Theme] = {}
    questions: dict[str, Question] = {}
    cards: dict[str, Card] = {}
    card_themes: dict[str, str] = {}
    scenarios: dict[str, Scenario] = {}
    elements: dict[str, Theme] = {}
    steps: dict[str, Theme] = {}
    act_lists: dict[str, ActList] = {}
    checklists: dict[str, Checklist] = {}
    situations: dict[str, Situation] = {}
    wordings: dict[str, Wording] = {}
    places: dict[str, tuple[YamlFile, tuple[str | int, ...]]] = {}

    def in_order(found: Iterator[YamlFile]) -> list[tuple[str, YamlFile]]:
        """Documents with their theme, which is the name of the file or of the folder that it stands in."""
        order = list(themes)
        named = [(Path(document.name).relative_to(root).parts[1].removesuffix(".yaml"), document) for document in found]
        return sorted(named, key=lambda one: order.index(one[0]) if one[0] in order else len(order))

    def keep(document: YamlFile, shape: type[Item], into: dict[str, Item]) -> list[str]:
        try:
            several = isinstance(document.data, list)
            items = parse(document, list[shape] if several else shape)  # type: ignore[valid-type]
        except ContentError as error:
            problems.extend(error.problems)
            return []
        kept = []
        for index, item in enumerate(items if several else [items]):
            item_id = str(item.card if isinstance(item, Card) else item.id)
            where = (index,) if several else ()
            if item_id in into:
                problems.append(
                    Problem(document.name, document.line(where), item_id, "expected an id that is not used yet")
                )
            into[item_id] = item
            places[f"{shape.__name__} {item_id}"] = (document, where)
            kept.append(item_id)
        return kept

    for document in documents("sources"):
        keep(document, Source, sources)
    for name, into in (("themes", themes), ("elements", elements), ("steps", steps)):
        for document in documents(name):
            keep(document, Theme, into)
    for document in documents("acts") if (folder / "acts").exists() else ():
        keep(document, ActList, act_lists)
    for document in documents("checklists") if (folder / "checklists.yaml").exists() else ():
        keep(document, Checklist, checklists)
    for document in documents("situations") if (folder / "situations.yaml").exists() else ():
        keep(document, Situation, situations)
    for document in documents("wordings") if (folder / "wordings.yaml").exists() else ():
        keep(document, Wording, wordings)
    for _, document in in_order(documents("questions")):
        keep(document, Question, questions)
    # What says little by itself comes behind what is as urgent.
    act_lists = dict(sorted(act_lists.items(), key=lambda item: item[1].asks_words))
    questions = with_acts(questions, act_lists, tuple(themes))
    for theme, document in in_order(documents("lessons")):
        card_themes.update(dict.fromkeys(keep(document, Card, cards), theme))
    for document in documents("scenarios"):
        problems += [
            Problem(document.name, document.line(("own",)), f"{name}: own", "expected no case of somebody's own here")
            for name in keep(document, Scenario, scenarios)
            if scenarios[name].own
        ]
    scan: ScanOrder | None = None
    for document in documents("scan") if (folder / "scan.yaml").exists() else ():
        try:
            scan = parse(document, ScanOrder)
        except ContentError as error:
            problems.extend(error.problems)
    renamed: tuple[Renamed, ...] = ()
    for document in documents("changes") if (folder / "changes.yaml").exists() else ():
        try:
            renamed = parse(document, Changes).renamed
        except ContentError as error:
            problems.extend(error.problems)
            continue
        for place, about, field, expected in rename_problems(renamed, questions):
            line = document.line(("renamed", place, field))
            problems.append(Problem(document.name, line, f"{about}: {field}" if field else about, expected))
    if problems:
        raise ContentError(problems)
    base = KnowledgeBase(  # type: ignore[misc]
        *map(MappingProxyType, (sources, themes, questions, cards, card_themes, scenarios, elements, steps)),  # type: ignore[arg-type]
        act_lists=MappingProxyType(act_lists),
        checklists=MappingProxyType(checklists),
        renamed=renamed,
        situations=MappingProxyType(situations),
        wordings=MappingProxyType(wordings),
        scan=scan,
    )
    for kind, item_id, field, expected in mistakes(base):
        document, where = places[f"{kind} {item_id}"]
        about = f"{item_id}: {field}" if field else item_id
        problems.append(Problem(document.name, document.line((*where, field)), about, expected))
    if problems:
        raise ContentError(problems)
    for case in scenarios.values():  # in their stored form, as answers that somebody gives
        answers = {question: as_answer(questions[question], answer) for question, answer in case.answers.items()}
        scenarios[case.id] = case.model_copy(update={"answers": answers})
    return base


def with_acts(
    questions: Mapping[str, Question], lists: Mapping[str, ActList], themes: tuple[str, ...]
) -> dict[str, Question]:
    """The questions by theme, each theme with its lists of acts: at its end in the first theme, else in front."""
    found: dict[str, Question] = {}
    for theme in dict.fromkeys((*themes, *(question.theme for question in questions.values()))):
        asked = [question for question in questions.values() if question.theme == theme]
        acts = [each.question for each in lists.values() if each.theme == theme]
        found |= {one.id: one for one in (asked + acts if themes[:1] == (theme,) else acts + asked)}
    return found
