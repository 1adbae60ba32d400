"""A group that plays a case: where it is in the course, and the totals of its votes. Pure; `groups` keeps them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from pydantic import Field

from assessment.training.course import Slide
from knowledge.text import Frozen, Id

VoteState = Literal["open", "closed", "shown"]
View = Literal["story", "before", "rules", "effect", "pair", "after"]
"""What the room sees: the story with its votes, the test before and after, or another view on the case."""
VIEWS: tuple[View, ...] = get_args(View)
Act = Literal["open", "close", "show", "go", "end", "next", "return"]
"""What going on means now: open the vote, close it, show its conclusion, go to the next slide; or nothing is left.

In the other views: the next step, or back to the story.
"""
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
    """A group as it is now. Without an entry in `ballots` a vote was not opened yet.

    `step` is the place within the view, `about` what the view is about: the other case, or the advice that is followed.
    """

    id: str
    code: str
    case_id: Id
    began: datetime
    place: int
    view: View = "story"
    step: int = 0
    about: str = ""
    ballots: Mapping[Id, Ballot]


def at(group: Group, slides: Sequence[Slide]) -> Slide:
    """The slide that the group is at; the last one where the course has become shorter."""
    return slides[min(group.place, len(slides) - 1)]


class Moment(NamedTuple):
    """Where a group is. A click carries the moment that it was made on, so that two trainers go on only once."""

    view: View
    place: int
    step: int
    act: Act


def moment(group: Group, slides: Sequence[Slide], steps: int) -> Moment:
    """Where the group is now, in a view of so many steps."""
    return Moment(group.view, group.place, group.step, next_act(group, slides, steps))


def next_act(group: Group, slides: Sequence[Slide], steps: int = 1) -> Act:
    """What going on means for the group now."""
    if group.view != "story":
        return "next" if group.step + 1 < steps else "return"
    vote = at(group, slides).vote
    if vote is not None:
        ballot = group.ballots.get(vote.id)
        if ballot is None:
            return "open"
        if ballot.state != "shown":
            return "close" if ballot.state == "open" else "show"
    return "go" if group.place + 1 < len(slides) else "end"
