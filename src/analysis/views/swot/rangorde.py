"""What raters make of the items of the SWOT: their scores, and how sure their order is."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.latest import history
from analysis.models.delivered.status import until
from analysis.models.scoring import aggregate, change, stability
from analysis.models.swot import GROUPS
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common, scores
from analysis.views.voortgang import common as delivered

TABLE = "swot_scores"
#: How likely it is that an item is among so many first of its group.
TOP = 3
#: Nearer to 0 or 1 than this a likelihood is not told closer: the draws say no more.
EDGE = 0.01
#: From this likelihood on, an item is called the first of its group without more.
SURE = 0.8


@in_every_language
def ranking(report: Report) -> Figure:
    """Table: the items of each group by their score, with its interval, how sure its place is, and what changed."""
    if none := scores.nothing(report, "swot-rangorde", TABLE):
        return none
    words, found = report.words, scored(report)
    before = _before(report)
    columns = (
        Column(words.t("Item")),
        Column(words.t("Score (1-5)"), "number"),
        Column(words.t("Between (95 %)")),
        Column(words.t("Raters (number)"), "number"),
        Column(words.t("First {n}, other raters (%)", n=words.number(TOP)), "number"),
        Column(words.t("First {n}, other weights (%)", n=words.number(TOP)), "number"),
        Column(_since_head(words, before)),
    )
    firsts = found.drop_duplicates("groep")["groep"]
    names = common.group_words(report)
    return Figure(
        id="swot-rangorde",
        kind="table",
        title=ranking_title(words, found),
        subtitle=words.t(
            "Score of each item by the raters of {quarter}: how much it matters, from 1 to 5; the highest first",
            quarter=words.quarter(scores.moments(report, TABLE)[-1]),
        ),
        grid=Grid(
            columns,
            tuple(_row(words, row) for row in standing.each(found)),
            {int(str(place)): names[code] for place, code in firsts.items()},
        ),
        reference=True,
        origins=(*delivered.origins(report), *report.origins(report.now.plan("swot", report.plan_id))),
        notes=delivered.notes(report, *_notes(report)),
    )


def ranking_title(words: Words, found: pd.DataFrame) -> str:
    """Name the first weakness and the first threat, and whether their place is sure.

    Args:
        words: the language.
        found: ``swot_code``, ``groep``, ``label``, ``score`` (NaN where it has none) and ``eerste`` (0-1: how likely it
            is the first of its group; NaN where that cannot be told, as of one rater), the highest score of each group
            first.
    """
    told = []
    for group in ("W", "T"):
        own = found[(found["groep"] == group) & found["score"].notna()]
        if len(own):
            first = own.iloc[0]
            told.append((first["swot_code"], float(first["eerste"])))
    if not told:
        return words.t("The raters scored no weakness and no threat")
    codes = words.list([code for code, _ in told])
    if all(math.isnan(chance) for _, chance in told):
        return words.tn(
            "{codes} weighs most according to one rater",
            "{codes} weigh most according to one rater",
            len(told),
            codes=codes,
        )
    if all(chance >= SURE for _, chance in told):
        return words.tn(
            "{codes} weighs most, and surely so", "{codes} weigh most, and surely so", len(told), codes=codes
        )
    return words.tn(
        "{codes} weighs most, but other raters might say otherwise",
        "{codes} weigh most in their groups, but other raters might say otherwise",
        len(told),
        codes=codes,
    )


# --- what the models find ---


def scored(report: Report) -> pd.DataFrame:
    """Return every item with its score, the highest of each group first; items without a score come last.

    Returns:
        ``swot_code``, ``groep``, ``label``, ``score_n`` (raters), ``score``, ``score_onder``, ``score_boven``,
        ``eerste`` and ``top`` (0-1: how likely it is the first, or among the first :data:`TOP`, of its group, had other
        raters scored; NaN for an item with one rater), ``gewogen`` (0-1: among the first with other weights of the
        questions), ``eerder`` (the score at the moment before; NaN where other questions counted then), ``verschil``,
        ``oordeel`` (see :func:`analysis.models.scoring.change.since`).
    """
    items = report.labelled(report.now.plan("swot", report.plan_id))[["swot_code", "groep", "label"]]
    found = items.merge(_scored(report.now, report.plan_id, report.quarter), on="swot_code", how="left")
    order = found.assign(_groep=found["groep"].map(GROUPS.index), _score=-found["score"])
    order = order.sort_values(["_groep", "_score"], kind="stable", na_position="last")
    return order.drop(columns=["_groep", "_score"]).reset_index(drop=True)


@once
def _scored(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    rows = history(until(catalog.delivered(TABLE, plan_id), quarter), scores.KEYS[TABLE])
    moments = sorted(rows["kwartaal"].unique())
    now, *earlier = [rows[rows["kwartaal"] == moment] for moment in moments[-2:][::-1]]
    found = aggregate.score(now)
    weighed = _any_weights(found, aggregate.asked(now))
    found = found[["swot_code", "score_n", "score", "score_onder", "score_boven"]].merge(weighed, how="left")
    likely = pd.DataFrame(_ranks(aggregate.rated(now)), columns=["swot_code", "eerste", "top"])
    changed = _changes(earlier[0] if earlier else now.iloc[:0], now)
    return found.merge(likely, on="swot_code", how="left").merge(changed, on="swot_code", how="left")


def _changes(earlier: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Return what changed, and the earlier score of each item in whose group the same questions counted."""
    found, both, counts = change.since(earlier, now), change.asked_at_both(earlier, now), aggregate.asked(now)
    alike = found["groep"].map({group: both[group] == names for group, names in counts.items()}).astype(bool)
    return found.assign(eerder=found["eerder"].where(alike))[["swot_code", "eerder", "verschil", "oordeel"]]


def _any_weights(found: pd.DataFrame, asked: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    """Return how likely each item is among the first of its group, whatever the weights of the questions."""
    likely = {
        code: float(row.iloc[:TOP].sum())
        for group, own in found.groupby("groep")
        for code, row in stability.weight_acceptability(own, asked[str(group)]).iterrows()
    }
    return pd.DataFrame({"swot_code": list(likely), "gewogen": list(likely.values())}, dtype=object)


def _ranks(rated: pd.DataFrame) -> list[tuple[str, float, float]]:
    """Return how likely each item is the first of its group, and among the first.

    Where one rater scored an item, nothing: what another would have said of it is unknown, however high that score.
    """
    found: list[tuple[str, float, float]] = []
    for _, own in rated[rated["score"].notna()].groupby("groep"):
        if own["beoordelaar"].nunique() < 2:
            continue
        codes, raters = own["swot_code"].drop_duplicates().tolist(), own["swot_code"].value_counts()
        ranks = zip(codes, stability.rank_acceptability(own, codes), strict=True)
        found += [(code, float(row[0]), float(row[:TOP].sum())) for code, row in ranks if raters[code] > 1]
    return found


def _before(report: Report) -> Quarter | None:
    """Return the moment before the youngest one."""
    known = scores.moments(report, TABLE)
    return known[-2] if len(known) > 1 else None


# --- words ---


def _since_head(words: Words, before: Quarter | None) -> str:
    if before is None:
        return words.t("Since the moment before")
    return words.t("Since {quarter} (points)", quarter=words.quarter(before))


def _row(words: Words, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        f"{row.swot_code} {row.label}",
        words.number(row.score, 1),
        between(words, row),
        words.number(0 if math.isnan(row.score_n) else int(row.score_n)),
        _likelihood(words, row.top),
        _likelihood(words, float(row.gewogen)),
        _changed(words, row),
    )


def between(words: Words, row: Any) -> str:  # noqa: ANN401
    """Write the interval on the scale; one rater has none."""
    if math.isnan(row.score_onder):
        return UNKNOWN_SIGN
    return words.t(
        "{low} to {high} on the scale", low=words.number(row.score_onder, 1), high=words.number(row.score_boven, 1)
    )


def _likelihood(words: Words, chance: float) -> str:
    """Write how likely a place is; the draws make nothing impossible, or certain."""
    if chance < EDGE:
        return words.t("less than {n}", n=words.number(100 * EDGE))
    if chance > 1 - EDGE:
        return words.t("more than {n}", n=words.number(100 - 100 * EDGE))
    return words.number(100 * chance)


def _changed(words: Words, row: Any) -> str:  # noqa: ANN401
    """Say how much the score changed, or that it cannot be said."""
    if math.isnan(row.verschil):
        return UNKNOWN_SIGN
    told = words.number(row.verschil, 1, sign=True)
    return told if row.oordeel != "kan_niet_gezegd" else words.t("{told} (unsure)", told=told)


def _notes(report: Report) -> tuple[str, ...]:
    words, rows = report.words, scores.latest(report, TABLE)
    habits = aggregate.raters(rows)
    alike = habits.loc[habits["vlak"], "beoordelaar"].tolist()
    told = [
        words.t(
            "Score of a rater: the geometric mean of importance and performance for a strength, of importance and lack "
            "of performance for a weakness, of importance, probability and urgency for an opportunity or a threat. "
            "Shown is the mean over raters; what a rater left out is left out."
        ),
        words.t(
            "First {n}: how often the item would be among the first of its group if other raters of the same kind were "
            "asked, and if the questions had other weights, drawn at random. Change: where enough raters scored the "
            "item at both moments, over these; unsure is within the spread, and may be chance.",
            n=words.number(TOP),
        ),
    ]
    if alike:
        told.append(
            words.tn(
                "{n} rater gave all items the same score and says nothing of their order ({names}).",
                "{n} raters gave all items the same score and say nothing of their order ({names}).",
                len(alike),
                names=words.list(alike),
            )
        )
    return tuple(told)
