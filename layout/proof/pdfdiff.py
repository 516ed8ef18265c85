"""Two PDFs → what changed: copy and places by pdfium's text, then what only the pixels show.

A PDF has no stories: a line belongs to the nearest larger line over it, its headline.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

import msgspec

from layout.geometry import Box
from layout.proof.pdfpage import PdfLine, PdfPage
from layout.sheet.diff import Change, Kind
from layout.sheet.letters import edits, joined, within
from layout.units import MM

_STILL = 0.4  # pt: less is rounding
_HEAD = 1.5  # times the body: a headline
_TILE = 12  # pixels: differences nearer than this are one place
_MOST = 40  # places a page that only pixels show; more are one


def diff_pdfs(before: Sequence[PdfPage], after: Sequence[PdfPage]) -> list[Change]:
    """All changes, page by page."""
    changes: list[Change] = []
    for k in range(max(len(before), len(after))):
        if k >= len(after):
            changes.append(Change(kind=Kind.REMOVED, page=before[k].name, story="",
                                  said="page taken out"))  # fmt: skip
        elif k >= len(before):
            changes.append(Change(kind=Kind.ADDED, page=after[k].name, story="", said="page added"))
        else:
            changes += _Pages(before[k], after[k]).changes()
    return changes


class _Pages(msgspec.Struct, frozen=True):
    """A page before and after."""

    old: PdfPage
    new: PdfPage

    def changes(self) -> list[Change]:
        """Of copy, pictures and trim; then places whose pixels differ without any of these."""
        found = [*self._trim(), *self._copy(), *self._pictures()]
        touched = [box for c in found for box in (c.box_before, c.box_after) if box]
        return [*found, *self._pixels(touched)]

    def _change(self, kind: Kind, said: str, at: Sequence[PdfLine] = (),
                was: Sequence[PdfLine] = (), texts: tuple[str, str] = ("", ""),
                spot: Box | None = None) -> Change:  # fmt: skip
        lines, line = (self.new.lines, at[0]) if at else (self.old.lines, was[0])
        story, number = _under(lines, line)
        return Change(
            kind=kind, page=self.new.name, story=story, said=said, line=number, before=texts[0],
            after=texts[1], box_before=_around(was), box_after=_around(at), spot=spot,
        )  # fmt: skip

    def _trim(self) -> Iterator[Change]:
        sizes = [
            f"{p.trim.width / MM:.1f}×{p.trim.height / MM:.1f} mm" for p in (self.old, self.new)
        ]
        if sizes[0] != sizes[1]:
            yield Change(kind=Kind.GRID, page=self.new.name, story="", said=" → ".join(sizes))

    def _copy(self) -> Iterator[Change]:
        a, b = self.old.lines, self.new.lines
        matcher = SequenceMatcher(None, [x.text for x in a], [x.text for x in b], autojunk=False)
        same: list[tuple[PdfLine, PdfLine]] = []
        hunks: list[tuple[list[PdfLine], list[PdfLine]]] = []
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                same += zip(a[i:j], b[k:m], strict=True)
            else:
                hunks.append((list(a[i:j]), list(b[k:m])))
        same += _elsewhere(hunks)
        yield from self._moves(same)
        for gone, come in hunks:
            yield from self._hunk(gone, come)

    def _hunk(self, gone: list[PdfLine], come: list[PdfLine]) -> Iterator[Change]:
        one, other = joined([x.text for x in gone]), joined([x.text for x in come])
        if one.text == other.text:
            if one.text:
                said = f"{len(gone)} → {len(come)} lines"
                yield self._change(Kind.REWRAPPED, said, come, gone)
            return
        for edit in edits(one, other):
            was = gone[edit.line_before : edit.line_before + 1] if gone else []
            at = come[edit.line_after : edit.line_after + 1] if come else []
            spot = within(at[0].box, at[0].text, edit.inserted, edit.column_after) if at else None
            yield self._change(
                Kind.TEXT, edit.said, at, was, (edit.removed, edit.inserted), spot
            )  # fmt: skip

    def _moves(self, same: list[tuple[PdfLine, PdfLine]]) -> Iterator[Change]:
        """Runs of lines that went the same way, and lines of another size."""
        runs: dict[tuple[int, float, float], list[tuple[PdfLine, PdfLine]]] = {}
        blocks = _blocks(self.new.lines)
        for x, y in same:
            dx, dy = y.box.x - x.box.x, y.box.y - x.box.y
            if round(y.size - x.size, 1):
                said = f"{x.size:g} → {y.size:g} pt"
                yield self._change(Kind.SIZE, said, [y], [x], (f"{x.size:g}", f"{y.size:g}"))
            elif abs(dx) > _STILL or abs(dy) > _STILL:
                way = round(dx / MM * 2) / 2, round(dy / MM * 2) / 2
                runs.setdefault((blocks[id(y)], *way), []).append((x, y))
        for found in runs.values():
            x, y = max(found, key=lambda pair: pair[1].size)
            dx, dy = (y.box.x - x.box.x) / MM, (y.box.y - x.box.y) / MM
            lines = f"{len(found)} line{'s' if len(found) > 1 else ''}"
            said = f"{lines} with “{y.text[:12]}” ({dx:+.1f} mm, {dy:+.1f} mm)"
            told = self._change(Kind.MOVED, said, [y], [x])
            boxes = (_around([pair[k] for pair in found]) for k in (0, 1))
            before, after = boxes
            yield msgspec.structs.replace(told, box_before=before, box_after=after)

    def _pictures(self) -> Iterator[Change]:
        kept = Counter(p.digest for p in self.new.pictures) & Counter(
            p.digest for p in self.old.pictures
        )
        a = [p for p in self.old.pictures if p.digest not in kept]
        b = [p for p in self.new.pictures if p.digest not in kept]
        for digest in kept:
            x, y = (next(p for p in s.pictures if p.digest == digest) for s in (self.old, self.new))
            dx, dy = y.box.x - x.box.x, y.box.y - x.box.y
            if abs(dx) > _STILL or abs(dy) > _STILL:
                yield self._picture(
                    Kind.MOVED, f"picture ({dx / MM:+.1f} mm, {dy / MM:+.1f} mm)", x.box, y.box
                )
        for new in b:
            old = max(a, key=lambda p: _shared(p.box, new.box), default=None)
            if old and _shared(old.box, new.box) > 0:
                a.remove(old)
                yield self._picture(Kind.PICTURE, "another picture", old.box, new.box)
            else:
                yield self._picture(Kind.ADDED, "picture", None, new.box)
        for old in a:
            yield self._picture(Kind.REMOVED, "picture", old.box, None)

    def _picture(self, kind: Kind, said: str, before: Box | None, after: Box | None) -> Change:
        lines = self.new.lines if after else self.old.lines
        box = after or before
        assert box
        story, _ = _under(lines, PdfLine("", 0.0, box))
        return Change(kind=kind, page=self.new.name, story=story, said=said, box_before=before,
                      box_after=after)  # fmt: skip

    def _pixels(self, touched: list[Box]) -> Iterator[Change]:
        boxes = [box for box in _differing(self.old, self.new) if not _covered(box, touched)]
        if len(boxes) > _MOST:
            boxes = [_union(boxes)]
        for box in boxes:
            said = f"{box.width / MM:.0f}×{box.height / MM:.0f} mm differ, the words do not"
            yield Change(kind=Kind.INK, page=self.new.name, said=said, box_before=box,
                         story=_under(self.new.lines, PdfLine("", 0.0, box))[0],
                         box_after=box)  # fmt: skip


def _elsewhere(
    hunks: list[tuple[list[PdfLine], list[PdfLine]]],
) -> Iterator[tuple[PdfLine, PdfLine]]:
    """Lines taken out here and put in there: moved; they leave the hunks."""
    homes: dict[str, tuple[list[PdfLine], PdfLine]] = {}
    for _, come in hunks:
        for line in come:
            homes.setdefault(line.text, (come, line))
    for gone, _ in hunks:
        for line in list(gone):
            if len(line.text) >= 4 and line.text in homes:
                come, there = homes.pop(line.text)
                gone.remove(line)
                come.remove(there)
                yield line, there


def _blocks(lines: Sequence[PdfLine]) -> dict[int, int]:
    """The story of each line, numbered: one begins where a headline follows body copy."""
    body, blocks, number, above = _body(lines), {}, 0, 0.0
    for line in lines:
        number += line.size >= _HEAD * body > above
        blocks[id(line)], above = number, line.size
    return blocks


def _body(lines: Sequence[PdfLine]) -> float:
    """The size most copy is set in."""
    sizes = Counter[float]()
    for each in lines:
        sizes[each.size] += len(each.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _under(lines: Sequence[PdfLine], line: PdfLine) -> tuple[str, int]:
    """The headline over a line, and the number of the line below it."""
    body = _body(lines)
    heads = [
        head
        for head in lines
        if head.size >= _HEAD * body and len(head.text) > 1
        and head.box.y <= line.box.y + 0.1 and head.box.x < line.box.right
        and line.box.x < head.box.right
    ]  # fmt: skip
    if not heads:
        return "", 0
    head = max(heads, key=lambda h: (h.box.y, h.size))
    below = [
        each
        for each in lines
        if head.box.bottom - 1 <= each.box.y <= line.box.y + 0.1
        and abs(each.box.x - line.box.x) < 3 * max(body, 1.0)
    ]
    return head.text, len(below)


def _around(lines: Sequence[PdfLine]) -> Box | None:
    return _union([line.box for line in lines]) if lines else None


def _union(boxes: Sequence[Box]) -> Box:
    x, y = min(b.x for b in boxes), min(b.y for b in boxes)
    return Box(x, y, max(b.right for b in boxes) - x, max(b.bottom for b in boxes) - y)


def _shared(a: Box, b: Box) -> float:
    width = min(a.right, b.right) - max(a.x, b.x)
    height = min(a.bottom, b.bottom) - max(a.y, b.y)
    return max(width, 0.0) * max(height, 0.0)


def _covered(box: Box, by: Sequence[Box]) -> bool:
    return any(_shared(box, Box(o.x - 9, o.y - 9, o.width + 18, o.height + 18)) > 0 for o in by)


def _differing(old: PdfPage, new: PdfPage) -> list[Box]:
    """Boxes round pixels that differ, near ones together."""
    from PIL import Image, ImageChops

    with Image.open(io.BytesIO(old.png)) as a, Image.open(io.BytesIO(new.png)) as b:
        k = 72 / float(b.info["dpi"][0])
        size = min(a.width, b.width), min(a.height, b.height)
        found = ImageChops.difference(a.crop((0, 0, *size)), b.crop((0, 0, *size)))
    any_ink = found.convert("L").point([0] + [255] * 255).reduce(_TILE).point([0] + [255] * 255)
    across, cells = any_ink.width, any_ink.tobytes()
    left = {(n % across, n // across) for n, value in enumerate(cells) if value}
    boxes = []
    while left:
        heap, seen = [left.pop()], []
        while heap:
            x, y = heap.pop()
            seen.append((x, y))
            near = {(x + i, y + j) for i in (-1, 0, 1) for j in (-1, 0, 1)} & left
            left -= near
            heap += near
        xs, ys = [x for x, _ in seen], [y for _, y in seen]
        boxes.append(Box(min(xs) * _TILE * k, min(ys) * _TILE * k,
                         (max(xs) - min(xs) + 1) * _TILE * k,
                         (max(ys) - min(ys) + 1) * _TILE * k).rounded())  # fmt: skip
    return sorted(boxes, key=lambda box: (box.y, box.x))
