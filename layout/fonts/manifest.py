"""fonts/manifest.yaml: role → face → source, licence, version, sha256; and where its file lies.

pip faces lie in site-packages; npm faces in the user's cache, put there by fetch.py under a name
that holds their hash, so that a cached file never goes stale and two versions never mix.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
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
        place = _in_site_packages(self) if self.registry == "pip" else in_cache(self)
        return place if place and place.is_file() else None


class RoleFace(msgspec.Struct, frozen=True):
    """A face as a role uses it: with its axes pinned."""

    source: FaceSource
    axes: Mapping[str, float]


class Manifest(msgspec.Struct, frozen=True):
    """The stock: faces by name, faces by role in order of preference."""

    faces: Mapping[str, FaceSource]
    roles: Mapping[str, tuple[RoleFace, ...]]


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


def in_cache(source: FaceSource) -> Path:
    """Where a fetched face's file lies, or will."""
    return cache_folder() / f"{source.name}-{source.sha256[:12]}.ttf"


def missing() -> tuple[FaceSource, ...]:
    """Stocked faces whose files are not on this machine."""
    return tuple(face for face in stock().faces.values() if face.path is None)
