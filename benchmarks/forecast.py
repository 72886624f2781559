"""How good the forecast is, on plans of which the truth is known: ``python -m benchmarks.forecast --plans 200``.

Each plan is simulated with another seed and somewhat other habits of actions and owners. The forecast sees only what
was delivered; it is made again at each past quarter, and judged by what truly happened, and by what was reported. The
model's few fixed numbers were chosen on plans with seeds below 1001 and from 900000 on; none of those is reported here.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from analysis.examples.process import Process, simulate
from analysis.models.delivered.backtest import Judged, judge, reforecast, reported_ends
from analysis.models.delivered.latest import history
from analysis.quarter import Quarter
from benchmarks import record
from benchmarks.clock import ROOT

FIRST, LAST = Quarter(2021, 3), Quarter(2026, 3)
#: Days after a quarter on which its delivery is received.
RECEIVED = 30
#: The share of numbers of actions that an 80 % interval may hold.
LEAST, MOST = 0.72, 0.88
#: A run with fewer plans is a try.
ENOUGH = 200
#: Between which values each habit lies, from plan to plan.
RANGES = {
    "duration": (6.0, 9.0),
    "late": (0.8, 2.4),
    "punctual": (0.2, 0.5),
    "pace": (0.65, 1.0),
    "spread": (0.2, 0.5),
    "noise": (0.3, 0.8),
    "swing": (0.05, 0.25),
    "stall": (0.02, 0.08),
    "resume": (0.25, 0.5),
    "tail": (0.6, 1.0),
    "taken": (0.05, 0.2),
    "silent": (0.02, 0.06),
    "speak": (0.3, 0.5),
    "gone": (0.0, 0.008),
    "optimism": (5.0, 22.0),
    "premature": (0.0, 0.2),
    "movers": (0.1, 0.4),
    "updaters": (0.6, 0.95),
}
#: Worse habits than any of those on which the model's numbers were chosen.
WORSE = {
    "swing": (0.3, 0.4),
    "stall": (0.1, 0.15),
    "tail": (0.4, 0.6),
    "optimism": (22.0, 30.0),
    "premature": (0.2, 0.4),
    "silent": (0.06, 0.1),
    "gone": (0.008, 0.015),
}
_KINDS = {"plans": RANGES, "worse": RANGES | WORSE}
_JUDGES = ("truth", "reported")
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

Frames = dict[str, pd.DataFrame]


@click.command()
@click.option("--plans", default=ENOUGH, show_default=True, type=click.IntRange(1), help="How many plans to simulate.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes at the same time.")
@click.option("--first-seed", default=1001, show_default=True, type=click.IntRange(1), help="Seed of the first plan.")
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    default=ROOT / "docs",
    help="Where forecast.json stands.",
)
def main(plans: int, workers: int, first_seed: int, docs: Path) -> None:
    """Measure the forecast on simulated plans, and add the figures to forecast.json.

    A quarter as many plans again have worse habits than any on which the model was made: their figures are shown, not
    judged.
    """
    on, begun = record.machine(), time.perf_counter()
    os.environ.update(dict.fromkeys(_THREADS, "1"))  # each process has one core
    tasks = [("plans", first_seed + number) for number in range(plans)]
    tasks += [("worse", first_seed + plans + number) for number in range(max(plans // 4, 1))]
    found: dict[str, list[Frames]] = {kind: [] for kind in _KINDS}
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        for number, (kind, frames) in enumerate(pool.imap(_one, tasks), start=1):
            found[kind].append(frames)
            if number % 25 == 0:
                click.echo(f"{number} of {len(tasks)} plans, {time.perf_counter() - begun:.0f} s", err=True)
    results: dict[str, Any] = {"first_seed": first_seed, "seconds": round(time.perf_counter() - begun)}
    for kind, plans_ in found.items():
        results[kind] = {"plans": len(plans_)} | {by: figures(plans_, by) for by in _JUDGES}
    record.append(docs / "forecast.json", "forecast", results, on=on, repeats=1, quick=plans < ENOUGH)
    for line in lines(results):
        click.echo(line)


def habits(kind: str, seed: int) -> Process:
    """Return the habits of one plan.

    >>> habits("plans", 3) == habits("plans", 3), habits("plans", 3) == habits("plans", 4)
    (True, False)
    """
    rng = np.random.default_rng([seed, 1])
    drawn: dict[str, Any] = {name: float(rng.uniform(*bounds)) for name, bounds in _KINDS[kind].items()}
    return Process(**drawn)


def judged(kind: str, seed: int) -> dict[str, Judged]:
    """Simulate one plan, forecast it at each past quarter, and judge that by the truth and by what was reported."""
    actions = pd.read_csv(ROOT / "data" / "raw" / "acties" / "acties.csv", dtype=str)
    plan = simulate(actions, FIRST, LAST, seed, process=habits(kind, seed), tables=("voortgang",))
    days = {name: pd.Timestamp(Quarter.parse(name).as_of(RECEIVED)) for name in plan.voortgang["kwartaal"].unique()}
    rows = plan.voortgang.assign(bekend_op=plan.voortgang["kwartaal"].map(days))
    past = reforecast(rows, actions, LAST, seed=seed)
    true = plan.truth.drop_duplicates("actie_code").set_index("actie_code")[["einde"]]
    said = reported_ends(history(rows, ["actie_code"]), actions, LAST)
    return {"truth": judge(past, true.assign(bekend_tot=pd.Timestamp(LAST.end))), "reported": judge(past, said)}


def _one(task: tuple[str, int]) -> tuple[str, Frames]:
    kind, seed = task
    frames: Frames = {}
    for name, found in judged(kind, seed).items():
        frames[f"{name}_scores"] = found.samenvatting.assign(plan=seed)
        frames[f"{name}_bins"] = found.ijking
    return kind, frames


def figures(plans: Sequence[Frames], by: str) -> dict[str, Any]:
    """Return coverage per horizon, Brier scores and calibration over all plans.

    Args:
        plans: per plan the scores and the bins.
        by: what they were judged by.
    """
    scores = pd.concat([frames[f"{by}_scores"] for frames in plans], ignore_index=True)
    covered = scores[scores["maat"] == "dekking"]
    brier = scores[scores["maat"] == "brier"]
    bins = pd.concat([frames[f"{by}_bins"] for frames in plans], ignore_index=True)
    return {
        "coverage": {str(over): _mean(group) for over, group in covered.groupby("over")},
        "coverage_standard_error": _error(covered[covered["over"] == "alle"]),
        "brier": {
            str(question): {str(who): _mean(rows) for who, rows in group.groupby("van")}
            for question, group in brier.groupby("over")
        },
        "brier_better_in": {
            str(question): _better(group.pivot_table(index="plan", columns="van", values="waarde"))
            for question, group in brier.groupby("over")
        },
        "calibration": {str(question): _calibration(group) for question, group in bins.groupby("vraag")},
    }


def lines(results: dict[str, Any]) -> list[str]:
    """Return the figures in words."""
    told = []
    for kind in _KINDS:
        told.append(f"{kind}: {results[kind]['plans']}")
        for by in _JUDGES:
            own = results[kind][by]
            least, most = min(own["coverage"].values()), max(own["coverage"].values())
            verdict = (
                "" if (kind, by) != ("plans", "truth") else " met" if LEAST <= least <= most <= MOST else " missed"
            )
            shares = ", ".join(f"{over} {share:.3f}" for over, share in own["coverage"].items())
            told.append(f"  coverage of the 80 % interval against {by}: {shares}{verdict}")
            for question, rivals in own["brier"].items():
                scores = ", ".join(
                    f"{who} {score:.4f}" for who, score in sorted(rivals.items(), key=lambda one: one[1])
                )
                told.append(f"  Brier {question} against {by}: {scores}")
    return told


def _mean(rows: pd.DataFrame) -> float:
    """Return the mean over all forecasts of all plans."""
    return round(float(np.average(rows["waarde"], weights=rows["aantal"])), 4)


def _error(rows: pd.DataFrame) -> float:
    """Return the standard error of a mean over plans: forecasts of one plan are not independent."""
    return round(float(rows["waarde"].std() / np.sqrt(len(rows))), 4) if len(rows) > 1 else 0.0


def _better(scores: pd.DataFrame) -> dict[str, float]:
    """Return the share of plans in which the forecast has a better score than each rival."""
    own = scores.pop("voorspelling")
    return {str(name): round(float((own < scores[name]).mean()), 3) for name in scores}


def _calibration(bins: pd.DataFrame) -> list[dict[str, float]]:
    """Return per tenth of chance what was forecast and what came."""
    weighted = bins.assign(kans=bins["kans"] * bins["aantal"], uitkomst=bins["uitkomst"] * bins["aantal"])
    sums = weighted.groupby("van")[["kans", "uitkomst", "aantal"]].sum()
    return [
        {
            "from": round(float(str(border)), 1),
            "forecast": round(row["kans"] / row["aantal"], 4),
            "came": round(row["uitkomst"] / row["aantal"], 4),
            "cases": int(row["aantal"]),
        }
        for border, row in sums.iterrows()
    ]


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.forecast")
