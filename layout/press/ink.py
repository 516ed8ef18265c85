"""Inks as operators: DeviceCMYK, or the Separation of a spot; and which ink overprints.

In: a sheet's `Ink`. Out: colour operators, colour spaces and the two graphics states (ISO 32000-1
8.6.6.4, 8.6.8, 11.7.4). Pure K of text, rules and contours overprints with OPM 1, so that a
misregistered black leaves no white seam; everything else knocks out, spots as well, and white above
all, which would vanish if it overprinted.
"""

from __future__ import annotations

from collections.abc import Mapping

from layout.press.numbers import number, numbers
from layout.press.objects import Name, Object, Value
from layout.sheet.items import Ink

OVERPRINT, KNOCKOUT = "OP", "KO"

# ISO 12647-3 practice for coldset newsprint (pdfx.md, newspaper profile beyond ISO).
TOTAL_INK_LIMIT = 240

# Beyond it shadows fill in and set off on the page opposite (pdfx.md, newspaper profile).
BLACK_IN_PICTURES_LIMIT = 95


def graphics_states() -> dict[str, Object]:
    """The two ExtGState dictionaries, by resource name."""
    kind = Name("ExtGState")
    return {
        OVERPRINT: Object({"Type": kind, "OP": True, "op": True, "OPM": 1}),
        KNOCKOUT: Object({"Type": kind, "OP": False, "op": False}),
    }


def separation(solid: Ink) -> Value:
    """A spot's colour space: its name, and how much of its parts each tint stands for."""
    share: dict[str, Value] = {
        "FunctionType": 2, "Domain": [0, 1], "C0": [0, 0, 0, 0], "C1": [*solid.parts], "N": 1,
    }  # fmt: skip
    return [Name("Separation"), Name(solid.spot), Name("DeviceCMYK"), share]


class Pen:
    """The graphics state as the content stream has left it, so that only changes are written.

    `out` takes the operators; all of them may also stand inside a text object (ISO 32000-1 8.2).
    `spots` is spot ink → what the page's resources call its colour space.
    """

    def __init__(self, out: list[str], spots: Mapping[str, str]) -> None:
        self.out, self._spots = out, spots
        self._state: dict[str, str] = {}
        self._filled: tuple[Ink, bool] | None = None  # most type is of the ink before
        self._wanted = ""  # the graphics state that goes with it

    def inside(self) -> Pen:
        """A pen for what stands between q and Q: it begins as this one stands, and leaves it so."""
        pen = Pen(self.out, self._spots)
        pen._state = dict(self._state)
        return pen

    def fill(self, ink: Ink, *, may_overprint: bool) -> None:
        """Fill colour, and overprint if the ink is black alone."""
        if (ink, may_overprint) == self._filled and self._state["state"] == self._wanted:
            return
        self._filled, self._wanted = (ink, may_overprint), _state(ink, may_overprint)
        self._set("state", self._wanted)
        self._set("fill", self._colour(ink, "k", "cs", "scn"))

    def stroke(self, ink: Ink, weight: float, dash: tuple[float, ...], phase: float = 0.0) -> None:
        """Stroke colour, line weight in points, dash lengths in points."""
        self._set("state", _state(ink, True))
        self._set("stroke", self._colour(ink, "K", "CS", "SCN"))
        self._set("weight", f"{number(weight)} w")
        if dash or "dash" in self._state:
            self._set("dash", f"[{numbers(dash)}] {number(phase)} d")

    def ends(self, cap: int, join: int, miter: float) -> None:
        """How lines end and turn, where not as they begin: butt, mitred to ten weights."""
        for what, value, operator, first in (
            ("cap", cap, "J", 0), ("join", join, "j", 0), ("miter", miter, "M", 10)
        ):  # fmt: skip
            if value != first or what in self._state:
                self._set(what, f"{number(value)} {operator}")

    def knock_out(self) -> None:
        """For pictures, which carry their own colours."""
        self._set("state", f"/{KNOCKOUT} gs")

    def _colour(self, ink: Ink, process: str, space: str, spot: str) -> str:
        if not ink.spot:
            return f"{numbers(ink.parts)} {process}"
        return f"/{self._spots[ink.spot]} {space} {number(ink.tint)} {spot}"

    def _set(self, what: str, operator: str) -> None:
        if self._state.get(what) != operator:
            self._state[what] = operator
            self.out.append(operator)


def _state(ink: Ink, may_overprint: bool) -> str:
    return f"/{OVERPRINT if may_overprint and ink.overprints else KNOCKOUT} gs"
