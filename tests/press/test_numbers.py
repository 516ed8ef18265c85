import pytest

from layout.press.numbers import number


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (0.5, "0.5"),
        (-3.14159, "-3.142"),
        (-0.0001, "0"),
        (1e-7, "0"),
        (123456.789, "123456.789"),
        (100, "100"),
    ],
)
def test_number_is_short_and_plain(value: float, text: str) -> None:
    assert number(value) == text
