"""The staff of an institution: who counted whom, on which day, in which perimeter.

Sources count the same people in different ways. Each way is a *count* (column ``telling``), and two
counts never make one line:

===============  ===============================================================================
``vroeger``      the plan's actual staff of a year in which departments that left still counted
``herberekend``  the plan's recalculation of such a year in today's perimeter
``werkelijk``    the plan's actual staff in today's perimeter
``jaarverslag``  the institution's own annual reports, whose day of counting is not stated
``ander``        everything else: questions in parliament, press
===============  ===============================================================================
"""

from __future__ import annotations

import pandas as pd

FORMER, RECALCULATED, ACTUAL = "vroeger", "herberekend", "werkelijk"
ANNUAL, OTHER = "jaarverslag", "ander"
#: The counts that make a series, in the order in which they are explained.
SERIES = (FORMER, RECALCULATED, ACTUAL, ANNUAL)

STAFF, TELEWORKERS, ABSENCE = "personeelsbestand", "telewerkers", "ziekteverzuim"
WITH_MOBILE, WITHOUT_MOBILE, UNSPECIFIED = "met_mobiel", "zonder_mobiel", "niet_gezegd"
STRUCTURAL_AND_OCCASIONAL = "occasioneel_en_structureel"

#: What a board asks about its staff: topic -> (series, dimension); a missing dimension is a total.
TOPICS = {
    "gemiddelde_leeftijd": ("gemiddelde_leeftijd", ""),
    "instroom": ("instroom", ""),
    "uitstroom": ("uitstroom", ""),
    "ziekteverzuim": (ABSENCE, ""),
    "vte": ("vte", ""),
    "niveau": (STAFF, "niveau"),
    "leeftijd": (STAFF, "leeftijd"),
}


def staff_totals(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return every count of the whole staff, in time, with ``telling`` (see the module) and ``jaar``.

    A recalculated year tells that the plan's actual figure of that year has the former perimeter.

    Args:
        staff: table ``personeel``.
        institution: value of ``entiteit``.

    >>> staff = pd.DataFrame({"reeks": [STAFF] * 2, "entiteit": ["GOB"] * 2,
    ...     "dimensie": ["perimeter"] * 2, "categorie": ["werkelijk", "herberekend"],
    ...     "waarde": [1675, 1249], "bron_id": ["plan"] * 2,
    ...     "periode_tot": [pd.Timestamp(2015, 12, 31)] * 2})
    >>> staff_totals(staff, "GOB")[["telling", "waarde"]].values.tolist()
    [['vroeger', 1675], ['herberekend', 1249]]
    """
    own = staff[(staff["entiteit"] == institution) & (staff["reeks"] == STAFF)]
    rows = own[own["dimensie"].isin(["", "perimeter"])]
    former = set(rows.loc[rows["categorie"] == RECALCULATED, "periode_tot"])
    annual = (rows["dimensie"] == "") & rows["bron_id"].str.startswith("jaarverslag-")
    count = rows["categorie"].where(rows["dimensie"] == "perimeter", OTHER).mask(annual, ANNUAL)
    count = count.mask((count == ACTUAL) & rows["periode_tot"].isin(former), FORMER)
    counted = rows.assign(telling=count, jaar=rows["periode_tot"].dt.year)
    return counted.sort_values("periode_tot", kind="stable", na_position="last")


def latest_count(totals: pd.DataFrame) -> pd.DataFrame:
    """Return the first and the last row of the series that reaches furthest; the longest of equals.

    Args:
        totals: from :func:`staff_totals`.

    Returns:
        Two rows, one when the series has one point, none when there is no series.
    """
    series = [totals[totals["telling"] == name] for name in SERIES]
    known = [rows for rows in series if len(rows)]
    if not known:
        return totals.iloc[0:0]
    chosen = max(known, key=lambda rows: (rows["jaar"].iloc[-1], len(rows)))
    return chosen.iloc[[0, -1]] if len(chosen) > 1 else chosen


def administrations(staff: pd.DataFrame, institution: str, organisations: pd.DataFrame) -> pd.DataFrame:
    """Return the staff per administration on the last day for which it is known, largest first.

    Older divisions of the institution are left out: they are another structure.

    Returns:
        The rows with ``aandeel`` (pct of their sum), ``organisatie_id``, ``label_nl``, ``label_fr``
        and ``afkorting``; an administration that is not in ``organisaties`` keeps its own code.
    """
    rows = _per_administration(staff, institution)
    rows = rows[rows["periode_tot"] == rows["periode_tot"].max()]
    names = organisations[["organisatie_id", "label_nl", "label_fr", "afkorting"]]
    code = rows["categorie"].str.lower().str.replace("_", "-")
    rows = rows.assign(organisatie_id=code).merge(names, on="organisatie_id", how="left")
    for name in ("label_nl", "label_fr", "afkorting"):
        rows[name] = rows[name].fillna(rows["categorie"])
    rows["aandeel"] = 100 * rows["waarde"] / rows["waarde"].sum()
    largest: pd.DataFrame = rows.sort_values("waarde", ascending=False, kind="stable")
    return largest.reset_index(drop=True)


def older_structures(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the staff per administration of earlier days (``periode_tot``)."""
    rows = _per_administration(staff, institution)
    earlier: pd.DataFrame = rows[rows["periode_tot"] < rows["periode_tot"].max()]
    return earlier


def _per_administration(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    own = (staff["entiteit"] == institution) & (staff["reeks"] == STAFF)
    rows: pd.DataFrame = staff[own & (staff["dimensie"] == "bestuur")]
    return rows


def gender_shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return women and men of one source and period side by side, in time.

    Returns:
        ``jaar``, ``bron_id``, ``vrouw``, ``man`` (persons), ``aandeel_vrouw`` (pct of both); only
        where the same source gives both.

    >>> staff = pd.DataFrame({"reeks": [STAFF] * 2, "entiteit": ["GOB"] * 2,
    ...     "dimensie": ["geslacht"] * 2, "categorie": ["vrouw", "man"], "waarde": [3.0, 1.0],
    ...     "bron_id": ["a"] * 2, "periode_tot": [pd.Timestamp(2020, 12, 31)] * 2})
    >>> gender_shares(staff, "GOB")["aandeel_vrouw"].tolist()
    [75.0]
    """
    rows = staff_by(staff, institution, STAFF, "geslacht")
    wide = rows.pivot_table(index=["periode_tot", "bron_id"], columns="categorie", values="waarde").reindex(
        columns=["vrouw", "man"]
    )
    wide = wide.dropna().reset_index()
    wide["aandeel_vrouw"] = 100 * wide["vrouw"] / (wide["vrouw"] + wide["man"])
    return wide.assign(jaar=wide["periode_tot"].dt.year)


def staff_by(staff: pd.DataFrame, institution: str, series: str, dimension: str) -> pd.DataFrame:
    """Return the rows of one series and dimension of an institution."""
    own = (staff["entiteit"] == institution) & (staff["reeks"] == series)
    rows: pd.DataFrame = staff[own & (staff["dimensie"] == dimension)]
    return rows


def statutory_shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the statutory staff with the total of the same source and period.

    The rest is not called contractual: no gathered source says how many those are.

    Returns:
        The rows with ``totaal`` (persons, NaN when the source gives none), ``aandeel`` (pct), ``jaar``.
    """
    rows = staff_by(staff, institution, STAFF, "statuut")
    return _with_total(rows[rows["categorie"] == "statutair"], staff, institution)


def telework(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the teleworkers per year and source, with what the count includes.

    Returns:
        The rows with ``telling`` (``met_mobiel``, ``zonder_mobiel``, ``niet_gezegd``), ``totaal``
        and ``aandeel`` (pct) where the same source gives the whole staff, and ``jaar``.
    """
    parts = staff_by(staff, institution, TELEWORKERS, "regime")
    mobile = parts[parts["categorie"] == "mobiel"]
    with_mobile = set(zip(mobile["bron_id"], mobile["periode_tot"], strict=True))
    whole = pd.concat(
        [
            staff_by(staff, institution, TELEWORKERS, ""),
            parts[parts["categorie"] == STRUCTURAL_AND_OCCASIONAL],
        ]
    )
    counts = [
        _scope(row, with_mobile) for row in zip(whole["bron_id"], whole["periode_tot"], whole["categorie"], strict=True)
    ]
    whole = whole.assign(telling=pd.Series(counts, index=whole.index, dtype=object))
    return _with_total(whole, staff, institution)


def counted_otherwise(rows: pd.DataFrame) -> list[int]:
    """Return the years (``jaar``) whose count is known to differ from that of the last year.

    Args:
        rows: from :func:`telework`, in time.

    >>> counted_otherwise(pd.DataFrame({"jaar": [2018, 2020, 2021],
    ...     "telling": [WITH_MOBILE, WITHOUT_MOBILE, WITHOUT_MOBILE]}))
    [2018]
    """
    last = rows["telling"].iloc[-1]
    if last == UNSPECIFIED:
        return []
    other = rows[~rows["telling"].isin((last, UNSPECIFIED))]
    return sorted({int(year) for year in other["jaar"]})


def _scope(row: tuple[str, pd.Timestamp, str], with_mobile: set[tuple[str, pd.Timestamp]]) -> str:
    if row[2] == STRUCTURAL_AND_OCCASIONAL:
        return WITHOUT_MOBILE
    return WITH_MOBILE if row[:2] in with_mobile else UNSPECIFIED


def _with_total(rows: pd.DataFrame, staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    totals = staff_by(staff, institution, STAFF, "").set_index(["bron_id", "periode_tot"])["waarde"]
    keys = pd.MultiIndex.from_frame(rows[["bron_id", "periode_tot"]])
    total = totals[~totals.index.duplicated()].reindex(keys).to_numpy(dtype=float)
    rows = rows.assign(totaal=total, aandeel=100 * rows["waarde"] / total)
    rows = rows.assign(jaar=rows["periode_tot"].dt.year)
    return rows.sort_values("periode_tot", kind="stable")


def known_topics(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Say of each topic of :data:`TOPICS` what the sources give for the institution itself.

    Returns:
        ``onderwerp``, ``waarde``, ``eenheid``, ``periode_tot``, ``bron_id`` of the latest figure;
        NaN and empty where no source gives one.
    """
    found = []
    for topic, (series, dimension) in TOPICS.items():
        rows = staff_by(staff, institution, series, dimension).sort_values("periode_tot")
        last = rows.iloc[-1] if len(rows) else pd.Series(dtype=object)
        found.append(
            {
                "onderwerp": topic,
                "waarde": last.get("waarde", float("nan")),
                "eenheid": last.get("eenheid", ""),
                "periode_tot": last.get("periode_tot", pd.NaT),
                "bron_id": last.get("bron_id"),
            }
        )
    return pd.DataFrame(found)


def absence(staff: pd.DataFrame, employers: tuple[str, ...]) -> pd.DataFrame:
    """Return the yearly absence figures of whole employers, each measured in its own way, in time."""
    rows = staff[(staff["reeks"] == ABSENCE) & staff["entiteit"].isin(employers)]
    yearly = rows[(rows["dimensie"] == "") & (rows["periode_soort"] == "jaar")]
    return yearly.assign(jaar=yearly["periode_tot"].dt.year).sort_values("jaar", kind="stable")
