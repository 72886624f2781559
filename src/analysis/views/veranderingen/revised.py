"""Figures that the previous report showed otherwise."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure
from analysis.models import money, people, revisions
from analysis.views.facts import decimals, period_of, with_unit
from analysis.views.omgeving import text
from analysis.views.omgeving.data import KEY
from analysis.views.report import Report, in_every_language, ranked
from analysis.views.veranderingen import wording

#: What one figure is about, per table. For money a year stands for its last day, as in its own chapter.
KEYS = {
    "omgeving": [*KEY, "definitie"],
    "personeel": [*people.KEY, "definitie"],
    "budget": [*money.KEY, "definitie", "van_plan"],
}


@in_every_language
def revised(report: Report) -> Figure:
    """Return the figures with another value or a better source than in the previous report, old beside new."""
    words = report.words
    rows, notes = _rows(report.now, report.before), _contradicted(report)
    if rows.empty:
        title = words.t("No figure of the previous report was revised afterwards")
        return wording.nothing(report, "veranderingen-herzien", title, notes)
    shown, more = wording.shortened(report, rows)
    columns = (
        Column(words.t("Figure")),
        Column(words.t("Figure about")),
        Column(words.t("Was"), "number"),
        Column(words.t("Is now"), "number"),
        Column(words.t("Difference"), "number"),
        Column(words.t("Why")),
    )
    return wording.table(
        report,
        "veranderingen-herzien",
        _title(report, rows),
        columns,
        [_cells(report, row) for _, row in shown.iterrows()],
        wording.headed(shown, "groep", _headings(report)),
        (rows, rows.assign(bron_id=rows["was_bron_id"])),
        (*more, *notes, _rule(report)),
    )


@once
def _rows(catalog: Catalog, earlier: Catalog) -> pd.DataFrame:
    """Return all revisions, new estimates last."""
    found = []
    for name in wording.TABLES:
        now, before = (_facts(known, name) for known in (catalog, earlier))
        found.append(revisions.revised(now, before, KEYS[name]).assign(tabel_naam=name, groep="herzien"))
        if "soort" in now:
            estimates = revisions.new_estimates(now, before, KEYS[name])
            found.append(estimates.assign(tabel_naam=name, groep="raming"))
    rows = pd.concat([frame for frame in found if len(frame)]) if any(map(len, found)) else found[0]
    return rows.sort_values("groep", kind="stable").reset_index(drop=True)


@once
def _facts(catalog: Catalog, name: str) -> pd.DataFrame:
    """Return the rows of a table with the rank of their source and what they count."""
    known = ranked(catalog, name)
    facts = known[known["periode_tot"].notna()]
    facts = facts.assign(definitie=revisions.definition(facts))
    plans = catalog.table("plannen")["bron_id"]
    return facts.assign(van_plan=facts["bron_id"].isin(plans)) if name == "budget" else facts


def _cells(report: Report, row: pd.Series) -> tuple[str, ...]:
    words, table = report.words, str(row["tabel_naam"])
    code = str(row["indicator"] if table == "omgeving" else row["reeks"])
    label = wording.series(report, table).get(code, code)
    unit = str(row["eenheid"])
    return (
        words.t("{label}, {who}", label=label, who=wording.entity(report, row, table)),
        period_of(words, row),
        with_unit(words, row["was"], unit),
        with_unit(words, row["waarde"], unit),
        _difference(report, row, unit),
        _why(report, row),
    )


def _difference(report: Report, row: pd.Series, unit: str) -> str:
    words = report.words
    if row["verschil"] == 0:
        return words.t("no change")
    if unit.startswith(("%", "pct")):
        number = words.number(row["verschil"], decimals(unit, row["verschil"]), sign=True)
        return text.points(words, row["verschil"], number)
    return words.number(row["verschil"], decimals(unit, row["verschil"]), sign=True)


def _why(report: Report, row: pd.Series) -> str:
    words = report.words
    names = {"now": wording.source(report, row["bron_id"]), "was": wording.source(report, row["was_bron_id"])}
    if names["now"] == names["was"] and row["reden"] == "jongere_bron":
        return words.t("a younger document of the same publisher ({now})", now=names["now"])
    return {
        "betere_bron": words.t("a better source ({now}) replaces {was}", **names),
        "jongere_bron": words.t("a younger source ({now}) replaces {was}", **names),
        "weggevallen": words.t("the former source ({was}) no longer counts; now {now}", **names),
        "bevestigd": words.t("a better source ({now}) confirms {was}", **names),
        "nieuwe_raming": words.t("new estimate ({now}), beside that of {was}", **names),
    }[row["reden"]]


def _headings(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "herzien": words.t("Realised or budgeted"),
        "raming": words.t("New estimates of the same figure; the former ones stay beside them"),
    }


def _title(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    changed = int((rows["groep"] == "herzien").sum())
    estimated = len(rows) - changed
    parts = [
        words.tn("{n} figure revised afterwards", "{n} figures revised afterwards", changed),
        words.tn("{n} estimated anew", "{n} estimated anew (figures)", estimated),
    ]
    return words.list([part for part, n in zip(parts, (changed, estimated), strict=True) if n])


def _contradicted(report: Report) -> tuple[str, ...]:
    """Say how many shown figures are contradicted by a new source that does not replace them."""
    n = _contradictions(report.now, report.before)
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} figure stays as it was, though a source of lower or equal rank now gives another value.",
            "{n} figures stay as they were, though a source of lower or equal rank now gives another value.",
            n,
        ),
    )


@once
def _contradictions(catalog: Catalog, earlier: Catalog) -> int:
    return sum(
        len(revisions.contradicted(_facts(catalog, name), _facts(earlier, name), KEYS[name])) for name in wording.TABLES
    )


def _rule(report: Report) -> str:
    return report.words.t(
        "The kind of source decides which value is shown; rows that by their own note count something else are not "
        "compared."
    )
