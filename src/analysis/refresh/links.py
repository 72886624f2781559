"""Which series comes from where: the rows of the table ``verversingen``."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import pandas as pd

from analysis.errors import KrachtlijnError

TABLE = "verversingen"


@dataclass(frozen=True)
class Link:
    """One series of one region and the place where its provider publishes it.

    Attributes:
        series: its code in the table ``indicatoren``.
        geo: its region: BE10, BE, BE2 or BE3.
        provider: ``eurostat`` or ``bestat``.
        dataset: the code of the dataset, or of the view of be.STAT.
        filters: what is asked of each dimension (Eurostat), or which rows are meant by their columns (be.STAT).
        value: the column of the figure (be.STAT).
        period: the column of the period (be.STAT).
        unit: that of the series with us.
        factor: by which a figure is multiplied to be in that unit.
        margin: by how many per cent figures of the same periods may differ, in the middle, from those that are known.
    """

    series: str
    geo: str
    provider: str
    dataset: str
    filters: dict[str, str] = field(default_factory=dict)
    value: str = ""
    period: str = ""
    unit: str = ""
    factor: Decimal = Decimal(1)
    margin: float = 10.0

    @property
    def name(self) -> str:
        """How a person is told which series it is."""
        return f"{self.series} {self.geo}, {self.provider} {self.dataset}"


def read(rows: pd.DataFrame) -> list[Link]:
    """Return the links that a table states, in its order.

    Args:
        rows: the table ``verversingen`` as the intake leaves it.

    Raises:
        KrachtlijnError: a filter is not written as ``name=value``.
    """
    return [
        Link(
            series=row["reeks"],
            geo=row["geo"],
            provider=row["aanbieder"],
            dataset=row["dataset"],
            filters=_filters(row["filters"], f"{row['reeks']} {row['geo']}"),
            value=row["waardekolom"],
            period=row["periodekolom"],
            unit=row["eenheid"],
            factor=Decimal(str(row["factor"])),
            margin=float(row["afwijking_pct"]),
        )
        for row in rows.to_dict("records")
    ]


def only(links: Sequence[Link], wanted: Collection[str]) -> list[Link]:
    """Return the links of some series; of all when none is named.

    Raises:
        KrachtlijnError: a series is not mapped.

    >>> [link.geo for link in only([Link("a", "BE", "eurostat", "x"), Link("b", "BE10", "eurostat", "x")], ["b"])]
    ['BE10']
    """
    known = dict.fromkeys(link.series for link in links)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise KrachtlijnError(
            f"no such series can be refreshed: {', '.join(unknown)}",
            where="data/raw/verversingen",
            why=f"there are: {', '.join(known)}",
            do="name one of these, or add a row for the series: docs/refresh.md says how",
        )
    return [link for link in links if not wanted or link.series in wanted]


def _filters(text: str, series: str) -> dict[str, str]:
    parts = [part.partition("=") for part in text.split(";")] if text else []
    if any(not name or not sign for name, sign, _ in parts):
        raise KrachtlijnError(
            "the filters of a series cannot be read",
            where=f"data/raw/verversingen, {series}",
            why=f"found '{text}'",
            do="write them as name=value;name=value",
        )
    return {name: value for name, _, value in parts}
