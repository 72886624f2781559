"""Roll-ups of the actions' statuses: per krachtlijn, per objective, and what is late or taken over.

All functions take what :func:`analysis.models.evidence.action_status` and
:func:`analysis.models.evidence.events_until` return.
"""

from __future__ import annotations

import pandas as pd

from analysis.models.evidence import STATUSES, standing_delay

#: The statuses that show public progress.
PROGRESS = ("voltooid", "loopt", "gestart")
DAYS_PER_MONTH = 365.25 / 12


def count(statuses: pd.DataFrame, by: str) -> pd.DataFrame:
    """Count actions per group and status.

    Args:
        statuses: ``status`` and the column ``by``; groups keep the order in which they come.
        by: the column to group on, such as ``krachtlijn_code``.

    Returns:
        One row per group: ``by``, a column of counts per status, ``acties`` (all) and ``vooruit``
        (those with public progress: completed, running or started).

    >>> rows = pd.DataFrame({"krachtlijn_code": ["1", "1", "2"],
    ...     "status": ["loopt", "geen_spoor", "voltooid"]})
    >>> count(rows, "krachtlijn_code")[["krachtlijn_code", "loopt", "acties", "vooruit"]].values
    array([['1', 1, 2, 1],
           ['2', 0, 1, 1]], dtype=object)
    """
    groups = list(dict.fromkeys(statuses[by]))
    table = pd.DataFrame({by: groups})
    for status in STATUSES:
        found = statuses.loc[statuses["status"] == status, by].value_counts()
        table[status] = found.reindex(groups, fill_value=0).to_numpy(dtype=int)
    table["acties"] = table[list(STATUSES)].sum(axis=1)
    table["vooruit"] = table[list(PROGRESS)].sum(axis=1)
    return table


def objectives(statuses: pd.DataFrame) -> pd.DataFrame:
    """Count actions per objective, with the youngest evidence and its age.

    Returns:
        As :func:`count` by ``doelstelling_code``, with ``laatste``, ``laatste_van``,
        ``laatste_soort`` of the youngest event (NaT and "" without one), and ``leeftijd_dagen`` (NaN without one).
    """
    order = statuses.sort_values(["laatste", "laatste_van"], kind="stable", na_position="first")
    youngest = order.groupby("doelstelling_code").tail(1)
    names = ["doelstelling_code", "laatste", "laatste_van", "laatste_soort"]
    return count(statuses, "doelstelling_code").merge(
        youngest[[*names, "leeftijd_dagen"]], on="doelstelling_code", how="left"
    )


def older_than(rows: pd.DataFrame, days: int) -> int:
    """Count the actions, or objectives, whose youngest evidence is more than so many days old."""
    return int((rows["leeftijd_dagen"].astype(float) > days).sum())


def late(statuses: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return for each late action the event that says so last, and since when it is late.

    Returns:
        One event per action with status ``vertraagd`` (all columns of ``events``), with
        ``sinds_van``, ``sinds_tot`` and ``sinds_soort``: the date of the first delay that still stands.
    """
    names = {f"sinds_{part}": f"datum_{part}" for part in ("van", "tot", "soort")}
    rows = []
    for code in statuses.loc[statuses["status"] == "vertraagd", "actie_code"]:
        standing = standing_delay(events[events["actie_code"] == code])
        first, last = standing.iloc[:1], standing.iloc[-1:]
        rows.append(last.assign(**{ours: first[theirs].to_numpy() for ours, theirs in names.items()}))
    none = events.iloc[:0]
    return pd.concat(rows) if rows else none.assign(**{ours: none[theirs] for ours, theirs in names.items()})


def taken_over(statuses: pd.DataFrame, events: pd.DataFrame, reforms: pd.DataFrame) -> pd.DataFrame:
    """Return for each action that a reform took over the event that shows it, and the reform.

    Args:
        statuses: the actions with their status.
        events: with ``overname``.
        reforms: table ``bewijs_hervorming``.

    Returns:
        One row per action with status ``overgenomen`` (the last such event), with
        ``hervorming_nl``, ``hervorming_fr`` and ``koppeling_bron_id``, the source of the link.
    """
    codes = statuses.loc[statuses["status"] == "overgenomen", "actie_code"]
    shown = events[events["overname"] & events["actie_code"].isin(codes)]
    names = ["actie_code", "datum", "bewijs_bron_id", "hervorming_nl", "hervorming_fr", "bron_id"]
    own = reforms[names].rename(columns={"bron_id": "koppeling_bron_id"})
    keys = ["actie_code", "datum", "bron_id"]
    merged = shown.merge(own.rename(columns={"bewijs_bron_id": "bron_id"}), on=keys, how="left")
    return merged.groupby("actie_code", sort=False).tail(1)


def recovered(statuses: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the last delay of each action that has shown public progress after it."""
    codes = statuses.loc[statuses["status"].isin(PROGRESS), "actie_code"]
    delays = events[(events["soort"] == "vertraging") & events["actie_code"].isin(codes)]
    return delays.groupby("actie_code", sort=False).tail(1)
