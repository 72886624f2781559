"""What the ranking of the SWOT would be with other weights of the questions, or without some of the raters.

It is compared with the ranking of the report: all raters, and questions that weigh the same. Items are ranked within
their group, as each group was asked other questions. The models, and the number and the seed of their draws, are those
of the report, so that nothing differs where nothing was changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.models.scoring import aggregate, stability
from analysis.models.scoring.aggregate import QUESTIONS
from analysis.models.swot import GROUPS

#: How likely it is that an item is among so many first of its group.
TOP = 3
#: The weight of each question to begin with.
START = 5

COLUMNS = (
    *("swot_code", "groep", "plaats", "vroeger", "verschoven"),
    *("score_n", "score", "score_onder", "score_boven", "score_vroeger", "top", "gewogen"),
)
_MEASURED = ("score_n", "score", "score_onder", "score_boven", "rang_groep")
_LIKELY = ("top", "gewogen")


@dataclass(frozen=True, eq=False)
class Moment:
    """The scores of one moment, with what does not hang on any choice.

    Attributes:
        rows: ``swot_scores`` of the moment.
        items: the codes of all items, those that nobody scored too.
        asked: which questions count in each group.
        official: the items as :func:`analysis.models.scoring.aggregate.score` has them for the report.
        raters: the names of the raters.
        flat: those who gave all items the same score.
    """

    rows: pd.DataFrame
    items: tuple[str, ...]
    asked: Mapping[str, tuple[str, ...]]
    official: pd.DataFrame
    raters: tuple[str, ...]
    flat: frozenset[str]


@dataclass(frozen=True)
class Choices:
    """What was chosen.

    Attributes:
        groups: which are shown.
        weights: how much each question weighs; only their proportions matter.
        without: raters who are left out.
    """

    groups: tuple[str, ...] = GROUPS
    weights: Mapping[str, float] = field(default_factory=lambda: dict.fromkeys(QUESTIONS, START))
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, eq=False)
class Outcome:
    """What comes of the choices.

    Attributes:
        items: :data:`COLUMNS`, one row per item of the groups shown, in the order of groups and places: ``plaats``
            within the group and ``vroeger``, that of the report; ``verschoven``, how many places it went up; the score
            with its raters and interval, and ``score_vroeger``, that of the report; ``top`` and ``gewogen`` (0-1), how
            likely it is among the first :data:`TOP` if other raters of the same kind had scored, and with any weights
            of the questions. NaN is unknown.
        groups: those that are shown.
        raters: who is left.
        of: how many raters there are.
        flat: who of those left gave all items the same score.
        weightless: groups in which none of the questions that were asked weighs anything.
        changed: whether the choices differ from those of the report, in what counts in these groups.
    """

    items: pd.DataFrame
    groups: tuple[str, ...]
    raters: tuple[str, ...]
    of: int
    flat: tuple[str, ...]
    weightless: tuple[str, ...]
    changed: bool


def moment(rows: pd.DataFrame, items: Sequence[str] = ()) -> Moment:
    """Return the scores of one moment, ready to be tried out.

    Args:
        rows: ``swot_scores`` of the moment, each rater and item once.
        items: the codes of the SWOT; those that were scored are added.

    >>> rows = pd.DataFrame({"beoordelaar": "a", "swot_code": ["S1", "S2"], "belang": [4.0, 3.0]})
    >>> found = moment(rows, ["W1"])
    >>> found.items, found.asked["S"], found.raters
    (('S1', 'S2', 'W1'), ('belang',), ('a',))
    """
    habits = aggregate.raters(rows)
    return Moment(
        rows=rows,
        items=tuple(sorted({*items, *rows["swot_code"]}, key=aggregate.place)),
        asked=aggregate.asked(rows),
        official=aggregate.score(rows),
        raters=tuple(habits["beoordelaar"]),
        flat=frozenset(habits.loc[habits["vlak"], "beoordelaar"]),
    )


def outcome(known: Moment, choices: Choices) -> Outcome:
    """Return the ranking that these choices give, beside that of the report.

    >>> answers = {"belang": [5.0, 4.0], "prestatie": [2.0, 4.0]}
    >>> known = moment(pd.DataFrame({"beoordelaar": "a", "swot_code": ["S1", "S2"], **answers}))
    >>> found = outcome(known, Choices(weights={"belang": 1, "prestatie": 0, "kans": 0, "urgentie": 0}))
    >>> found.items.loc[found.items["groep"] == "S", ["swot_code", "plaats", "vroeger"]].values.tolist()
    [['S1', 1.0, 2.0], ['S2', 2.0, 1.0]]
    """
    counting = {group: [name for name in known.asked[group] if choices.weights[name] > 0] for group in choices.groups}
    frames = [_group(known, choices, group, bool(counting[group])) for group in choices.groups]
    left = tuple(name for name in known.raters if name not in choices.without)
    return Outcome(
        items=pd.concat(frames, ignore_index=True),
        groups=choices.groups,
        raters=left,
        of=len(known.raters),
        flat=tuple(name for name in left if name in known.flat),
        weightless=tuple(group for group in choices.groups if known.asked[group] and not counting[group]),
        changed=len(left) < len(known.raters) or any(_uneven(known, choices, group) for group in choices.groups),
    )


def _uneven(known: Moment, choices: Choices, group: str) -> bool:
    """Say whether the questions that count in a group do not weigh the same, or nothing."""
    weights = {choices.weights[name] for name in known.asked[group]}
    return len(weights) > 1 or weights == {0}


def _group(known: Moment, choices: Choices, group: str, counts: bool) -> pd.DataFrame:  # noqa: FBT001
    """Return the items of one group; without scores where no question counts."""
    codes = [code for code in known.items if code[:1] == group]
    before = known.official.set_index("swot_code").reindex(codes)[["score", "rang_groep"]]
    frame = pd.DataFrame(float("nan"), index=pd.Index(codes, name="swot_code"), columns=[*_MEASURED, *_LIKELY])
    if counts:
        rows = known.rows[known.rows["swot_code"].str[:1] == group]
        factors = {group: known.asked[group]}
        rated = aggregate.rated(rows, factors=factors, without=choices.without, weights=choices.weights)
        found = aggregate.together(rated, rows["swot_code"].unique())
        frame = found.set_index("swot_code").reindex(codes)[[*_MEASURED]].astype(float)
        top = pd.Series(_other_raters(rated), dtype=float)
        frame = frame.assign(top=top, gewogen=_other_weights(found, known.asked[group]))
    frame = frame.rename(columns={"rang_groep": "plaats"}).assign(
        groep=group, vroeger=before["rang_groep"], score_vroeger=before["score"]
    )
    frame = frame.assign(verschoven=frame["vroeger"] - frame["plaats"])
    order = frame.reset_index().sort_values(["plaats", "vroeger"], kind="stable")
    return order[list(COLUMNS)].reset_index(drop=True)


def _other_raters(rated: pd.DataFrame) -> dict[str, float]:
    """Return how likely each item is among the first, had other raters of the same kind scored; of one rater none."""
    own = rated[rated["score"].notna()]
    if own["beoordelaar"].nunique() < 2:
        return {}
    codes = own["swot_code"].drop_duplicates().tolist()
    ranks = stability.rank_acceptability(own, codes)
    return {code: float(row[:TOP].sum()) for code, row in zip(codes, ranks, strict=True)}


def _other_weights(scored: pd.DataFrame, asked: Sequence[str]) -> pd.Series:
    """Return how likely each item is among the first, whatever the weights of the questions."""
    ranks = stability.weight_acceptability(scored, asked)
    return ranks.iloc[:, :TOP].sum(axis=1).astype(float)
