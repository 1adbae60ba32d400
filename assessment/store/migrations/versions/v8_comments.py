"""Comments, the day of the occasion and references to documents: new in the events, in the tables as they are.

The version is another one because programs from before could not read such events, and must say so.
"""

revision = "v8"
down_revision = "v7"


def upgrade() -> None:
    """Change nothing in the tables."""
