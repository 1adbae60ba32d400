"""A header or footer of a company's own Word document, made anew from what may stand in it."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

from assessment.sheets.writers.word.lent import (
    FORM,
    FROM_ELSEWHERE,
    LISTS,
    LONGEST,
    NAMESPACES,
    ReferenceDocumentError,
    allowed,
    elements,
    empty,
    hides,
    joined,
    name_of,
    space_of,
)

W, R, MC = NAMESPACES["w"], NAMESPACES["r"], NAMESPACES["mc"]
DRAWN = frozenset(NAMESPACES[one] for one in ("wp", "a", "pic", "wps", "wpg"))
TEXT, OPENED = LISTS["text"], LISTS["opened"]
UNDRAWN = frozenset(("extLst", "hlinkClick", "hlinkHover", "hlinkMouseOver"))
PLACED = frozenset(("posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset"))
NUMBERED = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)(\s+\\\*\s*\w+)*\s*", re.IGNORECASE)
"""The only fields: those that count pages."""


class Strip:
    """The text, tables and pictures of one header or footer, made anew.

    `picture` gives the id of a picture in the new part for its id in the given one, or None where it is left out.
    """

    def __init__(self, hidden: frozenset[str], picture: Callable[[str], str | None]):
        self._hidden, self._picture = hidden, picture
        self._depth, self._code, self._nested = 0, "", False

    def made(self, part: Any) -> Any:
        """The header or footer; at least an empty paragraph, since Word wants one."""
        root = etree.Element(part.tag, nsmap=NAMESPACES)
        root.extend(self._inside(part))
        if not len(root):
            root.append(OxmlElement("w:p"))
        return root

    def _inside(self, element: Any) -> Iterator[Any]:
        for child in elements(element):
            yield from self._kept(child)

    def _kept(self, element: Any) -> Iterator[Any]:
        name = name_of(element)
        if space_of(element) != W:
            return
        if name in OPENED:
            yield from self._inside(element)
        elif name == "r":
            yield from self._run(element)
        elif name == "fldSimple":
            code = element.get(qn("w:instr"), "")
            if (counted := self._field(code)) is not None:
                yield counted
        elif name in FORM:
            yield allowed(element, FORM)
        elif name in TEXT and not (name == "p" and self._unseen(element.find(qn("w:pPr")))):
            made = empty(element)
            made.extend(self._inside(element))
            if name == "tc" and made.find(qn("w:p")) is None:
                made.append(OxmlElement("w:p"))
            yield made

    def _run(self, run: Any) -> Iterator[Any]:
        look = run.find(qn("w:rPr"))
        unseen = self._unseen(look)
        made = self._new_run(look)
        for child in elements(run):
            name = name_of(child) if space_of(child) == W else ""
            if name == "fldChar":
                yield from self._bound(child, look, unseen)
            elif self._depth:
                self._code += (child.text or "") if name == "instrText" else ""
            elif not unseen:
                piece = self._piece(child, name)
                if piece is not None:
                    yield joined(made, piece)
                    made = self._new_run(look)

    def _piece(self, child: Any, name: str) -> Any | None:
        if space_of(child) == MC:
            return self._alternative(child)
        if name == "drawing":
            return self._drawing(child)
        if name in TEXT or name == "tab":
            made = empty(child)
            made.text = child.text if name == "t" else None
            return made
        return None

    def _bound(self, mark: Any, look: Any | None, unseen: bool) -> Iterator[Any]:
        kind = mark.get(qn("w:fldCharType"))
        if kind == "begin":
            self._nested = self._depth > 0
            self._code = self._code if self._depth else ""
            self._depth += 1
        elif kind == "end" and self._depth:
            self._depth -= 1
            counted = None if self._depth else self._field(self._code, look)
            if counted is not None and not unseen and not self._nested:
                yield counted

    def _field(self, code: str, look: Any | None = None) -> Any | None:
        if "INCLUDE" in code.upper():
            raise ReferenceDocumentError(FROM_ELSEWHERE)
        if not NUMBERED.fullmatch(code):
            return None
        made, shown, text = OxmlElement("w:fldSimple"), self._new_run(look), OxmlElement("w:t")
        made.set(qn("w:instr"), " ".join(code.split()))
        text.text = "1"
        made.append(joined(shown, text))
        return made

    def _alternative(self, element: Any) -> Any | None:
        for choice in element.findall(f"{{{MC}}}Choice"):
            drawn = choice.find(qn("w:drawing"))
            needed = str(choice.get("Requires"))
            if drawn is not None and needed in ("wps", "wpg") and (kept := self._drawing(drawn)) is not None:
                made = etree.Element(f"{{{MC}}}AlternateContent", nsmap=NAMESPACES)
                etree.SubElement(made, f"{{{MC}}}Choice", Requires=needed).append(kept)
                return made
        return None

    def _drawing(self, drawing: Any) -> Any | None:
        made = empty(drawing)
        for child in elements(drawing):
            if (kept := self._drawn(child)) is not None:
                made.append(kept)
        shown = [one for one in made.iter() if name_of(one) in ("blip", "wsp", "wgp")]
        return made if shown else None

    def _drawn(self, element: Any) -> Any | None:
        name = name_of(element)
        if space_of(element) not in DRAWN or name in UNDRAWN:
            return None
        if element.get("hidden", "0") not in ("0", "false"):
            return None
        made = etree.Element(element.tag, nsmap=NAMESPACES)
        for key, value in element.attrib.items():
            if not key.startswith("{") and key not in ("descr", "title", "name") and len(value) <= LONGEST:
                made.set(key, value)
        if name in ("docPr", "cNvPr"):
            made.set("name", "")
        if name == "blip":
            link = element.get(f"{{{R}}}link")
            found = self._picture(element.get(f"{{{R}}}embed", "") if link is None else link)
            if found is None:
                return None
            made.set(f"{{{R}}}embed", found)
        if name in PLACED:
            made.text = (element.text or "")[:20]
        for child in elements(element):
            if name == "txbx" and child.tag == qn("w:txbxContent"):
                kept = empty(child)
                kept.extend(self._inside(child))
                if not len(kept):
                    kept.append(OxmlElement("w:p"))
                made.append(kept)
            elif (drawn := self._drawn(child)) is not None:
                made.append(drawn)
        return None if name in ("pic", "blipFill") and not len(made) else made

    def _unseen(self, look: Any | None) -> bool:
        if look is None:
            return False
        styles = [one.get(qn("w:val")) for one in look if name_of(one) in ("rStyle", "pStyle")]
        return hides(look) or any(one in self._hidden for one in styles)

    def _new_run(self, look: Any | None) -> Any:
        made = OxmlElement("w:r")
        return made if look is None else joined(made, allowed(look, FORM))
