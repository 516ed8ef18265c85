"""Values × fields → plain typed values, or findings: all of a file's mistakes, each at its mark.

A message says what is wrong, its hint what would be right. Readers of single types are in
readers.py; here are mappings, lists and keys.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from layout.findings import Finding, Mark, Severity, bad_input
from layout.issue.colours import palette
from layout.issue.fields import SECTIONS, Field
from layout.issue.hints import did_you_mean
from layout.issue.marks import Value
from layout.issue.model import YamlPath
from layout.issue.readers import READERS, BadValue

Section = dict[str, Any]


class Validator:
    """Reads the sections of one file; `findings` and `marks` gather as it goes."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.text, self.first_line = "", 1  # the YAML, where its copy's places are asked for
        self.findings: list[Finding] = []
        self.warnings: list[Finding] = []
        self.marks: dict[YamlPath, Mark] = {}

    def section(self, value: Value, name: str, at: YamlPath = ()) -> Section | None:
        """A mapping's values by key, None for keys left out; None when it is no mapping."""
        if value.entries is None:
            blank = re.match(r"(\w+)\s*[:：]", value.text or "")
            hint = f"write a colon and a blank: “{blank[1]}: …”" if blank else _shape(name)
            self.fault(value.mark, f"{_where(at, name)} is {value.kind}", hint)
            return None
        fields = {field.key: field for field in SECTIONS[name]}
        given = self._keys(value, fields, name)
        for field in fields.values():
            if field.required and field.key not in given:
                self.fault(value.mark, f"{_where(at, name)} has no '{field.key}'",
                           f"add '{field.key}': {field.help}")  # fmt: skip
        return {
            key: self._field(given[key], field, (*at, key)) if key in given else None
            for key, field in fields.items()
        }

    def fault(self, mark: Mark, message: str, hint: str | None) -> None:
        """Note a mistake."""
        self.findings.append(bad_input("input/value", message, hint, mark))

    def warn(self, mark: Mark, message: str, hint: str | None) -> None:
        """Note what is right but not done."""
        self.warnings.append(
            Finding(
                check="input/not-yet",
                severity=Severity.WARNING,
                message=message,
                hint=hint,
                mark=mark,
            )
        )

    def _keys(self, value: Value, fields: Mapping[str, Field], name: str) -> dict[str, Value]:
        given: dict[str, Value] = {}
        for key, held in value.entries or ():
            text = key.text or ""
            if not text:
                self.fault(key.mark, f"a key is {key.kind}", "write key: value")
            elif text in given:
                self.fault(key.mark, f"key '{text}' stands twice", "keep one of them")
            elif text not in fields:
                known = ", ".join(f for f in fields if fields[f].type != "later")
                hint = did_you_mean(text, fields, f"keys of {name} are {known}", quote="'")
                self.fault(key.mark, f"unknown key '{text}'", hint)
            elif fields[text].type == "later":
                self.fault(key.mark, f"key '{text}' is not supported by this version",
                           f"remove it; {fields[text].help}")  # fmt: skip
            else:
                given[text] = held
        return given

    def _field(self, value: Value, field: Field, at: YamlPath) -> Any:
        self.marks[at] = value.mark
        if value.kind == "nothing" and field.type not in ("stories", "sections"):
            self.fault(
                value.mark,
                f"'{field.key}' is empty",
                f"give {field.help}" if field.required else f"give {field.help}, or remove the key",
            )
            return None
        nested = self._nested.get(field.type)
        if nested:
            return nested(self, value, field, at)
        try:
            return READERS[field.type](value, field)
        except BadValue as bad:
            for one in (bad, *bad.more):
                self.fault(one.mark or value.mark, one.message, one.hint)
            return None

    def _one(self, value: Value, field: Field, at: YamlPath) -> Section | None:
        found = self.section(value, field.of or field.type, at)
        return found if found is None else {**found, "mark": value.mark}

    def _many(self, value: Value, field: Field, at: YamlPath) -> list[Section]:
        return [
            {**found, "mark": item.mark}
            for k, item in enumerate(self._list(value, field))
            if (found := self.section(item, field.of, (*at, k))) is not None
        ]

    def _stories(self, value: Value, field: Field, at: YamlPath) -> list[Section]:
        entries = []
        for k, item in enumerate(self._list(value, field)):
            self.marks[(*at, k)] = item.mark
            if item.text is not None:
                plain: Section = {f.key: None for f in SECTIONS[field.of]}
                path = Field("file", "path", "")
                entries.append({**plain, "file": self._field(item, path, (*at, k)),
                                "mark": item.mark})  # fmt: skip
            elif found := self._one(item, field, (*at, k)):
                entries.append(found)
        return entries

    def _margins(self, value: Value, field: Field, at: YamlPath) -> Any:
        if value.entries is not None:
            return self._one(value, field, at)
        try:
            length = READERS["length"](value, field)
        except BadValue as bad:
            self.fault(value.mark, bad.message, bad.hint)
            return None
        return dict.fromkeys(("top", "right", "bottom", "left"), length)

    def _list(self, value: Value, field: Field) -> tuple[Value, ...]:
        if value.items is None and value.kind != "nothing":
            self.fault(
                value.mark,
                f"'{field.key}' is {value.kind}",
                "write a list: lines that begin with '- '",
            )
            return ()
        return value.items or ()

    _nested: Mapping[str, Callable[[Validator, Value, Field, YamlPath], Any]] = {
        "section": _one,
        "sections": _many,
        "stories": _stories,
        "margins": _margins,
        "colours": palette,
    }


def _where(at: YamlPath, name: str) -> str:
    return f"'{at[-1]}'" if at and isinstance(at[-1], str) else f"the {name}"


def _shape(name: str) -> str:
    keys = ", ".join(field.key for field in SECTIONS[name][:3])
    return f"write a mapping with keys such as {keys}"
