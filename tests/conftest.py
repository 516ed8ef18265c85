from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from layout.fonts import FontSet, OwnFace
from layout.fonts.manifest import stock
from tests.testfont import build

# CI tries the same examples each time; a developer's runs look for new ones.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")


@pytest.fixture(scope="session")
def test_face(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("fonts") / "DuikaiTest.ttf")


@pytest.fixture(scope="session")
def test_fonts(test_face: Path) -> FontSet:
    """Every role set in the test font."""
    return FontSet({role: [OwnFace(str(test_face))] for role in stock().roles})
