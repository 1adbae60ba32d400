"""The condition language: a closed set of forms, told apart by their keys.

A condition says something about answers and findings. Its one meaning stands in `rules/meaning.py`.
"""

from collections.abc import Iterator
from typing import Annotated, Any, final

from pydantic import Discriminator, Field, Tag

from knowledge.text import Frozen, Id

UNKNOWN = "unknown"
NOT_APPLICABLE = "not-applicable"


@final
class AllOf(Frozen):
    """Holds where every part holds."""

    all: tuple["Condition", ...] = Field(min_length=1)


@final
class AnyOf(Frozen):
    """Holds where at least one part holds."""

    any: tuple["Condition", ...] = Field(min_length=1)


@final
class NoneOf(Frozen):
    """Holds where every part is false; not where a part is merely undetermined."""

    none: tuple["Condition", ...] = Field(min_length=1)


@final
class Is(Frozen):
    """The answer is this option, `unknown` or `not-applicable`."""

    question: Id
    is_: Id = Field(alias="is")

    @property
    def accepted(self) -> tuple[str, ...]:
        return (self.is_,)


@final
class IsOneOf(Frozen):
    """The answer is one of these options; `unknown` and `not-applicable` may stand among them."""

    question: Id
    is_one_of: tuple[Id, ...] = Field(min_length=2)

    @property
    def accepted(self) -> tuple[str, ...]:
        return self.is_one_of


@final
class Includes(Frozen):
    """The answer to a several-choice question holds this option."""

    question: Id
    includes: Id


@final
class AtLeast(Frozen):
    """The answer to a number question is this number or more."""

    question: Id
    at_least: int


@final
class AtMost(Frozen):
    """The answer to a number question is this number or less."""

    question: Id
    at_most: int


@final
class Concluded(Frozen):
    """The rule with this id has concluded its finding."""

    finding: Id


Test = Is | IsOneOf | Includes | AtLeast | AtMost

_FORMS: dict[frozenset[str], str] = {
    frozenset({"all"}): "all",
    frozenset({"any"}): "any",
    frozenset({"none"}): "none",
    frozenset({"finding"}): "finding",
    frozenset({"question", "is"}): "is",
    frozenset({"question", "is_one_of"}): "is_one_of",
    frozenset({"question", "includes"}): "includes",
    frozenset({"question", "at_least"}): "at_least",
    frozenset({"question", "at_most"}): "at_most",
}
FORMS = "all, any, none, finding, or question with is, is_one_of, includes, at_least or at_most"


def _form(value: Any) -> str | None:
    if isinstance(value, Frozen):
        value = value.model_dump(by_alias=True)
    return _FORMS.get(frozenset(value)) if isinstance(value, dict) else None


Condition = Annotated[
    Annotated[AllOf, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[NoneOf, Tag("none")]
    | Annotated[Concluded, Tag("finding")]
    | Annotated[Is, Tag("is")]
    | Annotated[IsOneOf, Tag("is_one_of")]
    | Annotated[Includes, Tag("includes")]
    | Annotated[AtLeast, Tag("at_least")]
    | Annotated[AtMost, Tag("at_most")],
    Discriminator(
        _form,
        custom_error_type="condition_form",
        custom_error_message=f"expected a condition with exactly these keys: {FORMS}",
    ),
]

for _model in (AllOf, AnyOf, NoneOf):
    _model.model_rebuild()


def parts(condition: Condition) -> tuple[Condition, ...]:
    """The conditions directly inside this one; empty for a test or a finding."""
    match condition:
        case AllOf():
            return condition.all
        case AnyOf():
            return condition.any
        case NoneOf():
            return condition.none
        case _:
            return ()


def leaves(condition: Condition) -> Iterator[Test | Concluded]:
    """Every test and finding that the condition mentions, from left to right."""
    inner = parts(condition)
    if not inner:
        yield condition  # type: ignore[misc]
    for part in inner:
        yield from leaves(part)


def questions_in(condition: Condition) -> frozenset[str]:
    """The ids of the questions that the condition tests."""
    return frozenset(leaf.question for leaf in leaves(condition) if not isinstance(leaf, Concluded))


def findings_in(condition: Condition) -> frozenset[str]:
    """The ids of the rules whose findings the condition mentions."""
    return frozenset(leaf.finding for leaf in leaves(condition) if isinstance(leaf, Concluded))
