import calendar
from datetime import date, timedelta

import pandas as pd

FIRST, LAST = date(2020, 1, 1), date(2030, 12, 31)
HOLIDAYS = {(1, 1): "New Year", (5, 1): "Labour Day", (12, 25): "Christmas"}


def easter(year):
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    l = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * l) // 451
    month, day = divmod(h + l - 7 * m + 114, 31)
    return date(year, month, day + 1)


def model(dbt, session):
    easters = {easter(y) for y in range(FIRST.year, LAST.year + 1)}
    days, day = [], FIRST
    while day <= LAST:
        days.append(
            {
                "day": day,
                "week": day.isocalendar()[1],
                "name": calendar.day_name[day.weekday()],
                "is_weekend": day.weekday() >= calendar.SATURDAY,
                "holiday": "Easter" if day in easters else HOLIDAYS.get((day.month, day.day)),
            }
        )
        day += timedelta(days=1)
    else:
        print(f"{len(days):,} days")
    return pd.DataFrame(days)
