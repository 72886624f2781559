"""How wrong was each estimate of debt and balance: what was said in advance beside what was realised.

An estimate or a budget is a vintage: a value for a year, with the day on which it became known. It is checked against
the realised figure of the same series, entity, unit, year and notion only; a definition that a source does not state
equals that of the same source alone. Where the only realised figure counts otherwise no error is given, and without
any realised figure a vintage stays open. The day on which a vintage was made is not in the data: the day on which it
became known stands for it, so that of what became known after its year nobody can say how far ahead it looked.
Amounts are in millions of euro.
"""

from __future__ import annotations

import pandas as pd

from analysis.asof import DERIVED_RULES
from analysis.models import money, notions
from analysis.models.money import BALANCES, CONSOLIDATED, DIRECT, KINDS, REALISED
from analysis.models.sources import best

SERIES = (DIRECT, CONSOLIDATED, *BALANCES)
CHECKED, OTHERWISE, OPEN = "getoetst", "telt_anders", "open"
FAVOURABLE, UNFAVOURABLE, RIGHT = "te_gunstig", "te_ongunstig", "juist"
#: Notions that the notes to other series than the balances name.
OTHER_PERIMETER, OTHER_NOTION = "andere_perimeter", "ander_begrip"
_NOTES = {
    OTHER_PERIMETER: r"andere perimeter",
    OTHER_NOTION: r"ander begrip",
    notions.UNSTATED: r"zonder definitie",
}
#: Series that hold whatever a source calls so: the register of indicators says that the notion is often missing.
UNDEFINED = ("begrotingssaldo",)
#: Fewer checked vintages than this have no mean error.
ENOUGH = 3

_DAYS = 365.25
_YEAR = ["reeks", "entiteit", "eenheid", "jaar"]
#: What must be alike for errors to be put in one mean.
_ALIKE = ["reeks", "entiteit", "begrip", "soort", "horizon"]


def with_definition(facts: pd.DataFrame) -> pd.DataFrame:
    """Add ``begrip``: the notion or perimeter of its own that a row's note names, empty when it names none.

    What sources call the balance of the budget has no definition of its own: without a note its notion is unstated.

    Args:
        facts: rows from :func:`analysis.models.money.amounts`.

    >>> rows = pd.DataFrame({"reeks": ["ontvangsten", "vorderingensaldo"],
    ...     "opmerking": ["CONFLICT: ander begrip", "na neutralisering"]})
    >>> with_definition(rows)["begrip"].tolist()
    ['ander_begrip', 'na_neutralisering']
    """
    rows = notions.with_notion(facts)
    notes = rows["opmerking"].fillna("")
    for name, pattern in _NOTES.items():
        fits = (rows["begrip"] == "") & notes.str.contains(pattern, case=False)
        rows["begrip"] = rows["begrip"].mask(fits, name)
    loose = (rows["begrip"] == "") & rows["reeks"].isin(UNDEFINED)
    return rows.assign(begrip=rows["begrip"].mask(loose, notions.UNSTATED))


def whole_years(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether it is about a year, or about the position at its last day.

    >>> rows = pd.DataFrame({"periode_soort": ["jaar", "dag", "dag", "halfjaar"],
    ...     "periode_tot": pd.to_datetime(["2022-12-31", "2022-12-31", "2021-02-28", "2022-12-31"])})
    >>> whole_years(rows).tolist()
    [True, True, False, False]
    """
    ends = (rows["periode_tot"].dt.month == 12) & (rows["periode_tot"].dt.day == 31)
    about: pd.Series = ends & rows["periode_soort"].isin(("jaar", "dag"))
    return about


def day_derived(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether the day on which it became known is a derivation, of ours or of whoever collected it."""
    return rows["bekend_regel"].isin(DERIVED_RULES) | (rows["gepubliceerd_afgeleid"] == "ja")


def vintages(facts: pd.DataFrame) -> pd.DataFrame:
    """Set each estimate and budget for a year beside what was realised in it.

    Args:
        facts: ranked rows of debts and balances from :func:`analysis.models.money.amounts`.

    Returns:
        One row per vintage, by series, year and day: its own columns (``waarde`` in millions) with ``begrip``;
        ``afgeleid`` (bool: the day is derived); ``vooruit``, the years from the day known to the end of the year, NaN
        where it became known only after that; ``horizon``, the same in whole years; ``gerealiseerd`` in millions, with
        its ``gerealiseerd_begrip`` and ``gerealiseerd_bron``; ``staat`` (:data:`CHECKED`, :data:`OTHERWISE`,
        :data:`OPEN`); and only where checked ``fout`` (vintage minus realised, millions), ``fout_pct`` (in % of the
        size of what was realised; NaN for nought) and ``oordeel`` (:data:`FAVOURABLE` where the debt was put too low
        or the balance too high).
    """
    rows = with_definition(facts[whole_years(facts)])
    rows = rows[rows["reeks"].isin(SERIES)]
    realised = rows[rows["soort"] == REALISED]
    made = _placed(rows[rows["soort"].isin(set(KINDS) - {REALISED})])
    made = _judged(_beside(made, realised))
    order = made["reeks"].map({name: place for place, name in enumerate(SERIES)})
    made = made.assign(_order=order).sort_values(["_order", "entiteit", "jaar", "bekend_op"], kind="stable")
    return made.drop(columns="_order")


def _placed(made: pd.DataFrame) -> pd.DataFrame:
    """Say how far ahead each vintage looked, as far as its day tells."""
    ahead = (made["periode_tot"] - made["bekend_op"]).dt.days / _DAYS
    ahead = ahead.where(ahead >= 0)
    return made.assign(afgeleid=day_derived(made), vooruit=ahead, horizon=ahead // 1)


def _beside(made: pd.DataFrame, realised: pd.DataFrame) -> pd.DataFrame:
    """Give each vintage the realised figure of its notion, else the best one that counts otherwise."""
    found = [_outcome(row, realised) for _, row in made.iterrows()]
    names = ["gerealiseerd", "gerealiseerd_begrip", "gerealiseerd_bron", "staat"]
    outcome = pd.DataFrame(found, columns=names, index=made.index)
    return made.join(outcome.astype({"gerealiseerd": float}))


def _outcome(row: pd.Series, realised: pd.DataFrame) -> tuple[float, str, str, str]:
    same_year = realised[(realised[_YEAR] == row[_YEAR]).all(axis=1)]
    if not len(same_year):
        return float("nan"), "", "", OPEN
    alike = same_year[same_year["begrip"] == row["begrip"]]
    if row["begrip"] == notions.UNSTATED:
        alike = alike[alike["bron_id"] == row["bron_id"]]
    shown = best(alike if len(alike) else same_year, _YEAR).iloc[0]
    return shown["waarde"], shown["begrip"], shown["bron_id"], CHECKED if len(alike) else OTHERWISE


def _judged(made: pd.DataFrame) -> pd.DataFrame:
    error = (made["waarde"] - made["gerealiseerd"]).where(made["staat"] == CHECKED)
    size = made["gerealiseerd"].abs()
    # a debt that is put too low is as rosy as a balance that is put too high
    rosy = error.where(made["reeks"].isin(BALANCES), -error)
    verdict = pd.Series("", index=made.index, dtype=object)
    for name, fits in ((FAVOURABLE, rosy > 0), (UNFAVOURABLE, rosy < 0), (RIGHT, rosy == 0)):
        verdict = verdict.mask(fits, name)
    return made.assign(fout=error, fout_pct=100 * error / size.where(size > 0), oordeel=verdict)


def means(made: pd.DataFrame) -> pd.DataFrame:
    """Return the mean error per horizon, of what is alike, where at least :data:`ENOUGH` vintages were checked.

    Args:
        made: from :func:`vintages`.

    Returns:
        ``reeks``, ``entiteit``, ``begrip``, ``soort``, ``horizon`` (whole years ahead), ``aantal``, and in millions
        ``fout`` (mean: its sign is the lean) and ``fout_abs`` (mean size).
    """
    checked = made[(made["staat"] == CHECKED) & made["horizon"].notna()]
    groups = checked.assign(fout_abs=checked["fout"].abs()).groupby(_ALIKE, as_index=False)
    found = groups.agg(aantal=("fout", "size"), fout=("fout", "mean"), fout_abs=("fout_abs", "mean"))
    return found[found["aantal"] >= ENOUGH].reset_index(drop=True)


def revised(made: pd.DataFrame) -> pd.DataFrame:
    """Return the vintages of the years for which the same figure was estimated on several days, in time.

    Args:
        made: from :func:`vintages`; only what is alike (series, entity, kind, notion) is set beside each other, the
            plan's own estimate with the others.
    """
    alike = ["reeks", "entiteit", "begrip", "soort", "jaar"]
    several = made.groupby(alike)["bekend_op"].transform("nunique") > 1
    return made[several & (made["soort"] == money.ESTIMATE)]
