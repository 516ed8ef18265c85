"""Whatever stands in the files, an editor sees findings, never a traceback."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.findings import InputError
from layout.issue import load
from layout.issue.fields import SECTIONS
from tests.issue.folder import GOOD, write

# Keys and signs that mean something, so that not all of it is refused at the first line.
_KEYS = sorted({field.key for fields in SECTIONS.values() for field in fields})
_WORDS = st.sampled_from(
    [
        *_KEYS, ": ", "\n", "\n  ", "\n    - ", "- ", "[", "]", "{", "}", ", ", "'", '"', "#", "|",
        "&a ", "*a", "~", "1", "1-4", "9pt", "0", "-3mm", "50%", "2025-02-25", "a.md", "p.png",
        "..", "---\n", "**", "*", "_", "`", "![", "](", "<b>", "&nbsp;", "\\", "> ", "1. ", "　　",
        "“算力”", "——", "\t", "\r", "\0", "\ufeff", "\u2028",
    ]
)  # fmt: skip
_TEXT = st.lists(_WORDS | st.text(max_size=5), max_size=40).map("".join)
_FRONT = st.sampled_from(["", "---\n", "---\nheadline: 题\n---\n"])


def _survives(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = write(Path(name))
        for file, data in files.items():
            (Path(name) / file).write_bytes(data)
        with suppress(InputError):
            load(path)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(_TEXT, st.sampled_from([*_KEYS, "", "number: 1\n"]))
def test_any_yaml(text: str, before: str) -> None:
    _survives({"issue.yaml": _utf8(f"{before}: {text}"), "publication.yaml": _utf8(text)})


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(_TEXT, st.integers(0, len(GOOD["issue.yaml"])))
def test_any_slip_in_a_right_file(text: str, at: int) -> None:
    good = GOOD["issue.yaml"]
    _survives({"issue.yaml": _utf8(good[:at] + text + good[at:])})


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(_FRONT, _TEXT)
def test_any_story(front: str, text: str) -> None:
    _survives({"a.md": _utf8(front + text)})


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(st.binary(max_size=60), st.sampled_from(["issue.yaml", "publication.yaml", "a.md", "p.png"]))
def test_any_bytes(data: bytes, file: str) -> None:
    _survives({file: data})
    _survives({"p.png": b"\x89PNG\r\n\x1a\n" + data, "b.md": data})


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "[" * 50_000 + "]" * 50_000, "- " * 50_000, "{a: " * 9_999]
)
def test_depth_does_not_bring_libyaml_down(text: str, tmp_path: Path) -> None:
    """Its composer recurses in C: 50,000 brackets ended the process."""
    with pytest.raises(InputError, match="too many or too deep values"):
        load(write(tmp_path, {"issue.yaml": text}))


def test_deep_markdown(tmp_path: Path) -> None:
    deep = "> " * 3_000 + "文\n\n" + "- " * 3_000 + "文\n\n" + "*" * 5_000 + "文" + "[" * 5_000
    with suppress(InputError):
        load(write(tmp_path, {"a.md": f"---\nheadline: 题\n---\n{deep}\n"}))


@pytest.mark.parametrize("path", ["", ".", "a\0b", "x" * 5_000, "no/such/issue.yaml"])
def test_any_path(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"give the path of an issue file|name the issue file"):
        load(path)


def test_private_use_characters_stay(tmp_path: Path) -> None:
    """Copy from Founder systems has them; the normaliser borrows the same codes."""
    copy = "昌吉\ue000，\ue001http://www.cjxw.cn\uf8ff"
    issue = load(write(tmp_path, {"a.md": f"---\nheadline: 题\n---\n{copy}\n"}))
    assert issue.pages[0].stories[0].blocks[0].text == copy
