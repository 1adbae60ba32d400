"""What a list shows, kept beside each assessment; and when it was deleted, as long as that can be undone."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "v4"
down_revision = "v3"

TEXTS = (
    ("assessments", "title", "varchar(200)"),
    ("assessments", "sought", "text"),
    ("assessments", "deleted_by", "varchar(200)"),
    ("events", "made_by", "varchar(200)"),
    ("events", "question", "varchar(120)"),
    ("events", "value", "json"),
    ("members", "person", "varchar(200)"),
    ("invitations", "made_by", "varchar(200)"),
    ("audit", "who", "varchar(200)"),
    ("audit", "whom", "varchar(200)"),
)
"""What users wrote, and their names, with the type that each column has."""

assessments = sa.table(
    "assessments", *map(sa.column, ("id", "title", "sought")), sa.column("answered"), sa.column("updated")
)
events = sa.table(
    "events", *map(sa.column, ("assessment", "number", "kind", "question", "made_at")), sa.column("value", sa.JSON)
)


def upgrade() -> None:
    """Add the columns, fill them from the events, and let PostgreSQL keep no samples of what users wrote."""
    op.add_column("assessments", sa.Column("title", sa.String(200), nullable=False, server_default=""))
    op.add_column("assessments", sa.Column("sought", sa.Text, nullable=False, server_default=""))
    op.add_column("assessments", sa.Column("answered", sa.Integer, nullable=False, server_default="0"))
    updated = sa.Column("updated", sa.DateTime(timezone=True), nullable=False, server_default="1970-01-01")
    op.add_column("assessments", updated)
    op.add_column("assessments", sa.Column("deleted_at", sa.DateTime(timezone=True)))
    op.add_column("assessments", sa.Column("deleted_by", sa.String(200)))
    op.create_index("ix_assessments_newest", "assessments", ["deleted_at", "updated"])
    _fill(op.get_bind())
    if op.get_bind().dialect.name == "postgresql":
        for table, column, kind in TEXTS:
            # Giving it the type that it has forgets the samples that there are.
            op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} TYPE {kind}, ALTER {column} SET STATISTICS 0")


def _fill(connection: sa.Connection) -> None:
    changed = events.c.kind != "advice"
    newest = sa.select(sa.func.max(events.c.made_at)).where(events.c.assessment == assessments.c.id, changed)
    connection.execute(sa.update(assessments).values(updated=newest.scalar_subquery()))
    last = (
        sa.select(events.c.assessment, sa.func.max(events.c.number).label("number"))
        .where(events.c.kind.in_(("title", "answer")))
        .group_by(events.c.assessment, events.c.kind, events.c.question)
        .subquery()
    )
    here = (events.c.assessment == last.c.assessment) & (events.c.number == last.c.number)
    query = sa.select(events.c.assessment, events.c.kind, events.c.value).join(last, here)
    titles: dict[str, str] = {}
    answered: dict[str, int] = {}
    for row in connection.execute(query):
        if row.kind == "title":
            titles[row.assessment] = row.value or ""
        elif row.value is not None:
            answered[row.assessment] = answered.get(row.assessment, 0) + 1
    for name, title in titles.items():
        plain = unicodedata.normalize("NFKD", title.casefold())
        sought = "".join(one for one in plain if not unicodedata.combining(one))
        values = {"title": title, "sought": sought, "answered": answered.get(name, 0)}
        connection.execute(sa.update(assessments).where(assessments.c.id == name).values(**values))
