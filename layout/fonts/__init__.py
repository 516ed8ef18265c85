"""Faces by role: found through fonts/manifest.yaml or the publication, shaped by HarfBuzz."""

from layout.fonts.face import Face, Unit
from layout.fonts.fontset import FontSet, MissingCharacterError, OwnFace

__all__ = ["Face", "FontSet", "MissingCharacterError", "OwnFace", "Unit"]
