"""be.STAT of Statbel: a saved view, whose rows are objects with one property per column of the table on its site.

The names of columns and months are those of the language in which the view was saved.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from analysis.refresh.answer import Answer, changed, empty, number, parsed
from analysis.refresh.links import Link

_MONTHS = (
    "january february march april may june july august september october november december",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
)
_MONTH = {name: number for names in _MONTHS for number, name in enumerate(names.split(), start=1)}
_NAMED = re.compile(r"(\w+) (\d{4})")
_YEAR = re.compile(r"\d{4}", re.ASCII)


def address(base: str, link: Link) -> str:
    """Return where the figures of a series are asked for.

    >>> address("https://host/api/views/", Link("a", "BE", "bestat", "208b69bd"))
    'https://host/api/views/208b69bd/result/JSON'
    """
    return f"{base.rstrip('/')}/{quote(link.dataset)}/result/JSON"


def page(base: str, link: Link) -> str:
    """Return where a person reads the figures: the view itself, as a table."""
    return f"{base.rstrip('/')}/{quote(link.dataset)}/result/HTML"


def read(content: bytes, link: Link) -> Answer:
    """Read an answer.

    Args:
        content: as it came.
        link: the series; its filters say which rows are meant, by their columns.

    Raises:
        KrachtlijnError: it is cut off or has another form: a column less, a text in place of a number, two figures for
            one period, or nothing.

    >>> link = Link("a", "BE", "bestat", "208b69bd", value="Health index", period="Month")
    >>> read(b'{"facts": [{"Month": "January 2025", "Health index": 135.52}]}', link).figures
    {'2025-01': Decimal('135.52')}
    """
    rows = parsed(content, link).get("facts")
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise changed(link, "it has no list of rows ('facts')")
    figures: dict[str, Decimal] = {}
    for row in rows:
        _check_columns(row, link)
        if row[link.value] is None or any(str(row[name] or "") != wanted for name, wanted in link.filters.items()):
            continue
        period = _period(str(row[link.period]), link)
        if period in figures:
            raise changed(link, f"it gives two figures for {period}", "tell them apart by the filters of this row")
        figures[period] = number(row[link.value], period, link)
    if not figures:
        raise empty(link)
    return Answer(figures)


def _check_columns(row: dict[str, Any], link: Link) -> None:
    for name in (link.period, link.value, *link.filters):
        if name not in row:
            raise changed(link, f"the column '{name}' is missing; there are: {', '.join(row)[:160]}")


def _period(text: str, link: Link) -> str:
    """Return a period as we write it: 2025, or 2025-01 for 'January 2025'."""
    if _YEAR.fullmatch(text):
        return text
    match = _NAMED.fullmatch(text.strip())
    month = _MONTH.get(match[1].lower()) if match else None
    if match is None or month is None:
        raise changed(link, f"'{text[:40]}' is no period that we know")
    return f"{match[2]}-{month:02d}"
