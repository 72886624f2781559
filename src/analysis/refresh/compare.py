"""An answer beside what is known: is it the same series, and which of its figures are new or other?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

import pandas as pd

from analysis.period import Period
from analysis.refresh.answer import Answer, changed
from analysis.refresh.links import Link


@dataclass(frozen=True)
class Known:
    """What is known of one series in one region.

    Attributes:
        figures: each period with its newest figure.
        unit: of the series; empty when nothing is known of it.
        challenge: the code of the ``uitdaging`` under which it stands.
    """

    figures: dict[str, Decimal] = field(default_factory=dict)
    unit: str = ""
    challenge: str = ""


@dataclass(frozen=True)
class News:
    """What an answer adds to what is known.

    Attributes:
        link: the series.
        challenge: as in :class:`Known`.
        answer: all that the provider gave.
        fresh: figures of periods of which none was known, in the unit of the series.
        revised: figures that differ from the newest known ones, each with that one.
    """

    link: Link
    challenge: str
    answer: Answer
    fresh: dict[str, Decimal]
    revised: dict[str, tuple[Decimal, Decimal]]

    @property
    def figures(self) -> dict[str, Decimal]:
        """All figures that come in, in the order of their periods."""
        every = self.fresh | {period: now for period, (_, now) in self.revised.items()}
        return dict(sorted(every.items()))

    @property
    def breaks(self) -> list[str]:
        """The periods among them of which the provider says that they are counted otherwise than before."""
        return [period for period in self.figures if "b" in self.answer.flags.get(period, "")]


def known(facts: pd.DataFrame) -> dict[tuple[str, str], Known]:
    """Return what is known of each series and region; of several figures for one period the newest.

    Args:
        facts: the table ``omgeving`` with all that is known: ``indicator``, ``uitdaging``, ``geo``, ``periode``,
            ``waarde``, ``eenheid``, ``gepubliceerd_tot``, ``bekend_op``. Published last is newest; of what has no day
            of publication, the day on which it became known stands for it. Rows without a period are left out.
    """
    rows = facts[facts["periode_van"].notna()]
    rows = rows.assign(_day=rows["gepubliceerd_tot"].fillna(rows["bekend_op"])).sort_values("_day", kind="stable")
    found: dict[tuple[str, str], Known] = {}
    for row in rows.to_dict("records"):
        key = str(row["indicator"]), str(row["geo"])
        earlier = found.get(key, Known()).figures
        figures = earlier | {str(row["periode"]): Decimal(str(row["waarde"])).normalize()}
        found[key] = Known(figures, str(row["eenheid"]), str(row["uitdaging"]))
    return found


def news(answer: Answer, link: Link, before: Known) -> News:
    """Return which figures of an answer are new, or other than the newest that is known.

    Periods before the first one that is known are left out: how they were counted nobody has looked at. Figures are
    alike when one can be the other, rounded to as many decimals as both are written in.

    Args:
        answer: of the provider.
        link: the series, with its factor and the margin within which figures of the same periods must lie.
        before: what is known of it.

    Raises:
        KrachtlijnError: the answer cannot be the same series: another unit, no period in common, or figures that lie
            further from the known ones than the margin allows.

    >>> answer = Answer({"2023": Decimal("11.3"), "2024": Decimal("10.4")})
    >>> found = news(answer, Link("a", "BE", "eurostat", "x", unit="%"), Known({"2023": Decimal("11.2")}, "%"))
    >>> found.fresh, found.revised
    ({'2024': Decimal('10.4')}, {'2023': (Decimal('11.2'), Decimal('11.3'))})
    """
    if before.unit != link.unit:
        unit = f"'{before.unit}' with us" if before.unit else "unknown: the table omgeving holds no figure of it"
        raise changed(link, f"the unit is {unit}, and '{link.unit}' in its row", "mend data/raw/verversingen")
    figures = {period: (value * link.factor).normalize() for period, value in answer.figures.items()}
    _check_alike(figures, link, before.figures)
    start = min(_start(period) for period in before.figures)
    step = Decimal(10) ** -min(_decimals(before.figures), _decimals(figures))
    fresh = {name: now for name, now in figures.items() if name not in before.figures and _start(name) >= start}
    other = {name: (before.figures[name], now) for name, now in figures.items() if name in before.figures}
    revised = {name: pair for name, pair in other.items() if 2 * abs(pair[0] - pair[1]) > step}
    return News(link, before.challenge, answer, fresh, revised)


def _check_alike(figures: Mapping[str, Decimal], link: Link, before: Mapping[str, Decimal]) -> None:
    """The figures in the middle of those of the same periods say whether both are the same series in the same unit."""
    shared = [name for name in figures if name in before]
    if not shared:
        raise changed(link, "no period of it is known, so nothing says that it is the same series")
    apart = float(median(abs(figures[name] - before[name]) for name in shared))
    size = float(median(abs(before[name]) for name in shared))
    if apart > size * link.margin / 100:
        share = f"{100 * apart / size:.0f} %" if size else "much"
        name = shared[-1]
        why = f"its figures lie {share} from those known, {link.margin:g} % is allowed ({name}: {before[name]:f}"
        raise changed(link, f"{why} known, {figures[name]:f} now): another unit, base year or definition?")


def _decimals(figures: Mapping[str, Decimal]) -> int:
    """Return in how many decimals the figures of a series are written: those of the one with most.

    >>> _decimals({"2019": Decimal("12.6"), "2020": Decimal("13")}), _decimals({"2019": Decimal("1E+2")})
    (1, 0)
    """
    return max(0, *(-int(value.as_tuple().exponent) for value in figures.values()))


def _start(period: str) -> str:
    found = Period.parse(period)
    return found.start.isoformat() if found else ""
