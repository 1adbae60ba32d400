"""The action plan: what is advised and what is to find out, as actions on which the user decides.

What the user decided is kept, whatever is answered later. An action whose advice is no longer given is marked, and
unmarked when the advice returns; an action that nobody decided on comes and goes with the advice. Nothing here makes up
a date: `due` is what the user says; the order, and days before that of the occasion, are suggestions.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Literal, TypedDict, Unpack, get_args

from pydantic import StringConstraints, ValidationError

from assessment.checklists import first_page
from assessment.model import Advice
from knowledge.acts import Tier
from knowledge.frames import DAY, TEXT, frame
from knowledge.model import Severity, theme_of
from knowledge.text import Frozen, Id, Language, Text

if TYPE_CHECKING:
    from pandas import DataFrame

TaskKind = Literal["act", "recommendation", "homework"]
Status = Literal["proposed", "accepted", "adapted", "postponed", "rejected", "done"]

STATUSES: Mapping[Status, Text] = {
    "proposed": Text(nl="nog niet besloten", en="not decided"),
    "accepted": Text(nl="doen we", en="we do this"),
    "adapted": Text(nl="doen we anders", en="we do it our way"),
    "postponed": Text(nl="uitgesteld", en="postponed"),
    "rejected": Text(nl="doen we niet", en="we do not do this"),
    "done": Text(nl="klaar", en="done"),
}

Plain = Annotated[str, StringConstraints(strip_whitespace=True)]

SEVERITY: Mapping[Tier, Severity] = {
    1: "critical",
    2: "high",
    3: "high",
    4: "high",
    5: "normal",
    6: "normal",
    7: "normal",
}
AFTER = "follow-up"
"""The theme of what follows after the occasion."""
FIRST = 5
"""So many actions are the first ones."""
OWNER_LENGTH = 200
REFERENCE_LENGTH = 500
TEXT_LENGTH = 5_000


class Task(Frozen):
    """What an action is about: an act (its id), a recommendation (that of its card) or homework (of its question)."""

    kind: TaskKind
    id: Id
    theme: Id
    title: Text
    severity: Severity | None = None

    @property
    def key(self) -> str:
        """The action's key within its assessment."""
        return task_key(self.kind, self.id)


def task_key(kind: TaskKind, about: str) -> str:
    """The key of a task of this kind."""
    return f"{kind}.{about}"


class Decision(Frozen):
    """What the user decided on a task, which is kept as it was then.

    `words` says in the user's own words what is to be done, where that is something else than advised; `reason` says
    why it is postponed or rejected; `reference` where a document lies. A text that is empty is not there.
    """

    task: Task
    status: Status = "proposed"
    owner: Plain = ""
    due: date | None = None
    words: Plain = ""
    reason: Plain = ""
    note: Plain = ""
    reference: Plain = ""


class Action(Frozen):
    """One line of the plan. `not_advised_since` is the day since which its advice is no longer given."""

    task: Task
    decision: Decision
    not_advised_since: date | None = None

    @property
    def key(self) -> str:
        """The action's key within its assessment."""
        return self.task.key

    @property
    def advised(self) -> bool:
        """Whether the advice is given now."""
        return self.not_advised_since is None

    @property
    def open(self) -> bool:
        """Whether something is still to be done or decided."""
        return self.advised and self.decision.status not in ("rejected", "done")


class Plan(Frozen):
    """The actions in the order in which it is best to take them up; those that are no longer advised come last.

    `occasion_on` is the day of the occasion that comes first, where the user gave it.
    """

    actions: tuple[Action, ...]
    occasion_on: date | None = None

    def to_frame(self, language: Language = "nl") -> "DataFrame":
        """A row for each action, in the suggested order.

        Columns: `key`, `kind` (category: act, recommendation, homework), `theme`, `title`, `owner`, `words`, `reason`,
        `note` (empty text where nothing was written), `status` (category, from proposed to done), `due` and
        `not_advised_since` (datetime64, missing where there is none). An empty plan has the same columns and no rows.
        """
        columns = {"key": TEXT, "kind": get_args(TaskKind), "theme": TEXT, "title": TEXT, "status": tuple(STATUSES),
                   "owner": TEXT, "due": DAY, "words": TEXT, "reason": TEXT, "note": TEXT,
                   "not_advised_since": DAY}  # fmt: skip
        rows = (
            (
                one.key,
                one.task.kind,
                one.task.theme,
                one.task.title.in_(language),
                one.decision.status,
                one.decision.owner,
                one.decision.due,
                one.decision.words,
                one.decision.reason,
                one.decision.note,
                one.not_advised_since,
            )
            for one in self.actions
        )
        return frame(columns, rows)

    def action(self, key: str) -> Action | None:
        """The action with this key; None where it is not in the plan."""
        return next((one for one in self.actions if one.key == key), None)


class DecisionError(ValueError):
    """The decision is not complete or too long; `text` says in one sentence what was expected."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)


class Changes(TypedDict, total=False):
    """The parts of a decision that change; what is left out stays."""

    status: Status
    owner: str
    due: date | None
    words: str
    reason: str
    note: str
    reference: str


def tasks(advice: Advice) -> tuple[Task, ...]:
    """What there is to do, in the suggested order.

    First the acts on which the safety of people hangs, then what is to find out, since the answer can change the rest,
    then the other acts by urgency, and what else is advised on the cards of the first page.
    """
    acts = [
        Task(kind="act", id=one.act, theme=one.theme, title=one.instead or one.label, severity=SEVERITY[one.tier])
        for one in advice.verdicts
        if one.asks
    ]
    to_find_out = [
        Task(kind="homework", id=one.question, theme=theme_of(one.question.split(".")[0]), title=one.asked)
        for one in advice.homework
    ]
    on_cards = {card for checklist in first_page(advice.checklists) for card in checklist.recommendations}
    recommended = [
        Task(kind="recommendation", id=one.card, theme=one.theme, title=one.title, severity=one.severity)
        for one in advice.recommendations
        if one.card in on_cards
    ]
    safety = len(advice.safety)
    return (*acts[:safety], *to_find_out, *acts[safety:], *recommended)


def plan_for(
    advice: Advice,
    decisions: Mapping[str, Decision],
    lapsed: Mapping[str, date] = {},
    occasion_on: date | None = None,
) -> Plan:
    """The plan that goes with an advice and with what was decided, both by key.

    `lapsed` tells since when advice is no longer given, where that is known; otherwise it is since this advice.
    """
    advised = {task.key: task for task in tasks(advice)}
    actions = [Action(task=task, decision=decisions.get(key, Decision(task=task))) for key, task in advised.items()]
    actions += [
        Action(task=decision.task, decision=decision, not_advised_since=lapsed.get(key, advice.made_on))
        for key, decision in decisions.items()
        if key not in advised
    ]
    return Plan(actions=tuple(actions), occasion_on=occasion_on)


def told_with(task: Task, advice: Advice) -> tuple[Text, ...]:
    """Why a task is advised and how it is done, as the advice says it; nothing where it says so no longer."""
    found: list[Text | None] = []
    match task.kind:
        case "act":
            found = [text for one in advice.verdicts if one.act == task.id for text in (one.because, one.say)]
        case "homework":
            found = [one.find_out for one in advice.homework if one.question == task.id]
        case "recommendation":
            found = [
                each.lesson.advice for one in advice.recommendations if one.card == task.id for each in one.lessons
            ]
    return tuple(filter(None, found))


def proposed_dates(plan: Plan, today: date) -> dict[str, date]:
    """Days to propose for the first open actions without one, by key: spread over the working days until the occasion.

    None without a date of the occasion that is still to come; what follows after the occasion gets none.
    """
    on = plan.occasion_on
    first = [one for one in plan.actions if one.open and one.task.theme != AFTER][:FIRST]
    if on is None or on <= today:
        return {}
    days = [(on - today).days * place // (len(first) + 1) for place in range(1, len(first) + 1)]
    return {
        one.key: _working_day(today + timedelta(days=day), today)
        for one, day in zip(first, days, strict=True)
        if one.decision.due is None
    }


def _working_day(day: date, today: date) -> date:
    """The day, or the Friday before a weekend; never before today."""
    return max(today, day - timedelta(days=max(0, day.weekday() - 4)))


def decide(action: Action, **changes: Unpack[Changes]) -> Decision:
    """The decision on an action with these changes. A reason goes with its status and does not outlive it; an action
    that is accepted as advised loses the user's own words.

    Raises:
        DecisionError: it is postponed or rejected without a reason, adapted without words, or a text is too long.
    """
    before = action.decision
    status = changes.get("status", before.status)
    new = {**before.model_dump(exclude={"task"}), "reason": before.reason if status == before.status else ""}
    if status in ("accepted", "proposed"):
        new["words"] = ""
    try:
        decision = Decision.model_validate({**new, **changes, "task": action.task}, strict=True)
    except ValidationError:
        nl = "Een besluit heeft een bestaande status, een datum of niets, en verder gewone tekst."
        raise DecisionError(
            Text(nl=nl, en="A decision has a known status, a date or none, and for the rest plain text.")
        ) from None
    for problem in _problems(decision):
        raise DecisionError(problem)
    return decision


def _problems(decision: Decision) -> Iterator[Text]:
    if decision.status == "postponed" and not decision.reason:
        yield Text(nl="Schrijf op waarom je dit uitstelt.", en="Write down why you postpone this.")
    if decision.status == "rejected" and not decision.reason:
        yield Text(nl="Schrijf op waarom je dit niet doet.", en="Write down why you will not do this.")
    if decision.status == "adapted" and not decision.words:
        yield Text(
            nl="Schrijf in je eigen woorden op wat je gaat doen.", en="Write down in your own words what you will do."
        )
    if len(decision.owner) > OWNER_LENGTH:
        yield Text(
            nl=f"De naam van wie dit doet is hooguit {OWNER_LENGTH} tekens lang.",
            en=f"The name of who does this is at most {OWNER_LENGTH} characters long.",
        )
    if len(decision.reference) > REFERENCE_LENGTH:
        yield Text(
            nl=f"Waar een document ligt is hooguit {REFERENCE_LENGTH} tekens lang.",
            en=f"Where a document lies is at most {REFERENCE_LENGTH} characters long.",
        )
    if max(map(len, (decision.words, decision.reason, decision.note))) > TEXT_LENGTH:
        yield Text(
            nl=f"Een tekst in het plan is hooguit {TEXT_LENGTH} tekens lang.",
            en=f"A text in the plan is at most {TEXT_LENGTH} characters long.",
        )
