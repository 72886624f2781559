"""New figures since the previous report: how many per subject, and which say most."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure
from analysis.models import attention, changes, money
from analysis.models.indicators import VERDICTS
from analysis.views.facts import period_of, with_unit
from analysis.views.omgeving import data, text
from analysis.views.personeel_budget.feiten import kind_name
from analysis.views.report import Report, in_every_language
from analysis.views.veranderingen import wording
from analysis.views.veranderingen.revised import KEYS

#: A cell names at most so many figures.
NAMED = 3
#: Which verdicts say most: worse before better, no verdict last.
_ORDER = {verdict: place for place, verdict in enumerate(("slecht", "goed", "gelijk", "geen"))}
#: Which series on money come first; the others follow by name.
_MONEY = (money.DIRECT, money.CONSOLIDATED, *money.BALANCES, money.RATING, money.INVESTMENTS)

Cells = list[tuple[str, ...]]


@in_every_language
def figures(report: Report) -> Figure:
    """Return per challenge, and for staff and budget, how many figures are new and which say most."""
    words, name = report.words, "veranderingen-cijfers"
    fresh = {table: _fresh(report, table) for table in wording.TABLES}
    undated = wording.known_undated(report, sum(len(_undated(report, rows)) for rows in fresh.values()))
    dated = {table: rows.drop(_undated(report, rows).index) for table, rows in fresh.items()}
    shown = pd.concat(list(dated.values()))
    if shown.empty:
        return wording.nothing(report, name, words.t("No new figure became known since the previous report"), undated)
    newer = _newer(report)
    cells = [
        *_environment(report, dated["omgeving"], newer),
        *_series(report, dated["personeel"], "personeel", words.t("Staff")),
        *_series(report, dated["budget"], "budget", words.t("Budget")),
    ]
    columns = (
        Column(words.t("Subject")),
        Column(words.t("New figures"), "number"),
        Column(words.t("Above all (period)")),
    )
    return wording.table(
        report, name, _title(report, dated, newer), columns, cells, {}, (shown,), (*undated, _rule(report))
    )


def _fresh(report: Report, table: str) -> pd.DataFrame:
    """Return the figures whose key was not known in the previous report, one row per figure."""
    key = [column for column in KEYS[table] if column not in ("definitie", "van_plan")]
    now, before = (catalog.table(table) for catalog in (report.now, report.before))
    return changes.new_rows(now, before, key).drop_duplicates(key)


def _undated(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    return rows[changes.undated(rows, report.now.package.collected)]


def _newer(report: Report) -> pd.DataFrame:
    """Return the linked indicators with a newer latest figure, and their verdict."""
    codes = data.linked(report)["indicator"].tolist()
    rows = attention.newer(data.current(report, codes), data.current(report.earlier(), codes))
    labels = rows["indicator"].map(data.look(report).register["label"])
    order = rows["oordeel"].map(_ORDER)
    return rows.assign(label=labels, _order=order).sort_values("_order", kind="stable")


def _environment(report: Report, fresh: pd.DataFrame, newer: pd.DataFrame) -> Cells:
    words, tops = report.words, data.challenges(report)
    top = tops.set_index("uitdaging_code")["hoort_bij"]
    links = data.linked(report)
    above = links["uitdaging_code"].map(lambda code: top[code] or code)
    cells: Cells = []
    for row in tops[tops["hoort_bij"] == ""].itertuples():
        own = links.loc[above == row.uitdaging_code, "indicator"]
        n = int(fresh["indicator"].isin(own).sum())
        if n:
            told = [_told(report, figure) for _, figure in newer[newer["indicator"].isin(own)].iterrows()]
            cells.append((str(row.label), words.number(n), _listed(report, told)))
    others = fresh[~fresh["indicator"].isin(links["indicator"])]
    if len(others):
        names = wording.series(report, "omgeving")
        told = [names[code] for code in dict.fromkeys(others["indicator"])]
        cells.append((words.t("Linked to no challenge"), words.number(len(others)), _listed(report, told)))
    return cells


def _told(report: Report, row: pd.Series) -> str:
    """Write an indicator with its latest figure, and whether that is better or worse."""
    words, unit = report.words, str(row["eenheid"])
    told = words.t(
        "{label}: {value} ({period})",
        label=row["label"],
        value=with_unit(words, row["waarde"], unit),
        period=period_of(words, row),
    )
    verdict = text.verdict(words, str(row["oordeel"]))
    return words.t("{text}, {verdict}", text=told, verdict=verdict) if verdict else told


def _series(report: Report, fresh: pd.DataFrame, table: str, subject: str) -> Cells:
    """Return one row for all new figures of a table: of each series the latest, what was realised first."""
    if fresh.empty:
        return []
    names, place = wording.series(report, table), {code: number for number, code in enumerate(_MONEY)}
    kinds = fresh["soort"] if "soort" in fresh else pd.Series(money.REALISED, index=fresh.index)
    order = fresh.assign(
        _place=fresh["reeks"].map(place).fillna(len(place)),
        _name=fresh["reeks"].map(names),
        _kind=kinds != money.REALISED,
        _end=-fresh["periode_tot"].astype("int64"),
    ).sort_values(["_place", "_name", "_kind", "_end"], kind="stable")
    told = [_one(report, row, table) for _, row in order.drop_duplicates("reeks").iterrows()]
    return [(subject, report.words.number(len(fresh)), _listed(report, told))]


def _one(report: Report, row: pd.Series, table: str) -> str:
    words = report.words
    when = period_of(words, row)
    if table == "budget" and row["reeks"] != money.RATING:
        when = words.t("{period}, {kind}", period=when, kind=kind_name(words, str(row["soort"])))
    label = words.t("{label}, {who}", label=row["_name"], who=wording.entity(report, row, table))
    told = with_unit(words, row["waarde"], str(row["eenheid"]))
    return words.t("{label}: {value} ({period})", label=label, value=told, period=when)


def _listed(report: Report, told: list[str]) -> str:
    if not told:
        return report.words.t("only about earlier periods or other areas")
    more = len(told) - NAMED
    others = [report.words.tn("{n} other", "{n} others", more)] if more > 0 else []
    return report.words.joined([*told[:NAMED], *others])


def _title(report: Report, fresh: dict[str, pd.DataFrame], newer: pd.DataFrame) -> str:
    words, count = report.words, newer["oordeel"].value_counts()
    good, bad = (int(count.get(verdict, 0)) for verdict in VERDICTS[:2])
    return words.tn(
        "{n} new figure; of the newer indicators {good}, {bad}",
        "{n} new figures; of the newer indicators {good}, {bad}",
        sum(map(len, fresh.values())),
        good=words.tn("{n} got better", "{n} got better", good),
        bad=words.tn("{n} got worse", "{n} got worse", bad),
    )


def _rule(report: Report) -> str:
    return report.words.t(
        "Worse and better: the latest figure against the comparable one before, as in the chapter on the environment."
    )
