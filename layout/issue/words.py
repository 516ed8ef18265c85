"""Words written twice by a slip, as against 人人, 研究研究 and 目的的.

A quick search finds doublings; the segmenter (rjieba) then says whether they are two words alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.issue.hanzi import compiled
from layout.words import cut

# Function words that never double as words of their own; where they may by their neighbours
# (的的确确, 不了了之, 是是非非, 了了解) the segmenter knows better.
_SINGLE = "的了在是和与将被把从为于并及或而也都就还又不其该所之着给让使向由以已这那我他她它们"
# Words of two hanzi that are not reduplicated, as verbs of speech are (研究研究).
_PAIRS = (
    "进行 通过 实现 推进 推动 加快 加强 开展 提高 促进 提升 完成 召开 举行 举办 组织 参加 "
    "出席 我们 他们 你们 以及 因此 因为 所以 但是 然而 同时 目前 当前 今年 去年 对于 关于 "
    "根据 按照 为了 已经 可以 必须 应当 应该 能够 表示 指出 强调 要求 认为 记者 全州 全市 "
    "全县 全区 全国 全省 我州 我市 我县 项目 企业 工作 发展 建设 问题 情况 会议 活动 群众 "
    "干部 经济 社会 服务 管理 政府 部门 单位 公司 人员 国家 人民 其中 截至 预计 共有 达到 "
    "增长 下降 以上 以下 左右 这个 那个 这些 那些 一个 没有 不是 就是 还是 积极 进一步 认真 "
    "全面 深入 切实 不断 有效 有关 相关 主要 重要 重点 成为 作为 包括 涉及 来自 位于 负责 "
    "领导 党委 书记 主任 局长 昌吉 新疆 乌鲁木齐 昌吉州 自治州 自治区"
)  # fmt: skip
_COUNTED = {"一个", "一次", "一步"}  # 一个一个 is right
_DOUBLE = frozenset(_PAIRS.split()) - _COUNTED
_FURTHEST = 8  # characters between what stands twice
_SINGLES = re.compile(rf"([{_SINGLE}])\1")
_SUSPECT = rf"([{_SINGLE}])\1|([\u4e00-\u9fff]{{2,12}})\2|([\u4e00-\u9fff]{{5,20}}[，、；])\3"
_CALLS = frozenset("一好慢来加真快")  # 一家一户一家一户, 好消息好消息 are called out
_LONG = 3


def may_repeat(text: str) -> bool:
    """Whether to look closer: quick, in C, for a text of any length.

    A text XORed with itself moved by n characters is 0 for n of them where n stand twice.
    """
    wide = text.encode("utf-16-le")
    number = int.from_bytes(wide, "little")
    return _SINGLES.search(text) is not None or any(
        bytes(2 * n) in (number ^ (number >> 16 * n)).to_bytes(len(wide), "little")[: -2 * n]
        for n in range(2, _FURTHEST + 1)
    )


def repeated(text: str) -> Iterator[tuple[int, str]]:
    """Offset and words of what stands twice, one behind the other."""
    for match in compiled(_SUSPECT).finditer(text):
        single, words, clause = match.groups()
        if clause:
            yield match.start(), clause
        elif words and (words in _DOUBLE or _long(words)) and _alike(text, match):
            yield match.start(), words * 2
        elif single and _alike(text, match):
            yield match.start(), single * 2


def _long(words: str) -> bool:
    return len(words) >= _LONG and words[0] not in _CALLS and len(set(words)) == len(words)


def _alike(text: str, match: re.Match[str]) -> bool:
    """Whether the segmenter, too, sees an edge in the doubling's middle and at its ends."""
    middle, edges, at = (match.start() + match.end()) // 2, {0}, 0
    for word in cut(text):
        at += len(word)
        edges.add(at)
    return {match.start(), middle, match.end()} <= edges
