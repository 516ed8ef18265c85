"""One page made up: furniture, pins, advertisements, then the stories that are left.

Comes in: a page of the issue and its prepared copy. Goes out: groups for the sheet, and what the
report says of each story. Whatever finds no room is reported, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

import msgspec

from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import Ad, Issue, Page
from layout.makeup import jump, pins, styles
from layout.makeup.arrange import Arrangement, Arranger
from layout.makeup.copy import StoryCopy
from layout.makeup.draw import Drawer, Frame, as_placed, outline
from layout.makeup.dummy import Placement, Region, region_of
from layout.makeup.furniture import banner, colophon, folio, masthead
from layout.makeup.furniture.inks import ink_of
from layout.makeup.furniture.separations import separations
from layout.makeup.heads import HeadSetter
from layout.makeup.pictures import CaptionSetter, effective_ppi
from layout.makeup.regions import free_regions
from layout.makeup.remedies import Prepare, Remedy, remedies
from layout.makeup.shapes import Shaper
from layout.makeup.wishes import unmet, wishes_of
from layout.sheet.items import BLACK, Artwork, Grid, Group, Item, Picture

OFF_PROPORTION = 0.06
# Sees how a page was arranged, and of what stories: `render why`.
Watch = Callable[[Page, Arranger, Arrangement, Sequence[StoryCopy]], None]


class Placed(msgspec.Struct, frozen=True):
    """A story as it stands on the page; `frame` is None when it found no place at all."""

    copy: StoryCopy
    frame: Frame | None


class MadePage(msgspec.Struct, frozen=True):
    """A page's groups in reading order, its stories in rank order, findings, and what would make a
    page fit that does not.
    """

    groups: tuple[Group, ...]
    stories: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    remedies: tuple[Remedy, ...] = ()


class PageMaker:
    """Makes up the pages of one issue on one grid."""

    def __init__(
        self, issue: Issue, grid: Grid, fonts: FontSet, watch: Watch | None = None
    ) -> None:
        self.issue, self.grid, self.fonts, self.watch = issue, grid, fonts, watch
        self.captions = CaptionSetter()
        lexicon = tuple(word.text for word in issue.publication.lexicon)
        self.shaper = Shaper(grid, HeadSetter(fonts, grid, lexicon), self.captions)
        self.drawer = Drawer(grid, fonts, self.captions)
        self.accent = ink_of(issue.publication.accent) or BLACK

    def make(self, page: Page, copies: Sequence[StoryCopy], prepare: Prepare) -> MadePage:
        """The page, laid out; `prepare` sets a story's copy anew for the remedies."""
        furniture, region = self.furniture(page)
        pinned = [c for c in copies if c.story.design.at]
        free = [c for c in copies if not c.story.design.at]
        taken = pins.cells_taken(page, pinned, region, self.grid)
        by_hand = [
            (copy, pins.pin(self.shaper, copy, at, self.grid))
            for copy in pinned
            if (at := copy.story.design.at)
        ]
        arranger = self.arranger(page, free, pinned, region, taken)
        arranged = arranger.arrange(free)
        if self.watch:
            self.watch(page, arranger, arranged, free)
        frames = [(jump.chosen(copy, p.shape), p) for copy, p in by_hand] + list(arranged.placed)
        stories = [Placed(copy, self._draw(copy, p)) for copy, p in frames]
        stories += [Placed(copy, None) for copy in arranged.held]
        stories.sort(key=lambda s: s.copy.story.rank)
        ads = [self._ad(ad) for ad in page.ads]
        parts = [p.parts for _, p in frames]
        rules = separations(parts, self.grid)
        groups = [
            *furniture,
            *(s.frame.group for s in stories if s.frame),
            *ads,
            *self._foot(page),
            *([rules] if rules.items else []),
        ]
        overset = sum(s.frame.overset for s in stories if s.frame and not s.copy.story.design.at)
        cures = remedies(arranger, free, arranged, overset, prepare)
        findings = [f for s in stories for f in _story_findings(s, page.number, cures)]
        findings += [f for s in stories for f in _block_findings(s, page.number)]
        findings += [f for ad in page.ads for f in self._ad_findings(ad, page.number)]
        findings += self._hole_findings(page.number, region, [*chain(*parts), *taken])
        places = {name: p.parts for copy, p in frames for name in copy.story.names}
        findings += unmet(copies, places | _ad_cells(page), page.number)
        return MadePage(tuple(groups), tuple(stories), tuple(findings), cures)

    def arranger(
        self,
        page: Page,
        free: Sequence[StoryCopy],
        pinned: Sequence[StoryCopy],
        region: Region,
        taken: Sequence[Region],
    ) -> Arranger:
        """Of the page's stories without a place of their own."""
        cells = _ad_cells(page)
        for copy in pinned:
            assert copy.story.design.at
            own = tuple(region_of(part) for part in copy.story.design.at.parts)
            cells |= dict.fromkeys(copy.story.names, own)
        size = (self.grid.columns, self.grid.lines)
        return Arranger(self.shaper, region, taken, wishes_of(free, cells, page.yesterday, size))

    # --- furniture ---

    def furniture(self, page: Page) -> tuple[list[Group], Region]:
        """Masthead or folio, and banner; the region left below them."""
        grid, groups = self.grid, []
        if page.number == 1:
            groups.append(masthead.Masthead(self.issue, grid, self.fonts).group())
            top = masthead.lines_needed(self.issue.publication, grid)
        else:
            groups.append(folio.folio(self.issue, page, grid, self.accent, self.fonts))
            top = folio.LINES
        region = Region(0, top, grid.columns, grid.lines - top)
        if page.banner:
            groups.append(banner.banner(page.banner, region, grid, self.accent, self.fonts))
            region = Region(0, top + banner.LINES, grid.columns, region.lines - banner.LINES)
        return groups, region

    def _foot(self, page: Page) -> list[Group]:
        """The colophon, on the last page."""
        last = colophon.is_last(self.issue, page)
        group = colophon.colophon(self.issue, self.grid, self.fonts) if last else None
        return [group] if group else []

    # --- stories ---

    def _draw(self, copy: StoryCopy, placed: Placement) -> Frame:
        treatment = as_placed(placed)
        galley = self.shaper.galley_for(copy, treatment.legs.measure, treatment.rooms)
        return self.drawer.story(copy, placed, treatment, galley)

    # --- advertisements ---

    def _ad(self, ad: Ad) -> Group:
        cells = region_of(ad.at).box(self.grid)
        inset = self.grid.leading * 0.25
        box = Box(0.0, inset, cells.width, cells.height - 2 * inset)
        scale = min(box.width / ad.pixels[0], box.height / ad.pixels[1])
        width, height = ad.pixels[0] * scale, ad.pixels[1] * scale
        shown = Box(
            (box.width - width) / 2, inset + (box.height - height) / 2, width, height
        ).rounded()
        whole = Box(0.0, 0.0, 1.0, 1.0)
        ppi = round(effective_ppi(ad.pixels, whole, width), 1)
        picture: Item = Picture(ad.file, shown, whole, ppi, ad.alt, ad.mark)
        if ad.vector:
            picture = Artwork(ad.file, shown, ad.alt, ad.mark)
        return Group(ad.name, "ad", cells, (picture, *outline(box.rounded(), styles.THIN)))

    def _ad_findings(self, ad: Ad, page: int) -> Iterable[Finding]:
        box = region_of(ad.at).box(self.grid)
        off = (ad.pixels[0] / ad.pixels[1]) / (box.width / box.height)
        if not 1 - OFF_PROPORTION < off < 1 + OFF_PROPORTION:
            yield Finding(
                check="makeup/ad-proportion", severity=Severity.WARNING, page=page, mark=ad.mark,
                box=box, message=f"advertisement {ad.name} does not have its space's proportions",
                hint=f"its space is {box.width / box.height:.2f} wide to 1 high, "
                f"the picture {ad.pixels[0] / ad.pixels[1]:.2f}",
            )  # fmt: skip

    def _hole_findings(
        self, page: int, region: Region, taken: Sequence[Region]
    ) -> Iterable[Finding]:
        for way in free_regions(region, taken)[:1]:
            for hole in way:
                box = hole.box(self.grid)
                yield Finding(
                    check="makeup/hole", severity=Severity.WARNING, page=page, box=box,
                    message=f"page {page}: {hole.columns} columns × {hole.lines} lines are empty",
                    hint="add a story or an advertisement",
                )  # fmt: skip


def _ad_cells(page: Page) -> dict[str, tuple[Region, ...]]:
    return {ad.name: (region_of(ad.at),) for ad in page.ads}


def _story_findings(placed: Placed, page: int, cures: Sequence[Remedy]) -> Iterable[Finding]:
    story, frame = placed.copy.story, placed.frame
    if frame and pins.upright(placed.copy) and not frame.head_vertical:
        yield Finding(
            check="makeup/vertical-head", severity=Severity.WARNING, page=page, story=story.slug,
            mark=story.design.mark, box=frame.group.box,
            message=f"the vertical headline of {story.file} is set horizontally",
            hint="it takes two columns, a story longer than itself and enough copy for the page",
        )  # fmt: skip
    if frame is None:
        yield Finding(
            check="makeup/not-placed", severity=Severity.ERROR, page=page, story=story.slug,
            mark=story.mark, message=f"page {page} is full: {story.file} is not on it "
            f"({story.characters} characters)",
            hint=_hint(cures, "move it to another page, or shorten the page's copy"),
        )  # fmt: skip
        return
    yield from jump.whole_finding(placed.copy, page)
    ink = story.design.ink
    if ink and ink.prints > 1 and frame.head_size < styles.SMALLEST_COLOURED:
        yield Finding(
            check="makeup/coloured-head", severity=Severity.WARNING, page=page, story=story.slug,
            mark=story.design.mark, box=frame.group.box,
            message=f"the headline of {story.file} is {frame.head_size:g} pt type in {ink.prints} "
            "inks", hint=f"below {styles.SMALLEST_COLOURED:g} pt leave it black, or take one ink",
        )  # fmt: skip
    if frame.overset:
        yield Finding(
            check="makeup/overset", severity=Severity.ERROR, page=page, story=story.slug,
            mark=story.mark, box=frame.group.box,
            message=f"{story.file} is overset by {frame.overset} characters",
            hint=_hint(cures, f"cut {frame.overset} characters, or give it more room"),
        )  # fmt: skip
    elif frame.leftover_lines:
        yield Finding(
            check="makeup/underset", severity=Severity.WARNING, page=page, story=story.slug,
            mark=story.mark, box=frame.group.box,
            message=f"{story.file} is {frame.leftover_lines} lines short of its frame",
            hint=_hint(cures, "add copy, a deck or a photograph"),
        )  # fmt: skip


def _hint(cures: Sequence[Remedy], other: str) -> str:
    """The remedies found, else general advice."""
    if not cures:
        return other
    return "any of these makes the page fit: " + "; ".join(cure.action for cure in cures)


def _block_findings(placed: Placed, page: int) -> Iterable[Finding]:
    """What became of the tables and pictures in a story's copy."""
    story, frame = placed.copy.story, placed.frame
    for copy in frame.tight if frame else ():
        columns = len(copy.table.aligns)
        yield Finding(
            check="makeup/table-too-wide", severity=Severity.ERROR, page=page, story=story.slug,
            mark=copy.mark, message=f"the table of {columns} columns in {story.file} is too wide "
            "for its leg at the smallest size",
            hint="shorten its figures or words, make two tables of it, or give the story fewer "
            "and wider columns (columns: … in issue.yaml)",
        )  # fmt: skip
    if frame and frame.cut:
        yield Finding(
            check="makeup/cut", severity=Severity.ERROR, page=page, story=story.slug,
            mark=story.mark, box=frame.group.box,
            message=f"a picture or table row in {story.file} fits no leg whole",
            hint="give the story higher legs or a smaller picture",
        )  # fmt: skip
