"""What the room of a trainer sees, so that the screen there follows the desk in every view."""

import sqlalchemy as sa
from alembic import op

revision = "v7"
down_revision = "v6"


def upgrade() -> None:
    """Add the columns; every group sees the story."""
    op.add_column("training_groups", sa.Column("view", sa.String(10), nullable=False, server_default="story"))
    op.add_column("training_groups", sa.Column("step", sa.Integer, nullable=False, server_default="0"))
    op.add_column("training_groups", sa.Column("about", sa.String(120), nullable=False, server_default=""))
