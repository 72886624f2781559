"""What a provider answers about one series, whatever the form in which it does."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from analysis.errors import KrachtlijnError
from analysis.refresh.links import Link


@dataclass(frozen=True)
class Answer:
    """The figures of one series as its provider gives them.

    Attributes:
        figures: each period, as we write periods, with its figure in the provider's unit.
        flags: what the provider says of some of these figures, in its own letters.
        updated: the day on which the provider says that it last changed the dataset; None when it does not say.
    """

    figures: dict[str, Decimal]
    flags: dict[str, str] = field(default_factory=dict)
    updated: dt.date | None = None


def changed(link: Link, why: str, do: str = "") -> KrachtlijnError:
    """Return the fault of an answer that is not as we know it: no figure of the series is taken from it."""
    return KrachtlijnError(
        "the answer is not as we know it, so nothing was taken from it",
        where=link.name,
        why=why,
        do=do or "look at the dataset on the provider's site, then adapt the row in data/raw/verversingen",
    )


def empty(link: Link) -> KrachtlijnError:
    """Return the fault of an answer without one figure."""
    return changed(link, "it holds not one figure", "check the filters of this row in data/raw/verversingen")


def parsed(content: bytes, link: Link) -> dict[str, Any]:
    """Return an answer in JSON, its numbers digit by digit as they came.

    Raises:
        KrachtlijnError: it is no JSON, or cut off; or something else than an object.
    """
    try:
        found = json.loads(content, parse_float=Decimal, parse_int=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError) as fault:
        raise changed(link, f"it is no whole JSON: {fault}", "run the refresh again; if it stays, tell us") from fault
    if not isinstance(found, dict):
        raise changed(link, "it is no JSON object")
    return found


def number(value: object, period: str, link: Link) -> Decimal:
    """Return a figure.

    Raises:
        KrachtlijnError: it is something else than a number.
    """
    if not isinstance(value, Decimal) or not value.is_finite():
        raise changed(link, f"for {period} it gives {str(value)[:40]!r} where a number is expected")
    return value


def _no_number(text: str) -> object:
    raise ValueError(f"{text} is no number")
