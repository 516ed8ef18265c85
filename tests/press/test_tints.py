"""What a tint of somebody else's spot ink stands for."""

from __future__ import annotations

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from layout.press.tints import meaning, shown

RED = [0.0, 1.0, 0.8, 0.05]


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def space(function: object, alternate: object = Name.DeviceCMYK) -> Array:
    return Array([Name.Separation, Name("/Red"), alternate, function])


def share(end: list[float], power: float = 1, start: list[float] | None = None) -> Dictionary:
    begin = [0] * len(end) if start is None else start
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=begin, C1=end, N=power)


def sampled(pdf: pikepdf.Pdf, data: bytes, **more: object) -> pikepdf.Object:
    entries = {"Size": [len(data) // 4], "BitsPerSample": 8, "Domain": [0, 1],
               "Range": [0, 1] * 4} | more  # fmt: skip
    return pdf.make_stream(data, FunctionType=0, **entries)


def near(inks: list[float]) -> object:
    return pytest.approx(tuple(inks), abs=1e-9)


def test_an_exponential_transform() -> None:
    assert shown(space(share(RED)), [0.0, 0.4, 1.0]) == [
        near([0, 0, 0, 0]), near([0, 0.4, 0.32, 0.02]), near(RED)
    ]  # fmt: skip
    assert shown(space(share(RED, 2)), [0.5]) == [near([0, 0.25, 0.2, 0.0125])]
    assert shown(space(share([0.25], start=[1]), Name.DeviceGray), [1.0]) == [near([0, 0, 0, 0.75])]


def test_a_stitched_transform() -> None:
    halves = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 1, 0],
        Functions=[share([0.5, 0, 0, 0]), share([0, 1, 0, 0], start=[0.5, 0.2, 0, 0])],
    )  # fmt: skip
    assert shown(space(halves), [0.25, 0.5, 0.75, 1.0]) == [
        near([0.25, 0, 0, 0]), near([0, 1, 0, 0]), near([0.25, 0.6, 0, 0]), near([0.5, 0.2, 0, 0])
    ]  # fmt: skip


def test_a_sampled_transform(pdf: pikepdf.Pdf) -> None:
    three = sampled(pdf, bytes([0, 0, 0, 0, 0, 102, 0, 0, 0, 255, 204, 51]))
    assert shown(space(three), [0.25, 0.5, 0.75, 1.0]) == [
        near([0, 0.2, 0, 0]), near([0, 0.4, 0, 0]), near([0, 0.7, 0.4, 0.1]),
        near([0, 1, 0.8, 0.2]),
    ]  # fmt: skip
    turned = sampled(pdf, bytes([255, 0, 0, 0, 0, 0, 0, 0]), Encode=[1, 0], Decode=[0, 0.5] * 4)
    assert shown(space(turned), [0.0, 1.0]) == [near([0, 0, 0, 0]), near([0.5, 0, 0, 0])]
    assert shown(space(sampled(pdf, bytes([0, 255, 0, 0]))), [0.0, 1.0]) == [near([0, 1, 0, 0])] * 2


def test_what_cannot_be_told(pdf: pikepdf.Pdf) -> None:
    calculated = pdf.make_stream(
        b"{dup 0 exch 0 exch}", FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4
    )
    fine = sampled(pdf, bytes(16), BitsPerSample=16)
    lab = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
    for held in (space(calculated), space(fine), space(share([50, 0, 0]), lab),
                 space(share([1, 0, 0])), space(Dictionary(FunctionType=2)), space(Name.Identity),
                 Array([Name.Separation, Name("/Red")])):  # fmt: skip
        assert shown(held) is None


def test_meanings_are_alike_that_show_every_tint_alike(pdf: pikepdf.Pdf) -> None:
    ends = sampled(pdf, bytes([0, 0, 0, 0, 0, 255, 204, 51]))
    line = share([0, 1, 0.8, 0.2])
    clipped = share([0, 1, 0.8, 0.2])
    clipped.Range = [0, 1] * 4
    assert meaning(space(ends)) == meaning(space(line)) == meaning(space(clipped))
    assert meaning(space(line)) != meaning(space(share([0, 1, 0.8, 0.2], 1.5)))
    calculations = [
        pdf.make_stream(data, FunctionType=4, Domain=[0, 1], Range=[0, 1] * 4)
        for data in (b"{dup 0 exch 0 exch}", b"{dup 0 exch 0 exch}", b"{dup 0 exch 0}")
    ]
    one, same, other = (meaning(space(function)) for function in calculations)
    assert one == same != other
