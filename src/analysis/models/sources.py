"""Which of several sources is shown for one figure, and where sources contradict each other.

Every row is kept. The rank of a row is that of the kind of its source (table ``bron_soorten``, 1 is
best), with one exception: press that reports a figure of the Court of Audit or of the National
Accounts Institute (by the row's note or place, or by the publisher's name in ``bronnen``) stands at
:data:`PRESS_CITING_COURT`, right before other press. Two rows with the
same key and the same value confirm each other; only different values are a conflict.
"""

from __future__ import annotations

import pandas as pd

#: Rank of press that cites the Court of Audit (Rekenhof) or the National Accounts Institute (INR):
#: after a document at the source (3), before other press (4).
PRESS_CITING_COURT = 3.5
PRESS = "pers"

#: Ranks of sources that are editions of an official series: the publisher's own, and copies of it.
OF_THE_SERIES = 2.0
_REVISES = r"\bherziet (-?\d+(?:\.\d+)?)"

_CITED = r"Rekenhof|Cour des comptes|Court of Audit|la Cour\b|\bINR\b|\bICN\b"
#: Words that name the Court to say that the figure is not the Court's, or that a party says it is.
_NOT_CITED = (
    r"dan (?:het )?Rekenhof|Rekenhof sceptisch|conflict met [^;]*"
    r"|MR citeert Rekenhof|Rekenhof via MR"
)


def ranked(facts: pd.DataFrame, sources: pd.DataFrame, kinds: pd.DataFrame) -> pd.DataFrame:
    """Add ``rang``, the rank of each row's source (float, 1.0 is best).

    Args:
        facts: rows with ``bron_id``, and maybe ``opmerking`` and ``vindplaats``, in which a
            citation is looked for.
        sources: table ``bronnen`` (``bron_id``, ``soort``, maybe ``uitgever``).
        kinds: table ``bron_soorten`` (``soort``, ``rang``).

    Raises:
        ValueError: a source of the facts is not in ``sources``, or its kind is not in ``kinds``.

    >>> facts = pd.DataFrame({"bron_id": ["krant"] * 2, "opmerking": ["Rekenhof 30e boek", ""]})
    >>> sources = pd.DataFrame({"bron_id": ["krant"], "soort": ["pers"]})
    >>> ranked(facts, sources, pd.DataFrame({"soort": ["pers"], "rang": [4]}))["rang"].tolist()
    [3.5, 4.0]
    """
    kind = facts["bron_id"].map(sources.set_index("bron_id")["soort"])
    rank = kind.map(kinds.set_index("soort")["rang"]).astype(float)
    if rank.isna().any():
        unknown = sorted(set(facts.loc[rank.isna(), "bron_id"].astype(str)))
        raise ValueError(f"sources without a rank: {', '.join(unknown)}")
    cited = cites_court(facts) | facts["bron_id"].isin(_court_publishers(sources))
    return facts.assign(rang=rank.where(~((kind == PRESS) & cited), PRESS_CITING_COURT))


def _court_publishers(sources: pd.DataFrame) -> pd.Series:
    """Return the sources whose publisher is noted as passing on the Court: 'Trends (bron Rekenhof)'.

    A source with several publishers (``A | B (bron Rekenhof)``) serves several figures, and not
    every one of those is the Court's.
    """
    if "uitgever" not in sources:
        return sources["bron_id"].iloc[0:0]
    publisher = sources["uitgever"].fillna("").astype(str)
    alone = ~publisher.str.contains("|", regex=False)
    return sources.loc[alone & publisher.str.contains(r"bron (?:Rekenhof|INR)", regex=True), "bron_id"]


def cites_court(facts: pd.DataFrame) -> pd.Series:
    """Say of each row whether its note or its place cites the Court of Audit or the INR."""
    cited = pd.Series(False, index=facts.index)
    for name in ("opmerking", "vindplaats"):
        if name in facts:
            text = facts[name].fillna("").astype(str).str.replace(_NOT_CITED, "", case=False, regex=True)
            cited |= text.str.contains(_CITED, regex=True)
    return cited


def current(facts: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the facts without those that another one says it revises: an earlier edition is no other opinion.

    A refreshed figure names in its note what it replaces (``herziet 12.3``). That value goes where it comes from an
    edition of the series itself (official, or a copy of that); what others said of it stays.

    Args:
        facts: rows with ``waarde`` (a number), ``opmerking``, ``rang`` and the columns of ``key``.
        key: the columns that together say what the figure is about.

    >>> facts = pd.DataFrame({"periode": ["2024"] * 3, "waarde": [12.3, 12.5, 12.9], "rang": [1.0, 1.0, 4.0],
    ...     "opmerking": ["", "herziet 12.300000", ""]})
    >>> current(facts, ["periode"])["waarde"].tolist()
    [12.5, 12.9]
    """
    revised = facts["opmerking"].fillna("").astype(str).str.extract(_REVISES, expand=False)
    if revised.isna().all():
        return facts
    told = facts[revised.notna()].assign(_old=revised.dropna().astype(float))
    gone = set(zip(*(told[name] for name in (*key, "_old")), strict=True))
    own = pd.Series([*zip(*(facts[name] for name in (*key, "waarde")), strict=True)], index=facts.index, dtype=object)
    return facts[~(own.isin(gone) & (facts["rang"] <= OF_THE_SERIES))]


def best(facts: pd.DataFrame, key: list[str], value: str = "waarde") -> pd.DataFrame:
    """Return the row shown for each key: best rank, then exact publication date, then the youngest.

    Args:
        facts: rows with ``rang``, the columns of ``key`` and ``value``, and where there are any:
            ``bekend_regel``, ``gepubliceerd_afgeleid`` (``ja`` when the source's date is itself
            derived), ``gepubliceerd_tot``.
        key: the columns that together say what the figure is about; the unit belongs in it.
        value: the column whose values are compared.

    Returns:
        One row per key, in the order in which the keys first stand in ``facts``, with
        ``conflicten``: how many other rows of the same key hold a different value.

    >>> facts = pd.DataFrame(
    ...     {"periode": ["2024"] * 3, "waarde": [-1.6, -1.5, -1.5], "rang": [5, 3.5, 4]}
    ... )
    >>> best(facts, ["periode"])[["waarde", "conflicten"]].iloc[0].tolist()
    [-1.5, 1.0]
    """
    ordered = _ordered(facts, key)
    shown = ordered.groupby(key, dropna=False, sort=False)[value].transform("first")
    other = (ordered[value] != shown) & ~(ordered[value].isna() & shown.isna())
    names = [ordered[name] for name in key]
    count = other.groupby(names, dropna=False, sort=False).transform("sum").astype(int)
    first = ordered.assign(conflicten=count).drop_duplicates(key)
    return first.sort_values("_row", kind="stable").drop(columns="_row")


def conflicts(facts: pd.DataFrame, key: list[str], value: str = "waarde") -> pd.DataFrame:
    """Return all rows of the keys with more than one value, the shown row first and marked.

    Args:
        facts: as for :func:`best`.
        key: as for :func:`best`.
        value: as for :func:`best`.

    Returns:
        The rows with ``getoond`` (bool: the row that :func:`best` shows); empty when no sources
        contradict each other.
    """
    ordered = _ordered(facts, key)
    disputed = ordered.groupby(key, dropna=False, sort=False)[value].transform("nunique") > 1
    marked = ordered.assign(getoond=~ordered.duplicated(key))[disputed]
    return marked.sort_values("_row", kind="stable").drop(columns="_row")


def _ordered(facts: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Sort the rows of each key from shown to last; ``_row`` is the key's place in ``facts``."""
    exact = pd.Series(True, index=facts.index)
    if "bekend_regel" in facts:
        exact &= facts["bekend_regel"] == "gepubliceerd"
    if "gepubliceerd_afgeleid" in facts:
        exact &= facts["gepubliceerd_afgeleid"] != "ja"
    published = facts.get("gepubliceerd_tot", pd.Series(pd.NaT, index=facts.index))
    place = facts.groupby(key, dropna=False, sort=False).ngroup()
    rows = facts.assign(_row=place, _derived=~exact, _published=published)
    by = ["_row", "rang", "_derived", "_published"]
    ordered = rows.sort_values(by, ascending=[True, True, True, False], kind="stable", na_position="last")
    return ordered.drop(columns=["_derived", "_published"])
