"""What follows from the weights of items: one figure inside and outside (IFE, EFE), and the heaviest pairs (TOWS)."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid, Origin
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.scoring import aggregate, awot, matrices
from analysis.models.scoring import tows as model
from analysis.models.swot import GROUPS
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common, gewogen_tekst, paren, scores
from analysis.views.voortgang import common as delivered

TABLE = "swot_scores"
#: So many of the heaviest pairs of each kind are shown.
SHOWN = 3


@in_every_language
def evaluations(report: Report) -> Figure:
    """Table: the internal and the external factor evaluation, each one figure against the average of 2.5."""
    if none := scores.nothing(report, "swot-ife-efe", TABLE):
        return none
    words, rated = report.words, matrices.ratings(aggregate.score(scores.latest(report, TABLE)))
    found = [matrices.evaluate(rated[rated["matrix"] == name]) for name in matrices.MATRICES]
    columns = (
        Column(words.t("Matrix")),
        Column(words.t("Total (1-4)"), "number"),
        Column(words.t("Against the average of {n}", n=words.number(matrices.AVERAGE, 1))),
        Column(words.t("Items (number)"), "number"),
        Column(words.t("Left out: performance unknown (number)"), "number"),
    )
    return Figure(
        id="swot-ife-efe",
        kind="table",
        title=evaluations_title(words, *(one.stand for one in found)),
        subtitle=words.t(
            "Internal and external factor evaluation (David) out of the scores of {quarter}",
            quarter=words.quarter(scores.moments(report, TABLE)[-1]),
        ),
        grid=Grid(columns, tuple(_evaluated(words, one) for one in found)),
        origins=_origins(report),
        notes=delivered.notes(
            report,
            words.t(
                "Weight: the importance of the item. Rating, from the mean performance: a strength 3 or 4, a weakness "
                "1 or 2, an opportunity or a threat 1 to 4 by how well the organisation responds. The total is the sum "
                "of weight times rating."
            ),
            *gewogen_tekst.rules(words, found),
        ),
    )


def evaluations_title(words: Words, inside: str, outside: str) -> str:
    """Say how the totals lie to the average.

    Args:
        words: the language.
        inside: one of :data:`analysis.models.scoring.matrices.STANDINGS`.
        outside: the same of the external matrix.
    """
    named = _standings(words)
    return words.t("Inside: {inside}; response to outside: {outside}", inside=named[inside], outside=named[outside])


@in_every_language
def tows(report: Report) -> Figure:
    """Table: the heaviest pairs of an internal and an external item, and the objectives that answer them."""
    if none := scores.nothing(report, "swot-tows", TABLE):
        return none
    words, (weighed, by_pairs) = report.words, weights(report)
    found = model.pairs(weighed, common.links(report))
    heaviest = pd.concat([found[found["soort"] == kind].head(SHOWN) for kind in model.KINDS], ignore_index=True)
    columns = (
        Column(words.t("Inside")),
        Column(words.t("Outside")),
        Column(words.t("Joint weight (% of all pairs)"), "number"),
        Column(words.t("Answered by"), lead=True),
    )
    names, labels = _kinds(words), _labels(report)
    whole = float(found["gewicht"].sum())
    firsts = heaviest.drop_duplicates("soort")["soort"]
    return Figure(
        id="swot-tows",
        kind="table",
        title=tows_title(words, len(heaviest), int((heaviest["antwoord"] == "samen").sum())),
        subtitle=words.t(
            "The {n} heaviest pairs of each kind, by the weights out of {quarter}",
            n=words.number(SHOWN),
            quarter=words.quarter(scores.moments(report, TABLE)[-1]),
        ),
        grid=Grid(
            columns,
            tuple(_pair(words, row, labels, whole) for row in standing.each(heaviest)),
            {int(str(place)): names[kind] for place, kind in firsts.items()},
        ),
        origins=_origins(report, common.links(report)),
        notes=delivered.notes(report, *_notes(report, by_pairs), common.own_links(report)),
    )


def tows_title(words: Words, total: int, together: int) -> str:
    """Say how many of the heaviest pairs one objective answers as a whole.

    Args:
        words: the language.
        total: the pairs that are shown.
        together: those of which one objective answers both items.
    """
    return words.tn(
        "Of the {total} heaviest pairs of items {n} is answered by one objective as a whole",
        "Of the {total} heaviest pairs of items {n} are answered by one objective as a whole",
        together,
        total=words.number(total),
    )


def weights(report: Report) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the weight of each item in the whole, and which weights come from comparisons in pairs.

    Returns:
        As :func:`analysis.models.scoring.awot.weights`: the letters of the groups within which they do, and "" for the
        groups themselves. They do where all raters together compared everything in a set, and hang together.
    """
    whole = _whole(report)
    compared = {
        one.of: dict(zip(one.items, one.found.weights.tolist(), strict=True))
        for one in _compared(report)
        if one.usable and set(one.items) == whole[one.of]
    }
    return awot.weights(aggregate.score(scores.latest(report, TABLE)), compared)


def _compared(report: Report) -> list[paren.Compared]:
    """Return what all raters together compared in pairs."""
    return [one for one in paren.compared(scores.latest(report, paren.TABLE)) if one.rater == paren.TOGETHER]


def _whole(report: Report) -> dict[str, set[str]]:
    """Return what there is to compare: the items of each group, and the groups themselves."""
    items = report.now.plan("swot", report.plan_id)
    return {"": {*GROUPS}} | {group: {*items.loc[items["groep"] == group, "swot_code"]} for group in GROUPS}


def _evaluated(words: Words, one: matrices.Evaluation) -> tuple[str, ...]:
    named = {"IFE": words.t("IFE: strengths and weaknesses"), "EFE": words.t("EFE: opportunities and threats")}
    return (
        named[one.soort],
        words.number(one.total, 2),
        _standings(words)[one.stand],
        words.number(one.items),
        words.number(one.left_out),
    )


def _pair(words: Words, row: Any, labels: dict[str, str], whole: float) -> tuple[str, ...]:  # noqa: ANN401
    named = {
        "samen": words.t("one objective: {codes}", codes=", ".join(row.samen)),
        "apart": words.t("different objectives: {codes}", codes=_codes(row)),
        "een": words.t("one of the two only: {codes}", codes=_codes(row)),
        "geen": words.t("no objective"),
    }
    share = words.number(100 * row.gewicht / whole, 1) if row.gewicht == row.gewicht else UNKNOWN_SIGN
    return labels[row.intern], labels[row.extern], share, named[row.antwoord]


def _codes(row: Any) -> str:  # noqa: ANN401
    return ", ".join([*row.intern_doelstellingen, *row.extern_doelstellingen])


def _labels(report: Report) -> dict[str, str]:
    rows = report.labelled(report.now.plan("swot", report.plan_id))
    return {code: f"{code} {label}" for code, label in zip(rows["swot_code"], rows["label"], strict=True)}


def _origins(report: Report, *more: pd.DataFrame) -> tuple[Origin, ...]:
    return (*delivered.origins(report), *report.origins(report.now.plan("swot", report.plan_id), *more))


def _standings(words: Words) -> dict[str, str]:
    return {
        "boven": words.t("matrix: above average"),
        "gemiddeld": words.t("matrix: average"),
        "onder": words.t("matrix: below average"),
        "onbekend": words.t("matrix: unknown"),
    }


def _kinds(words: Words) -> dict[str, str]:
    return {
        "SO": words.t("Strengths to seize opportunities"),
        "WO": words.t("Weaknesses that opportunities may overcome"),
        "ST": words.t("Strengths against threats"),
        "WT": words.t("Weaknesses that threats make dangerous"),
    }


def _notes(report: Report, by_pairs: tuple[str, ...]) -> tuple[str, ...]:
    """Say of which kind the weights are, and what a pair does not say."""
    return (
        *gewogen_tekst.sources(report, by_pairs, tuple(one.of for one in _compared(report) if one.of not in by_pairs)),
        report.words.t(
            "The joint weight says how much both items matter, not that they have to do with each other; that is for "
            "the board to say."
        ),
    )
