"""Text in two languages, identifiers, and the frozen base model of everything in the knowledge base."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")
LOCALES: Mapping[Language, str] = {"nl": "nl_NL", "en": "en_GB"}
"""Whose dates and numbers each language writes."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*$", max_length=120)]


class Amount(int):
    """A number that brings its noun, and whatever else differs: `{count:vraag|vragen}` is '1 vraag' or '2 vragen'."""

    def __format__(self, form: str) -> str:
        one, bar, more = form.partition("|")
        return f"{int(self)} {one if self == 1 else more}" if bar else super().__format__(form)


class Frozen(BaseModel):
    """A value that never changes, refuses fields that it does not know, and tells no error what somebody wrote."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Text(Frozen):
    """One text in Dutch and English; both are required and say the same."""

    nl: Words
    en: Words

    def in_(self, language: Language) -> str:
        """The words in one language."""
        words: str = getattr(self, language)
        return words
