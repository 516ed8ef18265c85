"""Characters set without word spaces: what a line break between two of them stands for.

Comes in: the characters on both sides. Goes out: nothing or a blank. CSS Text 3, 4.1.3 (segment
breaks) has the same rule for East Asian text.
"""

from __future__ import annotations

import re
from functools import cache

# For regular expressions: hanzi, marks that are only Chinese, and those shared with Latin.
HAN = r"[\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
FULL_MARKS = "，。、；：！？（）《》〈〉【】〔〕「」『』"
CJK = rf"(?:{HAN}|[{FULL_MARKS}“”‘’—…·％～])"
BLANK = "[ \u3000]"
# Syllables names from other languages are written with: Xinhua's tables, Uyghur and Kazakh names.
NAME_SOUNDS = frozenset(
    "阿埃艾爱安昂奥巴白班邦保鲍贝本比彼毕别宾波伯勃博布查茨达大戴丹当道德登邓狄迪蒂丁东杜顿多厄恩尔法凡"
    "范菲费芬丰冯佛弗夫福富盖甘冈高戈哥格葛根贡古哈海汉豪赫黑亨洪侯胡华霍基吉季加贾简江杰捷津卡凯坎康"
    "考柯科克肯孔库奎拉莱赖兰朗劳勒雷蕾黎里理利莉立丽列林琳卢鲁伦罗洛马玛迈麦曼芒毛茂梅门蒙米密明缪摩莫"
    "墨姆木穆拿内纳娜奈南尼年涅宁纽农努诺欧帕潘庞培佩彭皮平珀普奇齐恰乔切琴丘曲热让仁日荣茹瑞若撒萨塞赛"
    "桑瑟森沙莎山珊尚绍舍申生圣施什史舒斯丝松苏素孙索塔泰坦汤唐特腾提廷通图土吐托瓦万旺威韦维魏温文翁沃"
    "乌吾伍武西希席夏香肖谢辛欣休许逊雅亚延扬耶叶依伊因英尤于约泽扎詹张哲珍芝治朱祖佐巧孜玉买提"
) - frozenset("大日年生平东文南立万土什让")  # which end and begin sentences as well

_FIRST = 0x2E80  # CJK Radicals Supplement; hanzi, kana and full-width marks all come after it
_MARKS = frozenset("“”‘’—…·")  # shared with Latin, Chinese in a Chinese newspaper


def is_cjk(character: str) -> bool:
    """Whether a character is hanzi or a Chinese mark."""
    return ord(character) >= _FIRST or character in _MARKS


def joint(before: str, after: str) -> str:
    """What stands for a line break between two pieces of text."""
    if not before or not after or before[-1].isspace() or after[0].isspace():
        return ""
    return "" if is_cjk(before[-1]) or is_cjk(after[0]) else " "


@cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A regular expression, compiled when first asked for: most are for dirty copy only."""
    return re.compile(pattern, flags)
