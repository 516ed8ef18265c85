"""Two sheets → what changed, by story and line, in an editor's words.

A frame is compared with the frame of its name, so a story that moves is moved and not new. Copy is
compared joined, so a line that breaks elsewhere is rewrapped and not edited; what a change of copy
does to the lines after it is told with that change. Another font file is one change: lines that
only draw other glyphs or break elsewhere because of it are not listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

import msgspec

from layout.geometry import Box
from layout.sheet.letters import Edit, edits, joined, within
from layout.sheet.record import Entry, Frame, Record
from layout.units import MM


class Kind(Enum):
    """What kind of change, in editors' words; the worst first."""

    ADDED = "added"
    REMOVED = "removed"
    TEXT = "text changed"
    PICTURE = "picture changed"
    CROP = "crop changed"
    SIZE = "size changed"
    MOVED = "moved"
    SHAPE = "shape changed"
    REWRAPPED = "rewrapped"
    TRACKING = "tracking changed"
    FURNITURE = "furniture changed"
    FACE = "face changed"
    GRID = "page measures changed"
    INK = "only ink"


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One change: kind, where (story, part, line), what stood and stands there, one sentence."""

    kind: Kind
    page: str
    story: str
    said: str
    part: str = ""
    line: int | None = None
    before: str = ""
    after: str = ""
    box_before: Box | None = None
    box_after: Box | None = None
    spot: Box | None = None  # of the characters put in, or where some were taken out

    @property
    def where(self) -> str:
        """`leg 2 line 7`, empty for the whole frame."""
        return " ".join(x for x in (self.part, f"line {self.line}" if self.line else "") if x)

    def __str__(self) -> str:
        place = f" {self.where}:" if self.where else ""
        return f"{self.story or 'page'}: {self.kind.value}:{place} {self.said}"


def diff(before: Sequence[Record], after: Sequence[Record]) -> list[Change]:
    """All changes between two issues' pages, page by page, frame by frame."""
    old, new = ({page.page: page for page in pages} for pages in (before, after))
    changes: list[Change] = []
    wanderers = _wanderers(old, new)
    for page in dict.fromkeys([*old, *new]):
        if page not in new:
            changes.append(Change(kind=Kind.REMOVED, page=page, story="", said="page taken out"))
        elif page not in old:
            changes.append(Change(kind=Kind.ADDED, page=page, story="", said="page added"))
        else:
            changes += _page(old[page], new[page], wanderers)
    return changes


_REARRANGED = (Kind.ADDED, Kind.REMOVED, Kind.MOVED, Kind.SHAPE)
Key = tuple[str, str, int]
Wanderers = dict[tuple[str, Key], tuple[Record, Frame]]


def _keyed(page: Record) -> dict[Key, Frame]:
    """Frames by kind, name and which of that name."""
    found: dict[Key, Frame] = {}
    for frame in page.frames:
        turn = sum(key[:2] == (frame.kind, frame.name) for key in found)
        found[frame.kind, frame.name, turn] = frame
    return found


def _wanderers(old: dict[str, Record], new: dict[str, Record]) -> Wanderers:
    """Frames that stand on another page now: (new page, key) → old page and frame."""
    gone: dict[Key, tuple[Record, Frame]] = {}
    come: list[tuple[str, Key]] = []
    for page in {*old} | {*new}:
        a, b = (_keyed(side[page]) if page in side else {} for side in (old, new))
        gone |= {key: (old[page], frame) for key, frame in a.items() if key not in b}
        come += [(page, key) for key in b if key not in a]
    return {(page, key): gone[key] for page, key in come if key in gone}


def _page(old: Record, new: Record, wanderers: Wanderers) -> Iterator[Change]:
    page = new.page
    if (old.measures, old.origin) != (new.measures, new.origin):
        before, after = (
            r.measures + (f" · at {r.origin[0]:.2f} {r.origin[1]:.2f}" if r.origin else "")
            for r in (old, new)
        )
        yield Change(
            kind=Kind.GRID, page=page, story="", said=f"{before} → {after}", before=before,
            after=after,
        )  # fmt: skip
    faces = [role for role, face in new.faces.items() if old.faces.get(role, face) != face]
    for role in faces:
        was, now = old.faces[role], new.faces[role]
        yield Change(
            kind=Kind.FACE, page=page, story="", said=f"{role}: {was} → {now}", before=was,
            after=now,
        )  # fmt: skip
    yield from _frames(old, new, wanderers, bool(faces))


def _frames(old: Record, new: Record, wanderers: Wanderers, other_face: bool) -> Iterator[Change]:
    """Of all frames; the rules between stories follow from these and come last, if alone."""
    page, found = new.page, list[Change]()
    a, b = _keyed(old), _keyed(new)
    left = {id(frame) for _, frame in wanderers.values()}
    for key, frame in a.items():
        if key not in b and id(frame) not in left and frame.kind != "separation":
            found.append(_whole(Kind.REMOVED, page, frame, "taken out"))
    for key, frame in b.items():
        if key in a:
            pair = _Pair(old, new, a[key], frame, other_face)
            if frame.kind != "separation" or not any(c.kind in _REARRANGED for c in found):
                found += _frame(pair)
        elif (page, key) in wanderers:
            found += _frame(_Pair(wanderers[page, key][0], new, wanderers[page, key][1], frame,
                                  other_face))  # fmt: skip
        elif frame.kind != "separation":
            found.append(_whole(Kind.ADDED, page, frame, "new on this page"))
    yield from found


def _whole(kind: Kind, page: str, frame: Frame, said: str) -> Change:
    text = joined([e.text for e in frame.entries if e.kind == "line"]).text
    before, after = (text, "") if kind is Kind.REMOVED else ("", text)
    return Change(
        kind=kind, page=page, story=frame.name, said=f"{frame.kind} {said}", before=before,
        after=after, box_before=frame.box if before else None,
        box_after=frame.box if after else None,
    )  # fmt: skip


class _Pair(msgspec.Struct, frozen=True):
    """A frame before and after, on its pages; `other_face` when a face's file changed."""

    old_page: Record
    new_page: Record
    old: Frame
    new: Frame
    other_face: bool

    def change(self, kind: Kind, said: str, part: str = "", line: int | None = None,
               before: Entry | None = None, after: Entry | None = None,
               texts: tuple[str, str] = ("", "")) -> Change:  # fmt: skip
        """A change of this frame; without entries its boxes are the frame's."""
        there = (after and after.box) or self.new.box
        here = there if self.old.cells == self.new.cells else self.old.box  # a text has no boxes
        boxes = (before and before.box) or here, there
        return Change(
            kind=kind, page=self.new_page.page, story=self.new.name, said=said, part=part,
            line=line, before=texts[0], after=texts[1], box_before=boxes[0], box_after=boxes[1],
        )  # fmt: skip


def _frame(pair: _Pair) -> Iterator[Change]:
    stands = list(_standing(pair))
    yield from stands
    reshaped = any(change.kind is Kind.SHAPE for change in stands)
    edited = False
    for part in dict.fromkeys(_flow(e) for f in (pair.old, pair.new) for e in f.entries):
        a, b = (
            [e for e in f.entries if e.kind == "line" and _flow(e) == part]
            for f in (pair.old, pair.new)
        )
        found = list(_lines(pair, a, b, reshaped))
        edited = edited or any(change.kind in (Kind.TEXT, Kind.SIZE) for change in found)
        yield from found
    settled = bool(stands) or edited
    yield from _pictures(pair, settled)
    yield from _ornaments(pair, settled)


def _flow(entry: Entry) -> str:
    """The text a line belongs to: all legs are one."""
    return "text" if entry.part.startswith("leg ") or "/leg " in entry.part else entry.part


def _standing(pair: _Pair) -> Iterator[Change]:
    """Moved to another page or cell, or of another shape."""
    old, new = pair.old.cells, pair.new.cells
    if pair.old_page.page != pair.new_page.page:
        yield pair.change(Kind.MOVED, f"from page {pair.old_page.page} to {pair.new_page.page}")
    if old == new or not old or not new:
        return
    sizes = [(c[1] - c[0], c[3] - c[2]) for c in (old, new)]
    here, there = _cells(old), _cells(new)
    if sizes[0] == sizes[1]:
        columns, lines = new[0] - old[0], new[2] - old[2]
        across, down = columns * pair.new_page.pitch[0] / MM, lines * pair.new_page.pitch[1] / MM
        steps = [
            *([f"{_many(columns, 'column')} {'right' if columns > 0 else 'left'}"] * bool(columns)),
            *([f"{_many(lines, 'line')} {'down' if lines > 0 else 'up'}"] * bool(lines)),
        ]
        said = f"{' and '.join(steps)} ({across:+.1f} mm, {down:+.1f} mm)"
        yield pair.change(Kind.MOVED, said, texts=(here, there))
    else:
        yield pair.change(Kind.SHAPE, f"{here} → {there}", texts=(here, there))


def _cells(cells: tuple[int, int, int, int]) -> str:
    left, right, top, foot = cells
    return f"columns {left}-{right} lines {top}-{foot}"


def _many(number: int, what: str) -> str:
    return f"{abs(number)} {what}{'s' if abs(number) != 1 else ''}"


def _lines(pair: _Pair, a: list[Entry], b: list[Entry], reshaped: bool) -> Iterator[Change]:
    """Of one text: edits, or how the same copy is set otherwise."""
    one, other = joined([e.text for e in a]), joined([e.text for e in b])
    if one.text != other.text:
        found = edits(one, other)
        for k, edit in enumerate(found):
            later = _set_anew(a, b) if k == len(found) - 1 and not reshaped else ""
            yield _edited(pair, edit, a, b, later)
        return
    if [e.text for e in a] != [e.text for e in b]:
        if not reshaped and not pair.other_face:
            first = next(k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x.text != y.text)
            said = f"{_many(len(a), 'line')} → {_many(len(b), 'line')}, other breaks from here"
            yield pair.change(Kind.REWRAPPED, said, b[first].part, b[first].number, a[first],
                              b[first], (a[first].text, b[first].text))  # fmt: skip
        if {e.size for e in a} == {e.size for e in b}:
            return
        yield _resized(pair, a[0], b[0], len(b))
        return
    yield from _set_otherwise(pair, [(x, y) for x, y in zip(a, b, strict=True) if x != y], reshaped)


def _edited(pair: _Pair, edit: Edit, a: list[Entry], b: list[Entry], later: str) -> Change:
    old = a[edit.line_before] if edit.line_before >= 0 else None
    new = b[edit.line_after] if edit.line_after >= 0 else None
    at = new or old
    assert at
    change = pair.change(Kind.TEXT, edit.said + later, at.part, at.number, old, new,
                         (edit.removed, edit.inserted))  # fmt: skip
    if new is None or new.box is None:
        return change
    spot = within(new.box, new.text, edit.inserted, edit.column_after)
    return msgspec.structs.replace(change, spot=spot)


def _set_anew(a: list[Entry], b: list[Entry]) -> str:
    """How many lines are broken otherwise in consequence of edits."""
    kept = {e.text for e in a}
    anew = [e for e in b if e.text not in kept]
    more = len(b) - len(a)
    said = f"; {_many(len(anew), 'line')} set anew" if len(anew) > 1 else ""
    largest = [max((e.size for e in side), key=_points, default="") for side in (a, b)]
    if all(largest) and largest[0] != largest[1]:
        said = f"; {largest[0]} → {largest[1]} pt{said}"
    return said + (f"; {_many(more, 'line')} {'more' if more > 0 else 'less'}" if more else "")


def _points(size: str) -> float:
    """The first of a line's sizes, as `9/7.5`."""
    return float(size.partition("/")[0] or 0)


def _set_otherwise(
    pair: _Pair, pairs: list[tuple[Entry, Entry]], reshaped: bool
) -> Iterator[Change]:
    """Lines of the same words: another size, another justification, or only other ink."""
    sized = [(x, y) for x, y in pairs if x.size != y.size]
    if sized:
        yield _resized(pair, *sized[0], len(sized))
        return
    if pair.other_face or reshaped:
        return
    spaced = [(x, y) for x, y in pairs if x.ratio != y.ratio]
    drawn = [(x, y) for x, y in pairs if x.ratio == y.ratio and x.digest != y.digest]
    for kind, found in ((Kind.TRACKING, spaced), (Kind.INK, drawn)):
        if not found:
            continue
        x, y = found[0]
        lines = f" and {_many(len(found) - 1, 'more line')}" if len(found) > 1 else ""
        said = f"{x.ratio} → {y.ratio} em a gap" if kind is Kind.TRACKING else "drawn otherwise"
        yield pair.change(kind, said + lines, y.part, y.number, x, y, (x.text, y.text))


def _resized(pair: _Pair, x: Entry, y: Entry, lines: int) -> Change:
    said = f"{x.size} → {y.size} pt, {_many(lines, 'line')}"
    return pair.change(Kind.SIZE, said, y.part, y.number, x, y, (x.size, y.size))


def _pictures(pair: _Pair, settled: bool) -> Iterator[Change]:
    a, b = (
        [e for e in f.entries if e.kind in ("picture", "artwork")] for f in (pair.old, pair.new)
    )
    for x, y in zip(a, b, strict=False):
        (name, *was), (now, *here) = x.text.split(" · "), y.text.split(" · ")
        files = pair.old_page.files.get(name), pair.new_page.files.get(now)
        if name != now:
            yield pair.change(Kind.PICTURE, f"{name} → {now}", y.part, None, x, y, (name, now))
        elif None not in files and files[0] != files[1]:
            said = f"{name} is another file of that name"
            yield pair.change(Kind.PICTURE, said, y.part, None, x, y, (name, now))
        elif was != here and not settled:
            kind = Kind.CROP if was[1:2] != here[1:2] else Kind.SIZE
            said = f"{name}: {' · '.join(was)} → {' · '.join(here)}"
            yield pair.change(kind, said, y.part, None, x, y, (x.text, y.text))
    for entry in a[len(b) :]:
        name = entry.text.partition(" · ")[0]
        yield pair.change(Kind.REMOVED, f"picture {name}", entry.part, before=entry)
    for entry in b[len(a) :]:
        name = entry.text.partition(" · ")[0]
        yield pair.change(Kind.ADDED, f"picture {name}", entry.part, after=entry)


def _ornaments(pair: _Pair, settled: bool) -> Iterator[Change]:
    """Rules, tints, outlines and where parts stand; not told of a frame that is set anew."""
    if settled:
        return
    forms = ("part", "rule", "tint", "outline")
    a, b = ([e for e in f.entries if e.kind in forms] for f in (pair.old, pair.new))
    keys = [[(e.kind, e.part, e.text) for e in side] for side in (a, b)]
    if keys[0] == keys[1]:
        return
    gone = [e for e, key in zip(a, keys[0], strict=True) if key not in keys[1]]
    come = [e for e, key in zip(b, keys[1], strict=True) if key not in keys[0]]
    parts = [e for e in come if e.kind == "part" and e.part in {g.part for g in gone}]
    if parts:
        x, y = next(g for g in gone if g.part == parts[0].part), parts[0]
        said = f"{_by(x.text, y.text)}{_more(parts)}"
        yield pair.change(Kind.MOVED, said, y.part, None, x, y, (x.text, y.text))
    drawn = [*gone, *come]
    drawn = [e for e in drawn if e.kind != "part"]
    if drawn:
        names = dict.fromkeys(
            e.text.partition(" #")[0] if e.kind == "outline" else e.kind for e in drawn
        )
        first_gone = next((e for e in gone if e.kind != "part"), None)
        first_come = next((e for e in come if e.kind != "part"), None)
        yield pair.change(Kind.FURNITURE, ", ".join(names), drawn[0].part, None, first_gone,
                          first_come, (_text(first_gone), _text(first_come)))  # fmt: skip


def _by(before: str, after: str) -> str:
    (x, y), (u, v) = (map(float, text.split()) for text in (before, after))
    return f"{(u - x) / MM:+.2f} mm, {(v - y) / MM:+.2f} mm"


def _more(parts: list[Entry]) -> str:
    return f", {_many(len(parts) - 1, 'more part')}" if len(parts) > 1 else ""


def _text(entry: Entry | None) -> str:
    return f"{entry.kind} {entry.text}" if entry else ""
