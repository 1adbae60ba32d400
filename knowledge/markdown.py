"""Text that stays text in Markdown."""

import re


def escaped(text: str) -> str:
    """Text that no reader of Markdown takes for markup, a link, an entity or a formula."""
    text = re.sub(r"([\\`*_\[\]<>|~&$@^{}]|:(?=//)|(?<=www)\.|!(?=\[))", r"\\\1", text)
    return re.sub(r"^(\d*)([-+#=.:)])", r"\1\\\2", text)
