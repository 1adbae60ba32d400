"""The short test before and after a course: what a group chose both times, in totals only, never of a few people."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO

from assessment.training.group import Ballot, Group, View
from knowledge.base import knowledge_base
from knowledge.situations import Situation
from knowledge.text import Language

FEWEST = 5
"""From how many answers on a totals are told: of fewer, one can tell who chose what."""


@dataclass(frozen=True)
class Share:
    """How many answered, and how many of them chose what is right; None where too few answered to tell."""

    answered: int
    right: int | None


@dataclass(frozen=True)
class Learned:
    """What a group chose in a situation, before and after."""

    situation: Situation
    before: Share | None
    after: Share | None


def votes_of(view: View) -> Mapping[str, Situation]:
    """The situations of a test by the ids of their votes; none where the view is no test."""
    known = knowledge_base().situations
    return {f"{view}.{name}": one for name, one in known.items()} if view in ("before", "after") else {}


def learned(group: Group) -> tuple[Learned, ...]:
    """What a group chose, per situation; a test that was not held is None."""
    return tuple(
        Learned(one, *(_share(group.ballots.get(f"{view}.{name}"), one) for view in ("before", "after")))
        for name, one in knowledge_base().situations.items()
    )


def as_csv(group: Group, language: Language) -> str:
    """The totals as a table: a line per situation and moment; numbers of too few people are left out."""
    written = StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(("situation", "question", "moment", "answered", "right"))
    for one in learned(group):
        for name, share in (("before", one.before), ("after", one.after)):
            if share is not None:
                told = (share.answered, share.right) if share.right is not None else (f"<{FEWEST}", "")
                table.writerow((one.situation.id, one.situation.question.in_(language), name, *told))
    return "\ufeff" + written.getvalue()


def _share(ballot: Ballot | None, situation: Situation) -> Share | None:
    if ballot is None or ballot.state == "open":
        return None
    return Share(ballot.cast, ballot.total(situation.concluded) if ballot.cast >= FEWEST else None)
