"""Groups of a trainer, and the totals of their votes."""

import sqlalchemy as sa
from alembic import op

revision = "v3"
down_revision = "v2"


def upgrade() -> None:
    """Make the four tables."""
    op.create_table(
        "training_groups",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(6), nullable=False, unique=True),
        sa.Column("case_id", sa.String(120), nullable=False),
        sa.Column("began", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
    )
    op.create_table(
        "training_votes",
        sa.Column("group_id", sa.String(32), sa.ForeignKey("training_groups.id"), primary_key=True),
        sa.Column("vote", sa.String(120), primary_key=True),
        sa.Column("state", sa.String(10), nullable=False),
    )
    op.create_table(
        "training_totals",
        sa.Column("group_id", sa.String(32), sa.ForeignKey("training_groups.id"), primary_key=True),
        sa.Column("vote", sa.String(120), primary_key=True),
        sa.Column("choice", sa.String(120), primary_key=True),
        sa.Column("way", sa.String(5), primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
    )
    op.create_table(
        "training_voters",
        sa.Column("group_id", sa.String(32), sa.ForeignKey("training_groups.id"), primary_key=True),
        sa.Column("vote", sa.String(120), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
    )
