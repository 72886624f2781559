"""From actions to objective, krachtlijn and plan: a weighted average, what it hides, and one status.

**Progress.** The average of the actions, weighted with ``gewicht`` of the row that counts; where all weights of a group
are nought, all count alike. An action counts directly in each level, so an objective weighs what its actions weigh.
What was stopped or taken over keeps counting with the progress that it had: stopping what goes badly improves nothing.

**Unknown progress** (none given, or a row that is 'stil') counts in the whole. ``gemiddelde`` is that of the known
actions and says little without ``dekking``, their share of the weight. ``onder`` and ``boven`` are the average of all
with the unknown at 0 and at 100: whatever they turn out to be, the truth lies between.

**Status.** Red counts 0, orange 1, green and completed 2 (:data:`SCORES`), weighted; the average is rounded to the
nearest, and halfway to the worse. What was stopped, taken over or has yet to start is not scored. In the order in
which it is tried:

====================  =================  ===============================================================================
status                rule               when
====================  =================  ===============================================================================
that of the actions   alle_gelijk        all actions have one status
the worst of them     geen_beoordeeld    all are stopped, taken over or yet to start
``onbekend``          te_weinig_bekend   less than :data:`KNOWN_SHARE` of the weight to be scored is known
``onbekend``          niet_zeker_groen   the known are green, but would not be if the unknown were red
by the score          gewogen_score      all else
====================  =================  ===============================================================================

Silence never makes good news, and does not hide bad news either. An average hides its worst case, so each row also
names the worst action: the first status of :data:`WORST_FIRST`, then the one that is furthest behind.
"""

from __future__ import annotations

import math
from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.models.delivered.status import quarter_numbers

#: The owner's words for an action of which nothing is to come any more.
LEFT = ("stopgezet", "overgenomen")
WORST_FIRST = (
    "rood",
    "oranje",
    "onbekend",
    "stopgezet",
    "overgenomen",
    "nog_niet_gepland",
    "groen",
    "voltooid",
)
SCORES = {"rood": 0.0, "oranje": 1.0, "groen": 2.0, "voltooid": 2.0}
#: With a status of a smaller share of the weight than this, too little is known for one of the group.
KNOWN_SHARE = 0.5
#: The level of the whole plan; its code is "" too.
WHOLE = ""
LEVELS = (WHOLE, "krachtlijn_code", "doelstelling_code")

_PROGRESS = ("gemiddelde", "onder", "boven", "dekking")
_STATUS = ("status", "regel", "score", "status_dekking")
_WORST = ("slechtste", "slechtste_status", "slechtste_achterstand")
COLUMNS = ("niveau", "code", "acties", *_PROGRESS, *_STATUS, *_WORST)
GAINS = ("code", "van", "tot", "kwartalen", "winst", "aandeel")
_LEAST = ("slechtste", "slechtste_voortgang", "slechtste_aantal")
OVER_TIME = ("kwartaal", "niveau", "code", "acties", *_PROGRESS, *_LEAST)

#: An action by the names of its columns.
Child = dict[Hashable, Any]


def roll_up(statuses: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return one row per group of actions.

    Args:
        statuses: the result of :func:`analysis.models.delivered.status.action_status`, with the column ``by``.
        by: one of :data:`LEVELS`.

    Returns:
        ``niveau`` (``by``), ``code`` of the group, ``acties`` (number), ``gemiddelde``, ``onder``, ``boven`` (% of
        progress; the average is NaN when none is known), ``dekking`` (share of the weight, 0-1), ``status``,
        ``regel``, ``score`` (0-2; NaN when none can be scored), ``status_dekking`` (share of the weight to be scored
        that is known, 0-1; NaN when there is nothing to score), ``slechtste`` (the code of the worst action), its
        status, its ``achterstand`` (percentage points). Groups keep the order in which they come.

    >>> rows = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2", "1.1.3"], "doelstelling_code": "1.1",
    ...     "gewicht": [2, 1, 1], "voortgang_pct": [50, 20, None], "status": ["groen", "rood", "onbekend"], "regel": "",
    ...     "achterstand": [0.0, 40.0, None]})
    >>> roll_up(rows, "doelstelling_code")[["gemiddelde", "onder", "boven", "status", "slechtste"]].values.tolist()
    [[40.0, 30.0, 55.0, 'oranje', '1.1.2']]
    """
    rows = [{"niveau": by, "code": code, **_group(children)} for code, children in _groups(statuses, by).items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def all_levels(statuses: pd.DataFrame) -> pd.DataFrame:
    """Return the plan, its krachtlijnen and its objectives, each as in :func:`roll_up`."""
    rows = [row for by in LEVELS for row in roll_up(statuses, by).to_dict("records")]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def over_time(known: pd.DataFrame, actions: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the progress of each group per quarter, with the weights of that quarter.

    Args:
        known: :func:`analysis.models.delivered.latest.history` of ``voortgang``, by ``actie_code``.
        actions: all actions of the plan, ``actie_code`` and the column ``by``. One that a quarter does not name is
            unknown in it, with the weight that was last given for it.
        by: one of :data:`LEVELS`.

    Returns:
        ``kwartaal``, ``niveau``, ``code``, ``acties``, ``gemiddelde``, ``onder``, ``boven`` (%), ``dekking`` (0-1),
        ``slechtste`` (the action with the least known progress, of several the lowest code, "" without any),
        ``slechtste_voortgang`` (%) and ``slechtste_aantal`` (how many have as little). What the quarter's own row calls
        stopped or taken over is not the least advanced: nobody works on it.

    >>> known = pd.DataFrame({"kwartaal": ["2026Q1", "2026Q2"], "actie_code": "1.1.1", "voortgang_pct": [10.0, 30.0],
    ...     "gewicht": [1.0, 3.0], "eigen_status": "groen"})
    >>> plan = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"]})
    >>> over_time(known, plan, WHOLE)[["kwartaal", "gemiddelde", "dekking"]].values.tolist()
    [['2026Q1', 10.0, 0.5], ['2026Q2', 30.0, 0.75]]
    """
    rows = _every_quarter(known, actions)
    found = []
    for quarter in dict.fromkeys(rows["kwartaal"]):
        for code, children in _groups(rows[rows["kwartaal"] == quarter], by).items():
            found.append({"kwartaal": quarter, "niveau": by, "code": code, **_least(children), **_average(children)})
    return pd.DataFrame(found, columns=list(OVER_TIME))


def gains(known: pd.DataFrame, actions: pd.DataFrame, by: str, quarters: int = 4) -> pd.DataFrame:
    """Return how much each group advanced, like compared with like: over the actions known both then and now.

    The averages of two quarters are of two sets of actions: their difference also tells who fell silent.

    Args:
        known: as for :func:`over_time`.
        actions: as for :func:`over_time`.
        by: one of :data:`LEVELS`.
        quarters: how far back to look; the quarter is the oldest delivered one within it, else the one before.

    Returns:
        One row per group, none when fewer than two quarters were delivered: ``code``, ``van`` and ``tot`` (quarters),
        ``kwartalen`` between them, ``winst`` (percentage points, weighted as in ``tot``; NaN when nothing is known in
        both) and ``aandeel``, the share of the weight that is known in both (0-1).

    >>> known = pd.DataFrame({"kwartaal": ["2026Q1", "2026Q1", "2026Q2"], "actie_code": ["1", "2", "1"],
    ...     "voortgang_pct": [10.0, 90.0, 30.0], "gewicht": 1.0, "eigen_status": "groen"})
    >>> gains(known, pd.DataFrame({"actie_code": ["1", "2"]}), WHOLE)[["winst", "aandeel"]].values.tolist()
    [[20.0, 0.5]]
    """
    rows = _every_quarter(known, actions)
    names = list(dict.fromkeys(rows["kwartaal"]))
    if len(names) < 2:
        return pd.DataFrame(columns=list(GAINS))
    apart = (quarter_numbers(pd.Series([names[-1]])).iloc[0] - quarter_numbers(pd.Series(names[:-1]))).astype(int)
    place = next((place for place, back in enumerate(apart) if back <= quarters), len(apart) - 1)
    then = rows.loc[rows["kwartaal"] == names[place], ["actie_code", "voortgang_pct"]]
    both = rows[rows["kwartaal"] == names[-1]].merge(then, on="actie_code", suffixes=("", "_toen"))
    span = {"van": names[place], "tot": names[-1], "kwartalen": int(apart.iloc[place])}
    moved = both.assign(voortgang_pct=both["voortgang_pct"] - both["voortgang_pct_toen"])
    found = [
        {"code": code, **span, "winst": average["gemiddelde"], "aandeel": average["dekking"]}
        for code, children in _groups(moved, by).items()
        for average in [_average(children)]
    ]
    return pd.DataFrame(found, columns=list(GAINS))


def scaled(weights: list[float]) -> list[float]:
    """Return the weights, the largest between a half and one. An unknown weight is 1; all nought count alike.

    They are halved or doubled as often as it takes, which loses nothing, however tiny or huge they are.

    >>> scaled([3.0, float("nan"), 6.0]), scaled([0.0, 0.0])
    ([0.375, 0.125, 0.75], [1.0, 1.0])
    """
    known = [1.0 if math.isnan(weight) else float(weight) for weight in weights]
    largest = max(known, default=0.0)
    _, doublings = math.frexp(largest)
    return [math.ldexp(weight, -doublings) for weight in known] if largest > 0 else [1.0] * len(known)


def _groups(rows: pd.DataFrame, by: str) -> dict[str, list[Child]]:
    """Return the actions per group, in the order in which the groups come."""
    groups: dict[str, list[Child]] = {}
    for child in rows.to_dict("records"):
        groups.setdefault(WHOLE if by == WHOLE else str(child[by]), []).append(child)
    return groups


def _group(children: list[Child]) -> dict[str, object]:
    worst = min(children, key=_badness)
    return {
        "acties": len(children),
        **_average(children),
        **_status(children),
        "slechtste": worst["actie_code"],
        "slechtste_status": worst["status"],
        "slechtste_achterstand": worst["achterstand"],
    }


def _badness(child: Child) -> tuple[int, float, str]:
    """Sort the worst action first; of equals the one with the lowest code, so that their order does not matter."""
    behind = float("nan") if child["achterstand"] is None else float(child["achterstand"])
    return WORST_FIRST.index(child["status"]), math.inf if math.isnan(behind) else -behind, str(child["actie_code"])


def _average(children: list[Child]) -> dict[str, float]:
    """Return the average of the known, and between which bounds that of all lies."""
    weights = scaled([child["gewicht"] for child in children])
    parts = zip(weights, map(_progress, children), strict=True)
    known = [(weight, value) for weight, value in parts if not math.isnan(value)]
    points, weighed, whole = (math.fsum(w * v for w, v in known), math.fsum(w for w, _ in known), math.fsum(weights))
    values = [value for _, value in known]
    # where only actions without weight are known, they count alike
    mean = points / weighed if weighed > 0 else math.fsum(values) / len(values) if known else math.nan
    within = min(max(mean, min(values)), max(values)) if known else math.nan  # no rounding beyond the worst or best
    low, high = points / whole, (points + 100.0 * (whole - weighed)) / whole
    return {"gemiddelde": within, "onder": low, "boven": high, "dekking": weighed / whole}


def _progress(child: Child) -> float:
    stale = child.get("regel") == "stil"
    return math.nan if stale or child["voortgang_pct"] is None else float(child["voortgang_pct"])


def _status(children: list[Child]) -> dict[str, object]:
    asked = [child for child in children if child["status"] in SCORES or child["status"] == "onbekend"]
    weights = scaled([child["gewicht"] for child in asked])
    known = [
        (weight, SCORES[child["status"]])
        for weight, child in zip(weights, asked, strict=True)
        if child["status"] in SCORES
    ]
    points, weighed, whole = (math.fsum(w * v for w, v in known), math.fsum(w for w, _ in known), math.fsum(weights))
    covered = weighed / whole if asked else math.nan
    score = points / weighed if weighed > 0 else math.nan
    low = points / whole if asked else math.nan
    status, rule = _verdict({str(child["status"]) for child in children}, covered, score, low)
    return {"status": status, "regel": rule, "score": score, "status_dekking": covered}


def _verdict(statuses: set[str], covered: float, score: float, low: float) -> tuple[str, str]:
    """Return the status of a group and the rule that gave it; ``low`` is the score with the unknown as red."""
    if len(statuses) == 1:
        return min(statuses), "alle_gelijk"
    if math.isnan(covered):
        return min(statuses, key=WORST_FIRST.index), "geen_beoordeeld"
    if math.isnan(score) or round(covered, 9) < KNOWN_SHARE:
        return "onbekend", "te_weinig_bekend"
    if _nearest(score) == "groen" and _nearest(low) != "groen":
        return "onbekend", "niet_zeker_groen"
    return _nearest(score), "gewogen_score"


def _nearest(score: float) -> str:
    """Return the status of a score; halfway between two it is the worse one."""
    rounded = round(score, 9)
    return "rood" if rounded <= 0.5 else "oranje" if rounded <= 1.5 else "groen"


def _every_quarter(known: pd.DataFrame, actions: pd.DataFrame) -> pd.DataFrame:
    """Return all actions in each quarter that was delivered, in the order of the plan."""
    own = known.assign(gewicht=known["gewicht"].astype(float).fillna(1.0))
    shown = ["kwartaal", "actie_code", "voortgang_pct", "gewicht", "eigen_status"]
    own = own.loc[own["actie_code"].isin(actions["actie_code"]), shown]
    quarters = pd.DataFrame({"kwartaal": sorted(known["kwartaal"].unique())}, dtype="str")
    rows = quarters.merge(actions.assign(actie_code=actions["actie_code"].astype(str)), how="cross")
    rows = rows.merge(own, on=["kwartaal", "actie_code"], how="left")
    weights = rows.groupby("actie_code")["gewicht"].ffill().fillna(1.0)
    return rows.assign(gewicht=weights.astype(float), voortgang_pct=rows["voortgang_pct"].astype(float))


def _least(children: list[Child]) -> dict[str, object]:
    running = [child for child in children if child["eigen_status"] not in LEFT]
    known = [(child["voortgang_pct"], str(child["actie_code"])) for child in running]
    least = min((one for one in known if not math.isnan(one[0])), default=(math.nan, ""))
    alike = sum(one[0] == least[0] for one in known)
    return {"acties": len(children), "slechtste": least[1], "slechtste_voortgang": least[0], "slechtste_aantal": alike}
