"""From where a member sees what happened: the number of the last event before the invitation was accepted."""

import sqlalchemy as sa
from alembic import op

revision = "v6"
down_revision = "v5"

events = sa.table("events", *map(sa.column, ("assessment", "number", "made_at")))
members = sa.table("members", *map(sa.column, ("assessment", "role", "since", "joined_after")))


def upgrade() -> None:
    """Add the column, and fill it by the moments; an owner may see everything, also who is one no longer later."""
    op.add_column("members", sa.Column("joined_after", sa.Integer, nullable=False, server_default="0"))
    here = (events.c.assessment == members.c.assessment) & (events.c.made_at <= members.c.since)
    last = sa.select(sa.func.coalesce(sa.func.max(events.c.number), 0)).where(here).scalar_subquery()
    op.execute(sa.update(members).where(members.c.role != "owner").values(joined_after=last))
