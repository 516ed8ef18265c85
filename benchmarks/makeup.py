"""Make-up measured on generated pages: hard faults, leftover white, time, quality of the plans.

Plans are weighed by the planner's own objective against a proven optimum (five stories at most) and
against a greedy and an annealing make-up.

    python benchmarks/makeup.py [PAGES]        20 pages by default, all 200 in some minutes
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import baselines
from faults import Circled, circled
from generated import A_FOLDER, write_folder

from layout.issue import load
from layout.makeup import Made, _made, arrange
from layout.makeup.copy import Desk, settings_of
from layout.makeup.dummy import Region
from layout.makeup.grid import solve
from layout.makeup.page import PageMaker
from layout.makeup.plan import Hosts, Plan, Tables, plan
from layout.makeup.wishes import Wishes
from layout.render import open_fonts

QUICK, COMPARED = 20, 12  # pages made; pages the slow baselines see

Asked = tuple[Tables, Hosts, tuple[Region, ...], Plan | None]


def recorded(asked: list[Asked]) -> None:
    """Keep what the planner is asked and what it answers."""

    def recording(
        tables: Tables, regions: tuple[Region, ...], hosts: Hosts, wishes: Wishes
    ) -> Plan | None:
        found = plan(tables, regions, hosts, wishes)
        asked.append((tables, hosts, tuple(regions), found))
        return found

    arrange.plan = recording  # type: ignore[assignment]


def pages(count: int) -> list[tuple[Made, Circled, float, list[Asked]]]:
    """Pages made, what is wrong with them, seconds, and the planner's work."""
    asked: list[Asked] = []
    recorded(asked)
    results = []
    for number in range(-(-count // A_FOLDER)):
        with tempfile.TemporaryDirectory() as name:
            issue = load(write_folder(Path(name), number, min(A_FOLDER, count - len(results))))
            fonts = open_fonts(issue.publication)
            grid = solve(issue.publication.sheet)
            desk = Desk(fonts, grid, settings_of(issue.publication.composition))
            for page in issue.pages:
                asked.clear()
                start = time.perf_counter()
                copies = [desk.story(story) for story in page.stories]
                made = PageMaker(issue, grid, fonts).make(page, copies, desk.story)
                spent = time.perf_counter() - start
                whole = _made(issue, page, grid, made, fonts)  # the room's own hand
                results.append((whole, circled(whole), spent, list(asked)))
    return results


def share(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def print_pages(results: list[tuple[Made, Circled, float, list[Asked]]]) -> None:
    """Faults, leftover and time."""
    faulty = [(k, c.faults) for k, (_, c, _, _) in enumerate(results) if c.faults]
    kinds = Counter(fault.split(":")[0] for _, faults in faulty for fault in faults)
    white = [n for _, c, _, _ in results for n in c.leftover]
    times = [spent for _, _, spent, _ in results]
    print(f"{len(results)} pages: {100 - 100 * len(faulty) / len(results):.1f} % without a fault")
    print(f"  faults {dict(kinds)}; stories held over {sum(c.held for _, c, _, _ in results)} "
          f"on {sum(c.held > 0 for _, c, _, _ in results)} pages")  # fmt: skip
    print(f"  white lines a story: median {statistics.median(white)}, mean "
          f"{statistics.mean(white):.2f}, most {max(white)}")  # fmt: skip
    print(f"  seconds a page: median {share(times, 0.5):.2f}, 95 % {share(times, 0.95):.2f}, "
          f"most {max(times):.2f}")  # fmt: skip
    for low, high in ((5, 6), (7, 8), (9, 10), (11, 12)):
        some = [s for m, _, s, _ in results if low <= len(m.stories) <= high]
        if some:
            print(f"    {low}-{high} stories: median {statistics.median(some):.2f}, "
                  f"most {max(some):.2f}")  # fmt: skip
    for k, faults in faulty[:40]:
        made = results[k][0]
        print(f"  folder {k // A_FOLDER} page {made.page.number} ({len(made.stories)} stories, "
              f"{len(made.page.ads)} ads): {' '.join(faults)}")  # fmt: skip


def print_plans(results: list[tuple[Made, Circled, float, list[Asked]]]) -> None:
    """The planner beside an optimum and two baselines, on pages of one rectangle."""
    rows = []
    for _, _, _, asked in results:
        for tables, hosts, regions, found in asked:
            if len(regions) == 1 and found and found.over == 0 and found.cost < 100:
                rows.append((tables, hosts, regions[0], found))
    for what, nested in (("slicing", False), ("with Ls", True)):
        gaps = []
        for tables, hosts, region, _ in rows[:COMPARED]:
            some, whole = baselines.smaller(tables, region)
            wrapping = hosts[: len(some)] if nested else ()
            ours = plan(some, [whole], wrapping)
            best = baselines.optimum(some, whole, wrapping)
            if ours and best is not None and ours.cost < 100:
                gaps.append(ours.cost / best - 1)
        if gaps:
            print(f"{len(gaps)} pages of 4-5 stories against a proven optimum, {what}: mean gap "
                  f"{100 * statistics.mean(gaps):.2f} %, most {100 * max(gaps):.2f} %")  # fmt: skip
    margins: dict[str, list[float]] = {"greedy": [], "annealing": []}
    lost: Counter[str] = Counter()
    for tables, _, region, found in rows[:COMPARED]:
        for name, cost in (
            ("greedy", baselines.greedy(tables, region)),
            ("annealing", baselines.annealing(tables, region)),
        ):
            if cost is None:
                lost[name] += 1
            else:
                margins[name].append(cost / found.cost - 1)
    for name, values in margins.items():
        mean = f"{100 * statistics.mean(values):+.1f} % dearer than ours" if values else ""
        print(f"{name}: {len(values)} pages filled, {lost[name]} not; {mean}")


if __name__ == "__main__":
    made = pages(int(sys.argv[1]) if len(sys.argv) > 1 else QUICK)
    print_pages(made)
    print_plans(made)
