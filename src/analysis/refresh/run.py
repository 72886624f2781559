"""The refresh from beginning to end: ask, read, compare, and only then write what is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from analysis import lock
from analysis.catalog import Catalog
from analysis.errors import KrachtlijnError
from analysis.intake import ensure
from analysis.paths import Project
from analysis.refresh import bestat, client, compare, eurostat, links, write
from analysis.refresh.answer import changed
from analysis.refresh.client import Limits, UnreachableError
from analysis.refresh.compare import Known, News
from analysis.refresh.links import Link

#: Where each provider answers; a mirror, or a server in a test, may stand in its place.
BASES = {
    "eurostat": "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data",
    "bestat": "https://bestat.statbel.fgov.be/bestat/api/views",
}
_PROVIDERS: dict[str, ModuleType] = {"eurostat": eurostat, "bestat": bestat}

#: Called before each series with: series done, series in all, what comes now.
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Outcome:
    """What a refresh found and did.

    Attributes:
        found: per series that could be read what is new, also when that is nothing.
        faults: of the other series.
        written: the file with the new figures; None when there are none, or when nothing should be written.
    """

    found: tuple[News, ...] = ()
    faults: tuple[KrachtlijnError, ...] = ()
    written: Path | None = None

    @property
    def news(self) -> tuple[News, ...]:
        """The series with at least one figure that comes in."""
        return tuple(one for one in self.found if one.figures)


@dataclass
class _Asked:
    found: list[News] = field(default_factory=list)
    faults: list[KrachtlijnError] = field(default_factory=list)
    away: dict[str, UnreachableError] = field(default_factory=dict)


def refresh(
    project: Project,
    day: dt.date,
    progress: Progress,
    *,
    only: Sequence[str] = (),
    bases: Mapping[str, str] = BASES,
    limits: Limits | None = None,
    dry: bool = False,
) -> Outcome:
    """Bring the series of the table ``verversingen`` up to date.

    Every answer is read and checked first. Then the figures that are new, or other than the newest known ones, are
    written as one new file, whole or not at all; what was published earlier stays. A series with a fault holds no other
    series up.

    Args:
        project: the project folder; what changed in it is taken in first.
        day: today; the figures count as known from this day.
        progress: is told how far it is.
        only: codes of series; all when none is given.
        bases: where each provider answers.
        limits: how long to wait and how often to ask.
        dry: write nothing.

    Raises:
        KrachtlijnError: no provider could be reached; a series of ``only`` is not mapped; the day lies before the one
            on which the data were collected; or the new rows would not pass the intake. Nothing is written then.
    """
    with lock.alone(project, "refresh", "a refresh of the series", "data/raw"):
        write.sweep(project)
        ensure(project, progress)  # what an earlier refresh brought in is known, so that it does not come in again
        tables = Catalog(project)
        _check_day(day, tables.package.received)
        wanted = links.only(links.read(tables.table(links.TABLE)), only)
        known = compare.known(tables.table("omgeving"))
        asked = _ask(wanted, known, bases, limits or Limits(), progress)
        if asked.away and len(asked.away) == len({link.provider for link in wanted}):
            raise _no_network(asked.away)
        outcome = Outcome(tuple(asked.found), tuple(asked.faults))
        if dry or not outcome.news:
            return outcome
        pages = {
            one.link.dataset: _PROVIDERS[one.link.provider].page(_base(bases, one.link), one.link)
            for one in outcome.news
        }
        return Outcome(outcome.found, outcome.faults, write.put_in_place(project, outcome.news, day, pages))


def _ask(
    wanted: Sequence[Link],
    known: Mapping[tuple[str, str], Known],
    bases: Mapping[str, str],
    limits: Limits,
    progress: Progress,
) -> _Asked:
    """Ask for one series after the other; a provider without a connection is not asked again."""
    asked = _Asked()
    for number, link in enumerate(wanted):
        progress(number, len(wanted), link.series)
        try:
            if link.provider in asked.away:
                raise asked.away[link.provider]
            asked.found.append(_one(link, known.get((link.series, link.geo), Known()), bases, limits))
        except UnreachableError as fault:
            asked.away[link.provider] = fault
            asked.faults.append(_of_series(link, fault))
        except KrachtlijnError as fault:
            asked.faults.append(_of_series(link, fault))
    progress(len(wanted), len(wanted), "")
    return asked


def _one(link: Link, before: Known, bases: Mapping[str, str], limits: Limits) -> News:
    provider = _PROVIDERS[link.provider]
    content = client.get(provider.address(_base(bases, link), link), limits)
    return compare.news(provider.read(content, link), link, before)


def _base(bases: Mapping[str, str], link: Link) -> str:
    if link.provider not in bases:
        raise changed(link, f"nobody says where '{link.provider}' answers")
    return bases[link.provider]


def _of_series(link: Link, fault: KrachtlijnError) -> KrachtlijnError:
    """Return a fault with the series that it is about."""
    where = fault.where if link.name in fault.where else f"{link.name}\n{fault.where}"
    return KrachtlijnError(fault.what, where=where, why=fault.why, do=fault.do)


def _no_network(away: Mapping[str, UnreachableError]) -> KrachtlijnError:
    return KrachtlijnError(
        "no provider could be reached, so nothing was changed",
        where="\n".join(fault.where for fault in away.values()),
        why="\n".join(dict.fromkeys(fault.why for fault in away.values())),
        do="check the network and its proxy (HTTPS_PROXY), then run the refresh again; reports do not need it",
    )


def _check_day(day: dt.date, received: dt.date) -> None:
    """What comes in counts from today, so today cannot lie before what is there already."""
    if day < received:
        raise KrachtlijnError(
            f"today ({day}) lies before the day on which the last data came ({received})",
            where="data/raw/datapackage.json, krachtlijn:collected or krachtlijn:refreshed",
            do="set the clock of this machine right",
        )
