"""What the owners say, as the rows that they deliver."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.examples.owners import STATUSES, Said
from analysis.examples.truth import DONE, Course
from analysis.examples.words import (
    CAUSES,
    EFFECTS,
    LATE_REMARKS,
    MEASURES,
    MILESTONES,
    REMARKS,
    ROLES,
    STATES,
)
from analysis.examples.world import Calendar, Flags, Floats, Numbers, codes, stream

Column = NDArray[np.generic]


def progress_rows(
    true: Course, told: Said, actions: pd.DataFrame, calendar: Calendar, shown: Flags, seed: int
) -> pd.DataFrame:
    """Return the table ``voortgang``, with ``kwartaal``.

    Args:
        true: the true course; only days that had passed by the end of a quarter are told.
        told: what the owners say.
        actions: ``actie_code``.
        calendar: the quarters.
        shown: the quarters for which there is a delivery.
        seed: seed of the plan.
    """
    quarters, count = told.progress.shape
    now = np.arange(1, quarters + 1)[:, None]
    start = np.where(true.start < now, true.start, np.nan)
    end = np.where((true.end <= now) & (told.progress >= DONE), true.end, np.nan)
    lost = stream(seed, "lost").random((quarters, count)) < 0.01
    columns: dict[str, Column] = {
        "kwartaal": _names(calendar, count),
        "actie_code": np.broadcast_to(codes(actions), (quarters, count)),
        "voortgang_pct": np.where(lost & (told.progress < DONE), np.nan, told.progress),
        "eigen_status": _pick(STATUSES, told.status),
        "gewicht": _weights(quarters, count, seed),
        "gepland_start": calendar.days(np.broadcast_to(true.planned_start, (quarters, count))),
        "gepland_einde": calendar.month_ends(told.planned_end),
        "verwacht_start": calendar.days(told.expected_start),
        "verwacht_einde": _expected(told, end, calendar),
        "werkelijk_start": calendar.days(start),
        "werkelijk_einde": calendar.days(end),
        "trekker_rol": np.broadcast_to(
            _pick(ROLES, stream(seed, "role").integers(0, len(ROLES), size=(count,))), start.shape
        ),
        "pdca_fase": _pick(("plan", "do", "check", "act"), np.searchsorted([15, 70, 90], told.progress, side="right")),
        **_answers(told, calendar, seed),
    }
    return _table(columns, ~told.silent & shown[:, None])


def contribution_rows(
    told: Said, actions: pd.DataFrame, calendar: Calendar, shown: Flags, seed: int, organisations: Sequence[str]
) -> pd.DataFrame:
    """Return the table ``bijdragen``: the organisations, one to three, that contribute to each action."""
    quarters, count = told.progress.shape
    rng, rows = stream(seed, "organisations"), []
    for _ in range(count):
        many = min(int(rng.integers(1, 4)), len(organisations))
        rows.append(sorted(rng.choice(len(organisations), many, replace=False)) if many else [])
    owner = np.repeat(np.arange(count), [len(row) for row in rows])
    chosen = np.array([place for row in rows for place in row], dtype=np.int64)
    shape = (quarters, len(owner))
    columns: dict[str, Column] = {
        "kwartaal": _names(calendar, len(owner)),
        "actie_code": np.broadcast_to(codes(actions)[owner], shape),
        "organisatie_id": np.broadcast_to(np.array([*organisations, ""], dtype=object)[chosen], shape),
    }
    return _table(columns, ~told.silent[:, owner] & shown[:, None])


def milestone_rows(
    true: Course, told: Said, actions: pd.DataFrame, calendar: Calendar, shown: Flags, seed: int
) -> pd.DataFrame:
    """Return the table ``mijlpalen``: one to four of each action, the last at its end."""
    quarters, count = told.progress.shape
    many: Numbers = stream(seed, "milestones").integers(1, 5, size=(count,))
    owner = np.repeat(np.arange(count), many)
    number = np.concatenate([np.arange(1, some + 1) for some in many]) if count else np.zeros(0, dtype=np.int64)
    share = number / many[owner]
    realised = _passed(true, owner, share * DONE)
    now, shape = np.arange(1, quarters + 1)[:, None], (quarters, len(owner))
    known = np.where(realised < now, realised, np.nan)
    planned = (true.planned_start + 0 * now)[:, owner]
    expected = told.expected_start[:, owner]
    word = np.where(share >= 1, len(MILESTONES) - 1, np.minimum(number - 1, len(MILESTONES) - 2))
    columns: dict[str, Column] = {
        "kwartaal": _names(calendar, len(owner)),
        "actie_code": np.broadcast_to(codes(actions)[owner], shape),
        "mijlpaal_code": np.broadcast_to(np.array([f"M{one}" for one in number], dtype=object), shape),
        "label_nl": np.broadcast_to(_pick([nl for nl, _ in MILESTONES], word), shape),
        "label_fr": np.broadcast_to(_pick([fr for _, fr in MILESTONES], word), shape),
        "gepland": calendar.month_ends(planned + share * (told.planned_end[:, owner] - planned)),
        "verwacht": calendar.month_ends(_ahead(expected + share * (told.expected_end[:, owner] - expected), known)),
        "gerealiseerd": calendar.days(known),
    }
    return _table(columns, ~told.silent[:, owner] & shown[:, None])


def _passed(true: Course, owner: Numbers, level: Floats) -> Floats:
    """Return the times at which the true progress of actions passed a level; NaN when it did not."""
    progress = np.vstack([np.zeros(len(owner)), true.progress[:, owner]])
    reached = progress >= np.minimum(level, DONE)
    step = np.maximum(np.argmax(reached, axis=0), 1)
    column = np.arange(len(owner))
    before, after = progress[step - 1, column], progress[step, column]
    inside = (level - before) / np.maximum(after - before, 1e-9)
    times = np.maximum(step - 1 + np.clip(inside, 0, 0.999), true.start[owner])
    found: Floats = np.where(reached.any(axis=0), np.where(level >= DONE, true.end[owner], times), np.nan)
    return found


def _ahead(expected: Floats, known: Floats) -> Floats:
    """Return expected times: in the future as long as the thing has not happened, else when it happened."""
    now = np.arange(1, len(expected) + 1)[:, None]
    return np.where(np.isnan(known), np.maximum(expected, now + 1 / 3), known)


def _expected(told: Said, end: Floats, calendar: Calendar) -> NDArray[np.datetime64]:
    days = calendar.month_ends(told.expected_end)
    return np.where(np.isnan(end), days, calendar.days(end)).astype("datetime64[us]")


def _weights(quarters: int, count: int, seed: int) -> Floats:
    """Return weights of 1, 2 or 3; those of a few actions change once."""
    rng = stream(seed, "weights")
    first, other = rng.integers(1, 4, count), rng.integers(1, 4, count)
    changes = np.where(rng.random(count) < 0.05, rng.integers(4, 21, count), np.iinfo(np.int64).max)
    return np.where(np.arange(quarters)[:, None] < changes, first, other).astype(float)


def _answers(told: Said, calendar: Calendar, seed: int) -> dict[str, Column]:
    """Return why an action is late, and what its owner does about it: some say why, fewer say what."""
    quarters, count = told.progress.shape
    rng, chance = stream(seed, "answers"), stream(seed, "causes")
    cause: Numbers = rng.integers(0, len(CAUSES), size=(count,))
    candid = rng.random(count)
    causes = np.zeros((quarters, count), dtype=np.int64)
    for step in range(quarters):
        draws = chance.random((2, count))
        cause = np.where(draws[0] < 0.1, (draws[1] * len(CAUSES)).astype(np.int64), cause)
        causes[step] = cause
    says, acts = told.late & (candid < 0.9), told.late & (candid < 0.7)
    due = told.since + 3.0
    carried_out = acts & (np.arange(1, quarters + 1)[:, None] > due) & (candid < 0.5)
    effect = 1 + rng.integers(0, 3, count)
    return {
        "oorzaak": np.where(says, _pick(CAUSES, causes), ""),
        "maatregel_nl": np.where(acts, _pick([MEASURES[one][0] for one in CAUSES], causes), ""),
        "maatregel_fr": np.where(acts, _pick([MEASURES[one][1] for one in CAUSES], causes), ""),
        "maatregel_rol": np.where(acts, _pick(ROLES, rng.integers(0, len(ROLES), size=(count,))), ""),
        "maatregel_datum": calendar.month_ends(np.where(acts, due, np.nan)),
        "maatregel_stand": _pick(STATES, acts.astype(np.int64) + carried_out),
        "maatregel_effect": _pick(EFFECTS, np.where(carried_out, effect, 0)),
        **_remarks(told, seed),
    }


def _remarks(told: Said, seed: int) -> dict[str, Column]:
    """Return what owners add: few of them do, more often when they are late; some in one language only."""
    quarters, count = told.progress.shape
    draw, place, tongue = np.moveaxis(stream(seed, "remarks").random((quarters, 3, count)), 1, 0)
    says = (draw < np.where(told.late, 0.4, 0.1)) & (told.progress < DONE)
    found: dict[str, Column] = {}
    for column, language, left_out in (("opmerking_nl", 0, tongue > 0.8), ("opmerking_fr", 1, tongue < 0.15)):
        late, other = (
            _pick([pair[language] for pair in known], (place * len(known)).astype(np.int64))
            for known in (LATE_REMARKS, REMARKS)
        )
        found[column] = np.where(says & ~left_out, np.where(told.late, late, other), "")
    return found


def _names(calendar: Calendar, columns: int) -> Column:
    return np.repeat(np.array(calendar.names, dtype=object)[:, None], columns, axis=1)


def _pick(words: Sequence[str], places: Numbers) -> NDArray[np.object_]:
    found: NDArray[np.object_] = np.array(words, dtype=object)[places]
    return found


def _table(columns: dict[str, Column], told: Flags) -> pd.DataFrame:
    return pd.DataFrame({name: values[told] for name, values in columns.items()})
