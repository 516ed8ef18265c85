"""Shows what changed in tests/pages, and accepts it by name.

python tools/accept_pages.py            what differs from its reference, as a diff
python tools/accept_pages.py NAME …     accept these; never all by default, never in CI
"""

from __future__ import annotations

import difflib
import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from layout.fonts import FontSet, OwnFace  # noqa: E402
from layout.fonts.manifest import stock  # noqa: E402
from tests.pages.case import cases, made  # noqa: E402
from tests.testfont import build  # noqa: E402


def main(names: list[str]) -> int:
    """Exit code 1 when something differs and nothing was accepted."""
    if names and os.environ.get("CI"):
        print("references are not written in CI", file=sys.stderr)
        return 2
    known = {case.name: case for case in cases()}
    if strange := [name for name in names if name not in known]:
        print(f"no case is named {', '.join(strange)}", file=sys.stderr)
        return 2
    differs = 0
    with tempfile.TemporaryDirectory() as folder:
        face = build(Path(folder) / "DuikaiTest.ttf")
        fonts = FontSet({role: [OwnFace(str(face))] for role in stock().roles})
        for case in [known[name] for name in names] or known.values():
            where = Path(folder) / case.name
            where.mkdir()
            text = made(case, where, fonts).text
            held = case.reference.read_text("utf-8") if case.reference.exists() else ""
            if text == held:
                continue
            differs += 1
            if names:
                case.reference.parent.mkdir(exist_ok=True)
                case.reference.write_text(text, "utf-8")
                print(f"accepted {case.area}/{case.name}")
            else:
                print(f"== {case.area}/{case.name} · {case.shows}")
                lines = difflib.unified_diff(held.split("\n"), text.split("\n"), n=1, lineterm="")
                print("\n".join([*lines][2:]))
    return int(bool(differs) and not names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
