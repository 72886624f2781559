"""The tables as they were known on a given day, and the sources behind them."""

from __future__ import annotations

import copy
import datetime as dt
import json
from collections.abc import Callable, Hashable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from analysis import deliveries, tables
from analysis.deliveries import RECEIVED, Which
from analysis.errors import KrachtlijnError
from analysis.figure import Origin
from analysis.paths import Project
from analysis.processed import QUARANTINE, SUMMARY, SUPPRESSED, VALIDATION, no_intake, summary
from analysis.schema import Package

P = ParamSpec("P")
R = TypeVar("R")


def once(function: Callable[Concatenate[Catalog, P], R]) -> Callable[Concatenate[Catalog, P], R]:
    """Let a function of a catalog do its work once per catalog and arguments, however many figures ask.

    The result lives as long as the catalog and is shared: whoever changes a frame takes a copy first.

    >>> @once
    ... def rows(catalog: Catalog, name: str) -> int:
    ...     return len(catalog.table(name))
    """

    @wraps(function)
    def remembering(catalog: Catalog, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, tuple(kwargs.items()))
        if key not in catalog.remembered:
            catalog.remembered[key] = function(catalog, *args, **kwargs)
        found: R = catalog.remembered[key]
        return found

    return remembering


class Catalog:
    """Opens the processed tables; dated facts only as far as they were known on ``as_of``.

    Args:
        project: the project folder.
        as_of: the day on which the report looks at the world; None for everything that was received.
        which: the set of quarterly deliveries that counts.

    Attributes:
        remembered: what was worked out of these tables as they were known on this day, see :func:`once`.
    """

    def __init__(self, project: Project, as_of: dt.date | None = None, which: Which = RECEIVED) -> None:
        self.project, self.as_of, self.which = project, as_of, which
        if not (project.processed / SUMMARY).is_file():
            raise no_intake(project.show(project.processed / SUMMARY))
        self.package = Package.load(project.raw / "datapackage.json")
        self._whole: dict[str, pd.DataFrame] = {}
        self.remembered: dict[Hashable, Any] = {}
        self._days: dict[dt.date | None, Catalog] = {as_of: self}

    @property
    def summary(self) -> dict[str, object]:
        """What the last intake counted; read only when asked for, because it changes with every table."""
        return summary(self.project)

    def at(self, as_of: dt.date) -> Catalog:
        """Return the same tables, seen on another day; nothing is read twice, and each day has one catalog."""
        if as_of not in self._days:
            other = copy.copy(self)
            other.as_of, other.remembered = as_of, {}
            self._days[as_of] = other
        return self._days[as_of]

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; of dated facts the rows known on the as-of date, with ``bekend_op``, ``bekend_regel``."""
        return self._known(name).copy(deep=False)

    def plan(self, name: str, plan_id: str) -> pd.DataFrame:
        """Return the rows of one plan out of a table with ``plan_id``."""
        return self._planned(name, plan_id).copy(deep=False)

    def delivered(self, name: str, plan_id: str) -> pd.DataFrame:
        """Return the rows of one plan out of a table of the quarterly deliveries that had come by the as-of date.

        All deliveries are in it, also those that a later one corrects; see :mod:`analysis.deliveries`. Each row says in
        ``bekend_op`` on which day it came. Empty when nothing was delivered. Numbers of small groups are left out.
        """
        return _told(self._of_delivery(name, plan_id)).copy(deep=False)

    def held_back(self, name: str, plan_id: str) -> pd.DataFrame:
        """Return the rows that :meth:`delivered` leaves out: their number would tell of a small group of persons."""
        return _hidden(self._of_delivery(name, plan_id))

    @once
    def _of_delivery(self, name: str, plan_id: str) -> pd.DataFrame:
        path = deliveries.room(self.project, self.which) / f"{name}.parquet"
        if not path.is_file():
            raise no_intake(self.project.show(path))
        rows = tables.read(path)
        own = rows["plan_id"] == plan_id
        if self.as_of is not None:
            own &= rows["ontvangen"] <= pd.Timestamp(self.as_of)
        return rows[own].rename(columns={"ontvangen": "bekend_op"}).reset_index(drop=True)

    def suppressed(self, name: str) -> pd.DataFrame:
        """Return the rows that :meth:`table` leaves out: their number would tell of a small group of persons.

        The intake has taken that number (``waarde``) out of them.
        """
        return _hidden(self._until(name))

    @once
    def _known(self, name: str) -> pd.DataFrame:
        return _told(self._until(name))

    @once
    def _until(self, name: str) -> pd.DataFrame:
        whole = self._whole.get(name)
        if whole is None:
            whole = self._whole[name] = self._read(name)
        if self.as_of is None or "bekend_op" not in whole:
            return whole
        return whole[whole["bekend_op"] <= pd.Timestamp(self.as_of)]

    @once
    def _planned(self, name: str, plan_id: str) -> pd.DataFrame:
        rows = self._known(name)
        return rows[rows["plan_id"] == plan_id].reset_index(drop=True)

    def validation(self) -> pd.DataFrame:
        """Return every rule that the validation judged: ``tabel``, ``regel`` (its kind), ``kolom``, ``voldaan``.

        The rules are about the whole delivery, whatever the as-of date. No value of a row is among them.

        Raises:
            KrachtlijnError: the validation result of a table is not there.
        """
        found = []
        for name in self.package.tables:
            path = self.project.processed / VALIDATION / f"{name}.json"
            if not path.is_file():
                raise no_intake(self.project.show(path))
            for result in json.loads(path.read_text(encoding="utf-8"))["results"]:
                said = result["expectation_config"]["meta"]
                found.append((name, said["rule"], said["column"], bool(result["success"])))
        return pd.DataFrame(found, columns=["tabel", "regel", "kolom", "voldaan"])

    def quarantine(self) -> pd.DataFrame:
        """Return why each row was set aside: ``tabel``, ``bestand``, ``rij``, ``kolom``, ``regel``.

        A row with several faults stands there once per fault. The delivered values stay in the quarantine itself.
        """
        names = {"_bestand": "bestand", "_rij": "rij", "_kolom": "kolom", "_regel": "regel"}
        found = [pd.DataFrame(columns=["tabel", *names.values()])]
        for name in self.package.tables:
            path = self.project.processed / QUARANTINE / f"{name}.csv"
            if path.is_file():
                rows = pd.read_csv(path, usecols=list(names), dtype=str, keep_default_na=False, encoding="utf-8-sig")
                found.append(rows.rename(columns=names).assign(tabel=name))
        return pd.concat(found, ignore_index=True).astype({"rij": int})

    def origins(self, bron_ids: Iterable[str], language: str = "nl") -> tuple[Origin, ...]:
        """Return the sources behind these ids, best kind first, each once.

        Args:
            bron_ids: codes of the table ``bronnen``.
            language: of the licences' names.

        Raises:
            KrachtlijnError: a code is not in the table.
        """
        wanted = {str(bron_id) for bron_id in bron_ids}
        every = self._origins(language)
        missing = wanted - every.keys()
        if missing:
            raise KrachtlijnError(f"figures refer to sources that do not exist: {', '.join(sorted(missing))}")
        return tuple(origin for bron_id, origin in every.items() if bron_id in wanted)

    @once
    def _origins(self, language: str) -> dict[str, Origin]:
        """Return all sources by their code, best kind first."""
        rows = self._sources(language).sort_values(["rang", "uitgever", "titel"])
        shown = rows.assign(dag=rows["bron_id"].map(self._published()).fillna(""))
        columns = ["bron_id", "titel", "uitgever", "url", "soort", "licentie", "dag"]
        every = (Origin(*(str(value) for value in row)) for row in shown[columns].to_numpy())
        return {origin.bron_id: origin for origin in every}

    def _sources(self, language: str) -> pd.DataFrame:
        """Return the sources with the rank of their kind, and their licence by its name in the language."""
        names = self.table("licenties").set_index("licentie")[f"label_{language}"]
        rows = self.table("bronnen").merge(self.table("bron_soorten")[["soort", "rang"]], on="soort", how="left")
        return rows.assign(licentie=rows["licentie"].map(names).fillna(rows["licentie"]))

    @once
    def _published(self) -> pd.Series:
        """Return the latest day of publication that the facts known by now give for each source, as they write it."""
        found = [
            rows.loc[rows["gepubliceerd"] != "", ["bron_id", "gepubliceerd"]]
            for rows in (self.table(name) for name, table in self.package.tables.items() if table.series)
        ]
        return pd.concat(found).groupby("bron_id")["gepubliceerd"].max()

    def _read(self, name: str) -> pd.DataFrame:
        path = self.project.processed / f"{name}.parquet"
        if not path.is_file():
            raise no_intake(self.project.show(path))
        rows, declared = tables.read(path), self.package.tables[name]
        if not declared.series:
            return rows
        return tables.dated(rows, declared, self._known("indicatoren"), self.package.collected)


def _told(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose value the intake left in."""
    return rows[~rows[SUPPRESSED]].drop(columns=SUPPRESSED) if SUPPRESSED in rows else rows


def _hidden(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose value the intake took out."""
    return rows[rows[SUPPRESSED]].drop(columns=SUPPRESSED) if SUPPRESSED in rows else rows.iloc[:0]
