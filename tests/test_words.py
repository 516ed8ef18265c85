"""The segmenter beside a command says what it says within it, and goes when it is let go."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from layout import words

HEAD = "昌吉州人民政府召开第三次全体会议　张弛主持"
PROBE = (
    "import sys; from layout import words; words.begin(); beside = words._beside\n"
    f"found = words.tagged({HEAD!r}); print(found)\n"
    "print('rjieba' in sys.modules); {then}\n"
)
THEN = "words.end(); print(beside.returncode is not None)"


def probe(then: str) -> list[str]:
    code = PROBE.format(then=then)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stderr == ""
    return ran.stdout.splitlines()


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delitem(sys.modules, "rjieba", raising=False)
    words.begin()
    yield
    words.end()


def test_both_say_the_same() -> None:
    here = words.tagged(HEAD)
    assert "".join(word for word, _ in here) == HEAD
    assert probe(THEN) == [repr(here), "False", "True"]


def test_what_is_expected_is_answered_in_any_order() -> None:
    then = (
        "more = ['甲乙丙在丁', '新春开局']; words.expect([*more, *more]); "
        "print([words.tagged(text) for text in reversed(more)]); words.end(); "
        "print([words.tagged(text) for text in reversed(more)])"
    )
    lines = probe(then)
    assert lines[2] == lines[3]


def test_without_room_for_a_process_words_come_from_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "rjieba", raising=False)
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    words.begin()
    assert words._beside is None
    assert "".join(words.cut(HEAD)) == HEAD


def test_a_process_that_is_gone_is_not_missed(begun: None) -> None:
    assert words._beside
    os.kill(words._beside.pid, signal.SIGKILL)
    words._beside.wait()
    assert "".join(word for word, _ in words.tagged(HEAD)) == HEAD
    assert words._beside is None


def test_it_ends_by_itself_when_nobody_asks_any_more() -> None:
    assert (
        probe("import os; sys.stdout.flush(); beside.stdin.close(); print(beside.wait())")[2] == "0"
    )
