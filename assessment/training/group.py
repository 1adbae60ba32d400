"""A group that plays a case: where it is in the course, and the totals of its votes. Pure; `groups` keeps them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import Field

from assessment.training.course import Slide
from knowledge.text import Frozen, Id

VoteState = Literal["open", "closed", "shown"]
Act = Literal["open", "close", "show", "go", "end"]
"""What going on means now: open the vote, close it, show its conclusion, go to the next slide; or nothing is left."""
MOST_HANDS = 999


class Ballot(Frozen):
    """One vote of a group: how many chose what on their phones, and how many hands the trainer counted."""

    state: VoteState
    phones: Mapping[Id, int] = Field(default_factory=dict)
    hands: Mapping[Id, int] = Field(default_factory=dict)

    def total(self, choice: str) -> int:
        """Phones and hands together."""
        return self.phones.get(choice, 0) + self.hands.get(choice, 0)

    @property
    def cast(self) -> int:
        """All that was voted."""
        return sum(self.phones.values()) + sum(self.hands.values())


class Group(Frozen):
    """A group as it is now. Without an entry in `ballots` a vote was not opened yet."""

    id: str
    code: str
    case_id: Id
    began: datetime
    place: int
    ballots: Mapping[Id, Ballot]


def at(group: Group, slides: Sequence[Slide]) -> Slide:
    """The slide that the group is at; the last one where the course has become shorter."""
    return slides[min(group.place, len(slides) - 1)]


def next_act(group: Group, slides: Sequence[Slide]) -> Act:
    """What going on means for the group now."""
    vote = at(group, slides).vote
    if vote is not None:
        ballot = group.ballots.get(vote.id)
        if ballot is None:
            return "open"
        if ballot.state != "shown":
            return "close" if ballot.state == "open" else "show"
    return "go" if group.place + 1 < len(slides) else "end"
