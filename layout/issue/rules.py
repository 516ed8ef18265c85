"""The copy desk's rules: GB/T 15834's marks from what keyboards, OCR and paste make of them.

Each rule names the characters that call for it and finds edits in a paragraph, where whatever must
not be touched is masked with U+E000. In doubt a rule finds nothing; desk.py then says so.
`FIGURES` come first – they make figures and addresses whole, which are then masked for `MARKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from layout.issue.folds import FOLDS
from layout.issue.hanzi import BLANK, CJK, FULL_MARKS, HAN, NAME_SOUNDS, compiled
from layout.issue.quotes import pair_up, well_paired

Edit = tuple[int, int, str]  # from, to, what stands there instead
Finder = Callable[[str], Iterable[Edit]]


class Rule(msgspec.Struct, frozen=True):
    """`running` ones are for bodies only: in display lines blanks mark phrases."""

    triggers: frozenset[str]
    find: Finder
    running: bool = False


def _rule(triggers: str, find: Finder, running: bool = False) -> Rule:
    return Rule(frozenset(triggers), find, running)


def _sub(pattern: str, new: str | Mapping[str, str]) -> Finder:
    """Edits of the group x, or of all: to a text, or each character by a table (others go)."""
    group = "x" if "(?P<x>" in pattern else 0

    def find(text: str) -> Iterator[Edit]:
        for match in compiled(pattern, re.MULTILINE).finditer(text):
            after = new if isinstance(new, str) else "".join(new.get(c, "") for c in match[group])
            yield *match.span(group), after

    return find


def _each(pattern: str, decide: Callable[[re.Match[str]], str | None]) -> Finder:
    """Edits of the group x where the function knows what is right."""

    def find(text: str) -> Iterator[Edit]:
        for match in compiled(pattern, re.MULTILINE).finditer(text):
            if (after := decide(match)) is not None and after != match["x"]:
                yield *match.span("x"), after

    return find


# --- characters and figures ---------------------------------------------------------------------

_ODD_BLANKS = (
    "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f"
)
_JOINERS = "\u200c\u200d"  # they mean something in Uyghur and in emoji
_JOINED = "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefe\ufe0f\u2600-\u27bf\U0001f000-\U0001faff"
_DIRECTIONS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_HALF = {"．": ".", "＠": "@", "－": "-", "／": "/", "＆": "&", "＿": "_", "％": "%", "：": ":",
         "，": ","}  # fmt: skip
_LATIN = "[A-Za-z0-9]"
_MINUTE = "[0-5][0-9](?![0-9：])"
_TIME = r"(?:[01]?[0-9]|2[0-4])"
_WAVES = "~∼〜〰"
_UNIT = r"[0-9%％℃°万亿千百十个元岁天日月年时分秒米克吨亩倍度人]"


def _fold(text: str) -> Iterator[Edit]:
    return ((at, at + 1, FOLDS[sign]) for at, sign in enumerate(text) if sign in FOLDS)


def _directions(text: str) -> Iterator[Edit]:
    """Direction signs are for Uyghur and Arabic; in a paragraph without, they are dirt."""
    if not re.search(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]", text):
        yield from ((m.start(), m.end(), "") for m in re.finditer(f"[{_DIRECTIONS}]", text))


FIGURES: tuple[Rule, ...] = (
    Rule(frozenset(FOLDS), _fold),
    _rule(_JOINERS, _sub(f"(?<![{_JOINED}])[{_JOINERS}]", "")),
    _rule(_DIRECTIONS, _directions),
    _rule(_ODD_BLANKS, _sub(f"[{_ODD_BLANKS}]", " ")),
    # stray indents and trailing blanks (composition rule 54); an indent inside a paragraph, which
    # may be another one's beginning, stays for desk.py to report
    _rule(" \u3000", _sub(
        f"(?:\\A|^(?!\u3000\u3000)){BLANK}+(?=[^\\s\ue000])|{BLANK}+$", ""), True),
    _rule("％", _sub("(?<=[0-9])％", _HALF)),
    _rule("．＠／＆＿", _sub(f"(?<={_LATIN})[．＠／＆＿](?={_LATIN})", _HALF)),
    _rule("．", _sub(rf"\A{BLANK}*[0-9]{{1,2}}(?P<x>．)(?={HAN}|[“《（])", _HALF)),  # appendix B.3
    # a full-width hyphen between figures may be a range: only numbers with a letter, dialling
    # codes and dates are clear
    _rule("－", _sub(r"(?<=[A-Za-z])－(?=[A-Za-z0-9])|(?<=[0-9])－(?=[A-Za-z])", _HALF)),
    _rule("－", _sub(r"(?<![0-9])0[0-9]{2,3}(?P<x>－)(?=[0-9]{7,8}(?![0-9]))", _HALF)),
    _rule("－", _sub(r"(?<![0-9])[0-9]{4}(?P<x>－)(?=[0-9]{1,2}[－-][0-9]{1,2}(?![0-9]))", _HALF)),
    _rule("－", _sub(r"[0-9]{4}-[0-9]{1,2}(?P<x>－)(?=[0-9]{1,2}(?![0-9]))", _HALF)),
    _rule("：", _sub(r"(?<=http|ttps)：[/／]{2}", "://")),
    # times by what stands beside them; 21：15 alone may be a score
    _rule("：", _sub(rf"(?:[日午晨晚夜在时至到—～：]|^){_TIME}(?P<x>：)(?={_MINUTE})", _HALF)),
    _rule("：", _sub(
        rf"(?<![0-9：]){_TIME}(?P<x>：)(?={_MINUTE}(?:[至到—～分许整]|开始|前|后|出发))",
        _HALF)),
    # 1，250，000 is one figure; 第3，250家 may be two
    _rule("，", _sub(r"(?<![0-9，])[0-9]{1,3}(?P<x>，)(?=[0-9]{3}，[0-9]{3}(?![0-9]))", _HALF)),
    _rule("，", _sub(r"[0-9],[0-9]{3}(?P<x>，)(?=[0-9]{3}(?![0-9]))", _HALF)),
    # GB/T 15834 4.13.3.3: ～ between figures
    _rule(_WAVES, _sub(rf"(?<={_UNIT})(?P<x>[{_WAVES}])(?=[0-9])", "～")),
)  # fmt: skip

# --- marks --------------------------------------------------------------------------------------

_DASHES = "-－─━―–—ー﹣‒‑−⸺⸻"
_DOTS = "・‧•∙⋅･⸱·"
_STOPS = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？"}
_OPENERS = "“‘（《〈【〔「『"
_RUN = rf"[{_DASHES}](?: ?[{_DASHES}])*"
_POINTS = rf"[…⋯‥]+|\.{{3,}}|。{{3,}}|[{_DOTS}]{{3,}}|\.(?: \.){{2,5}}"
_LONGEST_DASH, _MOST_POINTS = 4, 6
_CHINESE = CJK


def _beside(text: str, start: int, end: int) -> tuple[str, str]:
    """The characters on both sides, emphasis signs and blanks not counting; "" at an edge."""
    before, after = text[:start].rstrip("* \u3000"), text[end:].lstrip("* \u3000")
    return before[-1:], after[:1]


def _dashes(text: str) -> Iterator[Edit]:
    """—— from what stands for it (GB/T 15834 4.10): two or more, beside Chinese."""
    for match in compiled(_RUN).finditer(text):
        run, length = match[0], len(match[0].replace(" ", "").replace("⸺", "——"))
        before, after = _beside(text, *match.span())
        chinese = compiled(_CHINESE).match(before) or compiled(_CHINESE).match(after)
        between_figures = after.isdigit() and compiled(_UNIT).match(before)  # 24日--26日
        if run == "——" or "- -" in run or between_figures or not chinese:
            continue
        if 2 <= length <= _LONGEST_DASH or run == "⸻":
            yield *match.span(), "——"
        elif run in "─━―" and compiled(_CHINESE).match(before) and compiled(_CHINESE).match(after):
            yield *match.span(), "—"
        elif run in "—─━―" and not (before and after):  # nothing to connect
            yield *match.span(), "——"


def _points(text: str) -> Iterator[Edit]:
    """…… (GB/T 15834 4.11); twelve points, for whole passages left out, stay."""
    for match in compiled(_POINTS).finditer(text):
        run = match[0]
        before, after = _beside(text, *match.span())
        most = _MOST_POINTS // 3 if run[0] in "…⋯" else _MOST_POINTS
        length = len(run.replace(" ", ""))
        if length == 2 * most:
            new = "…………"
        elif length <= most or (run[0] in "…⋯" and length == most + 1):
            new = "……"
        else:
            continue
        chinese = (
            run[0] == "。" or compiled(_CHINESE).match(before) or compiled(_CHINESE).match(after)
        )
        if new != run and (chinese or (not after and re.search(HAN, text))):
            yield *match.span(), new


def _point(match: re.Match[str]) -> str | None:
    """A point between hanzi: a name's dot between syllables of foreign names, else a full stop."""
    sounds = sum(match[side] in NAME_SOUNDS for side in ("before", "after"))
    return {0: "。", 1: None, 2: "·"}[sounds]


def _last_point(match: re.Match[str]) -> str | None:
    return "。" if re.search(HAN, match.string) else None


_INSIDE = r"[^()（）\n]*"
_BRACKETS = rf"[(（]({_INSIDE}(?:（{_INSIDE}）{_INSIDE})*)[)）]"


def _brackets(text: str) -> Iterator[Edit]:
    """（ ） about or beside Chinese; f(x) and model(2) stay."""
    for match in compiled(_BRACKETS).finditer(text):
        before, after = text[: match.start()][-1:], text[match.end() :][:1]
        mixed = (match[0][0] == "(") != (match[0][-1] == ")")
        latin = before.isascii() and before.isalnum()
        beside = compiled(_CHINESE).match(before) or (compiled(_CHINESE).match(after) and not latin)
        if mixed or compiled(_CHINESE).search(match[1]) or beside:
            for at, new in ((match.start(), "（"), (match.end() - 1, "）")):
                if text[at] != new:
                    yield at, at + 1, new


_WORDS = rf"{HAN}+(?:{BLANK}+{HAN}+)+"
_LABELS = ("：", ":", "/")
_LISTED = 4  # hanzi: names and their like


def short_items(words: str) -> bool:
    """Words of two to four hanzi between others: names without 、 perhaps, not stray blanks."""
    items = words.split()[1:-1]
    return bool(items) and 1 < max(map(len, items)) <= _LISTED


def _blanks(text: str) -> Iterator[Edit]:
    """Stray blanks between hanzi; in a paragraph without marks only of 昌 吉 州."""
    running = re.search("[，。；：！？]", text)
    for match in compiled(_WORDS).finditer(text):
        if text.startswith(_LABELS, match.end()):  # 校对：李四 behind a blank
            continue
        spaced = all(len(item) == 1 for item in match[0].split())
        if spaced or (running and not short_items(match[0])):
            for blank in re.finditer(f"{BLANK}+", match[0]):
                yield match.start() + blank.start(), match.start() + blank.end(), ""


MARKS: tuple[Rule, ...] = (
    _rule(_DASHES, _dashes),
    _rule("….。⋯‥" + _DOTS, _points),
    _rule(_DOTS, _sub(rf"(?<={HAN})(?P<x> +[{_DOTS}] *|[{_DOTS[:-1]}] *|· +)(?={HAN})", "·")),
    _rule(_DOTS, _sub(rf"(?<=[0-9])[{_DOTS[:-1]}](?=[0-9])", "·")),
    _rule("'", _sub("(?<![A-Za-z0-9'])''(?!')|(?<!')''(?![A-Za-z0-9'])", '"')),
    _rule("‘", _sub("(?P<x>‘‘)(?=[^‘’]*’’)", "“")),
    _rule("’", _sub("“[^‘’“”]*(?P<x>’’)", "”")),
    # an ordinal's point: GB/T 15834 appendix B.3, 一、
    _rule(".．", _sub(rf"\A{BLANK}*[一二三四五六七八九十]{{1,3}}(?P<x>[.．]) *(?={HAN})", "、")),
    # ,:;!? in Chinese copy: hanzi or Chinese mark on a side
    _rule(",:;!?", _sub(rf"(?:{CJK}|[%‰℃°])(?:\*|==)*(?P<x>{BLANK}*[,:;!?]+{BLANK}*)", _STOPS)),
    _rule(",:;!?", _sub(
        rf"(?P<x>(?<![,:;!?])[,:;!?]{BLANK}*)(?=(?:\*|==)*(?:{HAN}|[{_OPENERS}{FULL_MARKS}]))",
        _STOPS)),
    _rule(".．", _each(
        rf"(?<!\A第)(?P<before>{HAN})(?P<x>[.．] *)(?=(?P<after>{HAN}))", _point)),
    _rule(".．", _sub(r"(?<=[\u3400-\u9fff”’）》])[.．](?=[”’）》\"*]*$|[”’）》（“《])", "。")),
    _rule(".．", _sub(rf"(?<=[%℃”’）》])(?P<x>[.．] *)(?={HAN})", "。")),
    _rule(".．", _each(r"(?<=[0-9%\ue000])(?P<x>[.．])\Z", _last_point)),
    _rule("()", _brackets),
    _rule("<", _sub(rf"(?P<x><<)(?=[^<>\n]*{HAN}[^<>\n]*>>)", "《")),
    _rule(">", _sub(r"《[^<>《》\n]*(?P<x>>>)", "》")),
    _rule("\"“”", pair_up),
    _rule("'", _sub(rf"(?<![A-Za-z0-9])(?P<x>')(?=[^'\"\n]*{HAN}[^'\"\n]*'(?![A-Za-z0-9]))", "‘")),
    _rule("'", _sub(rf"‘[^'‘’\n]*{HAN}[^'‘’\n]*(?P<x>')", "’")),
    _rule("，；、：", _each(r"(?P<x>([，；、：])\2+)", lambda match: match["x"][0])),
    _rule(" \u3000", _sub(
        rf"(?:[{FULL_MARKS}]\*{{1,2}}(?={BLANK}+{HAN})|[{FULL_MARKS}{_OPENERS}”’])"
        rf"(?P<x>{BLANK}+)(?=[^\s])", ""), True),
    _rule(" \u3000", _sub(rf"(?<!\s){BLANK}+(?=[{FULL_MARKS}])", ""), True),
    _rule(" \u3000", _sub(
        rf"(?<={CJK}){BLANK}+(?=[“‘”’—…·])|(?<=[—…·]){BLANK}+(?={CJK})", ""), True),
    _rule(" \u3000", _blanks, True),
    _rule(" \u3000", _sub(
        f"(?<=[A-Za-z0-9%])(?:\u3000{BLANK}*| {BLANK}+)(?=[^\\s])|(?<=[^\\s])"
        f"(?:\u3000{BLANK}*| {BLANK}+)(?=[A-Za-z0-9])", " "), True),
)  # fmt: skip

# Characters that mostly stand where they should, and what is odd beside them.
_USUAL: Mapping[str, str | None] = {
    ".": r"(?<![0-9])\.|\.(?![0-9])", ",": "(?<![0-9]),|,(?![0-9])", ":": "(?<![0-9]):|:(?![0-9])",
    "-": f"[{_DASHES} ]-|-[{_DASHES} ]", "：": "[0-9：]：|p：|s：",
    "，": "，，|(?<=[0-9])，[0-9]{3}，", "、": "、、", "；": "；；", "。": "。。。",
    "·": "·[· ]| ·", "‘": "‘‘", "’": "’’",
    "—": "(?<!—)(?:—{2})*—(?!—)|—{3}", "…": "(?<!…)…(?!…)|…{3}", "“": None, "”": None,
}  # fmt: skip
_BEYOND = "\U0002f800"
_SURE = frozenset[str]().union(*(rule.triggers for rule in (*FIGURES, *MARKS))) - {*_USUAL}
# One range for those beyond the BMP: each by itself makes the search ten times slower.
_SIGNS = re.compile(
    f"[{re.escape(''.join(sorted(sign for sign in _SURE if sign < _BEYOND)))}{_BEYOND}-\U0002fa1d]"
)
_QUOTES = re.compile("[“”]")


def suspect(text: str) -> bool:
    """Whether there may be anything to mend: quick, since most copy is clean."""
    return (
        _SIGNS.search(text) is not None
        or any(odd and sign in text and compiled(odd).search(text) for sign, odd in _USUAL.items())
        or not well_paired("".join(_QUOTES.findall(text)))
    )
