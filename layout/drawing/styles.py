"""Which properties hold for each element: attributes, style sheets, style attributes (SVG 1.1 6).

In: the document. Out: for an element, the properties it declares, and with its parent's, those that
hold. Every property is known here: drawn, harmless to ignore, or refused – a shape painted black
because its class was not understood would reach the plate unseen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import cssselect2
import tinycss2

from layout.drawing.document import AS_PDF, SVG, Undrawable

INHERITED = {
    "fill": "black", "fill-opacity": "1", "fill-rule": "nonzero", "stroke": "none",
    "stroke-width": "1", "stroke-linecap": "butt", "stroke-linejoin": "miter",
    "stroke-miterlimit": "4", "stroke-dasharray": "none", "stroke-dashoffset": "0",
    "stroke-opacity": "1", "color": "black", "visibility": "visible", "clip-rule": "nonzero",
}  # fmt: skip
OWN = {
    "opacity": "1", "display": "inline", "clip-path": "none", "stop-color": "black",
    "stop-opacity": "1", "overflow": "",
}  # fmt: skip
# Properties that would change what is seen, and the values under which they do not.
_EFFECTS = {
    "filter": ("none",), "mask": ("none",), "marker": ("none",), "marker-start": ("none",),
    "marker-mid": ("none",), "marker-end": ("none",), "mix-blend-mode": ("normal",),
    "isolation": ("auto", "isolate"), "paint-order": ("normal", "fill"), "clip": ("auto",),
    "vector-effect": ("none",), "color-interpolation": ("auto", "srgb"),
    "backdrop-filter": ("none",),
    "transform": ("none",), "transform-box": ("view-box",), "transform-origin": ("0 0", "0px 0px"),
    "mask-image": ("none",), "mask-border": ("none",), "-inkscape-stroke": ("none",),
    "enable-background": ("accumulate", "new"), "animation": ("none",),
    "stroke-alignment": ("center",),
}  # fmt: skip
# Properties of type, screens and editors, and of what is refused elsewhere (filters, masks).
_HARMLESS = re.compile(
    r"-inkscape-.*|--.*|font.*|text-.*|letter-spacing|word-spacing|writing-mode|direction|line-height"
    r"|white-space|cursor|pointer-events|(shape|color|image)-rendering|color-interpolation-filters"
    r"|color-profile|flood-.*|lighting-color|solid-.*|shape-.*|inline-size|dominant-baseline"
    r"|baseline-shift|alignment-baseline|glyph-orientation-.*|kerning|unicode-bidi|user-select"
    r"|-(webkit|moz|ms)-user-select|mask-type|will-change|block-progression|baseline|viewport-fill"
    r"|viewport-fill-opacity|overflow-[xy]|stroke-opacity-type|nodetypes"
)
_WIDE = re.compile(r"initial|unset|revert|revert-layer|.*\bvar\(.*|.*\bcontext-(fill|stroke)\b.*")
_PAIR = tuple[str, str]
# Rules times elements that are matched in a few seconds.
MOST_MATCHES = 20_000_000


class Styles:
    """The style sheets of a document, asked element by element."""

    def __init__(self, root: Any) -> None:
        wrapped = cssselect2.ElementWrapper.from_xml_root(root)
        self._matcher, rules = cssselect2.Matcher(), 0
        for style in root.iter(f"{{{SVG}}}style"):
            for selector, declared in _rules(style):
                self._matcher.add_selector(selector, declared)
                rules += 1
        self._declared: dict[Any, dict[str, str]] = {}
        if not rules:
            return
        elements = list(wrapped.iter_subtree())
        if rules * len(elements) > MOST_MATCHES:
            raise Undrawable("has too large a style sheet", AS_PDF)
        self._matched = {
            element.etree_element: self._matcher.match(element) for element in elements
        }

    def holding(self, element: Any, parent: Mapping[str, str]) -> dict[str, str]:
        """All properties of an element whose parent has those."""
        given = self.declared(element)
        kept = {name: parent[name] for name in INHERITED}
        own = {name: parent[name] if v == "inherit" else v for name, v in given.items()}
        return {**kept, **OWN, **own}

    def declared(self, element: Any) -> dict[str, str]:
        """What is said of an element itself: attributes below rules below its style attribute."""
        if element not in self._declared:
            attributes = [(k, v.strip()) for k, v in element.items() if _is_property(k)]
            plain, important = list(attributes), list[_PAIR]()
            for *_, (common, urgent) in getattr(self, "_matched", {}).get(element, ()):
                plain += common
                important += urgent
            common, urgent = _declarations(element.get("style", ""), element.sourceline)
            declared = dict([*plain, *common, *important, *urgent])
            self._declared[element] = _known(declared, element.sourceline)
        return self._declared[element]


def _is_property(name: str) -> bool:
    # `transform` is an attribute with its own reader; as a property it is in other units
    return name in INHERITED or name in OWN or (name in _EFFECTS and name != "transform")


def _known(declared: Mapping[str, str], line: int | None) -> dict[str, str]:
    """The properties that are drawn; Undrawable for those that would be missed."""
    drawn = {}
    for name, value in declared.items():
        if name in INHERITED or name in OWN:
            if _WIDE.fullmatch(value):
                raise Undrawable(f"{name}: {value[:40]} is not understood", AS_PDF, line)
            drawn[name] = value
        elif name in _EFFECTS:
            if value.lower() not in _EFFECTS[name]:
                raise Undrawable(f"{name}: {value[:40]} cannot be printed", AS_PDF, line)
        elif not _HARMLESS.fullmatch(name):
            raise Undrawable(f"the style property {name[:40]} is not understood", AS_PDF, line)
    return drawn


def _rules(style: Any) -> Iterable[tuple[Any, tuple[list[_PAIR], list[_PAIR]]]]:
    """The rules of a style element: compiled selectors with their declarations."""
    line = style.sourceline
    if style.get("type", "text/css") != "text/css" or style.get("media", "all") not in _MEDIA:
        raise Undrawable("a style sheet for something else than print", AS_PDF, line)
    text = "".join(style.itertext())
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            said = f"@{rule.at_keyword} in a style sheet" if rule.type == "at-rule" else "bad CSS"
            raise Undrawable(f"{said} is not understood", "write plain rules, or attributes", line)
        declared = _declarations(rule.content, line)
        for selector in _selectors(rule.prelude, line):
            yield selector, declared


_MEDIA = ("", "all", "print", "screen", "all,print", "screen,print")


def _selectors(prelude: list[Any], line: int | None) -> list[Any]:
    """Compiled; states and positions of elements (:hover, + and ~) are refused."""
    text = tinycss2.serialize(prelude).strip()
    if any(token in (":", "+", "~") for token in prelude):
        raise Undrawable(f"the selector {text[:40]} is not understood", AS_PDF, line)
    try:
        return list(cssselect2.compile_selector_list(prelude))
    except cssselect2.SelectorError as fault:
        raise Undrawable(f"the selector {text[:40]} is not understood", AS_PDF, line) from fault


def _declarations(content: Any, line: int | None) -> tuple[list[_PAIR], list[_PAIR]]:
    """Properties and values, common and !important."""
    found: tuple[list[_PAIR], list[_PAIR]] = ([], [])
    for said in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if said.type != "declaration":
            raise Undrawable("a style that cannot be read", "write it as name: value;", line)
        value = tinycss2.serialize(said.value).strip()
        found[said.important].append((said.lower_name, value))
    return found
