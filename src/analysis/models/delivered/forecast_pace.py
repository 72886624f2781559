"""What a plan's own past teaches: how fast its actions go, how regularly, how slow near the end, how late they start.

Everything is in *reported* progress, so habits of the owners are learned as they are: where reports creep (the '90 %
syndrome'), a step costs more work. Time without a report is time in which work went on: steps between reports span it.

Each figure is learned from the other actions (the pool), never from the action itself: its own progress speaks through
its own history. So more progress can only make its forecast better. The uncertainty of what is learned is that of a
Bayesian bootstrap over actions (Rubin 1981; the weighted likelihood of Newton and Raftery 1994): each draw weighs every
action of the pool anew. Weak priors, as if a few actions more had been seen, carry a plan's first quarters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from analysis.models.delivered.forecast_population import Population, nearest_shape, population
from analysis.models.delivered.forecast_seen import DONE, Flags, Floats, Numbers, Seen
from analysis.models.delivered.forecast_swing import swings

#: Borders of the levels of reported progress; all above the first is the tail.
LEVELS = np.array([0.0, 85.0, 90.0, 95.0, 100.0])
#: Work per percent in each level of the tail, before there is experience: median, and lognormal deviation.
PRIOR_PRICE = (1.5, 2.0, 3.0)
PRIOR_PRICE_DEVIATION = 0.4
#: That prior weighs like so many percents of progress.
PRIOR_PRICE_WEIGHT = 40.0
#: Pace relative to the plan, before there is experience.
PRIOR_PACE = 0.7
#: Quarters that count together when the irregularity of progress is measured: a stand lasts longer than one.
STRETCH = 4
#: What one more quarter teaches about an action's own pace, as a share of what a quarter of pure noise would.
TRUST = 0.6


@dataclass(frozen=True)
class Steps:
    """Successive reports of an action: what was gained between them; one element per pair.

    Attributes:
        owner: place of the action.
        former: quarter of the former report.
        latter: quarter of the latter.
        before: progress in the former report.
        after: progress in the latter.
        length: quarters between them; to the day of the end, when it was completed.
        working: the work had begun by the former.
    """

    owner: Numbers
    former: Numbers
    latter: Numbers
    before: Floats
    after: Floats
    length: Floats
    working: Flags


@dataclass(frozen=True)
class Experience:
    """The work behind each action: actions as rows, levels as columns.

    Attributes:
        gained: percents of reported progress.
        took: quarters that they took.
    """

    gained: Floats
    took: Floats


@dataclass(frozen=True)
class Learned:
    """What one needs to draw the future of the open actions: draws as rows, open actions as columns.

    Attributes:
        own: the work behind each action of the plan.
        paces: how the paces of actions differ; relative to the pace that the plan needs.
        weight: what a quarter of an action's own history weighs.
        regular: shape of the gamma distribution of a moving quarter's progress.
        price: work per percent at each level of the tail (third axis).
        stay: chance that an action that came to a stand stands for another quarter.
        stall: chance per quarter that it comes to a stand.
        early: chance per quarter that it begins before its planned start.
        late: chance per quarter that it begins, from its planned start on.
        leave: chance per quarter that it is stopped or taken over.
        standing: came to a stand in its last report (per action).
        swing: relative deviation of a quarter for all actions together (per action).
    """

    own: Experience
    paces: Population
    weight: Floats
    regular: Floats
    price: Floats
    stay: Floats
    stall: Floats
    early: Floats
    late: Floats
    leave: Floats
    standing: Flags
    swing: Floats

    def repeated(self, draws: int) -> Learned:
        """Return as many draws, each of these in turn."""
        turn = np.arange(draws) % len(self.weight)
        names = ("weight", "regular", "price", "stay", "stall", "early", "late", "leave")
        paces = Population(self.paces.shape[turn], self.paces.scale[turn])
        return replace(self, paces=paces, **{name: getattr(self, name)[turn] for name in names})


def steps(of: Seen) -> Steps:
    """Return what was gained between successive reports."""
    owner, at = np.nonzero(~np.isnan(of.progress.T))
    pair = np.nonzero(owner[1:] == owner[:-1])[0]
    who, former, latter = owner[pair], at[pair], at[pair + 1]
    after = of.progress[latter, who]
    until = np.where(after >= DONE, np.fmin(of.end[who], latter + 1.0), latter + 1.0)
    length = np.maximum(until - (former + 1.0), 0.1)
    return Steps(who, former, latter, of.progress[former, who], after, length, of.begun[former, who])


def in_levels(progress: Floats) -> Floats:
    """Return how much of some progress lies in each level (last axis).

    >>> in_levels(np.array([92.0])).tolist()
    [[85.0, 5.0, 2.0, 0.0]]
    """
    found: Floats = np.clip(progress[..., None] - LEVELS[:-1], 0, np.diff(LEVELS))
    return found


def experience(of: Seen, found: Steps) -> Experience:
    """Return what each action gained in each level, and the time that it took."""
    moved = np.maximum(found.after - found.before, 0.0)[:, None]
    gained = np.maximum(in_levels(found.after) - in_levels(found.before), 0.0)
    stood = np.eye(len(LEVELS) - 1)[np.searchsorted(LEVELS[1:-1], found.before, side="right")]
    share = np.where(moved > 0, gained / np.maximum(moved, 1e-9), stood)
    own = [
        _per_action(of, found, values * found.working[:, None]) for values in (gained, share * found.length[:, None])
    ]
    return Experience(*own)


def learn(of: Seen, open_: Numbers, weights: Floats, normal: Floats) -> Learned:
    """Learn for each open action from the others.

    Args:
        of: what was reported.
        open_: places of the actions that are to be forecast.
        weights: per draw and action: its weight in the pool (exponential with mean 1).
        normal: per draw: standard normal numbers, one for each level of the tail.
    """
    found = steps(of)
    own = experience(of, found)
    pool = _Pool(of, found, own, open_, weights)
    noise = nearest_shape(_irregularity(pool))
    slow = found.working & (found.latter - found.former == 1) & (found.before < LEVELS[1] - 5)
    stay, stall = _stands(pool, slow)
    early, late = _starts(pool)
    standing = np.zeros(len(of.codes), dtype=bool)
    standing[found.owner] = slow & (found.after <= found.before)  # of each action, the last step stays
    return Learned(
        own=own,
        paces=population(own.took[:, 0], own.gained[:, 0] / pool.needed, noise.place, weights, open_),
        weight=noise.shape * TRUST,
        regular=_regularity(pool, slow & (found.after > found.before)),
        price=_prices(pool, normal),
        stay=stay,
        stall=stall,
        early=early,
        late=late,
        leave=_leaves(pool),
        standing=standing[open_],
        swing=_shared(pool, slow),
    )


@dataclass(frozen=True)
class _Pool:
    """Sums over the actions, per draw, without the open action that they are for."""

    of: Seen
    found: Steps
    own: Experience
    open: Numbers
    weights: Floats

    @property
    def needed(self) -> Floats:
        """Percents per quarter that each action needs by its plan."""
        return DONE / self.of.duration

    @property
    def pace(self) -> Floats:
        """A first guess of each action's pace, from its own history."""
        return (self.own.gained[:, 0] / self.needed + 2 * PRIOR_PACE) / (self.own.took[:, 0] + 2)

    def total(self, values: Floats) -> Floats:
        """Add up values of actions: draws as rows, open actions as columns."""
        found: Floats = (self.weights @ values)[:, None] - self.weights[:, self.open] * values[self.open]
        return np.maximum(found, 0.0)

    def count(self, chosen: Flags) -> Floats:
        """Add up the steps that are chosen."""
        return self.total(_per_action(self.of, self.found, chosen.astype(float)))


def _per_action(of: Seen, found: Steps, values: Floats) -> Floats:
    """Add up values of steps (first axis) for each action."""
    sums = np.zeros((len(of.codes), *values.shape[1:]))
    np.add.at(sums, found.owner, values)
    return sums


def _prices(pool: _Pool, normal: Floats) -> Floats:
    """Return the work per percent in each level of the tail: what it took at the action's own earlier pace."""
    work = pool.own.took * (pool.needed * pool.pace)[:, None]
    prices = []
    for level, median in enumerate(PRIOR_PRICE, start=1):
        guess = median * np.exp(PRIOR_PRICE_DEVIATION * normal[:, level - 1])[:, None]
        spent = pool.total(work[:, level]) + PRIOR_PRICE_WEIGHT * guess
        prices.append(spent / (pool.total(pool.own.gained[:, level]) + PRIOR_PRICE_WEIGHT))
    return np.stack(prices, axis=-1)


def _irregularity(pool: _Pool) -> Floats:
    """Return the shape of the gamma distribution of a quarter's progress, as stretches of a year show it."""
    found = pool.found
    moved = found.after - found.before
    gain = (np.minimum(found.after, LEVELS[1]) - np.minimum(found.before, LEVELS[1])) * found.working
    share = np.where(moved > 0, gain / np.maximum(moved, 1e-9), found.before < LEVELS[1])
    length = found.length * share * found.working
    names, which = np.unique(found.owner * 1000 + found.former // STRETCH, return_inverse=True)
    lengths, gains = np.bincount(which, weights=length), np.bincount(which, weights=gain)
    owner = names // 1000
    pace = pool.own.gained[:, 0] / pool.needed / np.maximum(pool.own.took[:, 0], 1e-9)
    off = (gains / pool.needed[owner] - pace[owner] * lengths) ** 2 / np.maximum(lengths, 0.5) * (lengths > 0)
    count = len(pool.needed)
    free = np.maximum(np.bincount(owner, weights=(lengths > 0).astype(float), minlength=count) - 1.0, 0.0)
    squares = np.bincount(owner, weights=off, minlength=count) * (free > 0)
    return (pool.total(free * pace**2) + 1.8) / (pool.total(squares) + 1.5)


def _regularity(pool: _Pool, moving: Flags) -> Floats:
    """Return the shape of the gamma distribution of the progress of a quarter in which an action moves."""
    found = pool.found
    gain = (found.after - found.before) / pool.needed[found.owner] * moving
    many = _per_action(pool.of, found, moving.astype(float))
    mean = _per_action(pool.of, found, gain) / np.maximum(many, 1)
    squares = _per_action(pool.of, found, (gain - mean[found.owner]) ** 2 * moving)
    free = np.maximum(many - 1, 0)
    return np.clip((pool.total(free * mean**2) + 2.4) / (pool.total(squares) + 0.8), 0.5, 12.0)


def _stands(pool: _Pool, slow: Flags) -> tuple[Floats, Floats]:
    """Return the chances that an action at a stand stays so, and that one that moves comes to a stand."""
    found = pool.found
    stood = slow & (found.after <= found.before)
    again = np.zeros(len(slow), dtype=bool)
    again[1:] = slow[1:] & slow[:-1] & (found.owner[1:] == found.owner[:-1]) & (found.former[1:] == found.latter[:-1])
    was = np.concatenate([[False], stood[:-1]]) if len(stood) else stood
    stall = (pool.count(again & ~was & stood) + 0.4) / (pool.count(again & ~was) + 4)
    stay = (pool.count(again & was & stood) + 2) / (pool.count(again & was) + 4)
    return np.maximum(stay, stall), stall


def _shared(pool: _Pool, slow: Flags) -> Floats:
    """Return how much quarters differ for all actions together."""
    found, shape = pool.found, (len(pool.needed), pool.of.quarters)
    gained, expected = np.zeros(shape), np.zeros(shape)
    place = found.owner[slow], found.latter[slow]
    gained[place] = (found.after - found.before)[slow]
    expected[place] = ((pool.needed * pool.pace)[found.owner] * found.length)[slow]
    return swings(gained, expected, pool.open)


def _starts(pool: _Pool) -> tuple[Floats, Floats]:
    """Return the chances per quarter that an action begins: before its planned start, and from it on."""
    found, of = pool.found, pool.of
    waited = ~found.working
    begun = waited & of.begun[found.latter, found.owner]
    planned = np.floor(np.nan_to_num(of.planned_start[found.owner], nan=-1.0))
    before = np.clip(planned - (found.former + 1), 0, found.length) * waited
    after = (found.length - before) * waited
    chances = []
    for events, exposure, prior in ((begun & (after <= 0), before, 0.05), (begun & (after > 0), after, 0.5)):
        waiting = pool.total(_per_action(of, found, exposure.astype(float)))
        chances.append(np.clip((pool.count(events) + prior) / (waiting + 1), 1e-4, 0.95))
    return chances[0], chances[1]


def _leaves(pool: _Pool) -> Floats:
    """Return the chance per quarter that an action is stopped or taken over."""
    of = pool.of
    stayed = np.where(of.done, of.end, np.where(of.left, of.exits, of.quarters))
    return np.minimum((pool.total(of.left.astype(float)) + 0.3) / (pool.total(np.maximum(stayed, 0.0)) + 100.0), 0.5)
