"""A person named twice in one sentence: 记者张弛张弛报道, 州长李明、李明指出.

Known names come from bylines and credits, others from behind a title. Speech between quotes may
name again; so may a second sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from layout.issue.hanzi import compiled

_SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹柏苏潘葛范彭鲁韦马苗方俞任袁柳史唐"
    "费薛雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛米戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾江童郭梅"
    "林钟徐邱骆高夏蔡田樊胡凌霍万管卢莫房丁邓洪包左石崔龚程裴陆翁段焦侯武刘龙叶黎白赖卓池乔闻党翟谭姬申"
    "冉桑边温庄柴瞿阎习艾向易廖耿匡文聂关荆游盖岳闫肖曾仇代车宁简丛尚覃"
)
_ROLES = r"记者|通讯员|摄影|编辑|实习生"
_TITLES = (
    r"书记|州长|市长|县长|区长|乡长|镇长|主任|局长|厅长|部长|处长|科长|院长|校长|所长|站长|主席|常委|委员"
    r"|代表|董事长|总经理|经理|会长|理事长|秘书长|教授|研究员|专家|工程师|支书|负责人|同志"
)
_HANZI = "[\u4e00-\u9fff]"
_TITLED = re.compile(rf"(?:{_TITLES}|{_ROLES})(?P<name>[{_SURNAMES}]{_HANZI}{{1,2}})")
_FOREIGN = rf"{_HANZI}{{2,8}}·{_HANZI}{{2,8}}"
_DOUBLED = rf"(?:{_TITLES}|{_ROLES})([{_SURNAMES}]{_HANZI}{{1,2}}|{_FOREIGN})[、 　]?\1"
_ACTS = "说|表示|指出|介绍|强调|要求|认为|告诉|主持|出席|参加|报道|宣布|致辞|讲话|摄"
_END = re.compile("[。！？；\n]")
_SIGN = "(?!报道|摄|文|图)[\u4e00-\u9fff]"  # of a name; what follows it is none
_NAME = rf"(?:{_SIGN}){{2,4}}(?:·(?:{_SIGN}){{2,8}})?"
_NAMED = rf"(?:{_ROLES})[：: 　]*(?P<names>{_NAME}(?:[、 　]+(?!{_ROLES}){_NAME})*)"
# What follows a name in its first place.
_FIRST = rf"[，、：]|$|等|同志|一行|{_ACTS}|调研|率|赴|在|到|带领|深入|主任|局长|书记"


def credited(lines: Iterable[str]) -> frozenset[str]:
    """Names in bylines and credits: what follows a role."""
    return frozenset(
        name
        for line in lines
        for match in compiled(_NAMED).finditer(line)
        for name in re.split("[、 　]+", match["names"])
    )


def named_twice(text: str, known: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Offset of a name's second place in a sentence, and the name."""
    known = tuple(name for name in known if text.count(name) > 1)
    if not known and not _TITLED.search(text) and "·" not in text:
        return
    start = 0
    for end in (*(match.start() for match in _END.finditer(text)), len(text)):
        sentence = text[start:end]
        for at, name in _in_sentence(sentence, known):
            yield start + at, name
        start = end + 1


def _in_sentence(sentence: str, known: Sequence[str]) -> Iterator[tuple[int, str]]:
    doubled = compiled(_DOUBLED).search(sentence)
    if doubled:
        yield doubled.end() - len(doubled[1]), doubled[1]
        return
    names = [name for name in known if sentence.count(name) > 1]
    names += [name for match in _TITLED.finditer(sentence) for name in _readings(match["name"])]
    for name in names:
        first = sentence.find(name)
        second = sentence.find(name, first + len(name))
        if second < 0 or set("“”‘’") & set(sentence[first:second]):
            continue
        follows = compiled(_FIRST).match(sentence, first + len(name))
        if name in known or (follows and _again(sentence, name, second)):
            yield second, name
            return


def _readings(name: str) -> tuple[str, ...]:
    return (name, name[:2]) if len(name) == 3 else (name,)


def _again(sentence: str, name: str, at: int) -> bool:
    """Whether a name stands there as one: behind a title, or at a clause's start before an act."""
    before, after = sentence[:at], sentence[at + len(name) :]
    if re.search(rf"(?:{_TITLES}|{_ROLES})$", before):
        return bool(re.match(rf"[，、：]|$|{_ACTS}", after))
    return bool(re.search("[，、：]$", before) and re.match(_ACTS, after))
