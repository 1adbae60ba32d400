"""What changed in rules and content between two versions, for CHANGELOG.md: a changed rule is a changed interface.

Each version is read as plain YAML, so that an earlier one need not fit the shapes of now.
"""

import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from knowledge.yaml_files import read_text

PROGRAM = Path(__file__).parent.parent
_FOLDERS = {
    "rules/base/": "rule",
    "knowledge/content/questions/": "question",
    "knowledge/content/lessons/": "lesson",
    "knowledge/content/acts/": "act",
}
_PARTS = {"lesson": "lessons", "act": "acts"}
"""Within which key the items of a card or of a list of acts stand."""
Items = Mapping[tuple[str, str], Mapping[str, Any]]
"""By kind and id."""


class NoContentError(ValueError):
    """The folder or file holds no rules."""


def contents(place: Path) -> Items:
    """The rules, questions, lessons and acts in a checkout, an installed version, or a wheel or zip of one.

    Raises:
        NoContentError: no rules are there.
        ContentError: a file does not parse.
    """
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    for name, text in _files(place):
        kind = next(kind for folder, kind in _FOLDERS.items() if folder in name)
        data = read_text(text, name).data or ()
        for group in [data] if isinstance(data, dict) else data:
            for one in group.get(_PARTS.get(kind, ""), [group]):
                found[kind, str(one["id"])] = one
    if not any(kind == "rule" for kind, _ in found):
        raise NoContentError(f"{place}: hier staan geen regels / no rules are here (rules/base/*.yaml)")
    return found


def _files(place: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of each file with rules or content."""
    if place.is_dir():
        for folder in _FOLDERS:
            for path in sorted((place / folder).rglob("*.yaml")):
                yield path.relative_to(place).as_posix(), path.read_text(encoding="utf-8")
        return
    try:
        with zipfile.ZipFile(place) as archive:
            for name in sorted(archive.namelist()):
                if name.endswith(".yaml") and any(folder in name for folder in _FOLDERS):
                    yield name, archive.read(name).decode()
    except (OSError, zipfile.BadZipFile) as error:
        raise NoContentError(f"{place}: kan niet worden gelezen / cannot be read: {error}") from None


def differences(former: Items, present: Items) -> Iterator[str]:
    """A line of Markdown for each item that came, went or changed, with the fields that changed."""
    for kind, item in sorted({*former, *present}):
        before, now = former.get((kind, item)), present.get((kind, item))
        if before is None:
            yield f"- new {kind} `{item}`"
        elif now is None:
            yield f"- removed {kind} `{item}`"
        elif before != now:
            fields = [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]
            yield f"- changed {kind} `{item}`: {', '.join(fields)}"
