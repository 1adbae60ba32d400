"""Every fixed word of the screen is used somewhere."""

import re
from pathlib import Path

import ui
from ui.words import labels

ROOT = Path(ui.__file__).parents[1]
SCREEN, CODE = (
    "\n".join(file.read_text("utf-8") for room in rooms for file in sorted((ROOT / room).rglob("*.py")))
    for rooms in (("ui",), ("ui", "assessment", "knowledge", "rules"))
)
BUILT = re.compile(r"""f["']([a-z_]+\.(?:[a-z_]+_)?)\{[^{}]*\}([a-z_]*)["']""")
"""A key of which the code writes the beginning and the end; what stands between is a word of its own in the code."""


def test_no_word_is_there_that_nothing_uses() -> None:
    written = set(re.findall(r"""["']([a-z_]+\.[a-z_-]+)["']""", SCREEN))
    said = set(re.findall(r"""["']([a-z_-]+)["']""", CODE)) | set(re.findall(r"\b([a-z_]+): ", CODE)) | {"0", "1"}
    said |= {one for each in said for one in (each.replace("-", "_"), each.partition("-")[0])}
    keys = labels().keys()
    for begin, end in set(BUILT.findall(SCREEN)):
        written |= {one for one in keys if one.startswith(begin) and one.endswith(end)
                    and one[len(begin) : len(one) - len(end)] in said}  # fmt: skip
    assert [one for one in keys if one not in written] == []
