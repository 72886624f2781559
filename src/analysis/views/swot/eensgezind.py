"""How far the raters of the SWOT agree, on each thing that they scored."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.scoring import aggregate, agreement
from analysis.views.report import Report, in_every_language
from analysis.views.swot import scores
from analysis.views.voortgang import common as delivered

TABLE = "swot_scores"


@in_every_language
def agreed(report: Report) -> Figure:
    """Table: per thing that was scored how far the raters put items in one order, and give the same scores."""
    if none := scores.nothing(report, "swot-eensgezind", TABLE):
        return none
    words, rows = report.words, scores.latest(report, TABLE)
    found = [(name, *_agreement(rows, name)) for name in aggregate.QUESTIONS if rows[name].notna().any()]
    columns = (
        Column(words.t("What was scored")),
        Column(words.t("Verdict"), lead=True),
        Column(words.t("Krippendorff’s alpha"), "number"),
        Column(words.t("Kendall’s W"), "number"),
        Column(words.t("Items that everybody scored (number)"), "number"),
    )
    bands = [agreement.verdict(alpha.alpha) for _, _, alpha in found]
    return Figure(
        id="swot-eensgezind",
        kind="table",
        title=agreed_title(words, bands),
        subtitle=words.t(
            "Agreement of the raters of {quarter} on each thing that they scored",
            quarter=words.quarter(scores.moments(report, TABLE)[-1]),
        ),
        grid=Grid(
            columns,
            tuple(_row(words, name, w, alpha) for name, w, alpha in found),
        ),
        origins=(*delivered.origins(report), *report.origins(report.now.plan("swot", report.plan_id))),
        notes=delivered.notes(report, *_notes(words)),
    )


def agreed_title(words: Words, bands: list[str]) -> str:
    """Say on how many of the things that were scored the raters agree enough.

    Args:
        words: the language.
        bands: of each, see :func:`analysis.models.scoring.agreement.verdict`.
    """
    known = [one for one in bands if one != agreement.UNKNOWN]
    if not known:
        return words.t("Whether the raters agree cannot be told")
    weak = known.count(agreement.UNRELIABLE)
    if not weak:
        return words.t("The raters agree enough to build on their scores")
    if weak == len(known):
        return words.t("The raters agree too little to rely on their mean: read each score with its interval")
    return words.tn(
        "On {n} of the {total} things that they scored the raters agree too little",
        "On {n} of the {total} things that they scored the raters agree too little (more)",
        weak,
        total=words.number(len(known)),
    )


def _agreement(rows: pd.DataFrame, name: str) -> tuple[agreement.Concordance, agreement.Reliability]:
    given = agreement.wide(rows, name)
    given = given.loc[:, given.notna().any()]
    return agreement.kendall_w(given), agreement.krippendorff_alpha(given, "ordinal")


def _dimension_words(words: Words) -> dict[str, str]:
    return {
        "belang": words.t("score: importance"),
        "prestatie": words.t("score: performance"),
        "urgentie": words.t("score: urgency"),
        "kans": words.t("score: probability"),
    }


def _verdict(words: Words, alpha: agreement.Reliability) -> str:
    reasons = {
        "geen_paar": words.t("unknown: no item was scored by two raters"),
        "zonder_verschil": words.t("unknown: all scores are alike"),
    }
    if alpha.reden:
        return reasons[alpha.reden]
    return {
        "betrouwbaar": words.t("reliable: the raters agree"),
        "voorlopig": words.t("tentative: the raters agree in part"),
        "onbetrouwbaar": words.t("unreliable: the raters differ too much"),
    }[agreement.verdict(alpha.alpha)]


def _notes(words: Words) -> tuple[str, ...]:
    """Say what the two measures tell."""
    return (
        words.t(
            "Krippendorff’s alpha (ordinal): 1 is full agreement, 0 what chance would give, below 0 is opposition. "
            "From {sure} on one may rely on it; from {maybe} on conclusions are tentative.",
            sure=words.number(agreement.ALPHA_FROM["betrouwbaar"], 2),
            maybe=words.number(agreement.ALPHA_FROM["voorlopig"], 3),
        ),
        words.t(
            "Kendall’s W: how far raters put items in one order, from 0 to 1, over the items that all of them "
            "scored. Raters who differ in level only have a high W and a low alpha."
        ),
    )


def _row(words: Words, name: str, w: agreement.Concordance, alpha: agreement.Reliability) -> tuple[str, ...]:
    return (
        _dimension_words(words)[name],
        _verdict(words, alpha),
        words.number(alpha.alpha, 2),
        words.number(w.w, 2),
        words.number(w.items),
    )
