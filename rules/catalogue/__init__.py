"""Everything that we know in one file: for a domain expert who reviews it without reading YAML."""

from rules.catalogue.html import write_html
from rules.catalogue.markdown import write_markdown

__all__ = ["write_html", "write_markdown"]
