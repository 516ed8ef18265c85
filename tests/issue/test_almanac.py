from __future__ import annotations

from datetime import date

import pytest

from layout.issue.almanac import FIRST, LAST, lunar, weekday


# New year's day and eve, leap months, 冬月 and 腊月, both ends of the table.
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2025-02-25", "乙巳年正月廿八 星期二"),
        ("2025-07-25", "乙巳年闰六月初一 星期五"),
        ("2025-01-28", "甲辰年腊月廿九 星期二"),
        ("2025-01-29", "乙巳年正月初一 星期三"),
        ("2024-02-10", "甲辰年正月初一 星期六"),
        ("2024-12-01", "甲辰年冬月初一 星期日"),
        ("2023-03-22", "癸卯年闰二月初一 星期三"),
        ("2033-12-22", "癸丑年闰冬月初一 星期四"),
        (FIRST.isoformat(), "庚子年正月初一 星期三"),
        (LAST.isoformat(), "己未年冬月二十 星期四"),
    ],
)
def test_lunar_date_and_weekday(day: str, expected: str) -> None:
    found = date.fromisoformat(day)
    assert f"{lunar(found)} {weekday(found)}" == expected
