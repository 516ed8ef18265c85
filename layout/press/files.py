"""Files written whole or not at all.

In: a path and its bytes, in as many parts as there are. Out: the file, or an `InputError` and what
stood there before; a reader never sees half a page.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path

from layout.findings import InputError, bad_input


def make_folder(path: Path) -> Path:
    """The folder, made if it is not there; InputError when it cannot be."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise _cannot(path, fault) from fault
    return path


def write_whole(path: Path, *parts: bytes) -> None:
    """Write beside the target, then rename: rename is atomic within one folder (POSIX, NTFS)."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        try:
            with beside.open("wb") as file:
                file.writelines(parts)
            beside.replace(path)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise _cannot(path, fault) from fault


def _cannot(path: Path, fault: OSError) -> InputError:
    said = f"cannot write to {path}: {fault.strerror or fault}"
    return InputError([bad_input("output", said, "name a place you may write to", None)])
