"""Dates as real sources write them: a day, a month, a quarter, a half year, a year, an interval, or nothing.

A partial date is kept as the two days between which it lies; nothing is rounded away.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass

UNKNOWN = "onbekend"

_SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("dag", re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)),
    ("maand", re.compile(r"(\d{4})-(\d{2})", re.ASCII)),
    ("kwartaal", re.compile(r"(\d{4})Q([1-4])", re.ASCII)),
    ("halfjaar", re.compile(r"(\d{4})H([12])", re.ASCII)),
    ("jaar", re.compile(r"(\d{4})", re.ASCII)),
)


@dataclass(frozen=True)
class Period:
    """A stretch of days with the precision in which its source wrote it.

    ``precision`` is one of dag, maand, kwartaal, halfjaar, jaar, interval.

    >>> Period.parse("2022-10")
    Period(start=datetime.date(2022, 10, 1), end=datetime.date(2022, 10, 31), precision='maand')
    >>> Period.parse("2017/2021").end
    datetime.date(2021, 12, 31)
    >>> Period.parse("onbekend") is None
    True
    """

    start: dt.date
    end: dt.date
    precision: str

    @classmethod
    def parse(cls, text: str) -> Period | None:
        """Read a period; an empty text or ``onbekend`` is None.

        Raises:
            ValueError: the text is none of the shapes, or no such day exists.
        """
        text = text.strip()
        if text in ("", UNKNOWN):
            return None
        if "/" in text:
            return _interval(text)
        for precision, shape in _SHAPES:
            match = shape.fullmatch(text)
            if match:
                return _single(precision, *(int(part) for part in match.groups()))
        raise ValueError(f"'{text}' is not a year, quarter, half year, month, day or interval")


def _interval(text: str) -> Period:
    first, _, last = text.partition("/")
    start, end = Period.parse(first), Period.parse(last)
    if start is None or end is None or end.end < start.start:
        raise ValueError(f"'{text}' is not an interval of two dates in order")
    return Period(start.start, end.end, "interval")


def _single(precision: str, year: int, part: int = 0, day: int = 0) -> Period:
    if precision == "dag":
        exact = dt.date(year, part, day)
        return Period(exact, exact, precision)
    months = {"maand": 1, "kwartaal": 3, "halfjaar": 6, "jaar": 12}[precision]
    last_month = months * max(part, 1)
    start = dt.date(year, last_month - months + 1, 1)
    return Period(start, _month_end(year, last_month), precision)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
