"""Inks as operators: DeviceCMYK only, and which ink overprints (ISO 32000-1 8.6.8, 11.7.4).

In: a sheet's `Ink`. Out: colour operators and the two graphics states. Pure K of text, rules and
contours overprints with OPM 1, so that a misregistered black leaves no white seam; everything else
knocks out, white above all, which would vanish if it overprinted.
"""

from __future__ import annotations

from layout.press.numbers import number, numbers
from layout.press.objects import Name, Object
from layout.sheet.items import Ink

OVERPRINT, KNOCKOUT = "OP", "KO"

# ISO 12647-3 practice for coldset newsprint (pdfx.md, newspaper profile beyond ISO).
TOTAL_INK_LIMIT = 240.0

# Beyond it shadows fill in and set off on the page opposite (pdfx.md, newspaper profile).
BLACK_IN_PICTURES_LIMIT = 95.0


def graphics_states() -> dict[str, Object]:
    """The two ExtGState dictionaries, by resource name."""
    kind = Name("ExtGState")
    return {
        OVERPRINT: Object({"Type": kind, "OP": True, "op": True, "OPM": 1}),
        KNOCKOUT: Object({"Type": kind, "OP": False, "op": False}),
    }


class Pen:
    """The graphics state as the content stream has left it, so that only changes are written.

    `out` takes the operators; all of them may also stand inside a text object (ISO 32000-1 8.2).
    """

    def __init__(self, out: list[str]) -> None:
        self.out = out
        self._state: dict[str, str] = {}

    def fill(self, ink: Ink, *, may_overprint: bool) -> None:
        """Fill colour, and overprint if the ink is black alone."""
        self._set("state", _state(ink, may_overprint))
        self._set("fill", f"{numbers(_parts(ink))} k")

    def stroke(self, ink: Ink, weight: float, dash: tuple[float, ...]) -> None:
        """Stroke colour, line weight in points, dash lengths in points; caps stay butt."""
        self._set("state", _state(ink, True))
        self._set("stroke", f"{numbers(_parts(ink))} K")
        self._set("weight", f"{number(weight)} w")
        if dash or "dash" in self._state:
            self._set("dash", f"[{numbers(dash)}] 0 d")

    def knock_out(self) -> None:
        """For pictures, which carry their own colours."""
        self._set("state", f"/{KNOCKOUT} gs")

    def _set(self, what: str, operator: str) -> None:
        if self._state.get(what) != operator:
            self._state[what] = operator
            self.out.append(operator)


def _parts(ink: Ink) -> tuple[float, float, float, float]:
    return ink.cyan, ink.magenta, ink.yellow, ink.black


def _state(ink: Ink, may_overprint: bool) -> str:
    return f"/{OVERPRINT if may_overprint and ink.overprints else KNOCKOUT} gs"
