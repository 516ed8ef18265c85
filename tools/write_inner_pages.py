"""Writes the stories of the eight-page sample's inner pages from tools/inner_pages.yaml.

Heads and first paragraphs stand there as written; the rest is drawn from its pools by a seed, so
the same file gives the same stories. The front page is written by hand and not touched.

    python tools/write_inner_pages.py issues/changji-daily/2025-02-25/stories
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import yaml

SOURCE = Path(__file__).with_name("inner_pages.yaml")
SEED = 20250225
COMMON = 0.35  # of the sentences
ASIDE = ("“", "“以前")  # a quotation opens a paragraph of its own


def main(folder: str) -> None:
    """Write every story of every page."""
    copy = yaml.safe_load(SOURCE.read_text("utf-8"))
    for page in copy["pages"]:
        used: set[str] = set()
        for story in page["stories"]:
            rng = random.Random(f"{SEED} {story['slug']}")
            body = paragraphs(
                story, _Pool(copy, [page["pool"], *story.get("pools", ())], rng, used), rng
            )
            path = Path(folder) / f"p{page['number']}-{story['slug']}.md"
            path.write_text(f"---\n{front(story)}---\n{body}\n", "utf-8")


def front(story: dict[str, Any]) -> str:
    """Front matter."""
    said = {key: story[key] for key in ("kicker", "headline", "deck") if key in story}
    said |= {"dateline": "本报讯", "byline": story["byline"]}
    said |= {key: story[key] for key in ("jump", "jump_headline") if key in story}
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, width=1000)
    if photo := story.get("photo"):
        fields = ", ".join(f"{key}: {value}" for key, value in photo.items() if key != "file")
        text += f"photos:\n  - {{file: ../photos/{photo['file']}, {fields}}}\n"
    return text


class _Pool:
    """Sentences drawn without return, first those the page has not had."""

    def __init__(
        self, copy: dict[str, Any], names: list[str], rng: random.Random, used: set[str]
    ) -> None:
        self.words, self.rng, self.used = copy["words"], rng, used
        own = [sentence for name in reversed(names) for sentence in self._shuffled(copy, name)]
        self.decks = {"own": own, "common": self._shuffled(copy, "common")}

    def _shuffled(self, copy: dict[str, Any], name: str) -> list[str]:
        sentences = copy["pools"][name]
        deck = self.rng.sample(sentences, len(sentences))
        return sorted(deck, key=lambda sentence: sentence not in self.used)

    def sentence(self) -> str | None:
        """One sentence; None when all are used."""
        common = self.rng.random() < COMMON
        deck = self.decks["common" if common else "own"] or self.decks["own"]
        deck = deck or self.decks["common"]
        if not deck:
            return None
        pattern = deck.pop()
        self.used.add(pattern)
        rng = self.rng
        figures = {
            "n": rng.randint(18, 640), "n2": rng.randint(30, 180), "m": rng.randint(3, 8),
            "m2": rng.randint(9, 28), "p": rng.randint(82, 98), "p2": rng.randint(11, 46),
            "s": round(rng.uniform(1.1, 8.9), 1), "month": rng.randint(3, 6),
            "money": round(rng.uniform(1.2, 46), 1),
        }  # fmt: skip
        words = {key: rng.choice(choices) for key, choices in self.words.items()}
        return pattern.format(**figures, **words)


def paragraphs(story: dict[str, Any], pool: _Pool, rng: random.Random) -> str:
    """The opening, then paragraphs of one to three sentences under the story's subheads."""
    found = [story["opening"]]
    subheads = list(story.get("subheads", ()))
    parts = len(subheads) + 1
    length, open_ = story["length"], True
    while open_ and sum(map(len, found)) < length:
        if subheads and sum(map(len, found)) > length * (parts - len(subheads)) / (parts + 0.6):
            found.append(f"## {subheads.pop(0)}")
        sentences: list[str] = []
        for _ in range(rng.choice((1, 2, 2, 2, 3))):
            said = pool.sentence()
            open_ = said is not None
            if said is None or (sentences and said.startswith(ASIDE)):
                sentences += [said] if said and not sentences else []
                break
            sentences.append(said)
        if sentences:
            found.append("".join(sentences))
    return "\n\n".join(found)


if __name__ == "__main__":
    main(*sys.argv[1:])
