"""The whole advice as one JSON file: answers, advice and plan, read back without loss; its schema is published."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Literal, TypeVar

from pydantic import ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from assessment.model import Advice, Assessment
from assessment.plan import Decision, Plan
from knowledge.text import Frozen, Id, Text

MAXIMUM_BYTES = 5_000_000
SCHEMA = Path(__file__).parent / "advice.schema.json"
SCHEMA_ID = "urn:dialoogwijzer:advice:2"


File = TypeVar("File", "AdviceFile", "EarlierAdvice")


class AdviceFileError(ValueError):
    """The text is no advice file; `text` says in one line what was expected."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)


class EarlierAdvice(Frozen):
    """An advice of version 1, of which only what was answered and noted can still be used."""

    model_config = ConfigDict(extra="ignore")

    version: Literal[1]
    assessment: Assessment


class AdviceFile(Frozen):
    """One assessment, the advice on it and what was decided. `version` changes when older readers would fail."""

    model_config = ConfigDict(title="Dialoogwijzer advice")

    format: Literal["dialoogwijzer-advice"] = "dialoogwijzer-advice"
    version: Literal[2] = 2
    assessment: Assessment
    advice: Advice
    plan: Plan
    case: Id | None = None

    @property
    def decisions(self) -> dict[str, Decision]:
        """What was decided, by the key of the action; a mere proposal is no decision."""
        return {one.key: one.decision for one in self.plan.actions if one.decision != Decision(task=one.task)}

    @property
    def lapsed(self) -> dict[str, date]:
        """Since when advice is no longer given, by the key of the action."""
        return {one.key: one.not_advised_since for one in self.plan.actions if one.not_advised_since is not None}


def write(file: AdviceFile) -> bytes:
    """The file in UTF-8."""
    return (file.model_dump_json(indent=2) + "\n").encode()


def is_advice_file(text: str) -> bool:
    """Whether a text means to be such a file, rather than an answer file."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and '"dialoogwijzer-advice"' in text[:2000]


def parse(text: str) -> AdviceFile:
    """The file in a text.

    Raises:
        AdviceFileError: it is too large, no JSON, of another version, or does not fit the schema.
    """
    return _parsed(text, AdviceFile)


def parse_earlier(text: str) -> EarlierAdvice | None:
    """The file in a text, where it is of version 1; None where it is something else."""
    try:
        return _parsed(text, EarlierAdvice)
    except AdviceFileError:
        return None


def _parsed(text: str, form: type[File]) -> File:
    if len(text) > MAXIMUM_BYTES:
        most = MAXIMUM_BYTES // 1_000_000
        raise AdviceFileError(Text(nl=f"verwacht: hooguit {most} MB tekst", en=f"expected: at most {most} MB of text"))
    try:
        return form.model_validate_json(text.lstrip("\ufeff"))
    except ValidationError as error:
        raise AdviceFileError(_problem(error.errors(include_url=False, include_input=False)[0])) from None
    except RecursionError:
        raise AdviceFileError(Text(nl="verwacht: minder niveaus", en="expected: fewer levels")) from None


def _problem(first: ErrorDetails) -> Text:
    """What was expected, at the place of the first mistake."""
    place = ".".join(map(str, first["loc"]))[:120]
    match first["type"]:
        case "json_invalid":
            return Text(nl="verwacht: een heel JSON-bestand", en="expected: a whole JSON file")
        case "missing":
            return Text(nl=f"{place}: dit ontbreekt", en=f"{place}: this is missing")
        case "extra_forbidden":
            return Text(nl=f"{place}: dit hoort hier niet", en=f"{place}: this does not belong here")
    return Text(
        nl=f"{place}: verwacht: een waarde als in `dialoogwijzer schema`",
        en=f"{place}: expected: a value as in `dialoogwijzer schema`",
    )


def schema() -> dict[str, Any]:
    """The JSON Schema of the file (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **AdviceFile.model_json_schema(),
    }


def schema_text() -> str:
    """The schema as it is published."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
