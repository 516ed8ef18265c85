"""fonts/manifest.yaml: role → face → source, licence, version, sha256; and where its file lies.

pip faces lie in site-packages; npm faces in the user's cache, put there by `fetch` under a name
that holds their hash, so that a cached file never goes stale and two versions never mix.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

import msgspec
import yaml
from platformdirs import user_cache_path

NPM = "npm"


class FaceSource(msgspec.Struct, frozen=True):
    """One stocked face as the manifest states it."""

    name: str
    registry: str
    package: str
    version: str
    file: str
    sha256: str
    licence: str

    @property
    def path(self) -> Path | None:
        """The face's file on this machine, None when it has not been fetched."""
        place = _in_site_packages(self) if self.registry == "pip" else _in_cache(self)
        return place if place and place.is_file() else None


class RoleFace(msgspec.Struct, frozen=True):
    """A face as a role uses it: with its axes pinned."""

    source: FaceSource
    axes: Mapping[str, float]


class Manifest(msgspec.Struct, frozen=True):
    """The stock: faces by name, faces by role in order of preference."""

    faces: Mapping[str, FaceSource]
    roles: Mapping[str, tuple[RoleFace, ...]]


class FetchError(Exception):
    """A face could not be fetched; the message says which and why."""


@cache
def stock() -> Manifest:
    """The manifest, read once."""
    data = yaml.load(_manifest_file().read_text("utf-8"), Loader=yaml.CSafeLoader)
    faces = {name: FaceSource(name=name, **entry) for name, entry in data["faces"].items()}
    roles = {
        role: tuple(_role_face(faces, entry) for entry in entries)
        for role, entries in data["roles"].items()
    }
    return Manifest(faces, roles)


def _role_face(faces: Mapping[str, FaceSource], entry: str) -> RoleFace:
    name, *pins = entry.split()
    axes = {axis: float(value) for axis, value in (pin.split("=") for pin in pins)}
    return RoleFace(faces[name], axes)


def _manifest_file() -> Path:
    installed = Path(__file__).with_name("manifest.yaml")  # in a wheel
    return installed if installed.exists() else Path(__file__).parents[2] / "fonts" / installed.name


def _in_site_packages(source: FaceSource) -> Path | None:
    package, _, inside = source.file.partition("/")
    found = importlib.util.find_spec(package)
    roots = found.submodule_search_locations if found else None
    return Path(roots[0]) / inside if roots else None


def cache_folder() -> Path:
    """Where fetched faces are kept; $DUIKAI_FONT_CACHE overrides the user's cache folder."""
    override = os.environ.get("DUIKAI_FONT_CACHE")
    return Path(override) if override else user_cache_path("duikai") / "fonts"


def _in_cache(source: FaceSource) -> Path:
    return cache_folder() / f"{source.name}-{source.sha256[:12]}.ttf"


def missing() -> tuple[FaceSource, ...]:
    """Stocked faces whose files are not on this machine."""
    return tuple(face for face in stock().faces.values() if face.path is None)


def fetch(faces: Iterable[FaceSource]) -> list[Path]:
    """Fetch npm faces into the cache, each package once; a hash that differs is an error."""
    npm = shutil.which("npm")
    fetched: list[Path] = []
    by_package: dict[str, list[FaceSource]] = {}
    for face in faces:
        if face.registry != NPM:
            raise FetchError(
                f"{face.name} belongs to the package {face.package} {face.version}, a dependency "
                "of ours – install the project again"
            )
        by_package.setdefault(f"{face.package}@{face.version}", []).append(face)
    if by_package and npm is None:
        raise FetchError("the npm client is not on this machine's path")
    for package, wanted in by_package.items():
        with tempfile.TemporaryDirectory() as folder:
            archive = _pack(str(npm), package, Path(folder))
            fetched += [_unpack(archive, face) for face in wanted]
    return fetched


def _pack(npm: str, package: str, folder: Path) -> Path:
    ran = subprocess.run(
        [npm, "pack", "--silent", "--ignore-scripts", package],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    archive = next(folder.glob("*.tgz"), None)
    if ran.returncode or archive is None:
        reason = (ran.stderr.strip().splitlines() or ["no archive came"])[-1]
        raise FetchError(f"npm pack {package}: {reason}")
    return archive


def _unpack(archive: Path, face: FaceSource) -> Path:
    with tarfile.open(archive) as tar:
        member = tar.extractfile(face.file)
        data = member.read() if member else b""
    got = hashlib.sha256(data).hexdigest()
    if got != face.sha256:
        raise FetchError(f"{face.name}: sha256 is {got}, the manifest has {face.sha256}")
    target = _in_cache(face)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    partial.write_bytes(decode_woff(data) if face.file.endswith(".woff") else data)
    partial.replace(target)
    return target


def decode_woff(data: bytes) -> bytes:
    """A WOFF file as the TrueType or OpenType file in it, tables untouched."""
    import io

    from fontTools.ttLib import TTFont  # late: only when a face is fetched

    font = TTFont(io.BytesIO(data), recalcTimestamp=False, recalcBBoxes=False, lazy=True)
    font.flavor = None
    plain = io.BytesIO()
    font.save(plain, reorderTables=None)
    return plain.getvalue()
