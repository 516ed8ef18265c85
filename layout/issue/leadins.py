"""Lead-ins over an issue: one paper, one form (newspaper practice B.6).

讯头 「本报讯」 is own copy; 电头 「××社××地×月×日电」 is an agency's, its parts in this order and
none missing. They stand in front matter or are typed at a body's start. Forms are compared over all
stories; the commoner one is right, and of two as common the one that comes first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from layout.findings import Finding, Mark, Severity
from layout.issue.hanzi import compiled
from layout.issue.model import Copy, Story

_OWN = r"(?:据)?本[报台网社刊](?:综合)?(?:讯|消息|专讯|专电)"
_AGENCY = (
    r"(?:据|本报转)?(?P<agency>[\u4e00-\u9fff]{1,6}(?:社|通讯社|新闻网|中新网|日报)|本报)"
    r"(?P<rest>.*)"
)
_DATE = r"[0-9]{1,2}月[0-9]{1,2}日(?:至[0-9]{1,2}日)?|[0-9]{1,2}日"
_WIRE = (
    r"(?:据)?(?:新华社|中新社|人民日报|[\u4e00-\u9fff]{2,4}通讯社|本报)[^，。：；（(“]{0,20}?"
    r"(?:[0-9]{1,2}日)?(?:综合)?电(?=[ \u3000（(记]|$)"
)
_BODY = (
    rf"[ \u3000]*(?P<head>{_OWN}|{_WIRE})?[ \u3000]*"
    r"(?P<byline>[（(](?:本[报台网])?(?:特约)?(?:实习)?(?:记者|通讯员)[^）)，。]{1,24}[）)]"
    r"|(?:本[报台网])?(?:特约)?(?:实习)?(?:记者|通讯员)[^，。：（]{1,24}?(?:摄影)?报道(?=[：:]|$))?"
)
_ROLE = r"(?P<own>本[报台网])?(?:特约|实习)*(?P<role>记者|通讯员)(?P<blank>[ \u3000]?)"


# What is compared, and the form a lead-in has of each.
_ASPECTS = ("own copy", "end", "brackets", "role", "blank")
_Forms = Callable[[str], Mapping[str, str]]


class LeadIn(msgspec.Struct, frozen=True):
    """What a story begins with, and where; None for what it has not."""

    head: Copy | None
    byline: Copy | None


def lead_ins(stories: Sequence[Story]) -> Iterator[Finding]:
    """What is odd about an issue's lead-ins: each one by itself, then all beside each other."""
    found = []
    for story in stories:
        typed = _typed(story)
        yield from _repeated(story, typed)
        one = LeadIn(story.dateline or typed.head, story.byline or typed.byline)
        if one.head:
            yield from _agency(one.head)
        found.append(one)
    yield from _compared([one.head for one in found if one.head], _head_forms, "lead-in")
    yield from _compared([one.byline for one in found if one.byline], _byline_forms, "byline")


def _typed(story: Story) -> LeadIn:
    """The lead-in at a body's start."""
    if not story.blocks:
        return LeadIn(None, None)
    block = story.blocks[0]
    match = compiled(_BODY).match(block.text)

    def part(name: str) -> Copy | None:
        if not match or not match[name]:
            return None
        mark = Mark(block.mark.file, block.mark.line, block.mark.column + match.start(name))
        return Copy(match[name], mark)

    return LeadIn(part("head"), part("byline"))


def _repeated(story: Story, typed: LeadIn) -> Iterator[Finding]:
    for given, again, key in (
        (story.dateline, typed.head, "dateline"),
        (story.byline, typed.byline, "byline"),
    ):
        if given and again:
            yield _finding(
                again.mark,
                f"the body begins with “{again.text}”, and the front matter has a {key}",
                "keep one of them",
            )


def _agency(head: Copy) -> Iterator[Finding]:
    """电头: agency, place, date, 电, in this order."""
    text = re.sub(r"[ \u3000]", "", head.text)
    match = compiled(_AGENCY).fullmatch(text)
    if (
        compiled(_OWN).fullmatch(text)
        or not match
        or not (text.endswith("电") or compiled(_DATE).search(text))
    ):
        return
    rest = match["rest"].removesuffix("电").removesuffix("综合")
    date = compiled(_DATE).search(rest)
    place = compiled(_DATE).sub("", rest).strip("，,")
    lacking = [
        name
        for name, part in (("place", place), ("date", date), ("电", text.endswith("电")))
        if not part
    ]
    hint = "write agency, place, date and 电: 新华社北京2月24日电"
    if lacking:
        yield _finding(head.mark, f"“{head.text}” has no {' and no '.join(lacking)}", hint)
    elif date and not rest.endswith(date[0]):
        yield _finding(head.mark, f"“{head.text}”: the place stands behind the date", hint)


def _head_forms(text: str) -> Mapping[str, str]:
    own = compiled(_OWN).match(text)
    return {"own copy": own[0].replace("综合", "")} if own else {}


def _byline_forms(text: str) -> Mapping[str, str]:
    match = compiled(_ROLE).search(text)
    if not match:
        return {}
    forms = {"end": "with 报道" if "报道" in text else "without 报道"}
    forms["brackets"] = "in brackets" if text[0] in "（(" else "without brackets"
    if match["role"] == "记者":
        forms["role"] = f"{match['own'] or ''}记者"
    forms["blank"] = "a blank behind the role" if match["blank"] else "no blank behind the role"
    return forms


def _compared(copies: Sequence[Copy], forms: _Forms, what: str) -> Iterator[Finding]:
    by_copy = [(copy, forms(copy.text)) for copy in copies]
    for aspect in _ASPECTS:
        given = [(copy, form[aspect]) for copy, form in by_copy if aspect in form]
        if len({form for _, form in given}) < 2:
            continue
        usual = Counter(form for _, form in given).most_common(1)[0][0]
        for copy, form in given:
            if form != usual:
                yield _finding(
                    copy.mark,
                    f"{what} “{copy.text}”: {form}, others of the issue: {usual}",
                    "one paper, one form",
                )


def _finding(mark: Mark, message: str, hint: str) -> Finding:
    return Finding(
        check="copy/lead-in", severity=Severity.WARNING, message=message, hint=hint, mark=mark
    )
