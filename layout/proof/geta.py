"""Characters no face has, for the proof alone: 〓 (the printer's geta) stands in their place.

A page with such a character is never pressed. A proof shows where it is missing.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from layout.findings import Finding, InputError
from layout.fonts import FontSet
from layout.issue.model import Issue
from layout.makeup import Made, make_up

GETA, MISSING = "〓", "fonts/missing-character"
MOST_ROUNDS = 40  # of making up; a round finds at least one character more


def made_up(issue: Issue, fonts: FontSet) -> tuple[Issue, list[Made], list[Finding]]:
    """The issue with 〓 for what cannot be set, its pages, and what is missing; InputError for all
    else that is wrong.
    """
    missing: list[Finding] = []
    for _ in range(MOST_ROUNDS):
        try:
            return issue, make_up(issue, fonts), missing
        except InputError as fault:
            found = [f for f in fault.findings if f.check == MISSING]
            if len(found) < len(fault.findings):
                raise
            missing += found
            table = {ord(character): GETA for f in found for character in _quoted(f.message)}
            issue = _replaced(issue, table)
    return issue, make_up(issue, fonts), missing


def _quoted(message: str) -> str:
    """The character a finding names between “ and ”."""
    return message.partition("“")[2].partition("”")[0]


def _replaced(value: Any, table: Mapping[int, str]) -> Any:
    """A value with characters of its copy replaced, however deep it stands: of fields named text,
    so that paths, marks and names of files stay.
    """
    if isinstance(value, tuple):
        return tuple(_replaced(item, table) for item in value)
    if isinstance(value, msgspec.Struct):
        fields = {key: getattr(value, key) for key in value.__struct_fields__}
        return type(value)(
            **{
                key: given.translate(table) if key == "text" else _replaced(given, table)
                for key, given in fields.items()
            }
        )
    return value
