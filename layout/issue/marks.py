"""YAML text → values that know their place: every key and value keeps file, line and column.

Scalars stay text: the field a value is given for decides what it is, so that YAML 1.1's surprises
(`no` is false, 0010 is eight) never reach an editor. Comes in: a file's text. Goes out: a `Value`
tree, or a finding that says in plain words what is wrong with the YAML.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

import msgspec
import yaml

from layout.findings import Finding, Mark, bad_input

MOST_VALUES = 20_000  # an issue has some hundreds; aliases of aliases could make billions
DEEPEST = 30

_Loader: TypeAlias = "type[yaml.CSafeLoader] | type[yaml.SafeLoader]"


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
    """A file that cannot be read as YAML."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        super().__init__(str(finding))


def read_text(path: str) -> str:
    """A file's text, UTF-8 with or without a byte order mark; YamlFault at the first bad byte."""
    data = Path(path).read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        before = data[: fault.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise YamlFault(
            bad_input(
                "input/encoding",
                f"byte 0x{data[fault.start]:02X} is not UTF-8",
                "save the file as UTF-8",
                Mark(path, line, column),
            )
        ) from fault


def compose(text: str, file: str, first_line: int = 1) -> Value:
    """The text's value; `first_line` is where it begins in the file. Raises YamlFault."""
    loader: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        node = yaml.compose(text, loader)
    except yaml.reader.ReaderError as fault:
        raise YamlFault(_control_character(text, fault, file, first_line)) from fault
    except yaml.MarkedYAMLError as fault:
        raise YamlFault(_not_yaml(fault, file, first_line)) from fault
    if node is None:
        return Value(Mark(file, first_line, 1), entries=())
    return _Reading(file, first_line).value(node, 0)


class _Reading:
    """Turns nodes into values, bounded in number and depth."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file, self.first_line, self.count = file, first_line, 0

    def value(self, node: yaml.Node, depth: int) -> Value:
        mark = self._mark(node.start_mark)
        self.count += 1
        if self.count > MOST_VALUES or depth > DEEPEST:
            hint = "an issue file is small and flat; look for an alias (*name) within itself"
            raise YamlFault(bad_input("input/yaml", "too many or too deep values", hint, mark))
        if isinstance(node, yaml.MappingNode):
            entries = tuple(
                (self.value(key, depth + 1), self.value(value, depth + 1))
                for key, value in node.value
            )
            return Value(mark, entries=entries)
        if isinstance(node, yaml.SequenceNode):
            return Value(mark, items=tuple(self.value(item, depth + 1) for item in node.value))
        assert isinstance(node, yaml.ScalarNode)
        null = node.tag == "tag:yaml.org,2002:null" and node.style is None
        return Value(mark, text=None if null else node.value)

    def _mark(self, mark: yaml.Mark) -> Mark:
        return Mark(self.file, self.first_line + mark.line, mark.column + 1)


_PLAIN_WORDS = (
    ("mapping values are not allowed", "a second “: ” on one line",
     "put the text in quotes, or the key on a line of its own"),
    ("could not find expected ':'", "a key without “: ”", "write key: value"),
    ("did not find expected key", "the indentation does not fit the lines above",
     "indent keys of one mapping alike"),
    ("found character that cannot start any token", "a tab or a sign that begins no value",
     "indent with blanks and put text that begins with a sign in quotes"),
    ("found undefined alias", "an alias (*name) that nothing is called by",
     "put text that begins with * in quotes"),
    ("found unexpected end of stream", "a quotation mark that is not closed", "close the quotes"),
    ("expected a single document", "a second document (---)", "keep one document in a file"),
)  # fmt: skip


def _not_yaml(fault: yaml.MarkedYAMLError, file: str, first_line: int) -> Finding:
    place = fault.problem_mark or fault.context_mark
    problem = f"{fault.context or ''} {fault.problem or ''}".strip()
    said, hint = next(
        ((words, hint) for sign, words, hint in _PLAIN_WORDS if sign in problem),
        (problem, "see the file format in docs/file-format.md"),
    )
    line, column = (place.line, place.column) if place else (0, 0)
    mark = Mark(file, first_line + line, column + 1)
    return bad_input("input/yaml", f"not valid YAML: {said}", hint, mark)


def _control_character(
    text: str, fault: yaml.reader.ReaderError, file: str, first_line: int
) -> Finding:
    # the C parser counts bytes, the Python one characters: look the character up ourselves
    found = next((k for k, c in enumerate(text) if ord(c) < 32 and c not in "\t\n\r"), 0)
    found = found or next((k for k, c in enumerate(text) if 0x7F <= ord(c) < 0xA0), 0)
    before = text[:found]
    mark = Mark(file, first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1)
    return bad_input("input/yaml", f"control character U+{ord(text[found]):04X}", "delete it", mark)
