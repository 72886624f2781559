"""The indicators over the years: which rise or fall for certain, and where the Region stands among the regions."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import series_trend as model
from analysis.models.trend import LEAST, LEVEL
from analysis.views import standing
from analysis.views.omgeving import data, text
from analysis.views.report import Report, in_every_language


@in_every_language
def trends(report: Report) -> Figure:
    """Table: per challenge the indicators with a trend or a place among the regions, and what answers the challenge."""
    words, env, links = report.words, data.look(report), data.linked(report)
    every = found(report)
    shown = every[(every["verdict"] != "te_weinig") | every["plaats"].notna()].reset_index(drop=True)
    if shown.empty:
        said = words.t("On {date} no indicator had enough figures for a trend.", date=words.date(report.as_of))
        return Figure("omgeving-trends", "sentences", title=words.t("No trend can be told yet"), sentences=(said,))
    columns = (
        Column(words.t("Indicator (unit)")),
        Column(words.t("Figures (years)")),
        Column(words.t("Change per year (95 % between)")),
        Column(words.t("Trend")),
        Column(words.t("Place among the {n} regions", n=words.number(len(model.REGIONS)))),
    )
    used = env.only(shown["indicator"].tolist())
    return Figure(
        "omgeving-trends",
        "table",
        title=trends_title(words, every),
        subtitle=words.t(
            "Brussels figures of at most {n} years up to the latest, counted alike, per challenge; between brackets "
            "the items of the SWOT in which it comes back, and the objectives that answer these",
            n=words.number(model.WINDOW),
        ),
        grid=Grid(columns, tuple(_row(words, env, row) for row in standing.each(shown)), _headings(report, shown)),
        origins=report.origins(used, links, *_behind(report)),
        notes=(*data.borrowed(report), *_notes(words, every)),
        reference=True,
    )


def found(report: Report) -> pd.DataFrame:
    """Return the trend of each linked indicator, its ``uitdaging_code`` and its ``plaats`` among the regions."""
    env, links = data.look(report), data.linked(report)
    codes, directions = links["indicator"].tolist(), env.register["richting"]
    rows = model.trends(env.facts, codes, directions)
    places = model.places(data.current(report, codes), data.beside(report, codes), directions)
    return rows.assign(uitdaging_code=links["uitdaging_code"], plaats=rows["indicator"].map(places))


def trends_title(words: Words, every: pd.DataFrame) -> str:
    """Say how many indicators have a trend, and of how many it is good or bad.

    Args:
        words: the language.
        every: a row per indicator with ``verdict`` and ``oordeel``.
    """
    known = every[every["verdict"] != "te_weinig"]
    if known.empty:
        return words.t("For a trend no indicator has enough figures")
    clear = known[known["verdict"] != "geen_trend"]
    good, bad = (int((clear["oordeel"] == side).sum()) for side in ("goed", "slecht"))
    return words.tn(
        "{n} of the {total} indicators with enough figures has a clear trend: {good} the good way, {bad} the wrong "
        "way, {rest} without a good side",
        "{n} of the {total} indicators with enough figures have a clear trend: {good} the good way, {bad} the wrong "
        "way, {rest} without a good side",
        len(clear),
        total=words.number(len(known)),
        good=words.number(good),
        bad=words.number(bad),
        rest=words.number(len(clear) - good - bad),
    )


def _row(words: Words, env: data.Environment, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    label = env.label(row.indicator)
    return (
        text.named(words, label, row.eenheid) if row.eenheid else label,
        _years(words, row),
        _slope(words, row),
        _verdict(words, row),
        UNKNOWN_SIGN if math.isnan(row.plaats) else words.number(row.plaats),
    )


def _years(words: Words, row: Any) -> str:  # noqa: ANN401
    if row.van == row.tot:
        return words.t("{n} ({year})", n=words.number(row.n), year=row.tot)
    return words.t("{n} ({first} to {last})", n=words.number(row.n), first=row.van, last=row.tot)


def _slope(words: Words, row: Any) -> str:  # noqa: ANN401
    if row.verdict == "te_weinig":
        return UNKNOWN_SIGN
    places = fine(row.slope)
    return words.t(
        "{slope} ({lower} to {upper})",
        slope=words.number(row.slope, places, sign=True),
        lower=words.number(row.lower, places, sign=True),
        upper=words.number(row.upper, places, sign=True),
    )


def fine(change: float) -> int:
    """Return how many decimals a change per year needs to be told from nought.

    >>> [fine(change) for change in (0.14, -1.6, 7340)]
    [2, 1, 0]
    """
    return 2 if abs(change) < 1 else (1 if abs(change) < 100 else 0)


def _verdict(words: Words, row: Any) -> str:  # noqa: ANN401
    named = {
        "stijgt": words.t("trend: rises"),
        "daalt": words.t("trend: falls"),
        "geen_trend": words.t("trend: none that is clear"),
        "te_weinig": words.t("trend: too few figures"),
    }
    told = text.verdict(words, row.oordeel)
    return words.t("{text}, {verdict}", text=named[row.verdict], verdict=told) if told else named[row.verdict]


def _headings(report: Report, shown: pd.DataFrame) -> dict[int, str]:
    """Return each challenge above its first indicator, with what answers it."""
    labels = data.challenges(report).set_index("uitdaging_code")["label"]
    firsts = shown.drop_duplicates("uitdaging_code")["uitdaging_code"]
    return {int(str(place)): _heading(report, code, str(labels[code])) for place, code in firsts.items()}


def _heading(report: Report, code: str, label: str) -> str:
    words, (raised, answers) = report.words, _behind(report)
    items = raised.loc[raised["uitdaging_code"] == code, "swot_code"].tolist()
    objectives = sorted(set(answers.loc[answers["swot_code"].isin(items), "doelstelling_code"]))
    if not items:
        return label
    if not objectives:
        return words.t("{challenge} (SWOT: {items})", challenge=label, items=", ".join(items))
    return words.t(
        "{challenge} (SWOT: {items}; objectives: {codes})",
        challenge=label,
        items=", ".join(items),
        codes=", ".join(objectives),
    )


def _behind(report: Report) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return in which items of the SWOT challenges come back, and which objectives answer these."""
    return report.now.plan("swot_uitdagingen", report.plan_id), report.now.plan("swot_doelstellingen", report.plan_id)


def _notes(words: Words, every: pd.DataFrame) -> tuple[str, ...]:
    few = int((every["verdict"] == "te_weinig").sum())
    return (
        words.t(
            "Trend: the test of Mann and Kendall, and the slope of Sen, the median of the slopes between all pairs of "
            "figures; months and quarters are only compared with the same one of another year. A trend is called so "
            "where chance would give one in less than {percent} % of cases.",
            percent=words.number(100 * LEVEL),
        ),
        words.t(
            "Years that resemble the one before make a trend look surer than it is. Place: {n} is the best of "
            "Brussels, Flanders and Wallonia, only where all three are known for the same period.",
            n=words.number(1),
        ),
        words.tn(
            "{n} indicator has fewer than {least} figures that may be compared, and no trend.",
            "{n} indicators have fewer than {least} figures that may be compared, and no trend.",
            few,
            least=words.number(LEAST),
        ),
    )
