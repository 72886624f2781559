"""How people and money are put into words: periods, amounts, grades, sources."""

from __future__ import annotations

import re
from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure
from analysis.language import Words
from analysis.views.facts import employer_name
from analysis.views.report import Report, sources_by_id

#: A name in a table is not longer than this; remarks in brackets of this length are left out of it.
_LONGEST_NAME, _ASIDE = 45, 20


def institution(report: Report) -> str:
    """Return the code of the institution whose plan the report follows."""
    return str(_plan(report)["instelling"])


def institution_name(report: Report) -> str:
    """Return the institution's name in the report's language; its code where no name is known."""
    code, known = institution(report), report.now.table("organisaties")
    rows = known[(known["afkorting"] == code) | (known["label_nl"] == code)]
    return report.label(rows.iloc[0]) if len(rows) else code


def employer(report: Report, code: str) -> str:
    """Return the name of an employer: that of the organisation, else the words for its code."""
    known = report.now.table("organisaties")
    rows = known[known["organisatie_id"] == code.lower().replace(".", "-").replace("_", "-")]
    name = report.label(rows.iloc[0]) if len(rows) else employer_name(report.words, code)
    return name[:1].upper() + name[1:]


def plan_source(report: Report) -> str:
    """Return the ``bron_id`` of the plan that the report follows."""
    return str(_plan(report)["bron_id"])


def _plan(report: Report) -> pd.Series:
    plans = report.now.table("plannen")
    return plans[plans["plan_id"] == report.plan_id].iloc[0]


def records(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows one by one, by the names of their columns."""
    return [dict(zip(rows.columns, values, strict=True)) for values in rows.to_numpy(object)]


def layered(*charts: alt.Chart | alt.LayerChart) -> alt.LayerChart:
    """Lay charts over each other."""
    return alt.LayerChart(layer=list(charts))


def amount(words: Words, value: float | None) -> str:
    """Write a value without decimals when its source gives none, else with one.

    >>> amount(Words("nl"), 1234.0), amount(Words("nl"), 1514.9)
    ('1.234', '1.514,9')
    """
    whole = value is None or value != value or float(value).is_integer()
    return words.number(value, 0 if whole else 1)


def billions(words: Words, millions: float) -> str:
    """Write an amount in millions as billions, with two decimals where one would round it.

    >>> billions(Words("nl"), 8850), billions(Words("nl"), 11400)
    ('8,85', '11,4')
    """
    one = abs(millions / 100 - round(millions / 100)) < 0.05
    return words.number(millions / 1000, 1 if one else 2)


def grade(text: str) -> str:
    """Write a rating with a real minus sign: a hyphen at its end reads as half a word.

    >>> grade("AA-") == "AA\N{MINUS SIGN}"
    True
    """
    return text.replace("-", "\N{MINUS SIGN}")


def span(words: Words, values: list[str]) -> str:
    """Write the first and the last of several values, or the only one.

    >>> span(Words("nl"), ["11,4", "11,5"]), span(Words("nl"), ["11,4", "11,4"])
    ('11,4 tot 11,5', '11,4')
    """
    if values[0] == values[-1]:
        return values[0]
    return words.t("{low} to {high}", low=values[0], high=values[-1])


def hint(words: Words, name: str, value: str, period: str) -> str:
    """Write what a point of a chart tells to the pointer."""
    said = words.t("{value} ({remark})", value=value, remark=period)
    return words.t("{name}: {value}", name=name.capitalize(), value=said)


def source_name(report: Report, bron_id: str) -> str:
    """Return a short name of a source: the plan's own, the start of its title, else its publisher."""
    plans = report.now.table("plannen")
    own = plans[plans["bron_id"] == bron_id]
    if len(own):
        return report.label(own.iloc[0])
    sources = sources_by_id(report.now)
    name, dash, _ = str(sources.at[bron_id, "titel"]).partition(" - ")
    name = re.sub(rf" \([^)]{{{_ASIDE},}}\)", "", name)
    return name if dash and len(name) <= _LONGEST_NAME else str(sources.at[bron_id, "uitgever"])


def columns(texts: list[str], numbers: list[str]) -> tuple[Column, ...]:
    """Return column headers; those that are also in ``numbers`` stand to the right."""
    return tuple(Column(text, "number" if text in numbers else "text") for text in texts)


def nothing(report: Report, name: str, title: str) -> Figure:
    """Return the figure that says that nothing is known (yet)."""
    words = report.words
    known = words.t("The sources known on {date} give no figure.", date=words.date(report.as_of))
    return Figure(name, "sentences", title=title, sentences=(known,))
