"""Sources that no fact of the previous report rested on."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure
from analysis.models import changes
from analysis.views.omgeving import data
from analysis.views.report import Report, in_every_language
from analysis.views.veranderingen import wording


@in_every_language
def sources(report: Report) -> Figure:
    """Return the sources of facts known now that no fact of the previous report rested on."""
    words, name = report.words, "veranderingen-bronnen"
    now, before = _used(report), _used(report.earlier())
    fresh = now[~now["bron_id"].isin(before["bron_id"])]
    if fresh.empty:
        return wording.nothing(report, name, words.t("No source was added since the previous report"))
    rows = _described(report, fresh)
    shown, more = wording.shortened(report, rows)
    columns = (
        Column(words.t("Title of the source")),
        Column(words.t("Publisher")),
        Column(words.t("Kind of source")),
        Column(words.t("Used for")),
    )
    cells = [(str(row.titel), str(row.uitgever), str(row.label), str(row.gebruik)) for row in shown.itertuples()]
    title = words.tn("{n} source added", "{n} sources added", len(rows))
    return wording.table(report, name, title, columns, cells, {}, (rows,), (*more, *_undated(report, fresh)))


def _used(report: Report) -> pd.DataFrame:
    """Return per known fact, event and target its source: ``tabel``, ``bron_id``, ``ongedateerd`` (bool)."""
    tables = {table: report.now.table(table) for table in wording.TABLES}
    tables |= {"bewijs_acties": report.now.plan("bewijs_acties", report.plan_id)}
    tables |= {"omgeving_doelen": data.targets(report).assign(bekend_regel="levering")}
    collected = report.now.package.collected
    used = [
        rows[["bron_id"]].assign(tabel=table, ongedateerd=changes.undated(rows, collected))
        for table, rows in tables.items()
    ]
    return pd.concat(used, ignore_index=True)


def _undated(report: Report, fresh: pd.DataFrame) -> tuple[str, ...]:
    """Say of how many sources it is not known whether they are new: all that rests on them is undated."""
    n = int(fresh.groupby("bron_id")["ongedateerd"].all().sum())
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} of these sources is only used for what carries no date: whether it is new is not known.",
            "{n} of these sources are only used for what carries no date: whether they are new is not known.",
            n,
        ),
    )


def _described(report: Report, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return one row per source, best kind first, with what it is used for."""
    known = report.now.table("bronnen")
    kinds = report.labelled(report.now.table("bron_soorten"))[["soort", "rang", "label"]]
    rows = known[known["bron_id"].isin(fresh["bron_id"])].merge(kinds, on="soort")
    rows = rows.sort_values(["rang", "uitgever", "titel"], kind="stable")
    uses = [_use(report, fresh.loc[fresh["bron_id"] == bron_id, "tabel"]) for bron_id in rows["bron_id"]]
    return rows.assign(gebruik=uses).reset_index(drop=True)


def _use(report: Report, tables: pd.Series) -> str:
    words, n = report.words, tables.value_counts()
    told = {
        "omgeving": words.tn(
            "{n} figure on the environment", "{n} figures on the environment", int(n.get("omgeving", 0))
        ),
        "personeel": words.tn("{n} figure on staff", "{n} figures on staff", int(n.get("personeel", 0))),
        "budget": words.tn("{n} figure on the budget", "{n} figures on the budget", int(n.get("budget", 0))),
        "bewijs_acties": words.tn("{n} event", "{n} events", int(n.get("bewijs_acties", 0))),
        "omgeving_doelen": words.tn(
            "{n} official target (use)", "{n} official targets (use)", int(n.get("omgeving_doelen", 0))
        ),
    }
    return words.list([text for table, text in told.items() if table in n])
