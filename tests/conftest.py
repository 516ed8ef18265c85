from __future__ import annotations

from pathlib import Path

import pytest

from layout.fonts import FontSet, OwnFace
from layout.fonts.manifest import stock
from tests.testfont import build


@pytest.fixture(scope="session")
def test_face(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("fonts") / "DuikaiTest.ttf")


@pytest.fixture(scope="session")
def test_fonts(test_face: Path) -> FontSet:
    """Every role set in the test font."""
    return FontSet({role: [OwnFace(str(test_face))] for role in stock().roles})
