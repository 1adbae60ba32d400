"""Users: their roles, invitations, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "v2"
down_revision = "v1"


def upgrade() -> None:
    """Make the three tables and their indexes."""
    op.create_table(
        "members",
        sa.Column("assessment", sa.String(32), sa.ForeignKey("assessments.id"), primary_key=True),
        sa.Column("person", sa.String(200), primary_key=True, index=True),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "invitations",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("assessment", sa.String(32), sa.ForeignKey("assessments.id"), nullable=False, index=True),
        sa.Column("role", sa.String(12), nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("assessment", sa.String(32), nullable=False, index=True),
        sa.Column("moment", sa.DateTime(timezone=True), nullable=False, index=True),
        sa.Column("who", sa.String(200), nullable=False, index=True),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("whom", sa.String(200)),
        sa.Column("about", sa.String(40)),
    )
