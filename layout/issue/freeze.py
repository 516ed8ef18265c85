"""Decisions of the make-up → issue.yaml, and out of it again: `at:` beside each story.

Comes in: the file's text and where stories stand. Goes out: the same text with `at` written into
the story entries; comments, order, quoting and line ends stay as they are, since only the
characters in question are put in. What comes out is read again: should it mean anything else
besides, nothing is changed and `ValueError` says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

import yaml

from layout.issue.model import Cells

Edit = tuple[int, int, str]  # from, to, what stands there instead
Key = tuple[int, str]  # page from 0, file as issue.yaml has it
At: TypeAlias = "dict[str, str | At]"
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}#]|: ")
_SPACE = " \t"


def frozen(text: str, places: Mapping[Key, Cells]) -> str:
    """The text with `at` for each (page from 0, file as issue.yaml has it)."""
    wanted = {key: _at(cells) for key, cells in places.items()}
    edits = [
        edit
        for page, name, entry in _entries(text)
        if (page, name) in wanted
        for edit in _put(text, entry, _flow(wanted[page, name]))
    ]
    return _applied(text, edits, lambda key, at: wanted.get(key, at))


def _at(cells: Cells) -> At:
    at: At = {
        "columns": f"{cells.first_column}-{cells.last_column}",
        "lines": f"{cells.first_line}-{cells.last_line}",
    }
    return at | {"without": _at(cells.without)} if cells.without else at


def _flow(at: At) -> str:
    said = (f"{key}: {_flow(v) if isinstance(v, dict) else v}" for key, v in at.items())
    return "{" + ", ".join(said) + "}"


def thawed(text: str) -> str:
    """The text without any story's `at`; an entry of a file alone is a plain name again."""
    edits = [edit for _, _, entry in _entries(text) for edit in _taken_out(text, entry)]
    return _applied(text, edits, lambda key, at: None)


def _entries(text: str) -> Iterator[tuple[int, str, yaml.Node]]:
    """Every story entry under a page: page from 0, its file, its node."""
    root = yaml.compose(text, yaml.SafeLoader)
    pages = _value(root, "pages")
    for number, page in enumerate(pages.value if isinstance(pages, yaml.SequenceNode) else ()):
        stories = _value(page, "stories")
        for entry in stories.value if isinstance(stories, yaml.SequenceNode) else ():
            name = entry if isinstance(entry, yaml.ScalarNode) else _value(entry, "file")
            if isinstance(name, yaml.ScalarNode):
                yield number, name.value, entry


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _put(text: str, entry: yaml.Node, place: str) -> Iterator[Edit]:
    """Edits that give an entry its place."""
    start, end = entry.start_mark.index, entry.end_mark.index
    if isinstance(entry, yaml.ScalarNode):
        raw = text[start:end]
        plain = raw[:1] not in "'\""
        name = _quoted(raw) if plain and _UNSAFE_IN_FLOW.search(raw) else raw
        yield start, end, f"{{file: {name}, at: {place}}}"
    elif at := _value(entry, "at"):
        yield at.start_mark.index, at.end_mark.index, place
    elif _is_flow(entry):
        body = text[start : end - 1].rstrip()
        comma = "" if body.endswith((",", "{")) else ","
        yield start + len(body), end - 1, f"{comma} at: {place}"
    else:
        last = _value(entry, "file")
        assert last
        line_end = text.find("\n", last.end_mark.index)
        line_end = len(text) if line_end < 0 else line_end
        line_end -= text[line_end - 1 : line_end] == "\r"
        newline = "\r\n" if "\r\n" in text else "\n"
        indent = " " * entry.start_mark.column
        yield line_end, line_end, f"{newline}{indent}at: {place}"


def _taken_out(text: str, entry: yaml.Node) -> Iterator[Edit]:
    """Edits that take an entry's place away."""
    at = _value(entry, "at")
    if at is None or not isinstance(entry, yaml.MappingNode):
        return
    key = next(name for name, _ in entry.value if name.value == "at")
    start, end = key.start_mark.index, at.end_mark.index
    if len(entry.value) == 2 and (name := _value(entry, "file")) and _is_flow(entry):
        file = text[name.start_mark.index : name.end_mark.index]
        yield entry.start_mark.index, entry.end_mark.index, file
    elif _is_flow(entry):
        before = len(text[:start].rstrip())
        if text[before - 1] == ",":
            yield before - 1, end, ""
        else:
            after = re.match(r"\s*,\s*", text[end:])
            yield start, end + (after.end() if after else 0), ""
    else:
        line = text.rfind("\n", 0, start) + 1
        until = text.find("\n", end)
        if text[line:start].strip(_SPACE) == "":
            if until < 0:  # the last line: its break goes, not the one before
                yield len(text[:line].rstrip("\r\n")), len(text), ""
            else:
                yield line, until + 1, ""
        else:  # the entry's first key, behind its dash
            following = re.match(r"[^\n]*\n\s*", text[end:])
            yield start, end + (following.end() if following else 0), ""


def _is_flow(entry: yaml.Node) -> bool:
    return isinstance(entry, yaml.MappingNode) and bool(entry.flow_style)


def _quoted(text: str) -> str:
    """A scalar in double quotes."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _applied(text: str, edits: list[Edit], place: Callable[[Key, Any], Any]) -> str:
    """The text after its edits, which may say nothing else but `place` of every entry."""
    made = text
    for start, end, new in sorted(edits, reverse=True):
        made = made[:start] + new + made[end:]
    before, after = _meaning(text), _meaning(made)
    if after != (before[0], [(key, place(key, at)) for key, at in before[1]]):
        raise ValueError("the file cannot be edited without changing what else it says")
    return made


def _meaning(text: str) -> tuple[Any, list[tuple[Key, Any]]]:
    """What a file says besides its stories' places, and the place of each entry."""
    said = yaml.safe_load(text)
    places: list[tuple[Key, Any]] = []
    for number, page in enumerate(said.get("pages") or ()):
        entries = [e if isinstance(e, dict) else {"file": e} for e in page.get("stories") or ()]
        places += [((number, str(entry.get("file"))), entry.get("at")) for entry in entries]
        page["stories"] = [{k: v for k, v in entry.items() if k != "at"} for entry in entries]
    return said, places
