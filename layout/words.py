"""Words of a line with their parts of speech, by jieba's dictionary.

In: text. Out: words and tags, in order. The dictionary takes 0.1 s to load, as long as an issue
takes to read, and holds the interpreter meanwhile. A command that makes pages up has it loaded
beside it (`begin`), by a process that runs this file; without one it is loaded here.
"""

from __future__ import annotations

import marshal
import sys
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

Tagged = list[tuple[str, str]]

_beside: Popen[bytes] | None = None
_asked: deque[str] = deque()  # what it has been asked and not heard about
_heard: dict[str, Tagged] = {}


def begin() -> None:
    """Start loading the dictionary; `end` it before the command is left."""
    global _beside
    from subprocess import DEVNULL, PIPE, Popen  # late: --help segments nothing

    if _beside is None and "rjieba" not in sys.modules:
        command = [sys.executable, "-P", __file__]  # -P: our modules are not for its imports
        with suppress(OSError):  # no room for a process: the words are the same from here
            _beside = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)


def end() -> None:
    """Let the process go, if there is one."""
    global _beside
    gone, _beside = _beside, None
    _asked.clear()
    _heard.clear()
    if gone:
        gone.terminate()
        gone.communicate()


def expect(texts: Iterable[str]) -> None:
    """Say which texts will be asked about, so that they are looked up meanwhile."""
    if _beside and _beside.stdin:
        asked = list(texts)
        try:
            marshal.dump(asked, _beside.stdin)
            _beside.stdin.flush()
        except OSError:
            end()
        else:
            _asked.extend(asked)


def tagged(text: str) -> Tagged:
    """The text's words, each with the tag the dictionary gives it (nr a person, m a figure …)."""
    if text not in _heard and text not in _asked:
        expect([text])
    try:
        while _beside and _beside.stdout and text not in _heard:
            answer: Tagged = marshal.load(_beside.stdout)
            _heard[_asked.popleft()] = answer
    except (OSError, EOFError):  # killed, by whomever: the words are the same from here
        end()
    if text in _heard:
        return _heard[text]
    import rjieba  # late: pages may have nothing to break

    found: Tagged = rjieba.tag(text)
    return found


def cut(text: str) -> list[str]:
    """The text's words alone."""
    return [word for word, _ in tagged(text)]


def _serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until nobody asks any more."""
    import rjieba

    while True:
        try:
            texts = marshal.load(questions)
        except EOFError:
            return
        for text in texts:
            marshal.dump(rjieba.tag(text), answers)
            answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
