"""Structure trees and article threads of page files → those of the whole issue.

In: the combined document, whose first pages already have theirs, and the pages' own files. Out: one
tree and one list of threads; a story that goes on on another page is one article and one ring.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

from layout.sheet.items import Group, Sheet

if TYPE_CHECKING:
    import pikepdf

_Story: TypeAlias = tuple[int, str]  # the page it begins on, its name


def join_trees(whole: pikepdf.Pdf, parts: Sequence[pikepdf.Pdf], sheets: Sequence[Sheet]) -> None:
    """One document of all articles; the way back from a page's marks is the page's entry."""
    import pikepdf

    root = whole.Root.StructTreeRoot
    (document,) = root.K
    kids, entries = pikepdf.Array(), pikepdf.Array()
    entry: Any
    begun: dict[_Story, Any] = {}
    for number, (part, sheet) in enumerate(zip(parts, sheets, strict=True)):
        tree = root if part is whole else whole.copy_foreign(part.Root.StructTreeRoot)
        (own,) = tree.K
        stories = _stories(sheet)
        for kid in _kids(own):
            story = next(stories) if kid.S == "/Art" else None
            if story and (first := begun.get(_beginning(story, sheet))):
                _go_on(first, kid)
                continue
            if story:
                begun |= {(page, story.name): kid for page in sheet.numbers}
            kid.P = document
            kids.append(kid)
        whole.pages[number].StructParents = number
        for entry in (number, tree.ParentTree.Nums[1]):
            entries.append(entry)
    document.K = kids
    root.ParentTree.Nums = entries
    root.ParentTreeNextKey = len(parts)


def join_threads(whole: pikepdf.Pdf, parts: Sequence[pikepdf.Pdf], sheets: Sequence[Sheet]) -> None:
    """A thread a story, over all pages it is on."""
    threads: list[Any] = []
    begun: dict[_Story, Any] = {}
    for part, sheet in zip(parts, sheets, strict=True):
        own = [] if "/Threads" not in part.Root else list(part.Root.Threads)
        for story, thread in zip(_stories(sheet), own, strict=True):
            here = thread if part is whole else whole.copy_foreign(thread)
            if first := begun.get(_beginning(story, sheet)):
                _close_up(first, here)
            else:
                begun |= {(page, story.name): here for page in sheet.numbers}
                threads.append(here)
    if threads:
        import pikepdf

        whole.Root.Threads = whole.make_indirect(pikepdf.Array(threads))


def _stories(sheet: Sheet) -> Iterator[Group]:
    """In the order of articles and threads."""
    return (group for group in sheet.groups if group.kind == "story")


def _beginning(story: Group, sheet: Sheet) -> _Story:
    return story.origin or sheet.page, story.name


def _kids(element: Any) -> list[Any]:
    import pikepdf

    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def _go_on(first: Any, rest: Any) -> None:
    """What an article has on a later page, behind what it had before; its head is a lesser one."""
    import pikepdf

    kids = _kids(rest)
    for kid in kids:
        kid.P = first
        if kid.S == "/H1":
            kid.S = pikepdf.Name.H2
    first.K = pikepdf.Array([*_kids(first), *kids])


def _close_up(first: Any, rest: Any) -> None:
    """Two rings of beads made one."""
    head, tail = first.F, first.F.V
    following, last = rest.F, rest.F.V
    tail.N, following.V = following, tail
    last.N, head.V = head, last
    del following.T
