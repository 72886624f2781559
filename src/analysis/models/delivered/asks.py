"""What needs a decision of the board now: per action the most urgent kind that applies, and its own open decisions.

The kinds, in the order in which they are tried and shown (:data:`KINDS`). First comes what only the board can settle,
then what it must ask of an owner, and last what can be put right without it:

==========================  ========================================================================================
``beslissing_te_laat``      a decision of the board itself is open after its deadline
``doorgaan_of_stoppen``     red for :data:`LONG_QUARTERS` quarters, and still more than
                            :data:`~analysis.models.delivered.status.ORANGE_POINTS` points behind
``teruggekomen``            a deviation that had gone, or whose measure was said to be fully effective, stands
``zonder_effect``           the measure was carried out, and no effect of it is told
``einde_bevestigen``        the owner expects an end more than :data:`MAX_SHIFT_DAYS` days after the one now planned
``einde_ontbreekt``         the planned end is over and no later one is given
``maatregel_te_laat``       the measure should have been carried out, and is not
``tegenspraak``             the owner's own word does not agree with what the same owner delivered
``maatregel_ontbreekt``     no cause, no measure, or nobody and no day to carry it out
``stil``                    the youngest row says nothing of today, or none ever came
``mijlpaal_te_laat``        a milestone is over its first date by more than :data:`GRACE_DAYS` days
``beslissing_zonder_doel``  a decision of the board is open on an action that is over
``beslissing_zonder_tegen`` a decision of the board is open without a deadline
==========================  ========================================================================================

An action is asked about once. Within a kind red comes before orange, then what weighs or lasts most (``aantal``).
"""

from __future__ import annotations

import pandas as pd

from analysis.models.delivered.latest import latest
from analysis.models.delivered.loop import DEVIATIONS
from analysis.models.delivered.status import ORANGE_POINTS, quarter_ends, until
from analysis.quarter import Quarter

KINDS = (
    "beslissing_te_laat",
    "doorgaan_of_stoppen",
    "teruggekomen",
    "zonder_effect",
    "einde_bevestigen",
    "einde_ontbreekt",
    "maatregel_te_laat",
    "tegenspraak",
    "maatregel_ontbreekt",
    "stil",
    "mijlpaal_te_laat",
    "beslissing_zonder_doel",
    "beslissing_zonder_tegen",
)
#: Two years: eight reports in a row in which the board saw it red. One more measure is then no answer to it.
LONG_QUARTERS = 8
#: A quarter: an end that moves further is in another report than the one that the board was told of.
MAX_SHIFT_DAYS = 90
#: A month: planned dates are mostly ends of months, and deliveries may be made up a few weeks before they are due.
GRACE_DAYS = 30
#: What a board can decide on in one meeting, and how many of one kind it must see to know what that kind is about.
MOST, MOST_OF_KIND = 12, 3

#: The contradictions that a board settles. Silence is a kind of its own; that a date was not filled in, or that the
#: public sees nothing of what was completed, asks for no decision; the others show in the status.
WORDS = (
    "groen_maar_rood",
    "voltooid_open_mijlpaal",
    "voltooid_onder_100",
    "groen_maar_oranje",
    "teruggevallen",
)
#: Nothing is known of today: an old row, or none.
SILENT = ("stil", "geen_levering")

_OVER = ("voltooid", "stopgezet", "overgenomen")
_MISSING = ("geen_oorzaak", "geen_maatregel", "maatregel_zonder_rol_of_datum")
_STATUS = ("status", "regel", "gemeten", "eigen_status", "kwartaal", "voortgang_pct", "achterstand")
_LOOP = ("lus", "stap", "sinds", "eerder_goed", "oorzaak", "kwartalen_open")
_MEASURE = ("maatregel_nl", "maatregel_fr", "maatregel_rol", "maatregel_stand", "maatregel_effect", "maatregel_datum")
_PLANNED = ("trekker_rol", "gepland_einde", "verwacht_einde")
_WORD = ("woord", "gezegd", "gevonden", "woord_sinds")
_LATE = ("mijlpalen", "mijlpaal_datum")
_DECISION = ("beslissing_code", "doelstelling_code", "label_nl", "label_fr", "rol", "tegen", "datum")
_RESTS_ON = (*_STATUS, *_LOOP, *_MEASURE, *_PLANNED, *_WORD, *_LATE, *_DECISION)
COLUMNS = ("soort", "actie_code", "aantal", "begin", *_RESTS_ON)
_NUMBERS = ("gemeten", "voortgang_pct", "achterstand", "kwartalen_open", "mijlpalen")
_DATES = ("maatregel_datum", "gepland_einde", "verwacht_einde", "mijlpaal_datum", "tegen", "datum")
#: What was said and what was found are a status, a number or a date, by the kind of contradiction.
_AS_THEY_ARE = ("gezegd", "gevonden")


def asks(
    statuses: pd.DataFrame,
    voortgang: pd.DataFrame,
    loops: pd.DataFrame,
    decisions: pd.DataFrame,
    contradictions: pd.DataFrame,
    milestones: pd.DataFrame,
    quarter: Quarter,
) -> pd.DataFrame:
    """Return what the board is asked, the most urgent first.

    Args:
        statuses: :func:`analysis.models.delivered.status.action_status`, all actions of the plan.
        voortgang: the table of that name, all deliveries.
        loops: :func:`analysis.models.delivered.loop.loops`.
        decisions: :func:`analysis.models.delivered.loop.board_decisions`.
        contradictions: :func:`analysis.models.delivered.contradictions.contradictions`.
        milestones: :func:`analysis.models.delivered.slippage.slippage`, with the actions that left.
        quarter: the quarter of the report; all of these are of its last day.

    Returns:
        One row per action or decision: ``soort`` (one of :data:`KINDS`), ``actie_code`` ("" when a decision names
        none), ``aantal`` (how much: days, points, quarters or milestones, by the kind) and ``begin`` (the day, or the
        last day of the quarter, since which it stands; NaT when unknown); then what the kinds rest on: status, loop,
        measure, plan, contradiction (``woord``, its kind), milestones (their number and oldest date) and decision.
    """
    facts = _facts(statuses, voortgang, loops, contradictions, milestones, quarter)
    found = pd.concat([_of_actions(facts), _of_board(decisions, statuses)], ignore_index=True)
    rank = found["soort"].map({kind: place for place, kind in enumerate(KINDS)})
    order = found.assign(_kind=rank, _red=found["status"] != "rood", _much=-found["aantal"].fillna(0.0))
    by = ["_kind", "_red", "_much", "actie_code", "beslissing_code"]
    return order.sort_values(by, kind="stable")[list(COLUMNS)].reset_index(drop=True)


def shortlist(found: pd.DataFrame, most: int = MOST, of_kind: int = MOST_OF_KIND) -> pd.DataFrame:
    """Return what fits on one page: of each kind the first, and the most urgent where there is room left.

    Args:
        found: the result of :func:`asks`.
        most: rows in all.
        of_kind: rows of one kind, as long as a later kind is waiting.

    >>> found = pd.DataFrame({"soort": ["stil"] * 5 + ["mijlpaal_te_laat"] * 2})
    >>> shortlist(found, most=4, of_kind=2)["soort"].tolist()
    ['stil', 'stil', 'mijlpaal_te_laat', 'mijlpaal_te_laat']
    >>> shortlist(found, most=6, of_kind=2)["soort"].value_counts().tolist()
    [4, 2]
    """
    nth = found.groupby("soort").cumcount()
    # the first of each kind, then the second and so on, up to the limit; only then the rest
    turn = nth.where(nth < of_kind, of_kind)
    chosen = turn.sort_values(kind="stable").index[:most]
    return found.loc[sorted(chosen)].reset_index(drop=True)


def _facts(
    statuses: pd.DataFrame,
    voortgang: pd.DataFrame,
    loops: pd.DataFrame,
    contradictions: pd.DataFrame,
    milestones: pd.DataFrame,
    quarter: Quarter,
) -> pd.DataFrame:
    """Return one row per action with all that the kinds ask about."""
    plan = latest(until(voortgang, quarter), ["actie_code"])[["actie_code", *_PLANNED]]
    words = contradictions[contradictions["soort"].isin(WORDS)].drop_duplicates("actie_code")
    told = words.rename(columns={"soort": "woord", "sinds": "woord_sinds"})[["actie_code", *_WORD]]
    late = milestones[milestones["dagen_te_laat"] > GRACE_DAYS].groupby("actie_code")["oorspronkelijk"]
    dated = late.agg(mijlpalen="size", mijlpaal_datum="min").reset_index()
    own = statuses[["actie_code", *_STATUS]].assign(actie_code=statuses["actie_code"].astype(str))
    for part in (loops[["actie_code", *_LOOP, *_MEASURE]], plan, told, dated):
        own = own.merge(part.assign(actie_code=part["actie_code"].astype(str)), on="actie_code", how="left")
    return _typed(own.reindex(columns=["actie_code", *_RESTS_ON])).assign(dag=pd.Timestamp(quarter.end))


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with each column of its own type, also where a table is empty or a text is missing."""
    texts = [name for name in _RESTS_ON if name not in (*_NUMBERS, *_DATES, *_AS_THEY_ARE)]
    return rows.assign(
        **{name: rows[name].astype(object).where(rows[name].notna(), "").astype(str) for name in texts},
        **{name: rows[name].astype(float) for name in _NUMBERS},
        **{name: pd.to_datetime(rows[name]) for name in _DATES},
        **{name: rows[name].astype(object) for name in _AS_THEY_ARE},
    )


def _of_actions(facts: pd.DataFrame) -> pd.DataFrame:
    """Return per action the first kind that applies, how much, and since when."""
    found = facts.assign(soort="", aantal=float("nan"), begin=pd.Series(pd.NaT, facts.index, "datetime64[ns]"))
    for kind, (applies, much, since) in _rules(facts).items():
        first = applies & (found["soort"] == "")
        found.loc[first, "soort"] = kind
        found["aantal"] = found["aantal"].mask(first, much.astype(float))
        found["begin"] = found["begin"].mask(first, since)
    return found.loc[found["soort"] != "", list(COLUMNS)]


def _rules(facts: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series, pd.Series]]:
    """Return per kind of action: where it applies, how much, and the day since which it stands."""
    known, step, day = facts["status"].isin(DEVIATIONS), facts["stap"], facts["dag"]
    behind, waits, since = facts["achterstand"], facts["kwartalen_open"], _ends(facts["sinds"])
    shift, overdue = (_days(facts["verwacht_einde"], facts["gepland_einde"]), _days(day, facts["maatregel_datum"]))
    long = (facts["status"] == "rood") & (waits >= LONG_QUARTERS) & (behind > ORANGE_POINTS)
    again = (facts["lus"] == "heropend") & ((step != "open") | (facts["maatregel_stand"] == "uitgevoerd"))
    later, over = facts["verwacht_einde"] > day, facts["gepland_einde"] < day
    silent, due = facts["regel"].isin(SILENT), ~facts["status"].isin(_OVER) & (facts["mijlpalen"] > 0)
    told = (facts["woord"] != "", behind, _ends(facts["woord_sinds"]))
    return {
        "doorgaan_of_stoppen": (long, waits, since),
        "teruggekomen": (known & again, waits, since),
        "zonder_effect": (known & (step == "uitgevoerd_zonder_effect"), waits, since),
        "einde_bevestigen": (known & later & (shift > MAX_SHIFT_DAYS), shift, since),
        "einde_ontbreekt": (known & over & ~later, _days(day, facts["gepland_einde"]), facts["gepland_einde"]),
        "maatregel_te_laat": (known & (step == "te_laat"), overdue, facts["maatregel_datum"]),
        "tegenspraak": told,
        "maatregel_ontbreekt": (known & step.isin(_MISSING), waits, since),
        "stil": (silent, _days(day, _ends(facts["kwartaal"])), _ends(facts["kwartaal"])),
        "mijlpaal_te_laat": (due, facts["mijlpalen"], facts["mijlpaal_datum"]),
    }


def _of_board(decisions: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Return the board's own decisions that it must come back to."""
    state = {str(code): status for code, status in zip(statuses["actie_code"], statuses["status"], strict=True)}
    status, loop = decisions["actie_code"].map(state).fillna(""), decisions["lus"]
    kinds = {"te_laat": "beslissing_te_laat", "zonder_termijn": "beslissing_zonder_tegen"}
    over = status.isin(_OVER) & loop.isin(("open", *kinds))
    kind, late = loop.map(kinds).mask(over, "beslissing_zonder_doel"), loop == "te_laat"
    own = decisions.assign(
        soort=kind,
        aantal=decisions["dagen_te_laat"].where(late).astype(float),
        begin=pd.to_datetime(decisions["tegen"].where(late, decisions["datum"])),
        status=status,
    )
    # of the decision itself no more is told than of the board's part in it
    shown = ["soort", "actie_code", "aantal", "begin", "status", *_DECISION]
    return _typed(own.loc[kind.notna(), shown].reindex(columns=list(COLUMNS)))


def _ends(quarters: pd.Series) -> pd.Series:
    """Return the last days of quarters; "" is NaT."""
    known = quarters[quarters != ""]
    return quarter_ends(known).reindex(quarters.index) if len(known) else pd.to_datetime(quarters, errors="coerce")


def _days(later: pd.Series, earlier: pd.Series) -> pd.Series:
    return (later - earlier).dt.days.astype(float)
