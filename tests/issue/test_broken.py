"""Broken issue folders, one fault or several each, with the messages an editor gets.

broken.yaml: `in` names the file of the good folder that is changed, `change` what is replaced by
what, `files` whole files, `remove` files taken away, `bytes` a file's bytes in hex; `expect` holds
every line of the message.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from layout.findings import InputError
from layout.issue import load
from tests.issue.folder import GOOD, write

CASES: list[dict[str, Any]] = list(
    yaml.safe_load_all(Path(__file__).with_name("broken.yaml").read_text("utf-8"))
)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_broken(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = dict(case.get("files", {}))
    for old, new in case.get("change", []):
        text = files.get(case["in"], GOOD[case["in"]])
        assert old in text, "the change must hit"
        files[case["in"]] = text.replace(old, new, 1)
    write(tmp_path, files)
    for name in case.get("remove", []):
        (tmp_path / name).unlink()
    for name, data in case.get("bytes", {}).items():
        (tmp_path / name).write_bytes(bytes.fromhex(data))
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        load("issue.yaml")
    assert [str(finding) for finding in caught.value.findings] == case["expect"]


def test_names_are_unique() -> None:
    names = [case["name"] for case in CASES]
    assert len(set(names)) == len(names) >= 140
