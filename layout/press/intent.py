"""The printing condition: an ICC profile and the output intent that names it (pdfx.md 2–4).

In: a CMYK printer profile. Out: what pictures are converted to and the output intent dictionary.
The profile is read with `struct` here, since a page without pictures needs no colour engine.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from pathlib import Path

import msgspec

from layout.findings import InputError, Mark, bad_input
from layout.press.objects import Name, Object, Value, compressed

NEWSPRINT = Path(__file__).parent / "data" / "newsprint-tr002.icc"

_REGISTERED = {NEWSPRINT: "CGATS TR 002"}  # as it stands in the ICC characterization registry
_HEADER = struct.Struct(">8xB3x4s4s16x4s")  # version, class, colour space, signature (ICC.1 7.2)


class Condition(msgspec.Struct, frozen=True):
    """A printing condition. `registered` names are looked up at color.org, others are our own."""

    profile: bytes
    identifier: str
    description: str
    registered: bool

    def output_intent(self) -> Object:
        """GTS_PDFX output intent with the profile embedded, as X-4 always wants it."""
        entries: dict[str, Value] = {
            "Type": Name("OutputIntent"),
            "S": Name("GTS_PDFX"),
            "OutputConditionIdentifier": self.identifier,
            "OutputCondition": self.description,
            "Info": self.description,
            "DestOutputProfile": _profile_stream(self.profile),
        }
        if self.registered:
            entries["RegistryName"] = "http://www.color.org"
        return Object(entries)


def _profile_stream(profile: bytes) -> Object:
    entries: dict[str, Value] = {"N": 4, "Filter": Name("FlateDecode")}
    return Object(entries, _deflated(profile), compress=False)


@lru_cache(maxsize=4)
def _deflated(profile: bytes) -> bytes:
    """Deflated once: every page of an issue embeds it."""
    return compressed(profile)


def read_condition(profile: Path | None) -> Condition:
    """The profile's condition; coldset newsprint when no profile is named."""
    path = profile or NEWSPRINT
    try:
        data = path.read_bytes()
        version, kind, space, signature = _HEADER.unpack_from(data)
    except (OSError, struct.error) as fault:
        raise _refused(path, "the printing profile cannot be read") from fault
    if (kind, space, signature) != (b"prtr", b"CMYK", b"acsp") or version > 4:
        raise _refused(path, "the printing profile is not an ICC printer profile for CMYK")
    description = _description(data) or path.stem
    identifier = _REGISTERED.get(path)
    return Condition(data, identifier or description, description, identifier is not None)


def _refused(path: Path, message: str) -> InputError:
    hint = "name a CMYK output profile (class prtr, version 2 or 4)"
    return InputError([bad_input("profile", message, hint, Mark(str(path)))])


def _description(data: bytes) -> str:
    """The profile's own name: tag `desc`, ASCII (version 2) or multilingual (version 4)."""
    (count,) = struct.unpack_from(">I", data, 128)
    for tag in range(count):
        name, offset, size = struct.unpack_from(">4sII", data, 132 + 12 * tag)
        if name != b"desc":
            continue
        if data[offset : offset + 4] == b"mluc":
            length, start = struct.unpack_from(">II", data, offset + 20)
            return data[offset + start : offset + start + length].decode("utf-16-be")
        text = data[offset + 12 : offset + size].split(b"\0", 1)[0]
        return text.decode("ascii", "replace").strip()
    return ""
