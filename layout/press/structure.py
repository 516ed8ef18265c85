"""What the page's marks mean: logical structure beside the drawing (ISO 32000-1 14.6–14.8).

In: the sheet's items in drawing order, with the tags make-up gave their lines. Out: the operators
that mark content, and the structure tree as PDF objects – a document of articles, each story's
head, paragraphs, pictures and tables in reading order. Furniture and rules are artifacts.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from layout.geometry import Box
from layout.press.objects import PAGE, Name, Object, Value, text_string
from layout.sheet.items import Artwork, Group, Item, Outline, Picture, Tag, TextLine, VerticalLine

# What the standard has no name for, and what a reader without our names takes it for (14.8.4).
ROLES = {"Kicker": "P", "Deck": "P", "Masthead": "Sect", "Banner": "Sect", "Advertisement": "Sect"}
_FRAMES = {"story": "Art", "masthead": "Masthead", "banner": "Banner", "ad": "Advertisement"}
_LINES = {
    "kicker": "Kicker", "headline": "H1", "deck": "Deck", "subhead": "H2", "caption": "Caption",
}  # fmt: skip
# Groups nobody reads as copy, with the kind of artifact they are (14.8.2.2).
_ARTIFACTS = {
    "folio": "/Type /Pagination /Subtype /Header",
    "separation": "/Type /Layout",
    "marks": "/Type /Page",
}
_LAYOUT = "/Type /Layout"  # rules, tints, dots under letters
_ROW_KINDS = {"header": "TH", "cell": "TD"}


class Element:
    """A node of the tree; its kids are other nodes and numbers of marked content."""

    def __init__(self, kind: str, **entries: Value) -> None:
        self.kind, self.entries = kind, entries
        self.kids: list[Element | int] = []

    def add(self, kid: Element) -> Element:
        """The kid, put behind the others."""
        self.kids.append(kid)
        return kid

    def __repr__(self) -> str:
        return f"{self.kind}{self.entries}{self.kids}"


_Mark: TypeAlias = "Element | str | None"  # an element, the kind of an artifact, nothing


class Structure:
    """The tree of one page, grown while the page is drawn."""

    def __init__(self, height: float, origin: tuple[float, float]) -> None:
        self.document = Element("Document")
        self._owners: list[Element] = []  # by number of marked content
        self._frame = self.document
        self._artifact = ""
        self._last: dict[str, Element] = {}  # the frame's last element of each kind
        self._place: tuple[int, int] = (-1, -1)  # row and column of the last cell
        self._open: _Mark = None
        self._height, self._origin = height, origin

    def enter(self, group: Group) -> None:
        """A frame of the page begins; parts of a frame belong to it."""
        self._artifact = _ARTIFACTS.get(group.kind, "")
        if self._artifact:
            return
        title: dict[str, Value] = {"T": group.label} if group.label else {}
        self._frame = self.document.add(Element(_FRAMES.get(group.kind, "Sect"), **title))
        self._last = {}

    def before(self, item: Item, dx: float, dy: float, text: str = "") -> Sequence[str]:
        """Operators that mark what is drawn next; one mark lasts until another is due.

        What stands for other `text` has a mark of its own, not one inside another: poppler's
        reading of the tree loses what follows an inner mark.
        """
        mark = self._artifact or self._mark(item, dx, dy)
        if mark == self._open and not text:
            return ()
        ended, self._open = self.end(), mark
        if not isinstance(mark, Element):
            return (*ended, f"/Artifact <<{mark}>> BDC")
        number = len(self._owners)
        self._owners.append(mark)
        mark.kids.append(number)
        actual = f" /ActualText {text_string(text)}" if text else ""
        kind = "Span" if text else mark.kind
        return (*ended, f"/{kind} <</MCID {number}{actual}>> BDC")

    def end(self) -> Sequence[str]:
        """The end of what is marked, if anything is."""
        ended, self._open = () if self._open is None else ("EMC",), None
        return ended

    def tree(self) -> Object:
        """The tree's root, with the way back from marked content to its elements (14.7.4.4)."""
        made: dict[int, Object] = {}
        root: dict[str, Value] = {"Type": Name("StructTreeRoot")}
        tree = Object(root)
        root["K"] = [_object(self.document, tree, made)]
        parents: list[Value] = [made[id(owner)] for owner in self._owners]
        root["ParentTree"] = Object({"Nums": [0, parents]})
        root["ParentTreeNextKey"] = 1
        root["RoleMap"] = {ours: Name(theirs) for ours, theirs in ROLES.items()}
        return tree

    # --- which element an item belongs to ---

    def _mark(self, item: Item, dx: float, dy: float) -> Element | str:
        if isinstance(item, (TextLine, VerticalLine)):
            return self._line(item.tag)
        match item:
            case Picture() | Artwork():
                return self._figure(item.alt, item.box.moved(dx, dy))
            case Outline() if item.alt:
                return self._figure(item.alt, item.extent.moved(dx, dy))
            case _:
                return _LAYOUT

    def _line(self, tag: Tag | None) -> Element:
        if tag is None:
            return self._frame.add(Element("P"))
        if tag.kind in _ROW_KINDS:
            return self._cell(tag)
        if tag.opens or tag.kind not in self._last:
            parent = self._frame
            if tag.kind == "caption":
                parent = self._last.get("figure", parent)
            self._last[tag.kind] = parent.add(Element(_LINES.get(tag.kind, "P")))
        return self._last[tag.kind]

    def _cell(self, tag: Tag) -> Element:
        """Of the last table, or of a new one when its rows begin again; gaps are empty cells."""
        if not tag.opens and "cell" in self._last:
            return self._last["cell"]
        if "table" not in self._last or (tag.row, tag.column) <= self._place:
            self._last["table"] = self._frame.add(Element("Table"))
            self._last.pop("row", None)
        if "row" not in self._last or tag.row != self._place[0]:
            self._last["row"] = self._last["table"].add(Element("TR"))
        row, kind = self._last["row"], _ROW_KINDS[tag.kind]
        scope: dict[str, Value] = {"O": Name("Table"), "Scope": Name("Column")}
        entries: dict[str, Value] = {"A": scope} if kind == "TH" else {}
        while len(row.kids) <= tag.column:
            self._last["cell"] = row.add(Element(kind, **entries))
        self._place = (tag.row, tag.column)
        return self._last["cell"]

    def _figure(self, alt: str, box: Box) -> Element:
        left, bottom = self._origin
        corners: list[Value] = [
            left + box.x, bottom + self._height - box.bottom,
            left + box.right, bottom + self._height - box.y,
        ]  # fmt: skip
        place: dict[str, Value] = {
            "O": Name("Layout"), "Placement": Name("Block"), "BBox": corners,
        }  # fmt: skip
        entries: dict[str, Value] = {"Alt": alt} if alt else {}
        self._last["figure"] = self._frame.add(Element("Figure", **entries, A=place))
        return self._last["figure"]


def _even(table: Element) -> None:
    """Rows of a table that end in gaps get their empty cells: all are as wide as the widest."""
    rows = [row for row in table.kids if isinstance(row, Element)]
    widest = max(len(row.kids) for row in rows)
    for row in rows:
        row.kids += [Element("TD") for _ in range(widest - len(row.kids))]


def _object(element: Element, parent: Object, made: dict[int, Object]) -> Object:
    """The element and all below it; page and type are left out where they go without saying."""
    if element.kind == "Table":
        _even(element)
    entries: dict[str, Value] = {"S": Name(element.kind), "P": parent, **element.entries}
    made[id(element)] = thing = Object(entries)
    if int in map(type, element.kids):
        entries["Pg"] = PAGE
    kids: list[Value] = [
        kid if isinstance(kid, int) else _object(kid, thing, made) for kid in element.kids
    ]
    if kids:
        entries["K"] = kids[0] if len(kids) == 1 else kids
    return thing
