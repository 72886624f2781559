"""Official targets that are new, gone, or now stand otherwise; and why the plan's own cannot be compared."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure
from analysis.models import attention, changes
from analysis.models.official_targets import target_unit
from analysis.views.omgeving import data, text
from analysis.views.omgeving.targets import aim, owner, standing
from analysis.views.report import Report, in_every_language
from analysis.views.veranderingen import wording

_KEY = ["indicator", "doeljaar", "bron_id"]
_SAME = ["indicator", "doeljaar", "doelwaarde", "eenheid"]


@in_every_language
def targets(report: Report) -> Figure:
    """Return the official targets that changed since the previous report."""
    words, name = report.words, "veranderingen-doelen"
    env, earlier = data.look(report), report.earlier()
    now, before = data.targets(report), data.targets(earlier)
    rows = _rows(report, now, before)
    notes = _undated_plan(report)
    if rows.empty:
        title = words.t("No official target was added, dropped, reached or missed since the previous report")
        return wording.nothing(report, name, title, notes)
    columns = (
        Column(words.t("Indicator (unit)")),
        Column(words.t("What is asked of whom")),
        Column(words.t("Known before for that year")),
        Column(words.t("Where it stands")),
    )
    shown, more = wording.shortened(report, rows)
    measured = rows.assign(bron_id=rows["meet_bron_id"])
    return wording.table(
        report,
        name,
        _title(report, rows),
        columns,
        [_cells(report, env, row, before) for _, row in shown.iterrows()],
        wording.headed(shown, "groep", _headings(report)),
        (rows, measured, report.now.table("doelen_datering")),
        (*more, *notes),
    )


def _rows(report: Report, now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the changed targets, each with the group in which it is shown."""
    fresh = changes.new_rows(now, before, _KEY)
    undated = fresh["bekend_op"] == pd.Timestamp(report.now.package.collected)
    old = now.drop(fresh.index)
    parts = {
        "nieuw": fresh[~undated],
        "stand": attention.turned(old, before).drop(columns="was_stand"),
        "weg": changes.new_rows(before, now, _KEY),
        "ongedateerd": fresh[undated],
    }
    found = [rows.drop_duplicates(_SAME).assign(groep=group) for group, rows in parts.items() if len(rows)]
    return pd.concat(found, ignore_index=True) if found else now.iloc[:0].assign(groep="")


def _headings(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "nieuw": words.t("New"),
        "stand": words.t("Known already, stands otherwise because of new figures or a past year"),
        "weg": words.t("No longer known"),
        "ongedateerd": words.t("Here for the first time, but undated: whether they are new is not known"),
    }


def _cells(report: Report, env: data.Environment, row: pd.Series, before: pd.DataFrame) -> tuple[str, ...]:
    words, code = report.words, str(row["indicator"])
    return (
        text.named(words, env.label(code), unit_of(env, row)),
        words.t("{aim} ({owner})", aim=aim(words, row), owner=owner(words, str(row["doelgebied"]))),
        _former(report, row, before),
        standing(words, row),
    )


def unit_of(env: data.Environment, row: pd.Series) -> str:
    """Return the unit of the indicator where it has figures, else that of the target."""
    own = env.facts.loc[env.facts["indicator"] == row["indicator"], "eenheid"]
    return str(own.iloc[0]) if len(own) else target_unit(row)


def _former(report: Report, row: pd.Series, before: pd.DataFrame) -> str:
    """Write the other values that were already asked for the same year."""
    same = (before["indicator"] == row["indicator"]) & (before["doeljaar"] == row["doeljaar"])
    same &= (before["eenheid"] == row["eenheid"]) & (before["doelwaarde"] != row["doelwaarde"])
    others = before[same].drop_duplicates("doelwaarde")
    told = [aim(report.words, other) for _, other in others.iterrows()]
    return report.words.joined(told)


def _title(report: Report, rows: pd.DataFrame) -> str:
    words, n = report.words, rows["groep"].value_counts()
    told = {
        "nieuw": words.tn("{n} new target", "{n} new targets", int(n.get("nieuw", 0))),
        "stand": words.tn("{n} target stands otherwise", "{n} targets stand otherwise", int(n.get("stand", 0))),
        "weg": words.tn("{n} target gone", "{n} targets gone", int(n.get("weg", 0))),
        "ongedateerd": words.tn("{n} undated target", "{n} undated targets", int(n.get("ongedateerd", 0))),
    }
    return words.t("Official targets: {parts}", parts=words.list([text for group, text in told.items() if group in n]))


def _undated_plan(report: Report) -> tuple[str, ...]:
    """Say that a change in the plan's own targets cannot be seen."""
    if report.now.plan("streefwaarden", report.plan_id).empty:
        return ()
    return (report.words.t("The plan’s own targets carry no date: a change in them cannot be seen here."),)
