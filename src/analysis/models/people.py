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

#: What one figure is about.
KEY = ["reeks", "entiteit", "dimensie", "categorie", "periode", "eenheid"]

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


def women_shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the women with the women and men that the same source and period give, in time.

    Returns:
        The rows of the women with ``totaal`` (persons), ``aandeel`` (pct) and ``jaar``; only where the same
        source gives both.

    >>> staff = pd.DataFrame({"reeks": [STAFF] * 2, "entiteit": ["GOB"] * 2,
    ...     "dimensie": ["geslacht"] * 2, "categorie": ["vrouw", "man"], "waarde": [3.0, 1.0],
    ...     "bron_id": ["a"] * 2, "periode_tot": [pd.Timestamp(2020, 12, 31)] * 2})
    >>> women_shares(staff, "GOB")["aandeel"].tolist()
    [75.0]
    """
    rows = staff_by(staff, institution, STAFF, "geslacht")
    rows = rows[rows["categorie"].isin(("vrouw", "man"))]
    groups = rows.groupby(["bron_id", "periode_tot"])
    both = groups["categorie"].transform("nunique") == 2
    rows = rows.assign(totaal=groups["waarde"].transform("sum"))[both & (rows["categorie"] == "vrouw")]
    rows = rows.assign(aandeel=100 * rows["waarde"] / rows["totaal"], jaar=rows["periode_tot"].dt.year)
    return rows.sort_values("periode_tot", kind="stable")


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


def shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the shares of the staff on which there are figures: women, statutory staff, teleworkers.

    Returns:
        The rows with ``onderwerp`` (see :data:`SHARES`), ``totaal`` (persons), ``aandeel`` (pct; NaN where the
        same source does not give the whole), ``jaar``, and ``telling``: only rows of one topic and one count
        may be compared. Per topic in time.
    """
    found = []
    for topic, model in SHARES.items():
        rows = model(staff, institution)
        if "telling" not in rows:
            rows = rows.assign(telling=counted_by(rows))
        found.append(rows.assign(onderwerp=topic))
    return pd.concat(found, ignore_index=True)


def counted_by(rows: pd.DataFrame) -> pd.Series:
    """Say of each row whether it was counted for the annual reports (:data:`ANNUAL`) or not (:data:`OTHER`)."""
    annual = rows["bron_id"].str.startswith("jaarverslag-").astype(bool)
    return pd.Series(OTHER, index=rows.index, dtype=object).mask(annual, ANNUAL)


def comparable_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return of each topic the known shares that are counted like its last one.

    Args:
        rows: from :func:`shares`.
    """
    known = rows.dropna(subset=["aandeel"])
    return known[known["telling"] == known.groupby("onderwerp")["telling"].transform("last")]


def latest_shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the last share of each topic, and its change since the first that is counted alike.

    Args:
        rows: from :func:`shares`.

    Returns:
        ``onderwerp``, ``jaar``, ``aandeel``, ``eerste`` (year) and ``verandering`` (percentage points; NaN when
        there is one year only); the largest change first.

    >>> rows = pd.DataFrame({"onderwerp": "vrouwen", "telling": [OTHER, ANNUAL, ANNUAL],
    ...     "jaar": [2018, 2020, 2022], "aandeel": [50.0, 52.0, 51.0]})
    >>> latest_shares(rows)[["jaar", "eerste", "verandering"]].values.tolist()
    [[2022.0, 2020.0, -1.0]]
    """
    found = []
    for topic, same in comparable_shares(rows).groupby("onderwerp", sort=False):
        first, last = same.iloc[0], same.iloc[-1]
        change = last["aandeel"] - first["aandeel"] if first["jaar"] < last["jaar"] else float("nan")
        found.append((topic, last["jaar"], last["aandeel"], first["jaar"], change))
    latest = pd.DataFrame(found, columns=["onderwerp", "jaar", "aandeel", "eerste", "verandering"])
    return latest.sort_values("verandering", key=abs, ascending=False, kind="stable").reset_index(drop=True)


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


#: The shares of the staff, each with the model that finds its figures.
SHARES = {"statutair": statutory_shares, "vrouwen": women_shares, "telewerk": telework}
