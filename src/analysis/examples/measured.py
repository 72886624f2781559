"""Made-up measurements, executions of recurring duties, links to means, and decisions of the board."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.examples.world import stream
from analysis.quarter import Quarter

#: Chance per quarter that a measurement is missing, and that the one before is silently told otherwise.
MISSING, RESTATED = 0.04, 0.03
#: Chance that a recurring duty is met when it is due, and that it is met late instead.
MET, LATE = 0.84, 0.08
#: Relative deviation of a measurement from its course.
NOISE = 0.03


@dataclass(frozen=True)
class Gauge:
    """What is measured, from which base to which target, and how far it really comes: 1 is on target."""

    code: str
    objective: str
    nl: str
    fr: str
    unit: str
    direction: str
    base: float
    target: float
    low: float
    high: float
    comes: float


def gauges(plan: str) -> list[Gauge]:
    """Return the gauges of a plan, from ``gauges.csv``.

    The GOB's plan names no meetpunten, so that all of its are made up; those of the mandate are real, with their
    targets. Every base and every value is made up.
    """
    with (Path(__file__).parent / "gauges.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row.pop("plan_id") == plan]
    texts = ("code", "objective", "nl", "fr", "unit", "direction")
    return [Gauge(**{name: v if name in texts else float(v or "nan") for name, v in row.items()}) for row in rows]  # type: ignore[arg-type]


def gauge_rows(own: Sequence[Gauge], quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``meetpunten`` as each quarter delivers it; one target is silently eased in the fourth year."""
    eased = int(stream(seed, "eased").integers(0, max(1, len(own))))
    rows = [
        {
            "kwartaal": str(quarter),
            "meetpunt_code": one.code,
            "doelstelling_code": one.objective,
            "label_nl": one.nl,
            "label_fr": one.fr,
            "eenheid": one.unit,
            "richting": one.direction,
            "basis_waarde": one.base,
            "basis_periode": "2021Q2",
            "streef_waarde": _eased(one) if number == eased and quarter >= Quarter(2025, 1) else one.target,
            "streef_onder": one.low,
            "streef_boven": one.high,
            "streef_periode": "2026Q4",
            "frequentie": "kwartaal",
            "herkomst": "fictief",
        }
        for quarter in quarters
        for number, one in enumerate(own)
    ]
    return pd.DataFrame(rows)


def _eased(one: Gauge) -> float:
    return round(one.base + 0.85 * (one.target - one.base), 1)


def measurement_rows(own: Sequence[Gauge], quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``metingen``: each quarter its value, and now and then another value for the quarter before."""
    rows: list[dict[str, object]] = []
    for one in own:
        rng = stream(seed, f"measured-{one.code}")
        values = _values(one, len(quarters), rng)
        missing, restated = rng.random(len(quarters)) < MISSING, rng.random(len(quarters)) < RESTATED
        for number, quarter in enumerate(quarters):
            if not missing[number]:
                rows.append(_measured(one.code, quarter, quarter, values[number]))
            if restated[number] and number and not missing[number - 1]:
                better = values[number - 1] + 0.1 * (one.high if np.isnan(one.target) else one.target) / 2
                rows.append(_measured(one.code, quarter, quarters[number - 1], _rounded(one, better)))
    return pd.DataFrame(rows, columns=["kwartaal", "meetpunt_code", "periode", "waarde"])


def _values(one: Gauge, count: int, rng: np.random.Generator) -> list[float]:
    goal = (one.low + one.high) / 2 if np.isnan(one.target) else one.target
    share = np.linspace(1 / 22, count / 22, count)
    course = one.base + one.comes * (goal - one.base) * share**0.9
    spread = NOISE * max(abs(goal), abs(one.base))
    noisy = course + rng.normal(0, spread, count)
    top = 100.0 if one.unit == "%" else np.inf
    return [_rounded(one, value) for value in np.clip(noisy, 0, top)]


def _rounded(one: Gauge, value: float) -> float:
    """Round a value as its unit is counted."""
    return float(round(value, 0 if one.unit in ("aantal", "niveau", "EUR") else 1))


def _measured(code: str, told_in: Quarter, about: Quarter, value: float) -> dict[str, object]:
    return {"kwartaal": str(told_in), "meetpunt_code": code, "periode": str(about), "waarde": value}


def execution_rows(duties: pd.DataFrame, quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``uitvoeringen`` of recurring duties: most are met in time, some late, some never.

    Args:
        duties: ``meetpunt_code``, ``volgnr`` and ``frequentie_per_jaar`` of the duties that have a rhythm.
        quarters: of the deliveries.
        seed: same seed, same rows.
    """
    rows = []
    for duty in duties.to_dict("records"):
        rng = stream(seed, f"duty-{duty['meetpunt_code']}-{duty['volgnr']}")
        for quarter in quarters:
            for day in _days(quarter, float(duty["frequentie_per_jaar"]), rng):
                own = {"meetpunt_code": duty["meetpunt_code"], "volgnr": int(duty["volgnr"]), "datum": day}
                rows.append({"kwartaal": str(Quarter.of(day))} | own)
    found = pd.DataFrame(rows, columns=["kwartaal", "meetpunt_code", "volgnr", "datum"])
    return found[found["kwartaal"].isin(list(map(str, quarters)))].drop_duplicates()


def _days(quarter: Quarter, per_year: float, rng: np.random.Generator) -> list[dt.date]:
    """Return the days in (or after) a quarter on which a duty was met."""
    months = 12 / per_year
    due = [number for number in range(3) if (quarter.start.month + number) % months == 0]
    found = []
    for number in due:
        chance = rng.random()
        first = dt.date(quarter.year, quarter.start.month + number, 1)
        if chance < MET:
            found.append(first + dt.timedelta(days=int(rng.integers(2, 15))))
        elif chance < MET + LATE:
            found.append(first + dt.timedelta(days=int(rng.integers(35, 60))))
    return found


#: The made-up basisallocaties.
BUDGET_CODES = tuple(f"VB-BA-{number:02d}" for number in range(1, 11))


def share_rows(objectives: Sequence[str], staff: Sequence[str], quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``verbanden``: each made-up basisallocatie and each administration's staff, divided.

    The shares of a code are together 100 %; some goes to no objective.
    """
    rng, rows = stream(seed, "shares"), []
    codes = [("basisallocatie", code) for code in BUDGET_CODES]
    for kind, code in [*codes, *(("personeel", own) for own in staff)]:
        many = int(rng.integers(1, 5))
        chosen = sorted(rng.choice(len(objectives), min(many, len(objectives)), replace=False))
        parts = np.floor(rng.dirichlet(np.ones(len(chosen) + 1)) * 20) * 5
        parts[-1] += 100 - parts.sum()
        for name, part in zip([*(objectives[place] for place in chosen), ""], parts, strict=True):
            if part > 0:
                rows.append({"soort": kind, "code": code, "doelstelling_code": name, "aandeel_pct": float(part)})
    return pd.DataFrame([{"kwartaal": str(quarter), **row} for quarter in quarters for row in rows])


#: What the board may decide: Dutch, French, effect in Dutch and in French.
_DECISIONS = (
    ("Extra capaciteit vrijmaken", "Libérer de la capacité", "Achterstand gehalveerd", "Retard réduit de moitié"),
    ("Planning herzien en opnieuw voorleggen", "Revoir le calendrier et le soumettre à nouveau", "", ""),
    (
        "Actie in twee fasen splitsen",
        "Scinder l’action en deux phases",
        "Eerste fase afgerond",
        "Première phase terminée",
    ),
    ("Maandelijks verslag aan de directieraad", "Rapport mensuel au conseil de direction", "", ""),
    (
        "Budget binnen de krachtlijn herverdelen",
        "Redistribuer le budget au sein de la ligne de force",
        "Opdracht gegund",
        "Marché attribué",
    ),
)


def decision_rows(actions: pd.DataFrame, quarters: Sequence[Quarter], roles: Sequence[str], seed: int) -> pd.DataFrame:
    """Return the table ``beslissingen``: each quarter one or two, some carried out in time, some late, some never.

    Args:
        actions: ``actie_code`` and ``doelstelling_code`` that decisions are about.
        quarters: of the deliveries; each lists all decisions so far.
        roles: who carries them out.
        seed: same seed, same rows.
    """
    rng, made = stream(seed, "decisions"), []
    for number, quarter in enumerate(quarters):
        for part in range(int(rng.integers(0, 3)) if len(actions) else 0):
            action = actions.iloc[int(rng.integers(0, len(actions)))]
            words = _DECISIONS[int(rng.integers(0, len(_DECISIONS)))]
            day = quarter.start + dt.timedelta(days=int(rng.integers(10, 80)))
            due = day + dt.timedelta(days=int(rng.integers(60, 240)))
            done = due + dt.timedelta(days=int(rng.normal(20, 70))) if rng.random() < 0.75 else None
            role = roles[int(rng.integers(0, len(roles)))]
            made.append((f"B{number + 1:02d}-{part + 1}", day, action, words, role, due, done and max(done, day)))
    rows = [_decision(one, quarter) for quarter in quarters for one in made if one[1] <= quarter.end]
    return pd.DataFrame(rows)


def _decision(
    one: tuple[str, dt.date, pd.Series, tuple[str, ...], str, dt.date, dt.date | None], quarter: Quarter
) -> dict[str, object]:
    code, day, action, words, role, due, done = one
    is_done = done is not None and done <= quarter.end
    return {
        "kwartaal": str(quarter),
        "beslissing_code": code,
        "datum": day,
        "doelstelling_code": action["doelstelling_code"],
        "actie_code": action["actie_code"],
        "label_nl": words[0],
        "label_fr": words[1],
        "rol": role,
        "tegen": due,
        "stand": "uitgevoerd" if is_done else "open",
        "uitgevoerd_op": done if is_done else None,
        "effect_nl": words[2] if is_done else "",
        "effect_fr": words[3] if is_done else "",
    }
