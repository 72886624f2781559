"""What the figures of the environment chapter share: the shown facts, their register, their marks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.models import breaks, indicators, official_targets, sources
from analysis.views.report import Report, ranked, sources_by_id

#: What one figure is about; two rows with the same key are two sources for it.
KEY = ["indicator", "geo", "periode", "eenheid"]
SECOND_HAND = ("secundair", "politiek")
#: The order in which the plan's document brings the challenges.
ORIGINS = ("perspective", "innoviris", "begroting", "ambtenarij")


@dataclass(frozen=True, eq=False)  # two are the same when they are one
class Environment:
    """The environment as known on the as-of date.

    Attributes:
        everything: all known rows with the rank of their source.
        facts: one row per figure, with ``conflicten``, ``tweede_hand``, ``ongeveer``,
            ``methode``, ``te_controleren`` and ``elders``.
        newest: of these the latest per indicator and area, see :func:`analysis.models.indicators.latest`.
        register: the series, on their code, with ``label``, ``definitie``, ``richting``,
            ``definitiegroep``.
        breaks: the figures that are counted otherwise than the rest of their series.
    """

    everything: pd.DataFrame
    facts: pd.DataFrame
    newest: pd.DataFrame
    register: pd.DataFrame
    breaks: pd.DataFrame

    def label(self, indicator: str) -> str:
        """Return the label of an indicator."""
        return str(self.register.at[indicator, "label"])

    def only(self, codes: list[str]) -> pd.DataFrame:
        """Return the shown facts of some indicators."""
        return self.facts[self.facts["indicator"].isin(codes)]


def look(report: Report) -> Environment:
    """Return the environment as known on the as-of date, named in the report's language."""
    known = _known(report.now)
    register = report.labelled(known.register)
    return replace(known, register=register.assign(definitie=register[f"definitie_{report.language}"]))


@once
def _known(catalog: Catalog) -> Environment:
    """Return the environment with its names in every language; looked at once for all figures."""
    everything = ranked(catalog, "omgeving")
    facts = sources.best(everything, KEY)
    kind = facts["bron_id"].map(sources_by_id(catalog)["soort"])
    register, broken = (_of_environment(catalog.table(name)) for name in ("indicatoren", "reeksbreuken"))
    register = register.set_index("reeks")
    facts = facts.assign(
        tweede_hand=kind.isin(SECOND_HAND),
        ongeveer=indicators.approximate(facts),
        methode=breaks.methods(facts, broken),
        te_controleren=breaks.to_check(facts),
        elders=breaks.elsewhere(facts, register["definitiegroep"]),
    )
    return Environment(everything, facts, indicators.latest(facts), register, broken)


def current(report: Report, codes: list[str]) -> pd.DataFrame:
    """Return the latest figure of each indicator, in that order, with its verdict."""
    return _current(report.now, tuple(codes)).copy(deep=False)


@once
def _current(catalog: Catalog, codes: tuple[str, ...]) -> pd.DataFrame:
    known = _known(catalog)
    own = known.newest[known.newest["indicator"].isin(codes)]
    return indicators.judged(indicators.one_per_indicator(own, list(codes)), known.register["richting"])


def beside(report: Report, codes: list[str]) -> pd.DataFrame:
    """Return Belgium and the other regions beside the latest Brussels figures of these indicators."""
    return _beside(report.now, tuple(codes)).copy(deep=False)


@once
def _beside(catalog: Catalog, codes: tuple[str, ...]) -> pd.DataFrame:
    return indicators.comparison(_current(catalog, codes), _known(catalog).facts)


def _of_environment(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["tabel"] == "omgeving"]


def challenges(report: Report) -> pd.DataFrame:
    """Return all challenges in the order of the plan's document, sub-challenges after their own."""
    return report.labelled(_challenges(report.now))


@once
def _challenges(catalog: Catalog) -> pd.DataFrame:
    rows = catalog.table("uitdagingen")
    place = rows["herkomst"].map({origin: number for number, origin in enumerate(ORIGINS)})
    ordered = rows.assign(_place=place, _sub=rows["hoort_bij"] != "")
    return ordered.sort_values(["_place", "_sub", "volgnr"], kind="stable")


def borrowed(report: Report) -> tuple[str, ...]:
    """Say whose challenges these are where the report follows another plan."""
    plans = report.labelled(report.now.table("plannen"))
    owners = plans[plans["bron_id"].isin(report.now.table("uitdagingen")["bron_id"])]
    if owners.empty or report.plan_id in set(owners["plan_id"]):
        return ()
    names = report.words.list(owners["label"].tolist())
    return (report.words.t("The challenges are those of: {plan}.", plan=names),)


def linked(report: Report, codes: list[str] | None = None) -> pd.DataFrame:
    """Return the indicators linked to some challenges (by default all), each once, in order."""
    links = report.now.table("uitdaging_indicatoren")
    wanted = codes if codes is not None else challenges(report)["uitdaging_code"].tolist()
    own = links[links["uitdaging_code"].isin(wanted)]
    place = own["uitdaging_code"].map({code: number for number, code in enumerate(wanted)})
    ordered = own.assign(_place=place).sort_values(["_place", "volgnr"], kind="stable")
    return ordered.drop(columns="_place").drop_duplicates("indicator").reset_index(drop=True)


def earlier(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of the figures that the latest ones are compared with."""
    compared = rows.loc[rows["verandering"].notna(), ["vorige_bron_id"]]
    return compared.rename(columns={"vorige_bron_id": "bron_id"})


def targets(report: Report) -> pd.DataFrame:
    """Return the official targets known on the as-of date, beside the figures."""
    return _targets(report.now, report.as_of).copy(deep=False)


@once
def _targets(catalog: Catalog, as_of: dt.date) -> pd.DataFrame:
    every, dating, env = catalog.table("omgeving_doelen"), catalog.table("doelen_datering"), _known(catalog)
    known = official_targets.known(every, dating, as_of, catalog.package.collected)
    return official_targets.distance_to_target(known, env.facts, env.register["richting"], as_of)
