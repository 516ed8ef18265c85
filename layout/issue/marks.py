"""YAML text → values that know their place: every key and value keeps file, line and column.

Scalars stay text: the field a value is given for decides what it is, so that YAML 1.1's surprises
(`no` is false, 0010 is eight) never reach an editor. Comes in: a file's text. Goes out: a `Value`
tree, or a finding that says in plain words what is wrong with the YAML (1.1, as libyaml reads it).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

import msgspec
import yaml

from layout.findings import Finding, Mark, bad_input
from layout.issue.hanzi import joint

MOST_VALUES = 20_000  # an issue has some hundreds; aliases of aliases could make billions
DEEPEST = 30

_Loader: TypeAlias = "type[yaml.CSafeLoader] | type[yaml.SafeLoader]"
# What no editor types on purpose; a tab and a line end are the only control characters of a text.
STRAY = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


class Value(msgspec.Struct, frozen=True):
    """A YAML value: `text` of a scalar (None for null), or `entries` of a mapping, or `items`."""

    mark: Mark
    text: str | None = None
    entries: tuple[tuple[Value, Value], ...] | None = None
    items: tuple[Value, ...] | None = None

    @property
    def kind(self) -> str:
        """In an editor's words."""
        if self.entries is not None:
            return "a mapping"
        if self.items is not None:
            return "a list"
        return "nothing" if self.text is None else "text"

    def get(self, key: str) -> Value | None:
        """A mapping's value by key."""
        return next((v for k, v in self.entries or () if k.text == key), None)


class YamlFault(Exception):  # noqa: N818 – a file, not an error of ours
    """A file that cannot be read, or not as YAML."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_text(path: str, allowed: str = "") -> str:
    """A file's text with \\n line ends: UTF-8, no byte order mark, no other control characters."""
    data = Path(path).read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start].decode("utf-8", "replace")
        said = f"byte 0x{data[fault.start]:02X} is not UTF-8"
        raise _fault(
            "encoding", said, "save the file as UTF-8", place_behind(before, path)
        ) from fault
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    stray = next((found for found in STRAY.finditer(text) if found[0] not in allowed), None)
    if stray:
        said = f"control character U+{ord(stray[0]):04X}"
        raise _fault("yaml", said, "delete it", place_behind(text[: stray.start()], path))
    return text


def compose(text: str, file: str, first_line: int = 1) -> Value:
    """The text's value; `first_line` is where it begins in the file. Raises YamlFault."""
    reading = _Reading(text, file, first_line)
    try:
        return reading.document()
    except yaml.MarkedYAMLError as fault:
        raise YamlFault(_not_yaml(fault, text, file, first_line)) from fault


def _fault(check: str, message: str, hint: str, mark: Mark) -> YamlFault:
    return YamlFault(bad_input(f"input/{check}", message, hint, mark))


def place_behind(before: str, path: str) -> Mark:
    """The mark behind some text."""
    before = before.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return Mark(path, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


class _Reading:
    """Turns events into values, bounded in number and depth.

    Not `yaml.compose`: libyaml's composer recurses in C and dies of 50,000 brackets.
    """

    def __init__(self, text: str, file: str, first_line: int) -> None:
        loader: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        self.text, self.file, self.first_line = text, file, first_line
        self.events: Iterator[yaml.Event] = yaml.parse(text, loader)
        self.count = 0
        self.named: dict[str, tuple[Value, int]] = {}

    def document(self) -> Value:
        found = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if found:
                    raise _fault("yaml", "not valid YAML: a second document (---)",
                                 "keep one document in a file", self._mark(event))  # fmt: skip
                found = self.value(next(self.events), 0)
        return found or Value(Mark(self.file, self.first_line, 1), entries=())

    def value(self, event: yaml.Event, depth: int) -> Value:
        mark, before = self._mark(event), self.count
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, mark)
        self._more(1, depth, mark)
        if isinstance(event, yaml.MappingStartEvent):
            keys = self._until(yaml.MappingEndEvent)
            entries = tuple(
                (self.value(key, depth + 1), self.value(next(self.events), depth + 1))
                for key in keys
            )
            made = Value(mark, entries=entries)
        elif isinstance(event, yaml.SequenceStartEvent):
            items = self._until(yaml.SequenceEndEvent)
            made = Value(mark, items=tuple(self.value(item, depth + 1) for item in items))
        else:
            assert isinstance(event, yaml.ScalarEvent)
            made = Value(mark, text=self._scalar(event))
        if event.anchor:
            self.named[event.anchor] = (made, self.count - before)
        return made

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.Event]:
        while not isinstance(event := next(self.events), end):
            yield event

    def _alias(self, event: yaml.AliasEvent, mark: Mark) -> Value:
        if event.anchor not in self.named:
            raise _fault("yaml", f"alias *{event.anchor}, but nothing above is called so",
                         "put text that begins with * in quotes", mark)  # fmt: skip
        made, size = self.named[event.anchor]
        self._more(size, 0, mark)
        return Value(mark, made.text, made.entries, made.items)

    def _more(self, values: int, depth: int, mark: Mark) -> None:
        self.count += values
        if self.count > MOST_VALUES or depth > DEEPEST:
            hint = "an issue file is small and flat; look for brackets, or aliases (*name)"
            raise _fault("yaml", "too many or too deep values", hint, mark)

    def _scalar(self, event: yaml.ScalarEvent) -> str | None:
        value: str = event.value
        if not event.implicit[0] or event.style:
            return value
        if value in ("", "~", "null"):
            return None
        # YAML folds a line break into a blank, which has no place between hanzi
        start, end = event.start_mark, event.end_mark
        if not start or not end or start.line == end.line or "\n" in value:
            return value
        folded = ""
        for line in self.text[start.index : end.index].split("\n"):
            folded += joint(folded, line.strip()) + line.strip()
        return folded

    def _mark(self, event: yaml.Event) -> Mark:
        place = event.start_mark
        line, column = (place.line, place.column) if place else (0, 0)
        return Mark(self.file, self.first_line + line, column + 1)


# What libyaml says (its words are few and fixed), in words for an editor; "context" where the
# beginning of what is wrong is the better place than where the parser noticed.
_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second “: ” on one line",
     "put the text in quotes, or the key on a line of its own", False),
    ("could not find expected ':'", "a line without “: ”",
     "write key: value, with an ASCII colon and a blank", True),
    ("while scanning a tag", "a sign ! that begins a value",
     "put text that begins with ! in quotes", True),
    ("while scanning an a", "a sign * or & that begins a value",
     "put text that begins with a sign in quotes", True),
    ("cannot start any token", "a tab or a sign that begins no value",
     "indent with blanks and put text that begins with a sign in quotes", False),
    ("tab character", "a tab in the indentation", "indent with blanks", False),
    ("unexpected end of stream", "a quotation mark that is not closed", "close the quotes", True),
    ("escape c", "a backslash that begins no escape", "use '…' instead of \"…\"", False),
    ("expected node content", "a value is missing, or a bracket is not closed",
     "write a value between the commas and close the bracket", False),
    ("parsing a flow", "a bracket that is not closed", "close it with ] or }", True),
    ("sequence entries are not allowed", "“- ” behind a key",
     "begin the list on the next line, or put the text in quotes", False),
)  # fmt: skip
_FITS_NOT = ("the indentation does not fit the lines above", "indent keys of one mapping alike")
_BEHIND = ("text behind a closing quote or bracket", "put all of the text in '…'")


def _not_yaml(fault: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Finding:
    problem = f"{fault.context or ''} {fault.problem or ''}".strip()
    rows = (row for row in _PLAIN_WORDS if row[0] in problem)
    _, said, hint, early = next(rows, ("", *_FITS_NOT, False))
    place = (fault.context_mark if early else None) or fault.problem_mark or fault.context_mark
    line, column = (place.line, place.column) if place else (0, 0)
    lines = text.split("\n")
    before = lines[line][:column].rstrip() if line < len(lines) else ""
    if said == _FITS_NOT[0] and before.endswith(("]", "}", '"', "'")):
        said, hint = _BEHIND
    return bad_input(
        "input/yaml", f"not valid YAML: {said}", hint, Mark(file, first_line + line, column + 1)
    )
