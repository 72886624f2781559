"""The tables as they were known on a given day, and the sources behind them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable

import pandas as pd

from analysis import asof
from analysis.errors import KrachtlijnError
from analysis.figure import Origin
from analysis.paths import Project
from analysis.schema import Package, Table

#: Written last by the intake: while it is there, the tables beside it belong together.
SUMMARY = "intake.json"
#: Folders of the intake's results beside the tables: one validation result per table, one file of rows set aside
#: per table that has any.
VALIDATION, QUARANTINE = "validatie", "quarantaine"


class Catalog:
    """Opens the processed tables; dated facts only as far as they were known on ``as_of``.

    Args:
        project: the project folder.
        as_of: the day on which the report looks at the world; None for everything that was received.
    """

    def __init__(self, project: Project, as_of: dt.date | None = None) -> None:
        self.project, self.as_of = project, as_of
        self.package = Package.load(project.raw / "datapackage.json")
        self._whole: dict[str, pd.DataFrame] = {}
        self.summary = _summary(project)

    def at(self, as_of: dt.date) -> Catalog:
        """Return the same tables, seen on another day (nothing is read twice)."""
        other = object.__new__(Catalog)
        other.__dict__.update(self.__dict__, as_of=as_of)
        return other

    def table(self, name: str) -> pd.DataFrame:
        """Return a table; of dated facts the rows known on the as-of date, with ``bekend_op``, ``bekend_regel``."""
        whole = self._whole.get(name)
        if whole is None:
            whole = self._whole[name] = self._read(name)
        if self.as_of is None or "bekend_op" not in whole:
            return whole.copy()
        return whole[whole["bekend_op"] <= pd.Timestamp(self.as_of)].copy()

    def plan(self, name: str, plan_id: str) -> pd.DataFrame:
        """Return the rows of one plan out of a table with ``plan_id``."""
        rows = self.table(name)
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
                raise _no_intake(self.project.show(path))
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
        rows = self._sources(language)
        rows = rows[rows["bron_id"].isin(wanted)].sort_values(["rang", "uitgever", "titel"])
        missing = wanted - set(rows["bron_id"])
        if missing:
            raise KrachtlijnError(f"figures refer to sources that do not exist: {', '.join(sorted(missing))}")
        dates = self._published()
        shown = rows.assign(dag=rows["bron_id"].map(dates).fillna(""))
        columns = ["bron_id", "titel", "uitgever", "url", "soort", "licentie", "dag"]
        return tuple(Origin(*(str(value) for value in row)) for row in shown[columns].to_numpy())

    def _sources(self, language: str) -> pd.DataFrame:
        """Return the sources with the rank of their kind, and their licence by its name in the language."""
        names = self.table("licenties").set_index("licentie")[f"label_{language}"]
        rows = self.table("bronnen").merge(self.table("bron_soorten")[["soort", "rang"]], on="soort", how="left")
        return rows.assign(licentie=rows["licentie"].map(names).fillna(rows["licentie"]))

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
            raise _no_intake(self.project.show(path))
        rows = pd.read_parquet(path)
        declared = self.package.tables[name]
        return self._dated(rows, declared) if declared.series else rows

    def _dated(self, rows: pd.DataFrame, declared: Table) -> pd.DataFrame:
        """Apply the as-of rule; the usual lag is that of the series, else that of its table as a whole."""
        register = self.table("indicatoren").set_index(["tabel", "reeks"])["vertraging_dagen"]
        keys = pd.MultiIndex.from_arrays([[declared.name] * len(rows), rows[declared.series[0]]])
        lag = pd.Series(register.reindex(keys).to_numpy(dtype=float), index=rows.index)
        lag = lag.fillna(register.get((declared.name, declared.name), float("nan")))
        if lag.isna().any():
            unknown = sorted(set(rows.loc[lag.isna(), declared.series[0]]))
            raise KrachtlijnError(
                "series without a usual publication lag",
                where="data/raw/indicatoren",
                why=f"{declared.name}: {', '.join(unknown)}",
                do="add a row for each series",
            )
        names = {f"{declared.period}_{part}": f"periode_{part}" for part in ("van", "tot")}
        dated = asof.known_on(rows.rename(columns=names), lag, list(declared.series), self.package.collected)
        return dated.rename(columns={ours: theirs for theirs, ours in names.items()})


def _summary(project: Project) -> dict[str, object]:
    path = project.processed / SUMMARY
    if not path.is_file():
        raise _no_intake(project.show(path))
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _no_intake(where: str) -> KrachtlijnError:
    return KrachtlijnError("the processed tables are not there", where=where, do="run: krachtlijn intake")
