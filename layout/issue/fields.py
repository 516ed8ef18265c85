"""The table of keys: what may stand in publication.yaml, issue.yaml and a story's front matter.

Validation, the JSON Schema (`render schema`) and docs/file-format.md come from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from layout.issue.model import FILE_NAME

ROLES = (
    "song", "song-bold", "song-black", "hei", "hei-medium", "hei-bold", "hei-black",
    "kai", "kai-bold", "brush",
)  # fmt: skip
FONT_ROLES = (*ROLES, "song-heavy", "hei-heavy", "latin")
BORDERS = ("none", "single", "double", "thick")
DIRECTIONS = ("horizontal", "vertical")
SIDES = ("left", "right")
FORMS = ("across", "part", "beside")
SHAPES = ("even", "growing", "shrinking")


# Above these a figure is a slip of the keyboard, and make-up would count to it all the same.
MOST_COLUMNS, MOST_LINES, MOST_PAGES, MOST_NUMBER = 16, 500, 999, 10_000_000
FIRST_VERSION = "0.1"
_ABSOLUTE = "pt mm cm in 号"
UNITS: Mapping[str, str] = {
    "length": _ABSOLUTE, "trim": _ABSOLUTE, "margins": _ABSOLUTE,
    "ems": "字", "gutter": f"字 {_ABSOLUTE}", "tint": "%", "ink": "% of C, M, Y, K",
    "cmyk": "% of C, M, Y, K",
}  # fmt: skip


class Field(msgspec.Struct, frozen=True):
    """One key. `type` names a reader in readers.py; `of` a section, for mappings and lists."""

    key: str
    type: str
    help: str
    required: bool = False
    default: str = ""
    of: str = ""
    choices: tuple[str, ...] = ()
    most: int = MOST_NUMBER
    since: str = FIRST_VERSION

    @property
    def unit(self) -> str:
        """What its figures are counted in."""
        return UNITS.get(self.type, "")


def _f(key: str, type_: str, help_: str, default: str = "", **more: Any) -> Field:
    return Field(key, type_, help_, default=default, **more)


SECTIONS: Mapping[str, tuple[Field, ...]] = {
    "publication": (
        _f("name", "text", "name of the paper; set in the brush face without a nameplate file",
           required=True),
        _f("code", "code", "letters and digits that begin file names", required=True),
        _f("latin_name", "text", "pinyin or other Latin name under the nameplate"),
        _f("sponsor", "text", "主管主办 line"),
        _f("publisher", "text", "出版 line"),
        _f("registration", "text", "国内统一刊号, e.g. CN 65—0010"),
        _f("postal_code", "text", "邮发代号"),
        _f("website", "text", "address of the site"),
        _f("website_name", "text", "name of the site", "网址"),
        _f("email", "text", "the paper's mailbox"),
        _f("hotline", "text", "24小时新闻热线"),
        _f("client", "text", "name of the paper's app"),
        _f("client_url", "text", "what the QR code beside the app's name holds", "website"),
        _f("price", "text", "零售价, at the foot of the last page"),
        _f("printer", "text", "印刷单位, at the foot of the last page"),
        _f("address", "text", "本报地址, at the foot of the last page"),
        _f("postcode", "text", "邮政编码, at the foot of the last page"),
        _f("sheet", "section", "paper, margins and grid", "a broadsheet", of="sheet"),
        _f("fonts", "fonts", "faces of the paper's own by role", "fonts/manifest.yaml"),
        _f("masthead", "section", "how the masthead is drawn", of="masthead"),
        _f("composition", "section", "house style of line composition", of="composition"),
        _f("lexicon", "lines", "words no headline is broken inside, beside the built-in ones"),
        _f("script", "choice", "of the words the tool prints itself, and of the file's language",
           "simplified", choices=("simplified", "traditional")),
        _f("colours", "colours", "the paper's colours by name, each [C, M, Y, K] or a spot ink "
           "(专色) as a colour", of="colour"),
        _f("accent", "ink", "colour of rules in banner and folio", "black"),
        _f("press_marks", "choice", "trim, fold and registration marks, colour bar and job line",
           "off", choices=("off", "on")),
        _f("file_name", "pattern", "of page PDFs, from {code}, {date} or {yyyy}, {yy}, {mm}, {dd}, "
           "{number} (总期号) and {page} (two digits)", FILE_NAME),
        _f("standard", "choice", "of the page PDFs: PDF/X-4, X-1a:2003 or X-3:2003 for presses, "
           "PDF/A-2b for archives, RGB for readers", "pdfx4",
           choices=("pdfx4", "pdfx1a", "pdfx3", "pdfa2", "screen")),
        _f("profile", "file", "ICC profile of the press condition", "newsprint, CGATS TR 002"),
        _f("condition", "text", "the profile's condition as registered with the ICC, e.g. FOGRA42",
           "the profile's own name"),
        _f("styles", "later", "sizes follow from a story's rank"),
        _f("folio", "later", "inner pages carry a standard folio"),
    ),
    "sheet": (
        _f("format", "choice", "named size: trim and margins in one", "broadsheet",
           choices=("broadsheet", "tabloid")),
        _f("trim", "trim", "trimmed page as [width, height], or broadsheet (对开), tabloid (四开)",
           "[390mm, 550mm]"),
        _f("bleed", "length", "beyond the trim on every side", "3mm"),
        _f("margins", "margins", "top, right, bottom, left as a mapping, or one length for all",
           "30, 20, 30, 20 mm"),
        _f("size", "length", "body type", "小五 (9pt), or solved"),
        _f("columns", "count", "base columns (基本栏)", "solved", most=MOST_COLUMNS),
        _f("measure", "ems", "width of a column in 字 (栏宽)", "solved; 17字"),
        _f("gutter", "gutter", "between columns, in 字 or a length (栏距)", "solved"),
        _f("leading", "length", "baseline to baseline (行距)", "solved; 9/7 of the body"),
        _f("lines", "count", "lines a column (行数)", "solved", most=MOST_LINES),
    ),
    "margins": tuple(
        _f(side, "length", f"white at the {side}", required=True)
        for side in ("top", "right", "bottom", "left")
    ),
    "colour": (
        _f("spot", "spot", "an ink of its own, as its plate is called: PANTONE 186 C",
           required=True),
        _f("cmyk", "cmyk", "what stands for it where it is not printed", required=True),
    ),
    "masthead": (
        _f("nameplate", "file", "drawn title: SVG (filled paths in `ink`; without it as it is), "
           "PDF, PNG, JPEG or TIFF", "name in the brush face"),
        _f("lines", "count", "height in body lines", "an eighth of the page", most=MOST_LINES),
        _f("ink", "ink", "colour of nameplate and rule", "black"),
    ),
    "composition": (
        _f("kinsoku", "choice", "what may not start or end a line (避头尾)", "basic",
           choices=("none", "basic", "gb", "strict")),
        _f("marks", "choice", "width of marks: 全角, 开明, 半角", "full",
           choices=("full", "kaiming", "half")),
        _f("marks_stand", "choice", "where ，。！？ stand in their em; centred (港台) they give "
           "up no white", "left", choices=("left", "centred")),
        _f("hanging", "choice", "，。、 outside the measure at a line's end", "off",
           choices=("off", "on")),
        _f("latin_gap", "choice", "space between hanzi and Latin, in em", "1/6",
           choices=("0", "1/8", "1/6", "1/4")),
        _f("adjacent", "choice", "width of two marks side by side, in em", "1.5",
           choices=("1.5", "1")),
        _f("line_start", "choice", "an opening mark at a line's start loses its white half",
           "trimmed", choices=("trimmed", "full")),
        _f("paragraph_start", "choice", "the same behind a paragraph's indent: 1.5 + 1 or 2 + 1 字",
           "trimmed", choices=("trimmed", "full")),
        _f("ellipsis", "choice", "whether …… and —— may start a line (never where strict)",
           "starts", choices=("starts", "never-starts")),
        _f("connector", "choice", "whether – and ～ may start a line (never where strict)",
           "never-starts", choices=("starts", "never-starts")),
        _f("stops", "choice", "whether 。？！ are pressed to half an em, last of all", "pressed",
           choices=("pressed", "kept")),
        _f("mark_runs", "choice", "whether three marks in a row may part", "whole",
           choices=("whole", "parted")),
        _f("hyphens", "choice", "language of Latin words that may be parted", "en_US",
           choices=("en_US", "en_GB", "off")),
        _f("indent", "ems", "first line of a paragraph, in 字", "2字"),
    ),
    "issue": (
        _f("publication", "path", "the publication's file", required=True),
        _f("date", "date", "YYYY-MM-DD; weekday and lunar date follow", required=True),
        _f("number", "count", "总第N期", required=True),
        _f("page_count", "count", "今日N版", "pages listed", most=MOST_PAGES),
        _f("pages", "sections", "the pages in order", required=True, of="page"),
        _f("stories", "stories", "in order of priority; make-up finds each a page by its section",
           of="story entry"),
    ),
    "page": (
        _f("number", "count", "page number", "position in the list", most=MOST_PAGES),
        _f("name", "text", "section, in the folio of inner pages"),
        _f("sections", "lines", "sections whose stories the page takes", "its name"),
        _f("banner", "text", "栏题 over the page"),
        _f("editors", "people", "责任编辑, 版式, 校对 … in the folio"),
        _f("stories", "stories", "in order of priority; the first one leads", of="story entry"),
        _f("ads", "sections", "advertisements placed by hand", of="ad"),
        _f("spread", "choice", "通版: the page, an even one, and the next as one sheet, columns "
           "across the fold", "off", choices=("off", "on")),
        _f("like", "path", "report.json of an issue whose page the places should be near to"),
    ),
    "story entry": (
        _f("file", "path", "the story", required=True),
        _f("at", "section", "placed by hand, or by `render freeze`", "placed by make-up",
           of="story at"),
        _f("columns", "count", "text columns inside the frame (变栏)", "base columns",
           most=MOST_COLUMNS),
        _f("headline", "section", "design of the headline", of="headline design"),
        _f("box", "section", "boxed story (花边)", of="box"),
        _f("beside", "lines", "stories or advertisements it should touch, by file or short name"),
        _f("avoid", "lines", "stories or advertisements it should not touch"),
    ),
    "headline design": (
        _f("direction", "choice", "of the lines; vertical (竖题) stands over one text column",
           "horizontal", choices=DIRECTIONS),
        _f("side", "choice", "of a vertical headline: over the first or the last text column",
           "right", choices=SIDES),
        _f("form", "choice", "across all text columns; over the first part of them, photograph or "
           "text beside it; or in columns of its own beside the text", "made up",
           choices=FORMS),
        _f("shape", "choice", "of its lines: even, growing (梯形) or shrinking (倒梯形)", "even",
           choices=SHAPES),
        _f("ink", "ink", "of the main lines (套红); kicker and deck stay black", "black"),
    ),
    "box": (
        _f("border", "choice", "of the box", "single", choices=BORDERS),
        _f("tint", "tint", "behind the text (平网): of black, or a colour's, such as sky 20%",
           "0%"),
    ),
    "at": (
        _f("columns", "range", "first-last base column, from 1", required=True, most=MOST_COLUMNS),
        _f("lines", "range", "first-last body line of the page, from 1", required=True,
           most=MOST_LINES),
    ),
    "story at": (
        _f("columns", "range", "first-last base column, from 1", required=True, most=MOST_COLUMNS),
        _f("lines", "range", "first-last body line of the page, from 1", required=True,
           most=MOST_LINES),
        _f("without", "section", "a lower corner left to neighbours: the story is an L (穿插)",
           of="at"),
    ),
    "ad": (
        _f("file", "picture", "PDF (first page) or SVG as vectors, PNG, JPEG, TIFF", required=True),
        _f("at", "section", "its cells", required=True, of="at"),
        _f("alt", "text", "what it says, for readers of the PDF who do not see it", "its file"),
    ),
    "story": (
        _f("kicker", "text", "引题"),
        _f("headline", "lines", "主题; a list, or / between hanzi, fixes the line breaks",
           required=True),
        _f("deck", "text", "副题"),
        _f("dateline", "text", "讯头, 电头: 本报讯"),
        _f("byline", "text", "记者…报道"),
        _f("photos", "sections", "photographs of the story", of="photo"),
        _f("jump", "jump", "page the rest goes to (下转); auto: the later page with least copy",
           most=MOST_PAGES),
        _f("jump_headline", "text", "headline of the rest, under 上接", "headline, first phrase"),
        _f("section", "text", "版块, for a story that issue.yaml gives no page"),
    ),
    "photo": (
        _f("file", "picture", "PNG, JPEG or TIFF", required=True),
        _f("caption", "text", "what is to be seen"),
        _f("credit", "text", "□本报记者 … 摄"),
        _f("columns", "count", "width in base columns", "made up", most=MOST_COLUMNS),
        _f("focus", "point", "the subject, as fractions [x, y] of the picture", "[0.5, 0.45]"),
    ),
}  # fmt: skip

_LENGTH = {"type": "string", "examples": ["350mm", "9pt", "小五"]}
_TEXT = {"type": "string", "minLength": 1}
_CMYK = {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 100},
         "minItems": 4, "maxItems": 4}  # fmt: skip
_SCHEMAS: Mapping[str, Any] = {
    "text": {"type": ["string", "number"]},
    "code": {"type": "string", "pattern": "^[A-Za-z0-9_-]+$"},
    "pattern": {"type": "string", "pattern": r"\{page\}", "examples": ["{date}-A{page}"]},
    "date": {"type": "string", "format": "date"},
    "length": _LENGTH,
    "ems": {"type": "string", "examples": ["17字"]},
    "gutter": {"type": "string", "examples": ["1字", "4mm"]},
    "trim": {"anyOf": [{"type": "string"},
                       {"type": "array", "items": _LENGTH, "minItems": 2, "maxItems": 2}]},
    "ink": {"oneOf": [{"type": "string", "examples": ["black", "red", "sky", "sky 40%"]}, _CMYK]},
    "cmyk": _CMYK,
    "spot": _TEXT,
    "tint": {"type": "string", "examples": ["10%", "sky 20%"]},
    "file": _TEXT,
    "path": _TEXT,
    "picture": _TEXT,
    "range": {"type": ["string", "integer"], "examples": ["1-4", 3]},
    "lines": {"oneOf": [_TEXT, {"type": "array", "items": _TEXT, "minItems": 1}]},
    "point": {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1},
              "minItems": 2, "maxItems": 2},
    "jump": {"oneOf": [{"const": "auto"},
                       {"type": "integer", "minimum": 1, "maximum": MOST_PAGES}]},
    "people": {"type": "object", "additionalProperties": _TEXT},
    "later": False,
}  # fmt: skip


def schema(kind: str) -> dict[str, Any]:
    """JSON Schema (2020-12) of publication, issue or story front matter."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind,
        **_object(kind),
    }


def _object(section: str) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            f.key: _typed(f) if f.type == "later" else {"description": f.help, **_typed(f)}
            for f in SECTIONS[section]
        },
        "required": [f.key for f in SECTIONS[section] if f.required],
        "additionalProperties": False,
    }


def _typed(field: Field) -> Any:
    if field.type == "section":
        return _object(field.of)
    if field.type == "sections":
        return {"type": "array", "items": _object(field.of)}
    if field.type == "stories":
        return {"type": "array", "items": {"oneOf": [_TEXT, _object(field.of)]}}
    if field.type == "count":
        return {"type": "integer", "minimum": 1, "maximum": field.most}
    if field.type == "choice":
        return {"enum": list(field.choices)}
    if field.type == "margins":
        return {"oneOf": [_LENGTH, _object("margins")]}
    if field.type == "colours":
        either = {"oneOf": [_CMYK, _object(field.of)]}
        return {"type": "object", "additionalProperties": either}
    if field.type == "fonts":
        face = {"oneOf": [_TEXT, {"type": "object"}]}
        either = {"oneOf": [face, {"type": "array", "items": face}]}
        return {"type": "object", "properties": dict.fromkeys(FONT_ROLES, either),
                "additionalProperties": False}  # fmt: skip
    return _SCHEMAS[field.type]


def reference() -> str:
    """The tables of docs/file-format.md, in Markdown."""
    parts = []
    for section, fields in SECTIONS.items():
        parts.append(
            f"### {section}\n\n| key | type | unit | default | meaning |\n"
            "| --- | --- | --- | --- | --- |"
        )
        for f in fields:
            if f.type == "later":
                continue
            kind = f"{f.of} (mapping)" if f.type == "section" else f.type
            kind = f"list of {f.of}" if f.type in ("sections", "stories") else kind
            kind = f"name: cmyk or {f.of}" if f.type == "colours" else kind
            kind = " / ".join(f.choices) if f.choices else kind
            default = "**required**" if f.required else f.default
            later = "" if f.since == FIRST_VERSION else f" (since {f.since})"
            parts.append(f"| `{f.key}` | {kind} | {f.unit} | {default} | {f.help}{later} |")
        parts.append("")
    return "\n".join(parts)
