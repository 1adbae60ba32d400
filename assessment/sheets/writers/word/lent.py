"""What a company's own Word document lends, each part made anew from the short list of what may stand in it.

What is not on a list does not come along, so that nobody has to know what Word can put into a document.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.oxml.ns import nsmap, qn
from lxml import etree

from knowledge.text import Text
from knowledge.yaml_files import read_file

W, R, XML = nsmap["w"], nsmap["r"], "http://www.w3.org/XML/1998/namespace"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
WPG = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"
NAMESPACES = {"w": W, "r": R, "mc": MC, "wp": nsmap["wp"], "a": nsmap["a"], "pic": nsmap["pic"], "wps": WPS, "wpg": WPG}

LISTS = {
    name: frozenset(names.split()) for name, names in read_file(Path(__file__).with_name("allowed.yaml")).data.items()
}
FORM = LISTS["form"]
STYLES, NUMBERING = FORM | LISTS["styles"], FORM | LISTS["numbering"]
SETTINGS, PAGE = LISTS["settings"], LISTS["page"]
HIDDEN = frozenset(("vanish", "webHidden", "specVanish"))
UNCOLOURED = frozenset(("extLst", "custClrLst"))
LONGEST = 250
"""Characters of an attribute."""

NOT_WORD = Text(
    nl="Het referentiedocument is geen Word-document (.docx of .dotx, zonder macro's) of is beschadigd.",
    en="The reference document is no Word document (.docx or .dotx, without macros) or is damaged.",
)
FROM_ELSEWHERE = Text(
    nl="Het referentiedocument haalt beelden of andere onderdelen van elders; sla het op met alles erin.",
    en="The reference document takes pictures or other parts from elsewhere; save it with everything in it.",
)


class ReferenceDocumentError(ValueError):
    """The reference document cannot be used; `text` says in one sentence why."""

    def __init__(self, text: Text):
        self.text = text
        super().__init__(text.en)


def parser() -> etree.XMLParser:
    """What reads a part: nothing from elsewhere, and no part of extreme depth or length."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def allowed(element: Any, names: frozenset[str]) -> Any:
    """An element of Word's own with only what is named, at every depth."""
    made = empty(element)
    for child in elements(element):
        if space_of(child) == W and name_of(child) in names:
            made.append(allowed(child, names))
    return made


def page(section: Any) -> Any:
    """The page of a section, without its headers and footers."""
    return allowed(section, PAGE)


def theme(given: bytes) -> bytes:
    """Colours and fonts."""
    root = _coloured(etree.fromstring(given, parser()))
    if root is None:
        raise ReferenceDocumentError(NOT_WORD)
    return packed(root)


def _coloured(element: Any) -> Any | None:
    if space_of(element) != NAMESPACES["a"] or name_of(element) in UNCOLOURED:
        return None
    if name_of(element) == "blipFill":  # a picture; the list that it stands in must keep its length
        filled = etree.Element(f"{{{NAMESPACES['a']}}}solidFill")
        etree.SubElement(filled, f"{{{NAMESPACES['a']}}}schemeClr").set("val", "phClr")
        return filled
    made = etree.Element(element.tag, nsmap={"a": NAMESPACES["a"]})
    for key, value in element.attrib.items():
        if not key.startswith("{") and len(value) <= LONGEST:
            made.set(key, "" if key == "name" else value)
    if name_of(element) != "objectDefaults":
        made.extend(kept for child in elements(element) if (kept := _coloured(child)) is not None)
    return made


def packed(root: Any) -> bytes:
    """An element as the content of a part."""
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def hidden_styles(styles: Any) -> frozenset[str]:
    """The ids of the styles in which text is not shown."""
    based: dict[str, str] = {}
    found: set[str] = set()
    for style in styles.findall(qn("w:style")):
        name, base = style.get(qn("w:styleId"), ""), style.find(qn("w:basedOn"))
        if base is not None:
            based[name] = base.get(qn("w:val"), "")
        if hides(style.find(qn("w:rPr"))):
            found.add(name)
    while more := {name for name, base in based.items() if base in found and name not in found}:
        found |= more
    return frozenset(found)


def hides(look: Any | None) -> bool:
    """Whether text that looks like this is not shown."""
    return look is not None and any(
        name_of(one) in HIDDEN and one.get(qn("w:val"), "1") not in ("0", "false", "off") for one in elements(look)
    )


def empty(element: Any) -> Any:
    """The same element with its own attributes of Word, and nothing in it."""
    made = etree.Element(element.tag, nsmap=NAMESPACES)
    for key, value in element.attrib.items():
        space, _, name = key[1:].partition("}")
        if (space == W and not name.startswith("rsid") and len(value) <= LONGEST) or (space, name) == (XML, "space"):
            made.set(key, value)
    return made


def joined(made: Any, *children: Any) -> Any:
    """`made` with these at its end."""
    made.extend(children)
    return made


def elements(element: Any) -> Iterator[Any]:
    """The children that are elements, not comments."""
    return (child for child in element if isinstance(child.tag, str))


def space_of(element: Any) -> str:
    """The namespace of an element."""
    return str(etree.QName(element).namespace)


def name_of(element: Any) -> str:
    """The name of an element within its namespace."""
    return str(etree.QName(element).localname)
