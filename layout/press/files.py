"""Files written whole or not at all.

In: a path and its bytes. Out: the file, or an exception and what stood there before; a reader
never sees half a page.
"""

from __future__ import annotations

import os
import threading
from pathlib import Path


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the target, then rename: rename is atomic within one folder (POSIX, NTFS)."""
    beside = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.part")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
