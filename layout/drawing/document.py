"""An SVG file as an element tree, once it is known to be one and to ask for nothing but ink.

In: a path. Out: lxml's root element. Nothing is fetched or expanded: entities, style sheets in
other files and scripts are refused, as is what could eat memory. The limits leave room for the
largest honest advertisement and keep the worst file below half a gigabyte.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
MOST_BYTES = 8_000_000
_ACTIVE = {
    "script": "a script",
    "foreignObject": "foreign content (foreignObject)",
    "animate": "an animation", "animateTransform": "an animation", "set": "an animation",
    "animateMotion": "an animation", "animateColor": "an animation", "discard": "an animation",
}  # fmt: skip
AS_PDF = "export it as PDF"


class Undrawable(Exception):  # noqa: N818 – a file, not an error of ours
    """What is in the way of a drawing, with its line, and what would be right."""

    def __init__(self, said: str, hint: str, line: int | None = None) -> None:
        self.message = f"line {line}: {said}" if line else said
        self.hint = hint
        super().__init__(self.message)


def document(file: Path) -> Any:
    """The root element of an SVG file."""
    try:
        if file.stat().st_size > MOST_BYTES:
            said = f"is larger than {MOST_BYTES // 1_000_000} MB"
            raise Undrawable(said, "simplify its paths, or export it as PDF")
        data = file.read_bytes()
    except OSError as fault:
        raise Undrawable(f"cannot be opened: {fault.strerror}", "export it again") from fault
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        said = f"is no SVG drawing: {fault.msg}"
        raise Undrawable(said, "save it as plain SVG, or as PDF") from fault
    _check(root)
    return root


def _check(root: Any) -> None:
    tree = root.getroottree()
    dtd = tree.docinfo.internalDTD
    # a DOCTYPE that only names the public DTD is never looked up; declarations are another matter
    if dtd is not None and (any(True for _ in dtd.iterentities()) or any(True for _ in dtd)):
        raise Undrawable("declares entities (DOCTYPE)", "save it as plain SVG, without a DTD")
    if root.tag != f"{{{SVG}}}svg":
        raise Undrawable("is no SVG drawing: its root is not svg", "save it as plain SVG")
    if tree.xpath("//processing-instruction('xml-stylesheet')"):
        raise Undrawable("takes styles from another file", "write them into the drawing")
    etree.strip_elements(root, etree.PI, with_tail=False)
    for element in root.iter(f"{{{SVG}}}*"):
        name = local(element)
        if name in _ACTIVE:
            raise Undrawable(f"{_ACTIVE[name]} in it", AS_PDF, element.sourceline)
        if any(key.startswith("on") for key in element.keys()):  # noqa: SIM118 – lxml's
            raise Undrawable("a script in it", AS_PDF, element.sourceline)


def local(element: Any) -> str:
    """An SVG element's name without its namespace; of another namespace, nothing."""
    space, _, name = str(element.tag).rpartition("}")
    return name if space == f"{{{SVG}" else ""


def reference(element: Any) -> str | None:
    """The id an element's href names; what lies outside the file is refused."""
    given = element.get("href", element.get(f"{{{XLINK}}}href"))
    if given is None:
        return None
    given = given.strip()
    if not given.startswith("#") or len(given) == 1:
        said = f"{local(element)} takes {given[:40] or 'nothing'} from outside the file"
        raise Undrawable(said, "put it into the drawing", element.sourceline)
    return str(given[1:])
