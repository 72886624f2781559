"""What was compared in pairs: the weights that follow, and how far each rater contradicts the own judgements."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.scoring import aggregate, ahp
from analysis.models.swot import GROUPS
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common, scores
from analysis.views.voortgang import common as delivered

TABLE = "swot_vergelijkingen"
#: The judgements of all raters together, as their geometric mean.
TOGETHER = ""


@dataclass(frozen=True)
class Compared:
    """What one rater, or all together, said of the groups or of the items of one group.

    Attributes:
        of: a letter of a group; "" for the groups themselves.
        rater: "" for all together.
        items: the codes that somebody compared.
        found: the weights and the consistency.
        worst: the most inconsistent judgement; None where nothing contradicts.
    """

    of: str
    rater: str
    items: tuple[str, ...]
    found: ahp.Weighed
    worst: ahp.Judgement | None

    @property
    def usable(self) -> bool:
        """Whether weights may be built on it: the judgements connect all items and contradict each other little."""
        return not self.found.reden and self.found.acceptable


@in_every_language
def pairs(report: Report) -> Figure:
    """Table: per set of items the weights out of pairwise comparisons, with the consistency ratio of each rater."""
    if none := scores.nothing(report, "swot-paren", TABLE):
        return none
    words, found = report.words, compared(scores.latest(report, TABLE))
    own = [one for one in found if one.rater != TOGETHER]
    consistent = [one for one in own if one.found.checkable and one.found.acceptable]
    checkable = [one for one in own if one.found.checkable]
    columns = (
        Column(words.t("Rater")),
        Column(words.t("Consistency ratio"), "number"),
        Column(words.t("Most inconsistent judgement")),
        Column(words.t("Weights (%)")),
    )
    return Figure(
        id="swot-paren",
        kind="table",
        title=pairs_title(words, len(consistent), len(checkable)),
        subtitle=words.t(
            "Weights by the analytic hierarchy process, out of the comparisons of {quarter}, per rater and of all "
            "together",
            quarter=words.quarter(scores.moments(report, TABLE)[-1]),
        ),
        grid=Grid(columns, tuple(_row(report, one) for one in found), _headings(report, found)),
        origins=(*delivered.origins(report), *report.origins(report.now.plan("swot", report.plan_id))),
        notes=delivered.notes(
            report,
            words.t(
                "The consistency ratio tells how far judgements contradict each other: 0 is not at all; below "
                "{limit} is acceptable (Saaty). A dash: too few comparisons for one to contradict another.",
                limit=words.number(ahp.ACCEPTABLE, 2),
            ),
            words.t(
                "All together: the geometric mean of what the raters said of each pair. Pairs that nobody compared "
                "are completed so that the whole contradicts itself as little as possible."
            ),
        ),
    )


def pairs_title(words: Words, consistent: int, total: int) -> str:
    """Say how many of the sets of comparisons, each of one rater, hang together.

    Args:
        words: the language.
        consistent: those with an acceptable consistency ratio.
        total: those in which one judgement can contradict another.
    """
    if not total:
        return words.t("Too few pairs were compared to say whether the judgements hang together")
    if consistent == total:
        return words.t("The judgements of every rater hang together")
    return words.tn(
        "In {n} of the {total} comparisons of a rater the judgements contradict each other too much",
        "In {n} of the {total} comparisons of a rater the judgements contradict each other too much (more)",
        total - consistent,
        total=words.number(total),
    )


def compared(rows: pd.DataFrame) -> list[Compared]:
    """Return what was compared: first the groups, then the items of each group; all together before each rater.

    Args:
        rows: ``beoordelaar``, ``links``, ``rechts``, ``waarde`` of one moment.
    """
    sets = {"": rows[rows["links"].isin(GROUPS)]}
    sets |= {group: rows[rows["links"].str.startswith(group) & ~rows["links"].isin(GROUPS)] for group in GROUPS}
    found = []
    for of, own in sets.items():
        items = tuple(sorted({*own["links"], *own["rechts"]}, key=aggregate.place))
        for rater in [TOGETHER, *sorted(own["beoordelaar"].unique())] if len(own) else []:
            mine = own if rater == TOGETHER else own[own["beoordelaar"] == rater]
            found.append(_one(of, rater, items, mine))
    return found


def _one(of: str, rater: str, items: tuple[str, ...], rows: pd.DataFrame) -> Compared:
    own = items if rater == TOGETHER else tuple(one for one in items if one in {*rows["links"], *rows["rechts"]})
    matrix = ahp.matrix_of(rows, own)
    found = ahp.weigh(matrix)
    return Compared(of, rater, own, found, ahp.worst(matrix, found))


def _row(report: Report, one: Compared) -> tuple[str, ...]:
    words = report.words
    return (
        one.rater or words.t("All together"),
        words.number(one.found.cr, 3) if one.found.checkable else UNKNOWN_SIGN,
        _worst(report, one),
        _weights(report, one),
    )


def _worst(report: Report, one: Compared) -> str:
    """Name the judgement that contradicts the others most, where they contradict each other too much."""
    if one.worst is None or one.found.acceptable or math.isnan(one.found.cr):
        return UNKNOWN_SIGN
    words, judged, names = report.words, one.worst, _names(report, one)
    if not one.of:
        names = [words.t("the group {name}", name=name) for name in names]
    left, right = names[judged.left], names[judged.right]
    given = words.number(judged.given, 1)
    if judged.suggested >= 1:
        return words.t(
            "{left} {given} times as important as {right}; the others suggest {suggested} times",
            left=left,
            right=right,
            given=given,
            suggested=words.number(judged.suggested, 1),
        )
    return words.t(
        "{left} {given} times as important as {right}; the others suggest the reverse, {suggested} times",
        left=left,
        right=right,
        given=given,
        suggested=words.number(1 / judged.suggested, 1),
    )


def _weights(report: Report, one: Compared) -> str:
    """Return the items with their weights, the heaviest first."""
    words = report.words
    if one.found.reden:
        return words.t("no weights: the comparisons do not connect all items")
    order = sorted(zip(_names(report, one), one.found.weights, strict=True), key=lambda pair: -pair[1])
    return ", ".join(words.t("{code} {share}", code=code, share=words.number(100 * share)) for code, share in order)


def _names(report: Report, one: Compared) -> list[str]:
    """Return what the report calls what was compared: items by their code, groups by their name."""
    names = common.group_words(report) if not one.of else {}
    return [names.get(item, item) for item in one.items]


def _headings(report: Report, found: list[Compared]) -> dict[int, str]:
    """Return what was compared, above the first row of each set."""
    names = common.group_words(report) | {"": report.words.t("The four groups")}
    firsts: dict[str, int] = {}
    for place, one in enumerate(found):
        firsts.setdefault(one.of, place)
    return {place: names[of] for of, place in firsts.items()}
