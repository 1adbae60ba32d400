"""The tables: assessments, everything that ever happened to each as numbered events, and who may see and did what."""

from datetime import UTC, datetime

from sqlalchemy import JSON, Column, DateTime, Dialect, ForeignKey, Index, Integer, MetaData, String, Table, Text
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment in UTC; SQLite keeps no time zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To UTC."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


metadata = MetaData()

PERSON = {"person": True}
"""Marks a column in which a user is named; `removal.forget` takes every such name away."""

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("from_case", String(120)),
    Column("began_with", Integer, nullable=False),
    Column("title", String(200), nullable=False, server_default=""),
    Column("sought", Text, nullable=False, server_default=""),
    Column("answered", Integer, nullable=False, server_default="0"),
    Column("updated", Moment, nullable=False, server_default="1970-01-01"),
    Column("deleted_at", Moment),
    Column("deleted_by", String(200), info=PERSON),
    Index("ix_assessments_newest", "deleted_at", "updated"),
)
"""`from_case`: the demonstration case that it was made from. `began_with`: the number of the last event that it was
made with; undo goes no further back.

`title`, `answered` (how many questions) and `updated` follow from the events and are kept here for lists; `sought` is
the title as it is searched in. `deleted_at`, `deleted_by`: it is gone for everybody, and an owner can still put it
back."""

events = Table(
    "events",
    metadata,
    Column("assessment", String(32), ForeignKey("assessments.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("made_at", Moment, nullable=False),
    Column("made_by", String(200), nullable=False, info=PERSON),
    Column("kind", String(10), nullable=False),
    Column("question", String(120)),
    Column("value", JSON(none_as_null=True)),
    Column("knowledge_version", String(100), nullable=False),
    Column("undoes", Integer),
)
"""Events are only added; only a text that must be gone for good is taken out of them. `question`: the question that it
is about, or the key of a task in the plan. `value`: what holds from here on, null for what is taken back. `undoes`: the
number of the event that this one takes back by undo.

`kind`: answer, note or title; action, a decision on a task of the plan; lapsed, the day since which a task is no longer
advised, from elsewhere; advice, what was advised at that moment;
adopted, the assessment was taken over into another version of the knowledge base; kept, what was answered before in
the assessment that this one began from, which counts only once it is answered anew; comment, a text that stands beside
those before it; date, the day of the occasion that comes first."""

training_groups = Table(
    "training_groups",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("code", String(6), nullable=False, unique=True),
    Column("case_id", String(120), nullable=False),
    Column("began", Moment, nullable=False),
    Column("place", Integer, nullable=False),
    Column("owner", String(200), nullable=False, server_default="local", index=True, info=PERSON),
    Column("view", String(10), nullable=False, server_default="story"),
    Column("step", Integer, nullable=False, server_default="0"),
    Column("about", String(120), nullable=False, server_default=""),
)
"""Groups that play a case with a trainer, their `owner`. `code`: what its participants type, valid for a day after
`began`. `place`: the number of the slide that the group is at. `view`, `step` and `about`: what the room sees
instead of the story, how far that is, and the other case or the advice that it is about."""

own_cases = Table(
    "own_cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("owner", String(200), nullable=False, index=True, info=PERSON),
    Column("written", Text, nullable=False),
)
"""Cases of a trainer's own. `written`: the case as the file that it can be downloaded as, with answers and story."""

training_votes = Table(
    "training_votes",
    metadata,
    Column("group_id", String(32), ForeignKey("training_groups.id"), primary_key=True),
    Column("vote", String(120), primary_key=True),
    Column("state", String(10), nullable=False),
)
"""`state`: open, closed, or shown once the conclusion of the evaluation is on the screen."""

training_totals = Table(
    "training_totals",
    metadata,
    Column("group_id", String(32), ForeignKey("training_groups.id"), primary_key=True),
    Column("vote", String(120), primary_key=True),
    Column("choice", String(120), primary_key=True),
    Column("way", String(5), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""How many chose what, by `way`: phone, or hand for hands that the trainer counted. Nobody's own choice is kept."""

training_voters = Table(
    "training_voters",
    metadata,
    Column("group_id", String(32), ForeignKey("training_groups.id"), primary_key=True),
    Column("vote", String(120), primary_key=True),
    Column("voter", String(64), primary_key=True),
)
"""Hashes of the random tokens that have voted while a vote is open, never beside a choice; gone once it closes."""

members = Table(
    "members",
    metadata,
    Column("assessment", String(32), ForeignKey("assessments.id"), primary_key=True),
    Column("person", String(200), primary_key=True, index=True, info=PERSON),
    Column("role", String(12), nullable=False),
    Column("since", Moment, nullable=False),
    Column("joined_after", Integer, nullable=False, server_default="0"),
)
"""The users who may see an assessment, each in one role. `joined_after`: the number of the last event before they
joined; who is no owner sees the history from there on."""

invitations = Table(
    "invitations",
    metadata,
    Column("token", String(64), primary_key=True),
    Column("assessment", String(32), ForeignKey("assessments.id"), nullable=False, index=True),
    Column("role", String(12), nullable=False),
    Column("made_by", String(200), nullable=False, info=PERSON),
    Column("expires_at", Moment, nullable=False),
)
"""Invitations that nobody accepted yet. `token`: the SHA-256 of what the link holds, so that a copy of the database
lets nobody in."""

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("assessment", String(32), nullable=False, index=True),
    Column("moment", Moment, nullable=False, index=True),
    Column("who", String(200), nullable=False, index=True, info=PERSON),
    Column("act", String(12), nullable=False),
    Column("whom", String(200), info=PERSON),
    Column("about", String(40)),
)
"""Who saw, exported, shared and deleted what; it outlives the assessment, and holds nothing of its content.

`whom`: the other person that it is about. `about`: the role, or the form in which it was exported."""
