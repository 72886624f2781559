"""What is known of each item since the plan began: figures, the plan's actions, and those who scored it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid, Origin
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import item_evidence as model
from analysis.models.scoring import change
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import bewijs_cijfers, common, scores
from analysis.views.voortgang import common as delivered

TABLE = "swot_scores"
#: Progress is set against that of so many quarters before.
YEAR = 4
#: The year of the health crisis: a beginning that makes what follows look better or worse than it is.
CRISIS = 2020
#: More codes than this are counted in a title, not named.
NAMED = 6


@in_every_language
def evidence(report: Report) -> Figure:
    """Table: per item what figures say, how many of its actions show progress, and whether the scores say the same."""
    if report.now.plan("swot", report.plan_id).empty:
        return common.absent(report, "swot-bewijs")
    words, found, since = report.words, items(report), first_moment(report)
    columns = (
        Column(words.t("Item")),
        Column(words.t("Figures behind it")),
        Column(words.t("Link")),
        Column(words.t("Actions with public progress (since a year before)")),
        *_scored_columns(words, since),
    )
    firsts, names = found.drop_duplicates("groep")["groep"], common.group_words(report)
    return Figure(
        id="swot-bewijs",
        kind="table",
        title=evidence_title(words, found, scored=since is not None),
        subtitle=words.t(
            "What figures say of each item since {date}, for the organisation: better or worse",
            date=words.date(bewijs_cijfers.eve(report).date()),
        ),
        grid=Grid(
            columns,
            tuple(_row(words, row, scored=since is not None) for row in standing.each(found)),
            {int(str(place)): names[code] for place, code in firsts.items()},
        ),
        origins=_origins(report, scored=since is not None),
        notes=_notes(report, found, scored=since is not None),
    )


def evidence_title(words: Words, found: pd.DataFrame, *, scored: bool) -> str:
    """Say where people and figures contradict each other; without scores, which way the figures moved.

    Args:
        words: the language.
        found: ``swot_code`` and ``cijfers``, and where there are scores ``samen`` (see
            :mod:`analysis.models.item_evidence`).
        scored: whether the items were scored at two moments.
    """
    if scored:
        return _confrontation(words, [str(code) for code in found.loc[found["samen"] == "oneens", "swot_code"]])
    moved = {side: found.loc[found["cijfers"] == side, "swot_code"].tolist() for side in (model.WORSE, model.BETTER)}
    if not any(moved.values()):
        return words.t("No figure tells yet which way the items of the SWOT moved")
    told = [
        words.tn("behind {n} item figures moved the wrong way", "behind {n} items figures moved the wrong way", n)
        if side == model.WORSE
        else words.tn("behind {n} item figures moved the right way", "behind {n} items figures moved the right way", n)
        for side, codes in moved.items()
        if (n := len(codes))
    ]
    return words.t("Since the plan began {told}", told=words.list(told))


def _confrontation(words: Words, codes: list[str]) -> str:
    if not codes:
        return words.t("As far as both say something, scores and figures nowhere contradict each other")
    return words.tn(
        "On {n} item those who scored and the figures contradict each other ({codes})",
        "On {n} items those who scored and the figures contradict each other ({codes})",
        len(codes),
        codes=standing.short_list(words, codes, NAMED),
    )


# --- what the models find ---


def items(report: Report) -> pd.DataFrame:
    """Return the items with what figures say, their progress, and, scored at two moments, what the scores say.

    Returns:
        The items in the order S, W, O, T: ``swot_code``, ``groep``, ``label``, ``reeksen``, ``cijfers``, ``kracht``
        (see :func:`analysis.models.item_evidence.per_item`), ``acties``, ``vooruit``, ``vroeger`` (the latter a year
        before; NaN where that was before the plan); and with scores ``verschil``, ``oordeel``, ``mensen``,
        ``samen`` (see :func:`analysis.models.item_evidence.confronted`).
    """
    ordered = report.labelled(common.answers(report, standing.statuses(report)))
    found = model.per_item(ordered, bewijs_cijfers.movements(report))
    found = found.assign(vroeger=found["swot_code"].map(_a_year_before(report)))
    changes = changed(report)
    return found if changes is None else model.confronted(found, changes)


def _a_year_before(report: Report) -> dict[str, int]:
    then = report.ago(YEAR)
    if pd.Timestamp(then.quarter.end) <= bewijs_cijfers.eve(report):
        return {}
    rows = common.answers(then, standing.statuses(then))
    return dict(zip(rows["swot_code"], rows["vooruit"], strict=True))


def changed(report: Report) -> pd.DataFrame | None:
    """Return how the scores changed from the first moment to the last one; None without two moments."""
    rows = scores.rows(report, TABLE)
    moments = sorted(rows["kwartaal"].unique()) if len(rows) else []
    if len(moments) < 2:
        return None
    first, last = (rows[rows["kwartaal"] == moment] for moment in (moments[0], moments[-1]))
    return change.since(first, last)


def first_moment(report: Report) -> Quarter | None:
    """Return the first moment at which items were scored; None where there is no later one to compare it with."""
    known = scores.moments(report, TABLE) if len(scores.rows(report, TABLE)) else []
    return known[0] if len(known) > 1 else None


# --- words ---


def _scored_columns(words: Words, since: Quarter | None) -> tuple[Column, ...]:
    if since is None:
        return ()
    return (
        Column(words.t("Scores since {quarter} (points)", quarter=words.quarter(since))),
        Column(words.t("Scores and figures")),
    )


def _row(words: Words, row: Any, *, scored: bool) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    cells = (
        f"{row.swot_code} {row.label}",
        _figures(words, row),
        strength_words(words).get(row.kracht, UNKNOWN_SIGN),
        _progress(words, row),
    )
    return (*cells, _people(words, row), _together(words, row)) if scored else cells


def _figures(words: Words, row: Any) -> str:  # noqa: ANN401
    if not row.reeksen:
        return words.t("no series")
    said = side_words(words) | {"gemengd": words.t("series: mixed"), "niets": words.t("series: unknown")}
    told = said[row.cijfers]
    if row.tot == row.tot:
        told = words.t("{said} up to {year}", said=told, year=row.tot.year)
    return words.tn("{said} ({n} series)", "{said} ({n} series, more)", row.reeksen, said=told)


def _progress(words: Words, row: Any) -> str:  # noqa: ANN401
    if not row.acties:
        return UNKNOWN_SIGN
    told = words.t("{n} of {total}", n=words.number(row.vooruit), total=words.number(row.acties))
    if row.vroeger != row.vroeger:
        return told
    return words.t("{told} ({change})", told=told, change=words.number(row.vooruit - row.vroeger, sign=True))


def _people(words: Words, row: Any) -> str:  # noqa: ANN401
    heavier = {"gestegen": words.t("scores: heavier"), "gedaald": words.t("scores: lighter")}
    if row.oordeel not in heavier:
        return words.t("scores: not sure") if row.oordeel == row.oordeel else UNKNOWN_SIGN
    return words.t("{told} ({change})", told=heavier[row.oordeel], change=words.number(row.verschil, 1, sign=True))


def _together(words: Words, row: Any) -> str:  # noqa: ANN401
    named = {"eens": words.t("say the same"), "oneens": words.t("contradict each other")}
    return named.get(row.samen, UNKNOWN_SIGN)


def side_words(words: Words) -> dict[str, str]:
    """Return how a series moved, for the organisation."""
    return {
        model.BETTER: words.t("series: better"),
        model.WORSE: words.t("series: worse"),
        model.SAME: words.t("series: the same"),
        "geen_kant": words.t("series: neither side is good"),
    }


def strength_words(words: Words) -> dict[str, str]:
    """Return how strong the link between a series and an item is."""
    return {model.DIRECT: words.t("link: direct"), model.INDIRECT: words.t("link: indirect")}


def _origins(report: Report, *, scored: bool) -> tuple[Origin, ...]:
    actions = standing.statuses(report)
    own = report.origins(
        report.now.plan("swot", report.plan_id),
        bewijs_cijfers.links(report),
        bewijs_cijfers.compared(report),
        common.links(report),
        actions,
        standing.events(report),
    )
    return (*delivered.origins(report), *own) if scored else own


def _notes(report: Report, found: pd.DataFrame, *, scored: bool) -> tuple[str, ...]:
    words = report.words
    told = [
        words.t(
            "Which series says something of which item, and which side is good, is Krachtlijn’s own reading. Direct: "
            "the series measures the item itself; indirect: it goes with it, and counts only where nothing measures "
            "the item."
        ),
        words.t(
            "A movement says nothing of its cause, nor that the plan had a part in it. Unknown: of no linked series "
            "are there two figures that are counted alike. Actions: those of the objectives that answer the item."
        ),
    ]
    if bewijs_cijfers.begins(report, CRISIS):
        told.append(
            words.t(
                "A series that begins in {year} begins in the year of the health crisis, when telework, public "
                "transport and budgets were out of the ordinary.",
                year=CRISIS,
            )
        )
    if not scored:
        return tuple(told)
    told.append(
        words.t(
            "A heavier weakness or threat is worse, a heavier strength or opportunity better. Only a change beyond the "
            "spread of the raters is set against the figures."
        )
    )
    return delivered.notes(report, *told, *_blind(words, found))


def _blind(words: Words, found: pd.DataFrame) -> tuple[str, ...]:
    """Name the items that grew heavier, or lighter, and of which no figure says anything."""
    codes = found.loc[(found["mensen"] != "onbekend") & (found["cijfers"] == "niets"), "swot_code"].tolist()
    if not codes:
        return ()
    return (
        words.tn(
            "{n} item changed for those who scored while no figure says anything of it ({codes}).",
            "{n} items changed for those who scored while no figure says anything of them ({codes}).",
            len(codes),
            codes=words.list(codes),
        ),
    )
