"""Who a trainer's groups are of, and cases of a trainer's own, which were files that every user could open."""

import sqlalchemy as sa
from alembic import op

revision = "v5"
down_revision = "v4"

TEXTS = (
    ("training_groups", "owner", "varchar(200)"),
    ("own_cases", "owner", "varchar(200)"),
    ("own_cases", "written", "text"),
)
"""What users wrote, and their names, with the type that each column has."""


def upgrade() -> None:
    """Add the owner and the table; groups that nobody is known to own are of whoever works without users."""
    owner = sa.Column("owner", sa.String(200), nullable=False, server_default="local")
    op.add_column("training_groups", owner)
    op.create_index("ix_training_groups_owner", "training_groups", ["owner"])
    op.create_table(
        "own_cases",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner", sa.String(200), nullable=False, index=True),
        sa.Column("written", sa.Text, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        for table, column, kind in TEXTS:
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}, ALTER {column} SET STATISTICS 0")
