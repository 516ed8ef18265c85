from __future__ import annotations

from pathlib import Path

import pytest

from layout.issue.fields import SECTIONS, reference, schema
from layout.issue.readers import READERS

DOC = Path(__file__).parents[2] / "docs/file-format.md"


def test_the_committed_reference_is_the_field_table() -> None:
    assert DOC.read_text("utf-8").endswith(reference())


@pytest.mark.parametrize("kind", ["publication", "issue", "story"])
def test_schema_lists_the_keys(kind: str) -> None:
    made = schema(kind)
    assert set(made["properties"]) == {field.key for field in SECTIONS[kind]}
    assert made["additionalProperties"] is False
    assert made["required"] == [f.key for f in SECTIONS[kind] if f.required]


def test_every_type_has_a_reader() -> None:
    nested = {"section", "sections", "stories", "margins", "colours", "later"}
    used = {field.type for fields in SECTIONS.values() for field in fields}
    assert used <= nested | set(READERS)
