"""A PDF delivered by others, opened within limits: its first page, if that is one to print.

In: a path. Out: the page, or `Unfit` with what is wrong and what would be right. qpdf inflates no
more than a stated amount of any stream; content is counted token by token before anyone keeps it.
Sizes are ISO 32000-1 annex C's, pages 3 to 14,400 units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

# Content of the busiest advertisements seen is a tenth of it; pictures are not inflated here.
MOST_INFLATED = 16_000_000
# As objects they take 600 bytes each where a page is checked.
MOST_OPERATORS = 1_000_000
LEAST_SIDE, LARGEST_SIDE = 3.0, 14_400.0
# A descendant font has no program of its own to look for apart from its parent's.
_ABOVE = ("/Parent", "/DescendantFonts")
_PRINT_PAGE = "export the printed page itself as PDF"


class Unfit(Exception):  # noqa: N818 – a file, not an error of ours
    """What is wrong with an advertisement, and what would be right."""

    def __init__(self, message: str, hint: str) -> None:
        self.message, self.hint = message, hint
        super().__init__(message)


@contextmanager
def within_limits() -> Iterator[None]:
    """qpdf inflates no more than MOST_INFLATED; its limits, the process's, are put back."""
    from pikepdf.settings import set_qpdf_limits

    before = set_qpdf_limits(flate_max_memory=MOST_INFLATED, run_length_max_memory=MOST_INFLATED)
    try:
        yield
    finally:
        set_qpdf_limits(
            flate_max_memory=int(before["flate_max_memory"]),
            run_length_max_memory=int(before["run_length_max_memory"]),
        )


def instructions(content: Any) -> Any:
    """A page's or form's operators; PdfError of one that inflates beyond all use."""
    import pikepdf

    with within_limits():
        return pikepdf.parse_content_stream(content)


@contextmanager
def first_page(path: Path) -> Iterator[pikepdf.Page]:
    """The page, opened within limits."""
    import pikepdf  # late: 32 ms

    try:
        with within_limits(), pikepdf.open(path) as pdf:
            _check(pdf)
            yield pdf.pages[0]
    except pikepdf.PasswordError as fault:
        raise Unfit("is encrypted", "export it without a password") from fault
    except RecursionError as fault:
        raise Unfit("is nested too deeply", "flatten it, or export it again") from fault
    except (pikepdf.PdfError, IndexError, ValueError, TypeError) as fault:
        if "decoding content stream" in str(fault):  # qpdf's word for its limit, and for damage
            most = MOST_INFLATED // 1_000_000
            said = f"has content that is damaged, or more than {most} MB"
            raise Unfit(said, "simplify its paths, or export it again") from fault
        raise Unfit("cannot be read as a PDF", "export it again") from fault


def _check(pdf: pikepdf.Pdf) -> None:
    if "/Collection" in pdf.Root:
        raise Unfit("is a portfolio of other files", _PRINT_PAGE)
    form: Any = pdf.Root.get("/AcroForm")
    if form is not None and "/XFA" in form:
        waits = bool(pdf.Root.get("/NeedsRendering", False))
        if waits or not len(form.get("/Fields", [])):
            raise Unfit("is an XFA form, whose page is made up only when opened", _PRINT_PAGE)
    # qpdf repairs what it walks through; a page tree that leads back to itself ends there
    page = pdf.pages[0]
    for box in (page.mediabox, page.trimbox):
        sides = [abs(float(box[2]) - float(box[0])), abs(float(box[3]) - float(box[1]))]
        if not LEAST_SIDE <= min(sides) <= max(sides) <= LARGEST_SIDE:
            said = f"its page is {sides[0]:.4g} × {sides[1]:.4g} pt"
            raise Unfit(
                said, f"export it at its printed size, {LEAST_SIDE:g} to {LARGEST_SIDE:g} pt"
            )


def streams(page: pikepdf.Page) -> list[Any]:
    """The streams of a page's contents."""
    import pikepdf

    contents: Any = page.obj.get("/Contents")
    if contents is None:
        return []
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def is_content(thing: Any) -> bool:
    """A form or tiling pattern: operators of its own."""
    import pikepdf

    if not isinstance(thing, pikepdf.Stream):
        return False
    return thing.get("/Subtype") == "/Form" or thing.get("/PatternType", 0) == 1


def reachable(root: Any, passed_over: Container[str] = _ABOVE) -> Iterator[Any]:
    """Every object below one, each indirect object once, but for what these keys hold."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [root]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Object) and thing.is_indirect:
            if thing.objgen in seen:
                continue
            seen.add(thing.objgen)
        yield thing
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            waiting += [value for key, value in thing.items() if key not in passed_over]
        elif isinstance(thing, pikepdf.Array):
            waiting += list(thing)


def operators(stream: Any) -> Counter[tuple[str, str]]:
    """How often each operator with the operand before it; names in inline images count as BI's."""
    import pikepdf

    counted = _token_filter()()
    # qpdf streams a page's tokens, not a form's: the form stands in as a page's contents
    page = pikepdf.Page(pikepdf.Dictionary(Type=pikepdf.Name.Page, Contents=stream))
    page.get_filtered_contents(counted)
    if counted.open:
        raise Unfit("breaks off in the middle", "export it again")
    found: Counter[tuple[str, str]] = counted.found
    return found


@lru_cache(maxsize=1)
def _token_filter() -> Any:
    """The class, made when pikepdf is there."""
    import pikepdf

    kinds = pikepdf.TokenType
    passed_over = (kinds.space, kinds.comment, kinds.eof)
    opening = {kinds.array_open: 1, kinds.dict_open: 1, kinds.array_close: -1, kinds.dict_close: -1}

    class Operators(pikepdf.TokenFilter):
        """Counts, and keeps what is seen once."""

        def __init__(self) -> None:
            super().__init__()
            self.found: Counter[tuple[str, str]] = Counter()
            self.open = self._count = 0
            self._before, self._inline = "", False

        def handle_token(self, token: Any = None) -> None:
            """None keeps nothing of it."""
            kind = token.type_
            if kind in passed_over:
                return
            if kind == kinds.bad:
                raise Unfit(f"breaks off at {token.raw_value[:20]!r}", "export it again")
            self.open += opening.get(kind, 0)
            if kind == kinds.word:
                self._word(str(token.value))
            else:
                self._before = str(token.value) if kind == kinds.name_ else "0"
                if self._inline and kind == kinds.name_:
                    self.found["BI", self._before] += 1

        def _word(self, word: str) -> None:
            self._count += 1
            if self._count > MOST_OPERATORS:
                said = f"has more than {MOST_OPERATORS:,} operators"
                raise Unfit(said, "simplify its paths")
            self.found[word, self._before] += 1
            self._before, self._inline = "", word == "BI"

    return Operators
