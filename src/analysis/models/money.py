"""The Region's money: debt, three concepts of the balance, rating, strategic investments.

What was realised, what was budgeted (``begroot_initieel``, ``begroot_aangepast``) and what was
estimated (``raming``) stay apart everywhere; so do the figures that the plan itself names.
A negative balance is a deficit. Amounts are in millions of euro.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import pandas as pd

from analysis.models.sources import best

DIRECT, CONSOLIDATED = "directe_schuld", "geconsolideerde_brutoschuld"
DIRECT_RISE = "directe_schuld_jaarstijging"
BALANCES = ("vorderingensaldo", "begrotingssaldo", "netto_te_financieren_saldo")
INVESTMENTS, RATING = "strategische_investeringen", "sp_rating"
MILLIONS = "EUR_mln"

REALISED, INITIAL, ADJUSTED, ESTIMATE = (
    "gerealiseerd",
    "begroot_initieel",
    "begroot_aangepast",
    "raming",
)
KINDS = (REALISED, INITIAL, ADJUSTED, ESTIMATE)

#: What one figure is about. A figure of a year stands for the end of that year.
KEY = ["reeks", "entiteit", "periode_tot", "soort", "eenheid"]

#: S&P's scale for the long term, best first, as far down as investment grade goes.
SCALE = ("AAA", "AA+", "AA", "AA-", "A+", "A", "A-", "BBB+", "BBB", "BBB-")

#: A grade named in a note; a lone letter A or B may be a word, so it does not count.
_GRADE = re.compile(r"(?<![A-Za-z+])(AAA|AA\+|AA-|AA|A\+|A-|BBB\+|BBB-|BBB)(?![A-Za-z+-])")


def amounts(budget: pd.DataFrame, names: tuple[str, ...], plan_source: str = "") -> pd.DataFrame:
    """Return the rows in millions of euro of these series, in time.

    Args:
        budget: table ``budget``.
        names: series.
        plan_source: ``bron_id`` of the plan.

    Returns:
        The rows with ``waarde`` as a number, ``jaar``, and ``plan`` (bool: the plan's own figure).
    """
    rows = budget[budget["reeks"].isin(names) & (budget["eenheid"] == MILLIONS)]
    rows = rows[rows["periode_tot"].notna()]
    rows = rows.assign(
        waarde=rows["waarde_getal"],
        jaar=rows["periode_tot"].dt.year,
        plan=(rows["bron_id"] == plan_source) & (plan_source != ""),
    )
    return rows.sort_values("periode_tot", kind="stable")


@dataclass(frozen=True)
class PlanCheck:
    """The plan's path beside what came.

    Attributes:
        start: the plan's own realised figure (its starting point), or None.
        target: the plan's expectation, or None.
        realised: the last figure realised outside the plan, or None; that of the target's year once
            there is one.
        reached: whether ``realised`` is of the target's year, so that the two may be compared.
        later: the estimates made after the plan for the latest year up to the target's, beyond what
            is realised.
    """

    start: pd.Series | None
    target: pd.Series | None
    realised: pd.Series | None
    reached: bool
    later: pd.DataFrame

    @property
    def deviation(self) -> float | None:
        """What came minus what the plan expected, in millions; None as long as it cannot be said."""
        if not self.reached or self.target is None or self.realised is None:
            return None
        return float(self.realised["waarde"] - self.target["waarde"])


def plan_check(facts: pd.DataFrame) -> PlanCheck:
    """Set the plan's expectation beside the realised figures and the estimates that followed.

    Args:
        facts: ranked rows of one series, from :func:`amounts`.
    """
    plan, others = facts[facts["plan"]], facts[~facts["plan"]]
    target = _last(plan[plan["soort"] == ESTIMATE])
    realised = best(others[others["soort"] == REALISED], KEY).sort_values("periode_tot")
    in_target = realised.iloc[0:0]
    if target is not None:
        in_target = realised[realised["periode_tot"] == target["periode_tot"]]
    reached = len(in_target) > 0
    shown = _last(in_target if reached else realised)
    start = _last(plan[plan["soort"] == REALISED])
    return PlanCheck(start, target, shown, reached, _later(others, target, shown))


def _last(rows: pd.DataFrame) -> pd.Series | None:
    return rows.iloc[-1] if len(rows) else None


def _later(others: pd.DataFrame, target: pd.Series | None, shown: pd.Series | None) -> pd.DataFrame:
    estimates = others[others["soort"] == ESTIMATE]
    if target is None:
        return estimates.iloc[0:0]
    young = estimates["bekend_op"] > target["bekend_op"]
    ahead = estimates["periode_tot"] <= target["periode_tot"]
    if shown is not None:
        ahead &= estimates["periode_tot"] > shown["periode_tot"]
    estimates = estimates[young & ahead]
    latest: pd.DataFrame = estimates[estimates["periode_tot"] == estimates["periode_tot"].max()]
    return latest


def position(days: pd.Series) -> pd.Series:
    """Place days on an axis where a whole number is the end of that year.

    >>> position(pd.Series(pd.to_datetime(["2022-12-31", "2021-07-02"]))).tolist()
    [2022.0, 2020.5]
    """
    length = days.dt.is_leap_year.map({True: 366, False: 365}).astype(float)
    place: pd.Series = (days.dt.year - 1 + days.dt.day_of_year / length).round(2)
    return place


def unbroken(rows: pd.DataFrame) -> pd.Series:
    """Number the stretches of consecutive years (``jaar``), so that no line crosses a missing year.

    >>> unbroken(pd.DataFrame({"jaar": [2018, 2020, 2021]})).tolist()
    [0, 1, 1]
    """
    return (rows["jaar"].diff().fillna(1) > 1).cumsum()


def implied_levels(debt: pd.DataFrame, rises: pd.DataFrame) -> pd.DataFrame:
    """Return what a published rise says about the year before, beside the figure of that year.

    Args:
        debt: realised figures, one per year end, ``jaar`` and ``waarde``.
        rises: the rise during a year, ``jaar``, ``waarde`` and ``bron_id``.

    Returns:
        ``jaar``, ``stijging``, ``afgeleid`` (level minus rise), ``vermeld`` (the year's own figure);
        only where both levels are known and they differ.
    """
    level = debt.set_index("jaar")["waarde"]
    rows = rises.assign(
        stijging=rises["waarde"],
        afgeleid=rises["jaar"].map(level) - rises["waarde"],
        vermeld=(rises["jaar"] - 1).map(level),
    )
    rows = rows.dropna(subset=["afgeleid", "vermeld"])
    return rows[rows["afgeleid"].round() != rows["vermeld"].round()]


def other_perimeter(facts: pd.DataFrame) -> pd.Series:
    """Say of each row whether its own note calls it another perimeter."""
    return facts["opmerking"].fillna("").str.contains("andere perimeter", case=False)


def per_year(facts: pd.DataFrame) -> pd.DataFrame:
    """Return one row per series and year with a column per kind.

    Of what was realised or budgeted the best source is shown. Estimates of one year were made on
    different days: none is chosen, their lowest and highest are given.

    Args:
        facts: ranked rows from :func:`amounts`.

    Returns:
        ``reeks``, ``jaar``, the four kinds (NaN where no source gives one; of ``raming`` the lowest),
        ``raming_hoog``, and per realised or budgeted kind ``<kind>_conflicten``: how many rows of
        other sources hold a different value.
    """
    index, chosen = ["reeks", "jaar"], list(KINDS[:-1])
    shown = best(facts[facts["soort"] != ESTIMATE], KEY).set_index([*index, "soort"])
    shown = shown[~shown.index.duplicated(keep="last")]
    values = shown["waarde"].unstack("soort").reindex(columns=chosen)
    counts = shown["conflicten"].unstack("soort").reindex(columns=chosen).fillna(0).astype(int)
    span = facts[facts["soort"] == ESTIMATE].groupby(index)["waarde"].agg(["min", "max"])
    span = span.rename(columns={"min": ESTIMATE, "max": f"{ESTIMATE}_hoog"})
    wide = values.join(counts.add_suffix("_conflicten")).join(span, how="outer").sort_index()
    wide = wide.fillna({f"{kind}_conflicten": 0 for kind in chosen})
    return wide.reset_index()


def ratings(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments in time, one per day, with their place on the scale.

    Args:
        budget: ranked rows of table ``budget``.

    Returns:
        The shown rows with ``trede`` (0 is best, NaN for a grade that is not on the scale),
        ``conflicten``, and ``ook``: the grades (tuple) that other sources or the row's own note give.
    """
    rows = budget[(budget["reeks"] == RATING) & budget["periode_tot"].notna()]
    shown = best(rows, KEY).sort_values("periode_tot", kind="stable")
    steps = {grade: step for step, grade in enumerate(SCALE)}
    others = [
        _other_grades(rows[rows["periode_tot"] == row["periode_tot"]], row["waarde"]) for _, row in shown.iterrows()
    ]
    return shown.assign(trede=shown["waarde"].map(steps), ook=pd.Series(others, index=shown.index, dtype=object))


def _other_grades(same_day: pd.DataFrame, shown: str) -> tuple[str, ...]:
    """Return the grades beside the shown one, out of the values and out of the notes to them."""
    named = {grade for note in same_day["opmerking"].fillna("") for grade in _GRADE.findall(note)}
    return tuple(grade for grade in SCALE if grade in (named | set(same_day["waarde"])) - {shown})


def runs(grades: pd.DataFrame) -> list[pd.DataFrame]:
    """Cut the assessments into stretches of one grade, in time; where sources differ a stretch of its own begins.

    Args:
        grades: from :func:`ratings`.

    >>> grades = pd.DataFrame({"waarde": ["AA", "AA", "AA", "A"], "ook": [(), (), ("AA-",), ()]})
    >>> [len(run) for run in runs(grades)]
    [2, 1, 1]
    """
    kind = grades["waarde"] + grades["ook"].map("/".join)
    return [run for _, run in grades.groupby((kind != kind.shift()).cumsum())]


def investments(facts: pd.DataFrame) -> pd.DataFrame:
    """Return per year what the plan expected and what was budgeted, estimated or realised.

    Args:
        facts: ranked rows of the investments, from :func:`amounts`.

    Returns:
        ``jaar``, ``plan``, the four kinds outside the plan, and ``afwijking``: initial budget minus
        plan (NaN where one of them is unknown).
    """
    wide = per_year(facts[~facts["plan"]]).set_index("jaar")[list(KINDS)]
    plan = facts[facts["plan"]].groupby("jaar")["waarde"].last()
    years = sorted({*wide.index, *plan.index})
    both = wide.reindex(years).assign(plan=plan.reindex(years))
    both["afwijking"] = both[INITIAL] - both["plan"]
    return both.reset_index(names="jaar")
