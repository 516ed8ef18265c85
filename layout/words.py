"""Words of a line with their parts of speech, by jieba's dictionary.

In: text. Out: words and tags, in order. The dictionary takes 0.1 s to load, as long as an issue
takes to read, and holds the interpreter meanwhile. A command that makes pages up has it loaded
beside it (`begin`), by a process that runs this file; without one it is loaded here.
"""

from __future__ import annotations

import marshal
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from subprocess import Popen

Tagged = list[tuple[str, str]]

_beside: Popen[bytes] | None = None


def begin() -> None:
    """Start loading the dictionary; `end` it before the command is left."""
    global _beside
    from subprocess import DEVNULL, PIPE, Popen  # late: --help segments nothing

    if _beside is None and "rjieba" not in sys.modules:
        command = [sys.executable, "-P", __file__]  # -P: our modules are not for its imports
        _beside = Popen(command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL)


def end() -> None:
    """Let the process go, if there is one."""
    global _beside
    gone, _beside = _beside, None
    if gone:
        gone.terminate()
        gone.communicate()


def tagged(text: str) -> Tagged:
    """The text's words, each with the tag the dictionary gives it (nr a person, m a figure …)."""
    if _beside and _beside.stdin and _beside.stdout:
        try:
            marshal.dump(text, _beside.stdin)
            _beside.stdin.flush()
            answer: Tagged = marshal.load(_beside.stdout)
        except (OSError, EOFError):  # killed, by whomever: the words are the same from here
            end()
        else:
            return answer
    import rjieba  # late: many pages' headlines need no break

    found: Tagged = rjieba.tag(text)
    return found


def _serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answer until nobody asks any more."""
    import rjieba

    while True:
        try:
            text = marshal.load(questions)
        except EOFError:
            return
        marshal.dump(rjieba.tag(text), answers)
        answers.flush()


if __name__ == "__main__":
    _serve(sys.stdin.buffer, sys.stdout.buffer)
