"""The faces of one issue by role, with fallback for each character.

A role's chain is the publication's own faces, then the manifest's, then song and hei for rare
characters. A substitute for a missing *file* is announced as a warning; a substitute for a missing
*character* is ordinary typesetting. Full-width marks must be drawn on a whole em, —— without a gap
and …… at a hanzi's middle: a face whose marks are not (LXGW WenKai's quotes, Ma Shan Zheng's) has
them taken from the next one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import msgspec

from layout.findings import Finding, InputError, Mark, Severity, bad_input
from layout.fonts.face import Face, Unit
from layout.fonts.manifest import RoleFace, stock
from layout.fonts.woff import decode_woff

LAST_RESORT = ("song", "hei")
# A paper's own `latin` face sets words and figures in body copy; stock faces bring their own Latin.
BODY_ROLE, LATIN_ROLE = "song", "latin"
# Words of Uyghur and Kazakh, in whatever role they stand.
ARABIC_ROLE, BOLD_ARABIC_ROLE = "arabic", "arabic-bold"

# Marks of one em (CLREQ, punctuation tables); a dash or ellipsis unit has two.
FULL_WIDTH = frozenset("，。、；：！？“”‘’（）〔〕【】《》〈〉「」『』［］｛｝〖〗…—～")


class OwnFace(msgspec.Struct, frozen=True):
    """A face the publication brings: its file and how to open it."""

    file: str
    index: int = 0
    axes: Mapping[str, float] = {}
    mark: Mark | None = None


class MissingCharacterError(Exception):
    """No face of a role's chain has a character."""

    def __init__(self, character: str, faces: Sequence[str]) -> None:
        self.character, self.faces = character, tuple(faces)
        super().__init__(character)

    def __str__(self) -> str:
        code = " ".join(f"U+{ord(c):04X}" for c in self.character)
        return (
            f"no face has the character “{self.character}” ({code}); tried {', '.join(self.faces)}"
        )


def _plain(data: bytes, own: OwnFace) -> bytes:
    try:
        return decode_woff(data)
    except Exception as fault:  # fontTools raises whatever the broken table makes it raise
        raise InputError([_no_face(own)]) from fault


def _no_face(own: OwnFace) -> Finding:
    which = f"{own.file} has no face {own.index}" if own.index else f"{own.file} is no font"
    hint = "give an OTF, TTF, TTC or WOFF file, and in a TTC an index from 0"
    return bad_input("fonts/file", which, hint, own.mark)


def _missing(text: str, chain: Sequence[Face]) -> MissingCharacterError:
    lacking = next((c for c in text if all(face.unit(c) is None for face in chain)), text)
    return MissingCharacterError(lacking, [face.key for face in chain])


# A dash's ink may fall this short of its two ems, in 1/1000 em, and part in the middle not at all.
_DASH_END, _DASH_GAP = 120, 15
# The dots of …… stand about the middle of a hanzi, not on the Latin baseline (CLREQ).
_DOTS_LEAST, _DOTS_MOST = 200, 560


def _drawn_right(face: Face, unit: Unit, text: str) -> bool:
    """Whether —— is one unbroken rule and …… centred dots (CLREQ; GB/T 15834 5.1.4–5.1.5)."""
    if text not in ("——", "……"):
        return True
    boxes = face.ink_boxes(unit)
    if text == "……":
        return all(_DOTS_LEAST < (low + high) / 2 < _DOTS_MOST for _, low, _, high in boxes)
    ends = boxes[0][0] <= _DASH_END and boxes[-1][2] >= unit.advance - _DASH_END
    return ends and all(b[0] - a[2] <= _DASH_GAP for a, b in pairwise(boxes))


class _Units(dict[str, Unit]):
    """A role's units: a dict that shapes what it lacks, so that looking up costs a dict's time.

    `ahead` is the copy whose units are about to be asked for.
    """

    def __init__(self, fonts: FontSet, role: str, latin: bool) -> None:
        super().__init__()
        self.fonts, self.role, self.latin = fonts, role, latin
        self.ahead = ""

    def __missing__(self, text: str) -> Unit:
        if self.ahead and not self.latin:
            # a hanzi not known yet: the others of its paragraph are shaped with it, all at once
            new = {c for c in self.ahead if c not in self and "\u4e00" <= c <= "\u9fff"}
            self.ahead = ""
            if new:
                self.update(self.fonts.learn(self.role, "".join(sorted(new))))
            if text in self:
                return self[text]
        find = self.fonts.find_latin if self.latin else self.fonts.find
        found = self[text] = find(self.role, text)
        return found


class FontSet:
    """Faces by role. `findings` names the substitutes standing in for missing files."""

    def __init__(self, own: Mapping[str, Sequence[OwnFace]] | None = None) -> None:
        self.faces: dict[str, Face] = {}
        self.findings: list[Finding] = []
        self._chains: dict[str, tuple[Face, ...]] = {}
        self._whole_chains: dict[str, tuple[Face, ...]] = {}
        self._units: dict[tuple[str, bool], _Units] = {}
        self._roles: dict[str, str] = {}
        own = own or {}
        for role in (*stock().roles, *(r for r in own if r not in stock().roles)):
            self._chains[role] = self._chain(role, own.get(role, ()))
        if not any(self._chains.values()):
            raise FileNotFoundError("no face is installed – run `render fonts --fetch`")

    def unit(self, role: str, text: str) -> Unit:
        """Text shaped by the first face of the role's chain that can; MissingCharacterError."""
        return self.units(role)[text]

    def units(self, role: str) -> _Units:
        """The units of a role by text, each shaped when first asked for."""
        return self._table(role, latin=False)

    def latin_units(self, role: str) -> _Units:
        """The same for words, numbers and marks of Latin text, and of any alphabet."""
        return self._table(role, latin=True)

    def _table(self, role: str, *, latin: bool) -> _Units:
        if (role, latin) not in self._units:
            self._units[role, latin] = _Units(self, role, latin)
        return self._units[role, latin]

    def learn(self, role: str, hanzi: str) -> dict[str, Unit]:
        """Those of these hanzi that the first face of a role's chain has."""
        face = self._whole_chain(role)[0]
        self._roles.setdefault(face.key, role)
        return face.learn(hanzi)

    def find(self, role: str, text: str) -> Unit:
        """Shape a Chinese unit with the first face of the role's chain that can."""
        chain = self._whole_chain(role)
        full = 1000 * len(text) if FULL_WIDTH.issuperset(text) else None
        spare: Unit | None = None
        for face in chain:
            if (unit := face.unit(text)) is None:
                continue
            self._roles.setdefault(face.key, role)
            if full is None or (abs(unit.advance - full) <= 20 and _drawn_right(face, unit, text)):
                return unit
            spare = spare or unit
        if spare:
            return spare
        raise _missing(text, chain)

    def find_latin(self, role: str, text: str) -> Unit:
        """Shape a word: in body copy by the paper's own `latin` face first."""
        own = self._chains.get(LATIN_ROLE, ()) if role == BODY_ROLE else ()
        arabic = BOLD_ARABIC_ROLE if role.endswith(("-bold", "-black")) else ARABIC_ROLE
        chain = (*own, *self._whole_chain(role), *self._chains.get(arabic, ()))
        for face in chain:
            if unit := face.unit(text, latin=True):
                self._roles.setdefault(face.key, role)
                return unit
        raise _missing(text, chain)

    def _whole_chain(self, role: str) -> tuple[Face, ...]:
        if role not in self._whole_chains:
            last = (face for spare in LAST_RESORT for face in self._chains[spare])
            self._whole_chains[role] = tuple(dict.fromkeys((*self._chains[role], *last)))
        return self._whole_chains[role]

    def role_of(self, key: str) -> str:
        """The role a face was first used for."""
        return self._roles.get(key, "")

    def _chain(self, role: str, own: Sequence[OwnFace]) -> tuple[Face, ...]:
        chain = [self._own_face(face) for face in own]
        stocked = stock().roles.get(role, ())
        for wanted in stocked:
            if face := self._stocked_face(wanted):
                chain.append(face)
        if stocked and not own and stocked[0].source.path is None:
            self._announce(role, stocked[0], chain)
        return tuple(chain)

    def _announce(self, role: str, wanted: RoleFace, chain: Sequence[Face]) -> None:
        substitute = chain[0].key if chain else "the body face"
        self.findings.append(
            Finding(
                check="fonts/substitute",
                severity=Severity.WARNING,
                message=f"face {wanted.source.name} for role {role} is not on this machine; "
                f"{substitute} stands in",
                hint=f"run `render fonts --fetch` (it needs the {wanted.source.registry} client)",
            )
        )

    def _stocked_face(self, wanted: RoleFace) -> Face | None:
        if (path := wanted.source.path) is None:
            return None
        weight = "".join(f"{value:g}" for value in wanted.axes.values())
        name = (
            wanted.source.name.replace("-Variable", f"-{weight}") if weight else wanted.source.name
        )
        return self._keep(Face(name, str(path), wanted.source.sha256, 0, wanted.axes))

    def _own_face(self, own: OwnFace) -> Face:
        data = Path(own.file).read_bytes()
        axes = "".join(f"-{axis}{value:g}" for axis, value in sorted(own.axes.items()))
        index = f"-{own.index}" if own.index else ""
        key = Path(own.file).stem.replace(" ", "") + index + axes
        face = Face(key, own.file, hashlib.sha256(data).hexdigest(), own.index, own.axes)
        if data[:4] == b"wOFF":
            face.load(_plain(data, own))
        if not face.opens or (own.index and data[:4] != b"ttcf"):
            raise InputError([_no_face(own)])
        return self._keep(face)

    def _keep(self, face: Face) -> Face:
        return self.faces.setdefault(face.key, face)
