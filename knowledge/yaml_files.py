"""Reads YAML without surprises: words stay words, nothing is repeated, shared, tagged or nested without end.

`yes`, `no`, `on`, `010` and dates are words; only plain decimal numbers, `true`, `false` and `null` are not.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

import yaml
from pydantic import TypeAdapter, ValidationError

from knowledge.damaged import told_as

MAXIMUM_BYTES = 2_000_000
MAXIMUM_DEPTH = 40
MAXIMUM_PARTS = 100_000
"""Words, groups and the ends of groups in one file."""
MOST_PROBLEMS = 100
"""So many mistakes in one file are told; nobody reads more."""
MORE = "… en nog {left} / and {left} more"

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Problem:
    """One mistake in one file: where it stands and what was expected. Lines count from 1; 0 is the whole file."""

    file: str
    line: int
    about: str
    expected: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.about}: {self.expected}" if self.about else f"{place}: {self.expected}"


class ContentError(ValueError):
    """The files are not in order; `problems` holds one entry for each mistake, up to `MOST_PROBLEMS` of them."""

    def __init__(self, problems: Sequence[Problem]):
        left = len(problems) - MOST_PROBLEMS
        more = [Problem(problems[0].file, 0, "", MORE.format(left=left))] if left > 1 else []
        self.problems = (*problems[:MOST_PROBLEMS], *more) if more else tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class _StrictLoader(_Base):  # type: ignore[misc]
    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> Any:
        if kind is yaml.ScalarNode and value[:1] not in self.yaml_implicit_resolvers:
            return self.DEFAULT_SCALAR_TAG  # nearly every word
        return super().resolve(kind, value, implicit)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a list or a group stands as a key", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(
                    problem=f"the key {key.value!r} stands here twice", problem_mark=key.start_mark
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)  # type: ignore[no-any-return]


for _tag, _first, _pattern in (  # the first characters spare nearly every word the patterns
    ("int", "-0123456789", r"^-?(?:0|[1-9][0-9]{0,14})$"),
    ("float", "-0123456789", r"^-?(?:0|[1-9][0-9]{0,14})\.[0-9]{1,15}$"),
    ("bool", "tf", r"^(?:true|false)$"),
    ("null", ("n", "~", ""), r"^(?:null|~|)$"),
):
    _StrictLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_pattern), [*_first])


@dataclass(frozen=True)
class YamlFile:
    """The data of one YAML file and the lines on which its parts stand."""

    name: str
    data: Any
    _root: yaml.Node | None
    _values: dict[int, dict[str, yaml.Node]] = field(default_factory=dict, repr=False, compare=False)

    def line(self, path: Iterable[str | int]) -> int:
        """The line (from 1) of the deepest part of `path` that stands in the file."""
        node = self._root
        for step in path:
            if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
            elif isinstance(node, yaml.MappingNode):
                node = self._values_of(node).get(str(step), node)
        return node.start_mark.line + 1 if node is not None else 0

    def _values_of(self, node: yaml.MappingNode) -> dict[str, yaml.Node]:
        """The values of a mapping by their keys, found once: a file can have a mistake at each of them."""
        if id(node) not in self._values:
            self._values[id(node)] = {key.value: value for key, value in node.value}
        return self._values[id(node)]


def read_text(text: str, name: str) -> YamlFile:
    """Parse YAML.

    Raises:
        ContentError: it is too large, does not parse, repeats a key, or uses anchors, aliases or tags.
    """

    def refuse(line: int, expected: str) -> ContentError:
        return ContentError([Problem(name, line, "", expected)])

    if len(text.encode("utf-8", "replace")) > MAXIMUM_BYTES:
        raise refuse(0, f"expected at most {MAXIMUM_BYTES // 1_000_000} MB of text")
    try:
        with told_as(lambda: refuse(0, "expected a file that is not damaged"), ContentError, yaml.YAMLError):
            _refuse_more_than_plain(text, refuse)
            loader = _StrictLoader(text)
            root = loader.get_single_node()
            return YamlFile(name, loader.construct_document(root) if root is not None else None, root)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refuse(mark.line + 1 if mark else 0, f"expected YAML, but {error.problem or error.context}") from None
    except yaml.YAMLError as error:
        raise refuse(0, "expected YAML text, but " + " ".join(str(error).split())[:200]) from None


def _refuse_more_than_plain(text: str, refuse: Callable[[int, str], ContentError]) -> None:
    depth = 0
    for number, event in enumerate(yaml.parse(text, Loader=_StrictLoader)):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        expected = ""
        if depth > MAXIMUM_DEPTH:
            expected = f"expected at most {MAXIMUM_DEPTH} levels"
        elif number > MAXIMUM_PARTS:
            expected = f"expected at most {MAXIMUM_PARTS:,} words and groups"
        elif isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None) not in (None, "!")):
            expected = "expected plain YAML without anchors, aliases or tags"
        if expected:
            raise refuse(event.start_mark.line + 1 if event.start_mark else 0, expected)


def read_file(path: Path, name: str | None = None) -> YamlFile:
    """Parse the YAML file at `path`; `name` is what messages call it. Raises ContentError as `read_text` does."""
    name = name or str(path)
    try:
        if path.stat().st_size > MAXIMUM_BYTES:
            raise ContentError([Problem(name, 0, "", f"expected at most {MAXIMUM_BYTES // 1_000_000} MB of text")])
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError([Problem(name, 0, "", f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, 0, "", f"expected text in UTF-8, but byte {error.start} is not")]) from None
    return read_text(text, name)


def parse(document: YamlFile, shape: Any) -> Any:
    """The document as `shape` (a pydantic type).

    Raises:
        ContentError: one problem for each field that is missing, unknown or wrong, with its line and the item's id.
    """
    damaged = Problem(document.name, 0, "", "expected a file that is not damaged")
    try:
        with told_as(lambda: ContentError([damaged]), ValidationError):
            return _shaped(shape).validate_python(document.data)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise ContentError([_problem(document, dict(one)) for one in found]) from None


@cache
def _shaped(shape: Any) -> TypeAdapter[Any]:
    return TypeAdapter(shape)


def _problem(document: YamlFile, found: dict[str, Any]) -> Problem:
    path = found["loc"]
    owner, here = "", document.data
    for step in path:
        here = _inside(here, step)
        if isinstance(here, dict):
            owner = str(here.get("id") or here.get("card") or owner)
    keys = [str(step) for step in path if isinstance(step, str)]
    field = keys[-1] if keys else ""
    expected = {
        "missing": "expected this field, it is missing",
        "extra_forbidden": "expected no such field",
    }.get(found["type"], "expected: " + found["msg"].removeprefix("Value error, ").removeprefix("expected "))
    return Problem(document.name, document.line(path), ": ".join(part for part in (owner, field) if part), expected)


def _inside(value: Any, step: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(step, value)
    if isinstance(value, list) and isinstance(step, int) and step < len(value):
        return value[step]
    return value
