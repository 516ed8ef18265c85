"""The printing condition: an ICC profile and the output intent that names it (pdfx.md 2–4).

In: a CMYK printer profile. Out: what pictures are converted to and the output intent dictionary.
The profile is read with `struct` here, since a page without pictures needs no colour engine.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import msgspec

from layout.findings import InputError, Mark, bad_input
from layout.press.objects import Name, Object, Value, compressed
from layout.press.standards import Standard

NEWSPRINT = Path(__file__).parent / "data" / "newsprint-tr002.icc"

_REGISTERED = {NEWSPRINT: "CGATS TR 002"}  # as it stands in the ICC characterization registry
# Size, version, class, colour space, connection space, signature (ICC.1 7.2).
_HEADER = struct.Struct(">I4xB3x4s4s4s12x4s")
_CLASSES = {
    b"scnr": "a scanner", b"mntr": "a screen", b"prtr": "a printer", b"link": "a device link",
    b"spac": "a colour space", b"abst": "an abstract", b"nmcl": "a named-colour",
}  # fmt: skip
_TO_INK, _FROM_INK = b"B2A0", b"A2B0"  # the tables colours are converted by (ICC.1 9.2)


class Wanted(msgspec.Struct, frozen=True):
    """The press condition a publication names: a profile, its registered name, where it says so."""

    profile: Path | None = None
    condition: str | None = None
    mark: Mark | None = None


class Condition(msgspec.Struct, frozen=True):
    """A printing condition. `registered` names are looked up at color.org, others are our own."""

    profile: bytes
    identifier: str
    description: str
    registered: bool

    def output_intent(self, standard: Standard) -> Object:
        """The output intent with the profile embedded, as X-4 always wants it."""
        entries: dict[str, Value] = {
            "Type": Name("OutputIntent"),
            "S": Name(standard.intent),
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
    return Object(entries, _deflated(profile))


@lru_cache(maxsize=4)
def _deflated(profile: bytes) -> bytes:
    """Deflated once: every page of an issue embeds it."""
    return compressed(profile)


def read_condition(wanted: Wanted, standard: Standard) -> Condition:
    """The condition; coldset newsprint when no profile is named."""
    path = wanted.profile or NEWSPRINT
    mark = wanted.mark or Mark(str(path))
    if wanted.condition and not wanted.profile:
        hint = (
            f"name the condition's ICC profile, too: the built-in one is {_REGISTERED[NEWSPRINT]}"
        )
        raise _refused(mark, f"the condition {wanted.condition} has no profile", hint)
    try:
        data = path.read_bytes()
    except OSError as fault:
        hint = "name a CMYK output profile"
        raise _refused(mark, f"the printing profile cannot be read: {path}", hint) from fault
    if unfit := _unfit(data, standard):
        raise _refused(mark, f"the printing profile {path.name} {unfit[0]}", unfit[1])
    description = _description(data) or path.stem
    identifier = wanted.condition or _REGISTERED.get(path)
    return Condition(data, identifier or description, description, identifier is not None)


def _refused(mark: Mark, message: str, hint: str) -> InputError:
    return InputError([bad_input("profile", message, hint, mark)])


def _unfit(data: bytes, standard: Standard) -> tuple[str, str] | None:
    """Why a file is no CMYK output profile for this standard, and what would be one."""
    hint = "give a CMYK output profile (class prtr, space CMYK)"
    if len(data) < 132 or _HEADER.unpack_from(data)[-1] != b"acsp":
        return "is no ICC profile", hint
    size, version, kind, space, _, _ = _HEADER.unpack_from(data)
    if kind != b"prtr":
        return f"is {_CLASSES.get(kind, 'an unknown')} profile, not a printer's", hint
    if space != b"CMYK":
        return f"is for {space.decode('ascii', 'replace').strip()}, not CMYK", hint
    if size > len(data):
        return f"is cut off: {len(data)} of {size} bytes", "copy the file again"
    if version > standard.icc_version:
        said = f"is ICC version {version}; {standard.title} stops at {standard.icc_version}"
        return said, f"give a version {standard.icc_version} profile, or choose standard: pdfx4"
    tags = {name for name, _, _ in _tags(data)}
    if not {_TO_INK, _FROM_INK} <= tags:
        return "has no tables to convert colours by (A2B0, B2A0)", hint
    return None


def _tags(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, offset and size of each tag that lies inside the file (ICC.1 7.3)."""
    (count,) = struct.unpack_from(">I", data, 128)
    for tag in range(min(count, (len(data) - 132) // 12)):
        name, offset, size = struct.unpack_from(">4sII", data, 132 + 12 * tag)
        if offset + size <= len(data):
            yield name, offset, size


def _description(data: bytes) -> str:
    """The profile's own name: tag `desc`, ASCII (version 2) or multilingual (version 4)."""
    for name, offset, size in _tags(data):
        if name != b"desc" or size < 28:
            continue
        if data[offset : offset + 4] == b"mluc":
            length, start = struct.unpack_from(">II", data, offset + 20)
            said = data[offset + start : offset + start + length]
            return said.decode("utf-16-be", "replace").strip("\0 ")
        text = data[offset + 12 : offset + size].split(b"\0", 1)[0]
        return text.decode("ascii", "replace").strip()
    return ""
