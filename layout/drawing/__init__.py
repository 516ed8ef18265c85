"""SVG → a drawing: paths in points with their colours, as plain data (SVG 1.1, CSS by selectors).

In: a file of an advertiser or of the paper itself, trusted in nothing. Out: a `Drawing`, or
`Undrawable` with what is in the way – never a drawing that looks different from the one its
designer saw. lxml reads the XML, cssselect2 and tinycss2 the styles and colours, fontTools the path
data; none of them fetches or opens anything. Press and make-up know no SVG, only what is here.
"""

from layout.drawing.document import Undrawable
from layout.drawing.reader import page_size, read
from layout.drawing.shapes import Clip, Colour, Drawing, Gradient, Path, Shape, Stroke

__all__ = [
    "Clip",
    "Colour",
    "Drawing",
    "Gradient",
    "Path",
    "Shape",
    "Stroke",
    "Undrawable",
    "page_size",
    "read",
]
