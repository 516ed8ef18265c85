"""One page made up: furniture, pins, advertisements, then the stories that are left.

Comes in: a page of the issue and its prepared copy. Goes out: groups for the sheet, and what the
report says of each story. Whatever finds no room is reported, never dropped in silence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from layout.findings import Finding, Severity
from layout.fonts import FontSet
from layout.geometry import Box
from layout.issue.model import Ad, Issue, Page
from layout.makeup import jump, pins, styles
from layout.makeup.copy import StoryCopy
from layout.makeup.draw import Drawer, Frame, as_placed, outline
from layout.makeup.dummy import Placement, Region, region_of
from layout.makeup.furniture import banner, folio, masthead
from layout.makeup.furniture.inks import ink_of
from layout.makeup.furniture.separations import separations
from layout.makeup.heads import HeadSetter
from layout.makeup.nested import Host
from layout.makeup.pictures import CaptionSetter, effective_ppi
from layout.makeup.plan import MOST_OVER, Fixed, Hosts, Plan, Tables, around, plan
from layout.makeup.regions import corners_taken, free_regions
from layout.makeup.shapes import Shaper
from layout.makeup.treatment import Shape
from layout.sheet.items import BLACK, Artwork, Grid, Group, Item, Picture

OFF_PROPORTION = 0.06


class Placed(msgspec.Struct, frozen=True):
    """A story as it stands on the page; `frame` is None when it found no place at all."""

    copy: StoryCopy
    frame: Frame | None


class MadePage(msgspec.Struct, frozen=True):
    """A page's groups in reading order, its stories in rank order, and findings."""

    groups: tuple[Group, ...]
    stories: tuple[Placed, ...]
    findings: tuple[Finding, ...]


class _Ways:
    """How to see what is left of a page: round cells taken in its corners, or in rectangles."""

    def __init__(self, region: Region, taken: Sequence[Region]) -> None:
        cornered = corners_taken(region, taken)
        self.region, self.corners = cornered or (region, [])
        self.fixed = [Fixed(t.columns, t.lines, t.column == region.column) for t in self.corners]
        self.rectangles = [way for way in free_regions(region, taken) if way]

    def planned(self, tables: Tables, hosts: Hosts) -> Plan | None:
        """The best plan for all of some stories."""
        if self.fixed and (found := around(tables, self.region, self.fixed, hosts)):
            return found
        plans = [p for way in self.rectangles if (p := plan(tables, way, hosts))]
        return min(plans, key=_plan_order, default=None)


class PageMaker:
    """Makes up the pages of one issue on one grid."""

    def __init__(self, issue: Issue, grid: Grid, fonts: FontSet) -> None:
        self.issue, self.grid, self.fonts = issue, grid, fonts
        self.captions = CaptionSetter()
        lexicon = tuple(word.text for word in issue.publication.lexicon)
        self.shaper = Shaper(grid, HeadSetter(fonts, grid, lexicon), self.captions)
        self.drawer = Drawer(grid, fonts, self.captions)
        self.accent = ink_of(issue.publication.accent) or BLACK

    def make(self, page: Page, copies: Sequence[StoryCopy]) -> MadePage:
        """The page, laid out."""
        furniture, region = self._furniture(page)
        pinned = [c for c in copies if c.story.design.at]
        free = [c for c in copies if not c.story.design.at]
        taken = pins.cells_taken(page, pinned, region, self.grid)
        by_hand = [
            (copy, pins.pin(self.shaper, copy, at, self.grid))
            for copy in pinned
            if (at := copy.story.design.at)
        ]
        frames = [(jump.chosen(copy, p.shape), p) for copy, p in by_hand]
        placed, held = self._arrange(free, region, taken)
        frames += placed
        stories = [Placed(copy, self._draw(copy, p)) for copy, p in frames]
        stories += [Placed(copy, None) for copy in held]
        stories.sort(key=lambda s: s.copy.story.rank)
        ads = [self._ad(ad) for ad in page.ads]
        parts = [p.parts for _, p in frames]
        rules = separations(parts, self.grid)
        groups = [
            *furniture,
            *(s.frame.group for s in stories if s.frame),
            *ads,
            *([rules] if rules.items else []),
        ]
        findings = [f for s in stories for f in _story_findings(s, page.number)]
        findings += [f for s in stories for f in _block_findings(s, page.number)]
        findings += [f for ad in page.ads for f in self._ad_findings(ad, page.number)]
        findings += self._hole_findings(page.number, region, [*chain(*parts), *taken])
        return MadePage(tuple(groups), tuple(stories), tuple(findings))

    # --- furniture ---

    def _furniture(self, page: Page) -> tuple[list[Group], Region]:
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

    # --- the rest ---

    def _arrange(
        self, copies: Sequence[StoryCopy], region: Region, taken: Sequence[Region]
    ) -> tuple[list[tuple[StoryCopy, Placement]], list[StoryCopy]]:
        """Placements, and stories held over because the page is full.

        Vertical heads make fewer heights: where the page cannot be filled with them, they are set
        horizontally. Where it is too full, heads may be smaller.
        """
        ways = _Ways(region, taken)
        hosts = [self._hosts(copy, region) for copy in copies]
        best = self._planned([self._tables(copy, region) for copy in copies], ways, hosts)
        if any(map(pins.upright, copies)) and (best is None or best[0].over):
            tables = [self._tables(copy, region, upright=False) for copy in copies]
            other = self._planned(tables, ways, hosts)
            if other and (best is None or _plan_rank(other) < _plan_rank(best)):
                best = other
        if best is None or best[0].over > 0 or best[1] < len(copies):
            tables = [self._tables(copy, region, upright=False, small=True) for copy in copies]
            other = self._planned(tables, ways, hosts)
            if other and (best is None or _plan_rank(other) < _plan_rank(best)):
                best = other
        if best is None:
            return [], list(copies)
        planned, count = best
        placed = [(jump.chosen(copies[p.story], p.shape), p) for p in planned.placements]
        return placed, list(copies[count:])

    def _planned(self, tables: Tables, ways: _Ways, hosts: Hosts) -> tuple[Plan, int] | None:
        """The best plan with as many stories as find room, and how many those are."""
        for count in range(len(tables), 0, -1):
            best = ways.planned(tables[:count], hosts)
            if best and (best.over <= MOST_OVER or count == 1):
                return best, count
        return None

    def _tables(
        self, copy: StoryCopy, region: Region, *, upright: bool = True, small: bool = False
    ) -> dict[int, Mapping[int, Shape]]:
        """Shapes by width; with a vertical head where one is wanted and any width can take it."""
        most, widths = region.lines * 2, range(1, region.columns + 1)
        for vertical in (True, False) if upright and pins.upright(copy) else (False,):
            tables = {
                columns: table
                for columns in widths
                if (table := jump.table(self.shaper, copy, columns, most, vertical, small))
            }
            if tables:
                break
        return tables

    def _hosts(self, copy: StoryCopy, region: Region) -> dict[int, Sequence[Host]]:
        """Ways the story can be an L, by width; none for one that jumps."""
        if copy.parts:
            return {}
        return {
            columns: self.shaper.hosts(copy, columns) for columns in range(2, region.columns + 1)
        }

    def _draw(self, copy: StoryCopy, placed: Placement) -> Frame:
        treatment = as_placed(placed)
        galley = self.shaper.galley_for(copy, treatment.legs.measure, treatment.rooms)
        return self.drawer.story(copy, placed, treatment, galley)

    # --- advertisements ---

    def _ad(self, ad: Ad) -> Group:
        place = region_of(ad.at)
        cells = self.grid.cells(place.column, place.line, place.columns, place.lines)
        inset = self.grid.leading * 0.25
        box = Box(0.0, inset, cells.width, cells.height - 2 * inset)
        scale = min(box.width / ad.pixels[0], box.height / ad.pixels[1])
        width, height = ad.pixels[0] * scale, ad.pixels[1] * scale
        shown = Box(
            (box.width - width) / 2, inset + (box.height - height) / 2, width, height
        ).rounded()
        whole = Box(0.0, 0.0, 1.0, 1.0)
        ppi = round(effective_ppi(ad.pixels, whole, width), 1)
        picture: Item = Picture(ad.file, shown, whole, ppi, ad.name, ad.mark)
        if ad.vector:
            picture = Artwork(ad.file, shown, ad.name, ad.mark)
        return Group(ad.name, "ad", cells, (picture, *outline(box.rounded(), styles.THIN)))

    def _ad_findings(self, ad: Ad, page: int) -> Iterable[Finding]:
        place = region_of(ad.at)
        box = self.grid.cells(place.column, place.line, place.columns, place.lines)
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
                box = self.grid.cells(hole.column, hole.line, hole.columns, hole.lines)
                yield Finding(
                    check="makeup/hole", severity=Severity.WARNING, page=page, box=box,
                    message=f"page {page}: {hole.columns} columns × {hole.lines} lines are empty",
                    hint="add a story or an advertisement",
                )  # fmt: skip


def _plan_rank(found: tuple[Plan, int]) -> tuple[int, int, float]:
    """More stories first, then no line too many or too few."""
    planned, count = found
    return -count, abs(planned.over), planned.cost


def _plan_order(found: Plan) -> tuple[bool, float]:
    return found.over > MOST_OVER, found.cost


def _story_findings(placed: Placed, page: int) -> Iterable[Finding]:
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
            hint="move it to another page, or shorten the page's copy",
        )  # fmt: skip
        return
    yield from jump.whole_finding(placed.copy, page)
    if frame.overset:
        yield Finding(
            check="makeup/overset", severity=Severity.ERROR, page=page, story=story.slug,
            mark=story.mark, box=frame.group.box,
            message=f"{story.file} is overset by {frame.overset} characters",
            hint=f"cut {frame.overset} characters, or give it more room",
        )  # fmt: skip
    elif frame.leftover_lines:
        yield Finding(
            check="makeup/underset", severity=Severity.WARNING, page=page, story=story.slug,
            mark=story.mark, box=frame.group.box,
            message=f"{story.file} is {frame.leftover_lines} lines short of its frame",
            hint="add copy, a deck or a photograph",
        )  # fmt: skip


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
