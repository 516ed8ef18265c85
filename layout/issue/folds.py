"""Characters that are another one in disguise: dirty copy's look-alikes and what is invisible.

A table, character → what is meant. Only what is clear wherever it stands; what depends on its
neighbours is in rules.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from unicodedata import normalize

# Radicals as characters: Kangxi ones decompose; of the supplement (PDF copies of simplified text)
# Unicode names equivalents only in EquivalentUnifiedIdeograph.txt, these of them.
_RADICALS = {
    "⺁": "厂", "⺒": "巳", "⺝": "月", "⺟": "母", "⺠": "民", "⺬": "示", "⺻": "聿", "⻁": "虎",
    "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻑": "長", "⻓": "长", "⻔": "门",
    "⻘": "青", "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨",
    "⻤": "鬼", "⻥": "鱼", "⻦": "鸟", "⻧": "卤", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿",
    "⻰": "龙", "⻳": "龟",
}  # fmt: skip
# Small, vertical and half-width forms (Unicode's FE10-FE6F, FF61-FF64) and typewriters' quotes.
_FORMS = {
    "﹐": "，", "﹑": "、", "﹔": "；", "﹕": "：", "﹖": "？", "﹗": "！", "﹙": "（", "﹚": "）",
    "﹝": "〔", "﹞": "〕", "﹪": "％", "︰": "：", "︵": "（", "︶": "）", "︻": "【", "︼": "】",
    "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉", "﹁": "「", "﹂": "」", "﹃": "『", "﹄": "』",
    "｡": "。", "､": "、", "｢": "「", "｣": "」", "〝": "“", "〞": "”", "〟": "”", "❝": "“",
    "❞": "”", "＂": '"', "＇": "'",
}  # fmt: skip
_INVISIBLE = "\u200b\u2060\ufeff\u00ad\u180e\ufff9\ufffa\ufffb"
# Compatibility ideographs: all but the twelve of them that are unified ones.
_COMPATIBLE = (range(0x2F00, 0x2FD6), range(0xF900, 0xFB07), range(0x2F800, 0x2FA1E))


FOLDS: Mapping[str, str] = {
    **{sign: same
       for span in _COMPATIBLE
       for sign in map(chr, span)
       if (same := normalize("NFKC", sign)) != sign},
    **{chr(code): chr(code - 0xFEE0)
       for first, last in ("09", "AZ", "az")
       for code in range(ord(first) + 0xFEE0, ord(last) + 0xFEE0 + 1)},
    **_RADICALS,
    **_FORMS,
    **dict.fromkeys(_INVISIBLE, ""),
}  # fmt: skip
