"""The shapes that the store gives out, and the state of an assessment as it follows from its events."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import Field

from assessment.model import Assessment
from assessment.plan import Decision, task_key
from assessment.store.events import Kind, value
from assessment.store.people import Role
from knowledge.model import Answer, Answers
from knowledge.text import Frozen, Id


class Summary(Frozen):
    """One line about an assessment: `case` is the demonstration case that it was made from, `role` the viewer's."""

    id: str
    title: str
    updated: datetime
    answered: int
    case: str | None
    role: Role = "owner"


class Deleted(Frozen):
    """An assessment that was deleted at this moment and can still be put back."""

    id: str
    title: str
    deleted: datetime


class Kept(Frozen):
    """What was answered in the assessment that this one began from, and when that was changed last."""

    answer: Answer
    day: date


class Advised(Frozen):
    """What was advised at some moment: the lessons, the keys of the plan's tasks, and the questions asked then."""

    knowledge_version: str
    rules_version: str
    lessons: tuple[Id, ...]
    tasks: tuple[Id, ...]
    asked: tuple[Id, ...]


class Adoption(Frozen):
    """How an assessment is taken over into a newer version of the knowledge.

    `answers` are all that hold from then on, `set_aside` those that no longer fit; `renamed` maps former question ids
    to present ones, and `advised` is the advice that follows.
    """

    from_version: str
    answers: Answers
    set_aside: Answers
    renamed: dict[Id, Id]
    advised: Advised


class Happening(Frozen):
    """One event: when, by whom, what it is about (a question or task; None: all of it), and what holds since.

    `value` is None for what was taken back; `undoes` is the number of the event that undo took back with this one.
    """

    number: int
    moment: datetime
    who: str
    kind: Kind
    about: str | None
    value: Any
    undoes: int | None
    knowledge_version: str


class Comment(Frozen):
    """What somebody wrote at a question or action, in the event with this number."""

    number: int
    moment: datetime
    who: str
    text: str


class Stored(Frozen):
    """An assessment as it is stored at one revision; `case` is the demonstration case that it was made from.

    `role` is what the viewer may do with it; who works without users is an owner.

    `made_with` is the version of the knowledge that it was made, taken over or advised with last; answers alone do not
    change it. `decisions` are those of the plan, by key of the task. `advised` is the advice that was stored last, at
    the moment `advised_at`; `lapsed` maps tasks that were advised before to the day since which they are not.
    `comments` are those that the viewer may see, by question or key of a task. `occasion_on` is the day of the occasion
    that comes first.
    `set_aside` holds former answers that fit no present question, as long as their question got no other answer.
    `kept` holds what was answered in the assessment that this one began from, as long as it is not answered here.
    """

    id: str
    assessment: Assessment
    revision: int
    created: datetime
    updated: datetime
    case: str | None
    made_with: str
    decisions: dict[str, Decision] = Field(default_factory=dict)
    advised: Advised | None = None
    advised_at: datetime | None = None
    lapsed: dict[str, date] = Field(default_factory=dict)
    set_aside: Answers = Field(default_factory=dict)
    kept: dict[Id, Kept] = Field(default_factory=dict)
    comments: dict[str, tuple[Comment, ...]] = Field(default_factory=dict)
    occasion_on: date | None = None
    role: Role = "owner"

    @property
    def read_only(self) -> bool:
        """Whether the viewer may change nothing in it."""
        return self.role == "reader"


def state(
    assessment: str, case: str | None, past: Sequence[Happening], role: Role = "owner", joined_after: int = 0
) -> Stored:
    """The state after these events, which are at least one, oldest first; comments only from after joining."""
    current = {(one.kind, one.about): one.value for one in past}
    answers: Answers = {
        about: now for (kind, about), now in current.items() if kind == "answer" and about and now is not None
    }
    advised = [one for one in past if one.kind == "advice"]
    changed = [one for one in past if one.kind != "advice"]
    return Stored(
        id=assessment,
        assessment=Assessment(
            title=current["title", None],
            answers=answers,
            notes={about: now for (kind, about), now in current.items() if kind == "note" and about and now},
            knowledge_version=past[-1].knowledge_version,
        ),
        revision=past[-1].number,
        created=past[0].moment,
        updated=changed[-1].moment,
        case=case,
        made_with=[one for one in past if one is past[0] or one.kind in ("adopted", "advice")][-1].knowledge_version,
        decisions={
            about: Decision.model_validate(now)
            for (kind, about), now in current.items()
            if kind == "action" and about and now
        },
        advised=Advised.model_validate(advised[-1].value) if advised else None,
        advised_at=advised[-1].moment if advised else None,
        lapsed=_lapsed(past),
        set_aside=_set_aside(past),
        kept={
            about: Kept.model_validate(now)
            for (kind, about), now in current.items()
            if kind == "kept" and about and about not in answers
        },
        comments=_comments(past, joined_after),
        occasion_on=date.fromisoformat(on) if (on := current.get(("date", None))) else None,
        role=role,
    )


def _comments(past: Iterable[Happening], joined_after: int) -> dict[str, tuple[Comment, ...]]:
    found: dict[str, tuple[Comment, ...]] = {}
    for one in past:
        if one.kind == "adopted":
            for was, question in one.value["renamed"].items():
                for old, new in ((was, question), (task_key("homework", was), task_key("homework", question))):
                    moved = found.pop(old, ())
                    found[new] = (*found.get(new, ()), *moved)
        elif one.kind == "comment" and one.about and one.value and one.number > joined_after:
            said = Comment(number=one.number, moment=one.moment, who=one.who, text=one.value)
            found[one.about] = (*found.get(one.about, ()), said)
    return {about: some for about, some in found.items() if some}


def _lapsed(past: Iterable[Happening]) -> dict[str, date]:
    """Tasks that were advised once and are not in the last stored advice, with the day of the first without them."""
    advised: set[str] = set()
    since: dict[str, date] = {}
    for one in past:
        if one.kind == "adopted":
            new = {
                task_key("homework", was): task_key("homework", question)
                for was, question in one.value["renamed"].items()
            }
            advised = {new.get(task, task) for task in advised}
            since = {new.get(task, task): day for task, day in since.items()}
        elif one.kind == "lapsed" and one.about:
            since[one.about] = date.fromisoformat(one.value)
        elif one.kind == "advice":
            now = set(one.value["tasks"])
            since = {task: day for task, day in since.items() if task not in now}
            since |= dict.fromkeys(advised - now, one.moment.astimezone().date())
            advised = now
    return since


def _set_aside(past: Iterable[Happening]) -> Answers:
    found: Answers = {}
    for one in past:
        if one.kind == "answer" and one.about and one.value is not None:
            found.pop(one.about, None)
        elif one.kind == "adopted":
            found |= {question: value(answer) for question, answer in one.value["set_aside"].items()}
    return found
