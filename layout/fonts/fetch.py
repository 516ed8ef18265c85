"""npm faces → the user's cache: packages fetched with the npm client, each file's hash checked."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterable
from pathlib import Path

from layout.fonts.manifest import NPM, FaceSource, in_cache
from layout.fonts.woff import decode_woff


class FetchError(Exception):
    """A face could not be fetched; the message says which and why."""


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
    target = in_cache(face)
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(f".{os.getpid()}.part")
    partial.write_bytes(decode_woff(data) if face.file.endswith(".woff") else data)
    partial.replace(target)
    return target
