"""A story file's two parts, and the file with clean copy in it: what `render check --fix` writes.

Only changed characters differ: comments, quoting and line ends stay, and a byte order mark goes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from layout.findings import Finding, Mark, Severity, bad_input
from layout.issue.fields import SECTIONS
from layout.issue.marks import STRAY, Value, YamlFault, compose, place_behind, read_text
from layout.issue.normalise import clean_line, normalise
from layout.issue.scalars import respelt

FENCE = "---"
FRONT_LINE = 2  # where front matter begins
_COPY_TYPES = ("text", "lines")
_MENDABLE = "\ufeff"  # in the middle of a body: files were put together


class Fixed(msgspec.Struct, frozen=True):
    """A story file's new bytes, None when they would be the old ones, and what was left alone."""

    data: bytes | None
    findings: tuple[Finding, ...]


def story_text(path: str) -> str:
    """A story file as text; what the copy desk removes from bodies may stand in it."""
    return read_text(path, _MENDABLE)


def parted(text: str, path: str) -> tuple[str, str, int]:
    """Front matter, body, and the body's first line."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        raise YamlFault(
            bad_input("story/front-matter", "the story does not begin with front matter",
                      "begin with a line ---, then headline: …, then a line ---", Mark(path))
        )  # fmt: skip
    end = next((k for k, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        raise YamlFault(
            bad_input("story/front-matter", "the front matter is not closed",
                      "end it with a line ---", Mark(path))
        )  # fmt: skip
    front = "\n".join(lines[1:end]) + "\n"
    if stray := STRAY.search(front):
        before = "\n".join([lines[0], front[: stray.start()]])
        said = f"control character U+{ord(stray[0]):04X}"
        raise YamlFault(bad_input("input/yaml", said, "delete it", place_behind(before, path)))
    return front, "\n".join(lines[end + 1 :]), end + 2


def fixed(path: str) -> Fixed:
    """A story file with its copy normalised, front matter and body."""
    text = story_text(path)
    front, body, _ = parted(text, path)
    clean, findings = _clean_front(front, path)
    start = text.index("\n") + 1
    made = text[:start] + clean + text[start + len(front) : len(text) - len(body)]
    made += normalise(body, path, 1)[0]
    if made == text:
        return Fixed(None, findings)
    ends = re.findall("\r\n|\r|\n", Path(path).read_bytes().decode("utf-8-sig"))
    lines = zip(made.split("\n"), [*ends, ""], strict=True)
    return Fixed("".join(line + end for line, end in lines).encode("utf-8"), findings)


def _clean_front(front: str, path: str) -> tuple[str, tuple[Finding, ...]]:
    """Front matter with its copy normalised, and findings for values that are safer left alone."""
    made, findings = front, []
    held = compose(front, path, FRONT_LINE)
    for value in sorted(_copy(held, "story"), key=lambda value: value.mark, reverse=True):
        clean, changes = clean_line((value.text or "").strip())
        if not changes:
            continue
        new = respelt(made, FRONT_LINE, value, changes)
        if new is None:
            findings.append(_left_alone(value, clean))
        made = new or made
    return made, tuple(findings)


def _copy(value: Value, section: str) -> Iterator[Value]:
    """The values of a section that hold copy, by the field table."""
    for field in SECTIONS[section]:
        given = value.get(field.key)
        if given is None:
            continue
        if field.type in _COPY_TYPES:
            yield from given.items or (given,)
        elif field.type == "sections":
            for item in given.items or ():
                yield from _copy(item, field.of)


def _left_alone(value: Value, clean: str) -> Finding:
    return Finding(
        check="copy/not-fixed",
        severity=Severity.WARNING,
        message="not written back: YAML would read something else",
        hint=f"write it by hand, in quotes: '{clean}'",
        mark=value.mark,
    )
