"""Assessments and their events."""

import sqlalchemy as sa
from alembic import op

revision = "v1"
down_revision = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("from_case", sa.String(120)),
        sa.Column("began_with", sa.Integer, nullable=False),
    )
    op.create_table(
        "events",
        sa.Column("assessment", sa.String(32), sa.ForeignKey("assessments.id"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("question", sa.String(120)),
        sa.Column("value", sa.JSON),
        sa.Column("knowledge_version", sa.String(100), nullable=False),
        sa.Column("undoes", sa.Integer),
    )
