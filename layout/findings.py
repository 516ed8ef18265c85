"""Where something stands in the input, and what is to be said about it.

Every message a user reads is a `Finding`; bad input is an `InputError` carrying all of a run's
findings at once, so that an editor mends a folder in one go.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import msgspec

from layout.geometry import Box


class Severity(Enum):
    """How bad a finding is: an error stops a plate, a warning wants eyes, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Mark(msgspec.Struct, frozen=True, order=True):
    """A place in an input file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to say: what is wrong (`message`), what would be right (`hint`), and where."""

    check: str
    severity: Severity
    message: str
    hint: str | None = None
    mark: Mark | None = None
    story: str | None = None
    page: int | None = None
    box: Box | None = None

    def __str__(self) -> str:
        """`file:line:column: what is wrong – what would be right`."""
        place = f"{self.mark}: " if self.mark else ""
        remedy = f" – {self.hint}" if self.hint else ""
        return f"{place}{self.message}{remedy}"


class InputError(Exception):
    """Bad input: nothing is written, the command ends with exit code 2."""

    exit_code = 2

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))


def bad_input(check: str, message: str, hint: str | None, mark: Mark | None) -> Finding:
    """An error about the input, the commonest finding."""
    return Finding(check=check, severity=Severity.ERROR, message=message, hint=hint, mark=mark)
