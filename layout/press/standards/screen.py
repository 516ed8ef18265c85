"""A page for readers: sRGB as the press would print it, no press condition, no marks to be seen."""

from __future__ import annotations

from layout.press.standards.standard import Standard

SCREEN = Standard(name="screen", title="screen", version=(1, 7), press=False)
