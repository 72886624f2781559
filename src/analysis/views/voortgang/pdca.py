"""The PDCA position of actions and objectives on the scale of CAF 2020, beside the phase that their owners claim."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import pdca as model
from analysis.models.delivered.pdca import PHASES
from analysis.models.money import REALISED
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import FACTS, LINE_HEIGHT, OUTLINE, PLAN, base, spec
from analysis.views.voortgang import common, steering

BY = "doelstelling_code"
#: The phases as the chart shows them, from the last one to what is not known.
SHOWN = (*reversed(PHASES), "onbekend")
#: What is left out of the chart where it has no action; the phases themselves are always there.
NO_PHASE = ("geen", "onbekend")
#: What is counted: by the data, and by the word of the owners.
SERIES = ("data", "eigen")
#: Height of a bar and of a phase with its two bars and their room, and the room for what a bar is called.
BAR, BAND, ROOM = 15, 44, 6
#: How much wider than the longest bar the drawing is, so that its text fits in the narrow one.
WIDER = 1.6


@in_every_language
def pdca(report: Report) -> Figure:
    """Table: per objective the position of its weakest action, the average, and how many claim a later phase."""
    if none := common.nothing(report, "voortgang-pdca", "voortgang", "plan_acties"):
        return none
    words, found = report.words, positions(report)
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Phase of the weakest action"), lead=True),
        Column(words.t("Weakest action")),
        Column(words.t("Its position (0-100)"), "number"),
        Column(words.t("Average position (0-100)"), "number"),
        Column(words.t("Actions that claim a later phase")),
    )
    names, groups = steering.names(report), [(str(code), own) for code, own in found.groupby(BY, sort=False)]
    return Figure(
        id="voortgang-pdca",
        kind="table",
        title=title(words, *claims(found)),
        subtitle=words.t(
            "Position in the cycle of plan, do, check and act by what the deliveries show, in the bands of CAF 2020, "
            "at the end of {quarter}; an objective stands where its weakest action stands",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(
            columns,
            tuple(_row(words, names[code], own) for code, own in groups),
            steering.line_groups(report, [code for code, _ in groups]),
        ),
        origins=common.origins(report),
        notes=common.notes(report, *_legend(words)),
    )


@in_every_language
def phases(report: Report) -> Figure:
    """Chart: how many actions stand in each phase by the data, and how many by the word of their owner."""
    if none := common.nothing(report, "voortgang-pdca-fasen", "voortgang", "plan_acties"):
        return none
    words, found = report.words, positions(report)
    counts = _counts(found)
    named = phase_words(words)
    heads = (words.t("PDCA phase"), words.t("By the data (number)"), words.t("By the owners (number)"))
    cells = tuple((named[row.fase], words.number(row.data), words.number(row.eigen)) for row in standing.each(counts))
    told = [
        words.t("{phase}: {data} by the data, {own} by the owners", phase=phase, data=data, own=own)
        for phase, data, own in cells
    ]
    return Figure(
        id="voortgang-pdca-fasen",
        kind="chart",
        title=phases_title(words, *claims(found)),
        subtitle=words.t(
            "Number of actions per PDCA phase at the end of {quarter}: by the evidence in the deliveries, and as their "
            "owners say",
            quarter=words.quarter(report.quarter),
        ),
        alt=words.t("Two bars per phase: {told}.", told=words.joined(told)),
        grid=Grid((Column(heads[0]), *(Column(head, "number") for head in heads[1:])), cells),
        spec=spec(_bars(words, counts), words, height=BAND * len(counts)),
        origins=common.origins(report),
        notes=common.notes(report, _legend(words)[1]),
    )


def positions(report: Report) -> pd.DataFrame:
    """Return where each action stands, with its objective."""
    return _positions(report.now, report.plan_id, report.quarter).copy(deep=False)


@once
def _positions(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    actions = catalog.plan("plan_acties", plan_id)[["actie_code", BY]]
    told, milestones = (catalog.delivered(name, plan_id) for name in ("voortgang", "mijlpalen"))
    return model.positions(actions, told, milestones, quarter.end, quarter)


def claims(found: pd.DataFrame) -> tuple[int, int]:
    """Return how many actions claim a later phase than the data show, out of how many of which both are known."""
    both = found["score"].notna() & (found["eigen_fase"] != "")
    return int(found["eigen_hoger"].sum()), int(both.sum())


def title(words: Words, later: int, known: int) -> str:
    """Say of how many actions the owner claims more than the data show."""
    if not known:
        return words.t("No owner says in which PDCA phase an action is")
    total = words.number(known)
    if not later:
        return words.t("No owner claims a later PDCA phase than the data show ({total} actions compared)", total=total)
    return words.tn(
        "Of {n} of the {total} actions the owner claims a later PDCA phase than the data show",
        "Of {n} of the {total} actions the owner claims a later PDCA phase than the data show (actions)",
        later,
        total=total,
    )


def phases_title(words: Words, later: int, known: int) -> str:
    """Say at which share of the actions the owner claims more than the data show."""
    if not later or not known:
        return title(words, later, known)
    share = common.percent(words, 100 * later / known)
    return words.t(
        "At {share} of the actions the owner claims a later phase of the cycle than the data show", share=share
    )


# --- the table ---


def _row(words: Words, name: str, own: pd.DataFrame) -> tuple[str, ...]:
    group = next(standing.each(model.objectives(own, BY)))
    weakest = own.nsmallest(1, "score")["actie_code"].tolist() or [UNKNOWN_SIGN]
    later, known = claims(own)
    at_most = words.number(group.hoogstens)
    silent = math.isnan(group.score) and not math.isnan(group.hoogstens)
    return (
        name,
        _phase(words, group),
        str(weakest[0]),
        f"≤ {at_most}" if silent else at_most,
        words.number(own["score"].mean()),
        words.t("{n} out of {total}", n=words.number(later), total=words.number(known)) if known else UNKNOWN_SIGN,
    )


def _phase(words: Words, group: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Return the phase of an objective; of one with silent actions no more than how many they are."""
    told = phase_words(words)[group.fase]
    if group.fase != "onbekend":
        return told
    silent = words.tn(
        "{n} action without a recent delivery", "{n} actions without a recent delivery", group.acties - group.bekend
    )
    return words.t("{told}: {why}", told=told, why=silent)


def phase_words(words: Words) -> dict[str, str]:
    """Return the word for each band."""
    return {
        "geen": words.t("phase: none"),
        "plan": words.t("phase: plan"),
        "do": words.t("phase: do"),
        "check": words.t("phase: check"),
        "act": words.t("phase: act"),
        "volledig": words.t("phase: full cycle"),
        "onbekend": words.t("phase: unknown"),
    }


def _legend(words: Words) -> tuple[str, str]:
    return (
        words.t(
            "Bands of CAF 2020: 0-10 none, 11-30 plan, 31-50 do, 51-70 check, 71-90 act, 91-100 full cycle. A position "
            "with ≤ is the highest possible: actions without a recent delivery may stand lower."
        ),
        words.t(
            "A phase counts once its evidence is delivered: planned dates and an owner, a start or progress, followed "
            "milestones or three timely reports, a measure with its effect. An action that never deviated needs no "
            "measure and stays at check: above 70 the scale tells of correction, not of merit."
        ),
    )


# --- the chart ---


def _counts(found: pd.DataFrame) -> pd.DataFrame:
    """Count the actions per phase, by the data and by the word of their owners; a phase is always there."""
    own = found["eigen_fase"].where(found["eigen_fase"] != "", "onbekend")
    rows = [(phase, int((found["fase"] == phase).sum()), int((own == phase).sum())) for phase in SHOWN]
    return pd.DataFrame([row for row in rows if any(row[1:]) or row[0] not in NO_PHASE], columns=["fase", *SERIES])


def _bars(words: Words, counts: pd.DataFrame) -> alt.LayerChart:
    """Two bars per phase: what the data show is solid, what the owner says is outlined; each says what it is."""
    rows, named = _bar_rows(words, counts), phase_words(words)
    order = [named[phase] for phase in counts["fase"]]
    y = alt.Y("fase:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=ROOM))
    x = alt.X("aantal:Q", scale=alt.Scale(domain=[0, WIDER * max(rows["aantal"].max(), 1)], nice=False), axis=None)
    layers = []
    for series, mark, side in zip(SERIES, (FACTS[REALISED], FACTS[PLAN]), (-1, 1), strict=True):
        own, place = rows[rows["reeks"] == series], side * (LINE_HEIGHT + 2) / 2
        drawn = base(own[own["aantal"] > 0]).mark_bar(
            height=BAR, yOffset=place, fill=mark.fill, stroke=mark.line, strokeWidth=OUTLINE
        )
        text = base(own).mark_text(align="left", dx=ROOM, dy=place)
        layers += [
            drawn.encode(x=x, y=y, tooltip=alt.Tooltip("tekst:N")),
            text.encode(x=x, y=y, text=alt.Text("tekst:N")),
        ]
    return alt.LayerChart(layer=layers)


def _bar_rows(words: Words, counts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per bar; nought has no bar and needs no name."""
    named, told = phase_words(words), (words.t("bar: data"), words.t("bar: owners"))
    rows = []
    for row in standing.each(counts):
        for series, name in zip(SERIES, told, strict=True):
            n = int(getattr(row, series))
            text = words.t("{name}: {value}", name=name, value=words.number(n)) if n else words.number(n)
            rows.append((named[row.fase], series, n, text))
    return pd.DataFrame(rows, columns=["fase", "reeks", "aantal", "tekst"])
