"""The official targets that are still open: what they ask per year, beside the pace so far."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import series_trend as model
from analysis.models.delivered.trajectory import BANDS
from analysis.models.official_targets import target_unit
from analysis.views.facts import decimals
from analysis.views.omgeving import data, text
from analysis.views.omgeving.targets import aim, owner
from analysis.views.omgeving.trends import fine
from analysis.views.report import Report, in_every_language

_SAME = ["indicator", "geo", "doeljaar", "doelwaarde"]
_OWNERS = ("BE10", "BE", "EU", "advies")


@in_every_language
def pace(report: Report) -> Figure:
    """Table: per open target the change per year that it asks, the change per year so far, and whether that will do."""
    words, env = report.words, data.look(report)
    every = model.paces(data.targets(report), env.facts, env.register["richting"]).drop_duplicates(_SAME)
    if every.empty:
        said = words.t("On {date} no official target with a year to come was open.", date=words.date(report.as_of))
        title = words.t("No official target asks for a pace")
        return Figure("omgeving-tempo", "sentences", title=title, sentences=(said,))
    order = every["doelgebied"].map(_OWNERS.index)
    shown = every.assign(_order=order).sort_values("_order", kind="stable").reset_index(drop=True)
    columns = (
        Column(words.t("Indicator (unit)")),
        Column(words.t("Latest figure")),
        Column(words.t("What is asked")),
        Column(words.t("Needed per year"), "number"),
        Column(words.t("So far per year (since)"), "number"),
        Column(words.t("Pace")),
    )
    firsts = shown.drop_duplicates("doelgebied")["doelgebied"]
    measured = shown[["meet_bron_id"]].rename(columns={"meet_bron_id": "bron_id"})
    return Figure(
        "omgeving-tempo",
        "table",
        title=pace_title(words, shown["stand_tempo"].tolist()),
        subtitle=words.t("Open targets with a year to come: change per year, in the unit of the indicator"),
        grid=Grid(
            columns,
            tuple(_row(words, env, row) for _, row in shown.iterrows()),
            {int(str(place)): owner(words, area) for place, area in firsts.items()},
        ),
        origins=report.origins(shown, measured, env.only(shown["indicator"].tolist())),
        notes=_notes(words),
    )


def pace_title(words: Words, states: list[str]) -> str:
    """Say how many open targets are on course, too slow, or without a pace.

    Args:
        words: the language.
        states: that of each target, see :func:`analysis.models.series_trend.paces`.
    """
    on_course, unknown = states.count("op_koers"), states.count("onbekend")
    return words.tn(
        "{n} of the {total} open targets moves fast enough; {slow} too slowly, {unknown} unknown",
        "{n} of the {total} open targets move fast enough; {slow} too slowly, {unknown} unknown",
        on_course,
        total=words.number(len(states)),
        slow=words.number(len(states) - on_course - unknown),
        unknown=words.number(unknown),
    )


def _row(words: Words, env: data.Environment, row: pd.Series) -> tuple[str, ...]:
    places, own = fine(row["nodig"]), decimals(str(row["eenheid"]), row["doelwaarde"], row["waarde"])
    return (
        text.named(words, env.label(row["indicator"]), target_unit(row)),
        words.t("{value} ({period})", value=words.number(row["waarde"], own), period=text.brief(words, row)),
        aim(words, row),
        words.number(row["nodig"], places, sign=True),
        _so_far(words, row, places),
        pace_words(words)[row["stand_tempo"]],
    )


def _so_far(words: Words, row: Any, places: int) -> str:  # noqa: ANN401 - a row with types that pandas does not know
    if math.isnan(row["tempo"]):
        return UNKNOWN_SIGN
    told = words.number(row["tempo"], places, sign=True)
    return words.t("{told} (since {year})", told=told, year=row["basis"])


def pace_words(words: Words) -> dict[str, str]:
    """Return the words for each pace."""
    return {
        "op_koers": words.t("pace: on course"),
        "te_traag": words.t("pace: too slow"),
        "veel_te_traag": words.t("pace: far too slow"),
        "verkeerde_richting": words.t("pace: the wrong way"),
        "onbekend": words.t("pace: unknown"),
    }


def _notes(words: Words) -> tuple[str, ...]:
    return (
        words.t(
            "Needed: what is left, divided by the years that are left. So far: the slope of the trend (see the "
            "trends), or of a figure that is itself a change since a base year the mean change since then. On course: "
            "at least {on} % of what is needed; too slow: at least {slow} %.",
            on=words.number(100 * dict(BANDS)["op_koers"]),
            slow=words.number(100 * dict(BANDS)["te_traag"]),
        ),
        words.t("A pace says where a straight line would end; measures that were decided since are not in it."),
    )
