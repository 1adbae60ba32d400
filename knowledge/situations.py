"""The short test before and after a course: situations, each with what one could do and which of it is right."""

from pydantic import Field

from knowledge.model import Citation, Vote
from knowledge.text import Text


class Situation(Vote):
    """A situation as it is told, the question to it, and the choices; `sources` are what the right one rests on."""

    told: Text
    sources: tuple[Citation, ...] = Field(min_length=1)
