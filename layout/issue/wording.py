"""Words the tool itself prints – 总第…期, 下转第…版 – in the publication's script.

Only these words: copy is set as written.
"""

from __future__ import annotations

_SIMPLIFIED = "总统号邮发热线转国内时闻价网闰腊报编码"
_TRADITIONAL = "總統號郵發熱線轉國內時聞價網閏臘報編碼"
_TABLE = str.maketrans(_SIMPLIFIED, _TRADITIONAL)


def worded(text: str, *, traditional: bool) -> str:
    """One of the tool's own words, in traditional characters where the paper is set in them."""
    return text.translate(_TABLE) if traditional else text
