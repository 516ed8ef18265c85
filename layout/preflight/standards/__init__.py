"""A PDF held against a standard, requirement by requirement.

In: a file and a standard. Out: findings `NAME/NUMBER` – the number in the ledger of
`docs/standards/`, which is that of our list of requirements, not a clause of ISO 15930. It reads
with pikepdf what another program may have written.
"""

from __future__ import annotations

import struct
from collections.abc import Container
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTLibError

from layout.findings import Finding, Severity, bad_input
from layout.preflight.checks import Fault
from layout.preflight.standards import document, fonts, pages
from layout.preflight.standards.facts import Facts, Rule, facts
from layout.press.standards import STANDARDS, Standard

__all__ = ["CHECKED", "PLACED", "RULES", "conformance"]

RULES: dict[int, Rule] = {
    1: document.identifier, 2: document.one_intent, 3: document.condition, 4: document.profile,
    5: document.information, 6: pages.boxes, 7: fonts.fonts, 8: document.actions,
    9: pages.notes, 10: pages.foreign, 11: pages.output_control, 12: pages.pictures,
    13: pages.operators, 14: document.viewer, 15: pages.inks, 16: document.version,
    17: document.identification, 18: document.packet, 19: pages.colours, 20: pages.blending,
    21: document.layers, 22: document.whole, 23: document.first_editions, 24: pages.opaque,
    25: pages.plain_colours, 26: document.not_separated, 27: pages.nothing_newer,
}  # fmt: skip

# What a file whose parts are not what they should be makes its readers raise.
_UNREADABLE = (
    pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, AssertionError,
    ArithmeticError, RecursionError, NotImplementedError, struct.error, TTLibError,
)  # fmt: skip
_BOTH = range(1, 16)
CHECKED: dict[str, tuple[int, ...]] = {
    "pdfx4": (*_BOTH, *range(16, 23)),
    "pdfx1a": (*_BOTH, 22, *range(23, 28)),
    "pdfx3": (*_BOTH, 19, 22, 23, 24, 26, 27),  # X-1a's, colour as in X-4
    "pdfa2": (1, 2, 3, 4, 7, 8, 10, 11, 12, 13, 16, 17, 19, 22),  # those PDF/A-2b shares
}


# What an advertisement brings onto a page; RGB and fonts are asked by its profile's checks.
PLACED = frozenset({10, 11, 12, 13, 15, 24, 25, 27})


def conformance(
    file: Path, standard: Standard, asked: Container[int] = range(1, 28)
) -> list[Finding]:
    """The requirements a file breaks, in order of number; a file that cannot be read is one."""
    try:
        with pikepdf.open(file) as pdf:
            found = _broken(facts(pdf, standard, _head(file)), standard, asked)
            return [*_damage(pdf), *found]
    except pikepdf.PasswordError:
        return [_finding(standard, 1, "the file is encrypted", "export it without a password")]
    except _UNREADABLE as fault:
        said = f"{file.name} cannot be read: {fault}"
        return [bad_input("file/unreadable", said, "export it again", None)]


def _damage(pdf: pikepdf.Pdf) -> list[Finding]:
    """What qpdf had to mend in order to read the file, its first complaint."""
    said = pdf.get_warnings()
    return [bad_input("file/damaged", str(said[0]), "export it again", None)] if said else []


def _broken(found: Facts, standard: Standard, asked: Container[int]) -> list[Finding]:
    return [
        _finding(standard, number, fault.message, fault.hint, fault.page)
        for number in CHECKED.get(standard.name, ())
        if number in asked
        for fault in _asked(RULES[number], found)
    ]


def _asked(rule: Rule, found: Facts) -> list[Fault]:
    """What a rule finds; parts too damaged to be asked break its requirement."""
    try:
        return list(rule(found))
    except _UNREADABLE as fault:
        return [Fault(f"what it asks about is damaged: {fault}", "export the file again")]


def _finding(
    standard: Standard, number: int, said: str, hint: str, page: int | None = None
) -> Finding:
    return Finding(
        check=f"{standard.name}/{number}", severity=Severity.ERROR, message=said, hint=hint,
        page=page,
    )  # fmt: skip


def _head(file: Path) -> bytes:
    with file.open("rb") as stream:
        return stream.read(1024)


assert set(CHECKED) <= set(STANDARDS)
