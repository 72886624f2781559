"""By which rule the day on which a fact became known was settled."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.views.gegevens import wording
from analysis.views.report import Report, in_every_language

#: The rules of :mod:`analysis.asof`, and apart the days that the delivery itself calls derived.
DELIVERED = "afgeleid_door_bron"
RULES = ("gepubliceerd", DELIVERED, "jaar_bekend", "herziene_reeks", "afgeleid", "levering")


@in_every_language
def dating(report: Report) -> Figure:
    """Table: per rule of dating the number of facts of each table, and what the rule means."""
    words, names = report.words, list(wording.fact_tables(report))
    counts = {name: _rules(report.now.table(name)).value_counts() for name in names}
    lines = [
        (
            _rule(report, rule),
            *(words.number(int(counts[name].get(rule, 0))) for name in names),
            _meaning(report, rule),
        )
        for rule in RULES
        if any(rule in counts[name].index for name in names)
    ]
    heads = [wording.title(report, name) for name in names]
    exact, total = (sum(int(c.get("gepubliceerd", 0)) for c in counts.values()), sum(c.sum() for c in counts.values()))
    return Figure(
        "gegevens-datering",
        "table",
        title=dating_title(words, exact, int(total)),
        subtitle=words.t(
            "Number of facts known on {date}, by the rule that says since when each was known",
            date=words.date(report.as_of),
        ),
        grid=Grid(wording.columns([words.t("dating: rule")], heads, [words.t("What that means")]), tuple(lines)),
        origins=wording.own_origin(report),
    )


def dating_title(words: Words, exact: int, total: int) -> str:
    """Say of how many facts a source itself gives the day or month of publication."""
    return words.tn(
        "Of {n} of the {total} facts the source gives the day or month of publication; of the others it is derived",
        "Of {n} of the {total} facts the sources give the day or month of publication; of the others it is derived",
        exact,
        total=words.number(total),
    )


def _rules(rows: pd.DataFrame) -> pd.Series:
    """Return the rule of each row; a stated day that the delivery itself calls derived is no stated day."""
    own = (rows["bekend_regel"] == "gepubliceerd") & (rows["gepubliceerd_afgeleid"] == "ja")
    return rows["bekend_regel"].where(~own, DELIVERED)


def _rule(report: Report, rule: str) -> str:
    words = report.words
    return {
        "gepubliceerd": words.t("dating: given by the source"),
        DELIVERED: words.t("dating: derived in the delivery"),
        "jaar_bekend": words.t("dating: only the year is known"),
        "herziene_reeks": words.t("dating: later version of a series"),
        "afgeleid": words.t("dating: unknown"),
        "levering": words.t("dating: unknown, and no period"),
    }[rule]


def _meaning(report: Report, rule: str) -> str:
    words = report.words
    return {
        "gepubliceerd": words.t("The fact counts from that day, of a month from its last day."),
        DELIVERED: words.t("The day stands in the delivery, which calls it derived; the fact counts from then."),
        "jaar_bekend": words.t("Within that year, the end of the period plus the usual delay."),
        "herziene_reeks": words.t("The end of the period plus the usual delay; the value may have been revised since."),
        "afgeleid": words.t("The end of the period plus the usual delay."),
        "levering": words.t("The fact counts from the day on which the data were collected."),
    }[rule]
