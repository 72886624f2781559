"""How good the forecasts were: each past quarter forecast again, against what came and against simpler guesses."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import backtest
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common
from analysis.views.voortgang.chances import JUDGED, PAST_DRAWS, record_of


@in_every_language
def record(report: Report) -> Figure:
    """Table: what the forecast would have said in past quarters, against what came and against simpler guesses."""
    if none := common.nothing(report, "voortgang-vooruitblik-record", "voortgang", "plan_acties"):
        return none
    words, rows = report.words, _record(report)
    if rows.empty:
        return Figure("voortgang-vooruitblik-record", "absent", words.t("No earlier forecast can be judged yet"))
    columns = (
        Column(words.t("What was forecast")),
        Column(words.t("Measure of the forecasts")),
        *(Column(head, "number") for head in _rival_words(words).values()),
        Column(words.t("Forecasts judged (number)"), "number"),
    )
    return Figure(
        id="voortgang-vooruitblik-record",
        kind="table",
        title=record_title(words, rows),
        subtitle=words.t(
            "Each past quarter was forecast with what was known then; share of the intervals that held the number, and "
            "Brier score (0 is perfect, 0.25 is what always saying 50 % gets)"
        ),
        grid=Grid(columns, tuple(_record_row(words, row) for row in rows.to_dict("records"))),
        origins=common.origins(report),
        notes=common.notes(
            report,
            words.t(
                "Of the intervals 80 % should hold the number: many more is too careful, many fewer too sure. "
                "Forecasts of neighbouring quarters are alike, so they weigh less than as many separate ones."
            ),
            words.t(
                "Base rate: the share of such earlier cases that turned out well. By own status or expected end: the "
                "same among the cases of which the owner said the same. {draws} draws per past quarter.",
                draws=words.number(PAST_DRAWS),
            ),
        ),
    )


def _rival_words(words: Words) -> dict[str, str]:
    return {
        "voorspelling": words.t("The forecast itself"),
        "basis": words.t("Base rate"),
        "status": words.t("By own status"),
        "verwachting": words.t("By expected end"),
    }


def _record(report: Report) -> pd.DataFrame:
    """Return a row per question: ``maat``, ``over``, a column per guesser, and ``aantal``."""
    found = record_of(report.now, report.plan_id, report.quarter).samenvatting
    asked = found[found["over"].isin(["alle", *backtest.QUESTIONS])]
    if asked.empty:
        return asked
    wide = asked.pivot(index=["maat", "over"], columns="van", values="waarde")
    wide = wide.reindex(columns=list(_rival_words(report.words)))
    return wide.assign(aantal=asked.groupby(["maat", "over"])["aantal"].max()).iloc[::-1].reset_index()


def record_title(words: Words, rows: pd.DataFrame) -> str:
    """Say how many intervals held the number, and on how many questions the forecast beats both simple guesses.

    Args:
        words: the language.
        rows: ``maat`` (``dekking`` or ``brier``), ``voorspelling``, ``basis``, ``status`` and ``aantal``.
    """
    held, scores = rows[rows["maat"] == "dekking"], rows[rows["maat"] == "brier"]
    beaten = int((scores["voorspelling"] < scores[["basis", "status"]].min(axis=1)).sum())
    parts = []
    if len(held):
        share, n = held["voorspelling"].iloc[0], int(held["aantal"].iloc[0])
        parts.append(
            words.tn(
                "Of {n} earlier interval, {held} held the number that came",
                "Of {n} earlier intervals, {held} held the number that came",
                n,
                held=words.number(round(share * n)),
            )
        )
    if len(scores):
        asked = words.number(len(scores))
        parts.append(
            words.tn(
                "the likelihoods beat base rate and own status on {n} question out of {total}",
                "the likelihoods beat base rate and own status on {n} questions out of {total}",
                beaten,
                total=asked,
            )
        )
    return _capital(words.joined(parts))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _record_row(words: Words, row: dict[object, object]) -> tuple[str, ...]:
    questions = {
        "alle": words.t(
            "Number of completed actions, 1 to {n} quarters ahead: interval P10 to P90", n=words.number(JUDGED)
        ),
        "vier_kwartalen": words.t("Completed within four quarters"),
        "gepland_einde": words.t("Completed by its own planned end"),
    }
    share = row["maat"] == "dekking"
    measure = words.t("Share inside (80 % is right)") if share else words.t("Brier score (lower is better)")
    values = [float(str(row[name])) for name in _rival_words(words)]
    cells = [common.percent(words, 100 * value) if share else words.number(value, 3) for value in values]
    return questions[str(row["over"])], measure, *cells, words.number(float(str(row["aantal"])))
