"""The board's table: one row per krachtlijn and one for the whole plan, each with one roll-up of its actions.

The roll-up (:func:`roll_up`), in the order in which it is tried; the first that applies is the one:

===============  ===================================================================================================
``vertraagd``    of at least one action a delay is known
``te_weinig``    of less than half of the actions (:data:`KNOWN_SHARE`) there is a public trace
``stil``         of less than half there is one of the last two years; what is completed or taken over needs no news
``voltooid``     all actions are completed
``overgenomen``  all actions are completed or taken over by a reform
``beweging``     all else: at least half shows something of the last two years, none is known to be late
===============  ===================================================================================================

Silence is never good news: an action without a trace counts in the whole, never as progress. An average hides its
worst case, so each row also names the actions that are late or taken over.
"""

from __future__ import annotations

import pandas as pd

from analysis.models.changes import SILENT_DAYS
from analysis.models.progress import DAYS_PER_MONTH, PROGRESS, older_than

VERDICTS = ("vertraagd", "te_weinig", "stil", "voltooid", "overgenomen", "beweging")
#: With a (recent) trace of a smaller share of the actions than this, too little is known for a verdict.
KNOWN_SHARE = 0.5
#: The code of the row that stands for the whole plan.
WHOLE = ""

COLUMNS = (
    "krachtlijn_code",
    "oordeel",
    "acties",
    "vooruit",
    "voltooid",
    "onbekend",
    "laat",
    "overgenomen",
    "vorig",
    "jaar",
    "maanden",
    "oud",
)


def roll_up(actions: pd.DataFrame) -> str:
    """Return the one verdict on some actions (see the module).

    Args:
        actions: ``status`` and ``leeftijd_dagen`` (age of the youngest evidence; empty without one).

    >>> ages = [30, 30, None]
    >>> roll_up(pd.DataFrame({"status": ["loopt", "gestart", "geen_spoor"], "leeftijd_dagen": ages}))
    'beweging'
    >>> roll_up(pd.DataFrame({"status": ["loopt", "geen_spoor", "geen_spoor"], "leeftijd_dagen": ages}))
    'te_weinig'
    """
    status = actions["status"]
    known = status != "geen_spoor"
    if (status == "vertraagd").any():
        return "vertraagd"
    if actions.empty or known.mean() < KNOWN_SHARE:
        return "te_weinig"
    settled = status.isin(["voltooid", "overgenomen"])
    if settled.all():
        return "voltooid" if (status == "voltooid").all() else "overgenomen"
    recent = actions["leeftijd_dagen"].astype(float) <= SILENT_DAYS
    return "beweging" if (settled | (known & recent)).mean() >= KNOWN_SHARE else "stil"


def board(now: pd.DataFrame, before: pd.DataFrame, year_ago: pd.DataFrame | None) -> pd.DataFrame:
    """Return the table, the krachtlijnen in the order of the plan and the whole plan (:data:`WHOLE`) last.

    Args:
        now: the actions with their status, from :func:`analysis.models.evidence.action_status`, with
            ``krachtlijn_code``.
        before: the same on the previous report's as-of date.
        year_ago: the same four quarters ago; None where the plan did not exist yet.

    Returns:
        ``krachtlijn_code``, ``oordeel`` (one of :data:`VERDICTS`), the numbers of actions ``acties``, ``vooruit``
        (with public progress), ``voltooid``, ``onbekend`` (without public trace), the codes (tuples) ``laat`` and
        ``overgenomen``, ``vorig`` and ``jaar`` (those with public progress in the previous report and four quarters
        ago; ``jaar`` is NaN without ``year_ago``), ``maanden`` (median age of the youngest evidence per action, in
        months; NaN without evidence) and ``oud`` (number of actions whose youngest evidence is over two years old).
    """
    # of a plan without krachtlijnen the whole is all there is
    codes = [*dict.fromkeys(code for code in now["krachtlijn_code"] if code != WHOLE), WHOLE] if len(now) else []
    rows = [_row(code, *(_of(frame, code) for frame in (now, before, year_ago))) for code in codes]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _of(frame: pd.DataFrame | None, code: str) -> pd.DataFrame | None:
    return frame if frame is None or code == WHOLE else frame[frame["krachtlijn_code"] == code]


def _row(
    code: str, now: pd.DataFrame | None, before: pd.DataFrame | None, year_ago: pd.DataFrame | None
) -> dict[str, object]:
    own = pd.DataFrame() if now is None else now
    status = own["status"]
    ages = own["leeftijd_dagen"].astype(float).dropna()
    return {
        "krachtlijn_code": code,
        "oordeel": roll_up(own),
        "acties": len(own),
        "vooruit": _progress(own),
        "voltooid": int((status == "voltooid").sum()),
        "onbekend": int((status == "geen_spoor").sum()),
        "laat": tuple(own.loc[status == "vertraagd", "actie_code"]),
        "overgenomen": tuple(own.loc[status == "overgenomen", "actie_code"]),
        "vorig": _progress(before),
        "jaar": _progress(year_ago),
        "maanden": ages.median() // DAYS_PER_MONTH if len(ages) else float("nan"),
        "oud": older_than(own, SILENT_DAYS),
    }


def _progress(rows: pd.DataFrame | None) -> float:
    return float("nan") if rows is None else int(rows["status"].isin(PROGRESS).sum())
