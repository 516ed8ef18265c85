import zlib

from layout.press.objects import Literal, Name, Object, packed, text_string, write, write_object


def refer(thing: Object) -> str:
    return "7 0 R"


def test_values_as_tokens() -> None:
    value = {
        "Type": Name("Font"),
        "W": Literal("[1 [500]]"),
        "N": 4,
        "X": 0.25,
        "OP": True,
        "Kids": [Object({})],
        "Title": "a (b)",
    }
    assert write(value, refer) == (
        r"<</Type /Font /W [1 [500]] /N 4 /X 0.25 /OP true /Kids [7 0 R] /Title (a \(b\))>>"
    )


def test_chinese_is_utf_16() -> None:
    assert text_string("日报") == "<FEFF65E562A5>"


def test_names_escape_what_is_irregular() -> None:
    assert write(Name("Noto Sans#[宋]"), refer) == "/Noto#20Sans#23#5B#E5#AE#8B#5D"


def test_stream_ends_with_an_end_of_line() -> None:
    data = b"".join(write_object(packed({}, b"0 0 0 1 k"), refer))
    head, body = data.split(b"\nstream\n")
    assert body.endswith(b"\nendstream")
    inside = body.removesuffix(b"\nendstream")
    assert head == b"<</Filter /FlateDecode /Length %d>>" % len(inside)
    assert zlib.decompress(inside) == b"0 0 0 1 k"


def test_compressed_data_is_left_alone() -> None:
    thing = Object({"Filter": Name("DCTDecode")}, b"\xff\xd8")
    assert (
        b"".join(write_object(thing, refer))
        == b"<</Filter /DCTDecode /Length 2>>\nstream\n\xff\xd8\nendstream"
    )
