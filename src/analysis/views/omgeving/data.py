"""What the figures of the environment chapter share: the shown facts, their register, their marks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from analysis.catalog import Catalog
from analysis.models import breaks, indicators, official_targets, sources
from analysis.views.report import Report

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
        register: the series, on their code, with ``label``, ``definitie``, ``richting``,
            ``definitiegroep``.
        breaks: the figures that are counted otherwise than the rest of their series.
    """

    everything: pd.DataFrame
    facts: pd.DataFrame
    register: pd.DataFrame
    breaks: pd.DataFrame

    def label(self, indicator: str) -> str:
        """Return the label of an indicator."""
        return str(self.register.at[indicator, "label"])

    def only(self, codes: list[str]) -> pd.DataFrame:
        """Return the shown facts of some indicators."""
        return self.facts[self.facts["indicator"].isin(codes)]

    def current(self, codes: list[str]) -> pd.DataFrame:
        """Return the latest figure of each indicator, in that order, with its verdict."""
        rows = indicators.one_per_indicator(indicators.latest(self.only(codes)), codes)
        return indicators.judged(rows, self.register["richting"])


@lru_cache(maxsize=16)
def look(report: Report, catalog: Catalog | None = None) -> Environment:
    """Return the environment as a catalog knows it (by default the report's own); looked at once for all figures."""
    catalog = catalog or report.now
    kinds = catalog.table("bronnen")
    ranked = sources.ranked(catalog.table("omgeving"), kinds, catalog.table("bron_soorten"))
    facts = sources.best(ranked, KEY)
    kind = facts["bron_id"].map(kinds.set_index("bron_id")["soort"])
    register, broken = _register(report, catalog), catalog.table("reeksbreuken")
    broken = broken[broken["tabel"] == "omgeving"]
    facts = facts.assign(
        tweede_hand=kind.isin(SECOND_HAND),
        ongeveer=indicators.approximate(facts),
        methode=breaks.methods(facts, broken),
        te_controleren=breaks.to_check(facts),
        elders=breaks.elsewhere(facts, register["definitiegroep"]),
    )
    return Environment(ranked, facts, register, broken)


def _register(report: Report, catalog: Catalog) -> pd.DataFrame:
    series = catalog.table("indicatoren")
    own = report.labelled(series[series["tabel"] == "omgeving"]).set_index("reeks")
    return own.assign(definitie=own[f"definitie_{report.language}"])


def challenges(report: Report) -> pd.DataFrame:
    """Return all challenges in the order of the plan's document, sub-challenges after their own."""
    rows = report.labelled(report.now.table("uitdagingen"))
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


@lru_cache(maxsize=16)
def targets(report: Report, env: Environment) -> pd.DataFrame:
    """Return the official targets known on the as-of date, beside the figures."""
    known = official_targets.known(
        report.now.table("omgeving_doelen"),
        report.now.table("doelen_datering"),
        report.as_of,
        report.now.package.collected,
    )
    return official_targets.distance_to_target(known, env.facts, env.register["richting"], report.as_of)
