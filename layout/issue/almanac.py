"""What follows from a date: weekday, lunar date."""

from __future__ import annotations

from datetime import date

from layout.issue.model import LunarDate

WEEKDAYS = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
FIRST, LAST = date(1900, 1, 31), date(2099, 12, 31)  # what the lunar table covers


def weekday(day: date) -> str:
    """星期一 to 星期日."""
    return WEEKDAYS[day.weekday()]


def lunar(day: date) -> LunarDate:
    """农历 of a date from FIRST to LAST: 2025-02-25 is 乙巳年 正月 廿八."""
    from borax.calendars.lunardate import LunarDate as Lunar  # late: 12 ms

    found = Lunar.from_solar_date(day.year, day.month, day.day)
    leap = "闰" if found.leap else ""
    return LunarDate(f"{found.gz_year}年", f"{leap}{found.cn_month}月", found.cn_day)
