"""Where sources contradict each other: how often, and the largest differences."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.models import disagreement, money, people
from analysis.views.facts import employer_name, period_of, unit_name
from analysis.views.gegevens import wording
from analysis.views.omgeving import data as environment
from analysis.views.report import Report, in_every_language, ranked, sources_by_id

#: What one figure is about, per table.
KEYS = {
    "omgeving": environment.KEY,
    "personeel": people.KEY,
    "budget": money.KEY,
}
#: How many of the largest differences are listed.
LISTED = 5
#: The units that the labels on people and money do not name themselves.
_ADDED = ("pct", "EUR_mln", "mln_eur", "personen")


@in_every_language
def conflicts(report: Report) -> Figure:
    """Table: per kind of data how many figures have several values, and of what nature the difference is."""
    words, disputed = report.words, _disputed(report)
    counts = {name: _counts(report, name, disputed) for name in KEYS}
    rows = [(wording.title(report, name), *map(words.number, counts[name])) for name in KEYS]
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    rows.append((words.t("Together"), *map(words.number, totals)))
    heads = [
        words.t("Figures known"),
        words.t("With several values"),
        words.t("Rounding only"),
        words.t("Estimates of different dates"),
        words.t("Other notion, or one source"),
        words.t("Sources contradict"),
    ]
    return Figure(
        "gegevens-conflicten",
        "table",
        title=_title(report, disputed),
        subtitle=words.t("Number of figures, known on {date}", date=words.date(report.as_of)),
        grid=Grid(wording.columns([words.t("Kind of data")], heads), tuple(rows)),
        origins=report.origins(disputed, disputed.assign(bron_id=disputed["ander_bron_id"]), _kinds(report)),
        notes=(*_notes(report), *_shown(report, disputed)),
    )


@in_every_language
def differences(report: Report) -> Figure:
    """Table: the largest differences between sources that contradict each other."""
    words, disputed = report.words, _disputed(report)
    rows = disputed[(disputed["klasse"] == "tegenspraak") & disputed["verschil"].notna()]
    rows = rows.sort_values("verschil", ascending=False, kind="stable").head(LISTED)
    if rows.empty:
        said = words.t("Among the figures known on {date} no two sources contradict.", date=words.date(report.as_of))
        return Figure("gegevens-verschillen", "sentences", title=words.t("No difference to show"), sentences=(said,))
    cells = tuple(_cells(report, row) for row in rows.to_dict("records"))
    return Figure(
        "gegevens-verschillen",
        "table",
        title=words.t(
            "The largest contradiction is one of {share} %: {figure}",
            share=words.number(100 * float(rows["verschil"].iloc[0])),
            figure=cells[0][0],
        ),
        subtitle=words.tn(
            "The largest difference, in % of the larger value",
            "The {n} largest differences, in % of the larger value",
            len(rows),
        ),
        grid=Grid(
            (
                Column(words.t("Disputed figure")),
                Column(words.t("Difference (%)"), "number"),
                Column(words.t("Shown here")),
                Column(words.t("Other sources say")),
            ),
            cells,
        ),
        origins=report.origins(rows, rows.assign(bron_id=rows["ander_bron_id"])),
        notes=(
            words.t("The chapters on the environment and on staff and budget list the figures with several values."),
        ),
    )


def _disputed(report: Report) -> pd.DataFrame:
    """Return one row per figure with several values, with ``tabel``, ``code`` and ``plaats``."""
    return _classified(report.now)


@once
def _classified(catalog: Catalog) -> pd.DataFrame:
    found = []
    for name, key in KEYS.items():
        rows = disagreement.classified(_figures(catalog, name), key)
        first, place = ("indicator", "geo") if name == "omgeving" else ("reeks", "entiteit")
        found.append(rows.assign(tabel=name, code=rows[first], plaats=rows[place]))
    kept = [rows for rows in found if len(rows)]
    return pd.concat(kept or found, ignore_index=True)


def _figures(catalog: Catalog, name: str) -> pd.DataFrame:
    """Return the rows of a table that say what period they are about, with the rank of their source."""
    rows = ranked(catalog, name)
    return rows[rows["periode_tot"].notna()]


def _kinds(report: Report) -> pd.DataFrame:
    return report.now.table("bron_soorten")


def _counts(report: Report, name: str, disputed: pd.DataFrame) -> list[int]:
    own = disputed[disputed["tabel"] == name]["klasse"]
    figures = len(_figures(report.now, name).drop_duplicates(KEYS[name]))
    return [figures, len(own), *(int((own == code).sum()) for code in disagreement.CLASSES)]


def _title(report: Report, disputed: pd.DataFrame) -> str:
    words, real = report.words, int((disputed["klasse"] == "tegenspraak").sum())
    if disputed.empty:
        return words.t("Every figure has one value")
    several = words.tn("{n} figure has several values", "{n} figures have several values", len(disputed))
    if not real:
        return words.t("{several}; none is a contradiction between sources", several=several)
    return words.tn(
        "{several}; {n} is a contradiction between sources",
        "{several}; {n} are contradictions between sources",
        real,
        several=several,
    )


def _notes(report: Report) -> tuple[str, ...]:
    words, kinds = report.words, report.labelled(_kinds(report).sort_values("rang"))
    return (
        words.t(
            "Shown is the value whose source ranks first: {kinds}. Press that cites the Court of Audit goes before "
            "other press.",
            kinds=words.joined(kinds["label"].tolist()),
        ),
        words.t(
            "Rounding only: the values are the same once written as precisely as the least precise; of a round number "
            "{n} digits count.",
            n=disagreement.ROUND_DIGITS,
        ),
        words.t("What notion a source follows is known only where its note says so."),
    )


def _shown(report: Report, disputed: pd.DataFrame) -> tuple[str, ...]:
    """Say how often the value shown is that of an official source or a copy of an official series."""
    words, real = report.words, disputed[disputed["klasse"] == "tegenspraak"]
    if real.empty:
        return ()
    kinds = real["bron_id"].map(sources_by_id(report.now)["soort"])
    official = int(kinds.isin(disagreement.OFFICIAL).sum())
    return (
        words.t(
            "The value shown is official, or a copy of an official series, at {n} of the {total} contradictions.",
            n=words.number(official),
            total=words.number(len(real)),
        ),
    )


def _cells(report: Report, row: dict[Hashable, Any]) -> tuple[str, ...]:
    words = report.words
    share = words.number(100 * row["verschil"], 0 if row["verschil"] >= 0.1 else 1)
    return (
        _name(report, row),
        share,
        _value(report, row["waarde"], row["bron_id"]),
        _value(report, row["ander"], row["ander_bron_id"]),
    )


def _name(report: Report, row: dict[Hashable, Any]) -> str:
    words, register = report.words, report.now.table("indicatoren")
    series = register[(register["tabel"] == row["tabel"]) & (register["reeks"] == row["code"])].iloc[0]
    label, code = report.label(series), _unit(report, row)
    named = words.t("{label} ({unit})", label=label, unit=code) if code else label
    detail = str(row.get("categorie") or "").replace("_", " ")
    named = words.t("{label} ({unit})", label=named, unit=detail) if detail and detail != "nan" else named
    return words.t(
        "{figure}, {area}, {period}",
        figure=named,
        area=employer_name(words, str(row["plaats"])),
        period=period_of(words, pd.Series(row)),
    )


def _unit(report: Report, row: dict[Hashable, Any]) -> str:
    """Return the unit in words; in the tables on people and money most labels name it themselves."""
    code = str(row["eenheid"])
    return unit_name(report.words, code) if row["tabel"] == "omgeving" or code in _ADDED else ""


def _value(report: Report, value: object, bron_id: str) -> str:
    """Write a value with as many decimals as the source gives, and who published it."""
    words, publisher = report.words, sources_by_id(report.now)["uitgever"]
    plain = str(value).partition(".")[2].rstrip("0")
    number = words.number(float(str(value)), len(plain))
    return words.t("{number}: {publisher}", number=number, publisher=publisher[bron_id])
