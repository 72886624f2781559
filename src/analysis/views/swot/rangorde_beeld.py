"""The order of the items in one picture: their scores, how sure these are, and which places can be built on."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common, rangorde, rangorde_tekening, scores
from analysis.views.theme import spec
from analysis.views.voortgang import common as delivered

#: More codes than this are counted in a title, not named.
NAMED = 8


@in_every_language
def order(report: Report) -> Figure:
    """Chart: the items of each group in the order of their scores, with their intervals and their earlier scores."""
    if none := scores.nothing(report, "swot-rangorde-beeld", rangorde.TABLE):
        return none
    words, found = report.words, _found(report)
    known = found[found["score"].notna()]
    if known.empty:
        return Figure("swot-rangorde-beeld", "absent", words.t("No item of the SWOT has a score"))
    title = order_title(words, len(known), _sure_codes(known))
    return Figure(
        id="swot-rangorde-beeld",
        kind="chart",
        title=title,
        subtitle=_subtitle(report, known),
        alt=words.t(
            "A dot per item, in order per group. {title}. {firsts}.", title=title, firsts=_firsts(words, known)
        ),
        grid=_grid(report, found),
        spec=spec(rangorde_tekening.drawing(report, known), words, height=rangorde_tekening.height(known)),
        origins=(*delivered.origins(report), *report.origins(report.now.plan("swot", report.plan_id))),
        notes=delivered.notes(report, *_notes(words, found)),
    )


def order_title(words: Words, total: int, sure: list[str] | None) -> str:
    """Say how many items are surely among the first of their group.

    Args:
        words: the language.
        total: the items with a score.
        sure: the codes of those; None where that cannot be told of any item.
    """
    told = {"top": words.number(rangorde.TOP), "total": words.number(total)}
    if sure is None:
        return words.t("How sure the order of the items is, one rater cannot tell")
    if not sure:
        return words.t("Of none of the {total} items is it sure that it is among the first {top} of its group", **told)
    return words.tn(
        "{n} of the {total} items is surely among the first {top} of its group: {codes}",
        "{n} of the {total} items are surely among the first {top} of their group: {codes}",
        len(sure),
        codes=standing.short_list(words, sure, NAMED),
        **told,
    )


# --- what is shown ---


def _found(report: Report) -> pd.DataFrame:
    """Return the items, and whether each is surely among the first (:func:`is_sure`)."""
    found = rangorde.scored(report)
    sure = [is_sure(row.top, float(row.gewogen)) for row in standing.each(found)]
    return found.assign(zeker=pd.Series(sure, index=found.index, dtype=bool))


def is_sure(raters: float, weights: float) -> bool:
    """Say whether an item is surely among the first: with other raters, and with other weights; unknown is not sure.

    Args:
        raters: how likely it is with other raters (0-1), or NaN.
        weights: how likely it is with other weights of the questions.

    >>> is_sure(0.95, 0.796), is_sure(0.95, 0.794), is_sure(float("nan"), 1.0)
    (True, False, False)
    """
    return all(round(chance, 2) >= rangorde.SURE for chance in (raters, weights))  # as the table writes it


def _sure_codes(known: pd.DataFrame) -> list[str] | None:
    """Return the items that are surely among the first; None where nothing is known of that."""
    return known.loc[known["zeker"], "swot_code"].tolist() if known["top"].notna().any() else None


# --- words ---


def _subtitle(report: Report, known: pd.DataFrame) -> str:
    words = report.words
    told = {"quarter": words.quarter(scores.moments(report, rangorde.TABLE)[-1])}
    if known["score_onder"].isna().all():
        return words.t("Score of each item (1-5) in {quarter}: the higher, the more it matters", **told)
    return words.t(
        "Score of each item (1-5) in {quarter}: the higher, the more it matters; the line is its 95 % interval", **told
    )


def _firsts(words: Words, known: pd.DataFrame) -> str:
    """Name the first item of each group with its score."""
    firsts = known.drop_duplicates("groep")
    return words.list(
        [words.t("{name} ({n})", name=row.swot_code, n=words.number(row.score, 1)) for row in standing.each(firsts)]
    )


def _notes(words: Words, found: pd.DataFrame) -> tuple[str, ...]:
    told = []
    if _sure_codes(found) is not None:
        told.append(
            words.t(
                "Surely: in at least {n} of 100 draws of other raters, and of other weights of the questions.",
                n=words.number(100 * rangorde.SURE),
            )
        )
    missing = found[found["score"].isna()]
    if len(missing):
        names = [f"{row.swot_code} {row.label}" for row in standing.each(missing)]
        told.append(words.t("Without a score: {names}.", names=words.joined(names)))
    return tuple(told)


def _grid(report: Report, found: pd.DataFrame) -> Grid:
    words, names = report.words, common.group_words(report)
    columns = (
        Column(words.t("Item")),
        Column(words.t("Score (1-5)"), "number"),
        Column(words.t("Between (95 %)")),
        Column(words.t("Score before (1-5)"), "number"),
        Column(words.t("Surely among the first {top}", top=words.number(rangorde.TOP))),
    )
    told = _sure_codes(found) is not None
    cells = tuple(
        (
            f"{row.swot_code} {row.label}",
            words.number(row.score, 1),
            rangorde.between(words, row),
            words.number(row.eerder, 1),
            (words.t("yes") if row.zeker else words.t("no")) if told and row.score == row.score else UNKNOWN_SIGN,
        )
        for row in standing.each(found)
    )
    firsts = found.drop_duplicates("groep")["groep"]
    return Grid(columns, cells, {int(str(place)): names[code] for place, code in firsts.items()})
