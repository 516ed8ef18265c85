"""What an editor may have meant by a name that is not known."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(written: str, known: Iterable[str], otherwise: str, quote: str = "") -> str:
    """The nearest of what is known, as a hint; another hint when none is near."""
    from difflib import get_close_matches  # late: 2 ms, and few issues have a slip in them

    near = get_close_matches(written, list(known), 1)
    return f"did you mean {quote}{near[0]}{quote}?" if near else otherwise
