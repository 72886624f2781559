"""A calendar quarter, and the date on which its report looks at the world."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from analysis.errors import KrachtlijnError

_PATTERN = re.compile(r"(?P<year>\d{4})Q(?P<number>[1-4])")


def calendar_today() -> dt.date:
    """Return today's date where this machine stands."""
    return dt.datetime.now(dt.UTC).astimezone().date()


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter such as 2026Q3; quarters sort in time.

    >>> Quarter.parse("2026Q3").end
    datetime.date(2026, 9, 30)
    >>> str(Quarter.parse("2026Q1").previous())
    '2025Q4'
    """

    year: int
    number: int

    @classmethod
    def parse(cls, text: str, where: str = "quarter") -> Quarter:
        """Read ``2026Q3``; anything else is an error that says how to write it."""
        match = _PATTERN.fullmatch(str(text))
        if match is None:
            raise KrachtlijnError(
                f"'{text}' is not a quarter",
                where=where,
                why="a quarter is a year of four digits, the letter Q and a number from 1 to 4",
                do="write it as 2026Q3",
            )
        return cls(int(match["year"]), int(match["number"]))

    @classmethod
    def of(cls, day: dt.date) -> Quarter:
        """Return the quarter in which a day falls.

        >>> str(Quarter.of(dt.date(2026, 11, 22)))
        '2026Q4'
        """
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def latest_complete(cls, today: dt.date) -> Quarter:
        """Return the last quarter that is over on ``today``.

        >>> str(Quarter.latest_complete(dt.date(2026, 9, 30)))
        '2026Q2'
        """
        return cls.of(today).previous()

    def previous(self) -> Quarter:
        """Return the quarter before this one."""
        return Quarter(self.year, self.number - 1) if self.number > 1 else Quarter(self.year - 1, 4)

    def next(self) -> Quarter:
        """Return the quarter after this one."""
        return Quarter(self.year, self.number + 1) if self.number < 4 else Quarter(self.year + 1, 1)

    @property
    def start(self) -> dt.date:
        """First day of the quarter."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> dt.date:
        """Last day of the quarter."""
        return self.next().start - dt.timedelta(days=1)

    def as_of(self, lag_days: int) -> dt.date:
        """Return the day on which the quarter's report looks at what is known.

        >>> Quarter(2026, 3).as_of(45)
        datetime.date(2026, 11, 14)
        """
        return self.end + dt.timedelta(days=lag_days)

    def __str__(self) -> str:
        return f"{self.year}Q{self.number}"
