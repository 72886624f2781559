"""How long the scoring of a SWOT computes: ``python -m benchmarks.scoring``.

A matrix of 15 items, with all comparisons and with half of them, each with its most inconsistent judgement; and the
rank acceptability of 31 items over 100,000 draws of the weights. All on one core. Together they have to stay under
:data:`GOAL`, for whoever moves a weight waits for the answer.
"""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import numpy as np
from numpy.typing import NDArray

from analysis.models.scoring.ahp import weigh, worst
from analysis.models.scoring.smaa import acceptability
from benchmarks import record

#: Seconds for all of it.
GOAL = 2.0
#: What the goal is about.
COMPARED, ITEMS, CRITERIA, DRAWS = 15, 31, 4, 100_000
#: Judgements are off by a factor; this is the standard deviation of its logarithm.
_OFF = 0.4
_THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

Floats = NDArray[np.float64]


@click.command()
@click.option("--repeats", default=5, show_default=True, type=click.IntRange(1), help="How often each runs.")
@click.option("--draws", default=DRAWS, show_default=True, type=click.IntRange(1), help="Draws of the weights.")
@click.option(
    "--docs",
    type=click.Path(file_okay=False, path_type=Path),
    help="Add the figures to scoring.json in this folder; without it they are only told.",
)
def main(repeats: int, draws: int, docs: Path | None) -> dict[str, Any]:
    """Measure how long the scoring computes, on one core."""
    on = record.machine()
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        results = pool.apply(measured, (repeats, draws))
    if docs is not None:
        record.append(docs / "scoring.json", "scoring", results, on=on, repeats=repeats, quick=draws < DRAWS)
    for line in lines(results):
        click.echo(line)
    return results


def measured(repeats: int, draws: int) -> dict[str, Any]:
    """Return the seconds of each way, all of them and the least, and the sum of the least."""
    whole, scores = judgements(COMPARED), np.random.default_rng(2).uniform(1, 5, (ITEMS, CRITERIA))
    ways: dict[str, Callable[[], object]] = {
        "ahp": lambda: worst(whole, weigh(whole)),
        "ahp_half": lambda: worst(half, weigh(half)),
        "smaa": lambda: acceptability(scores, draws=draws, seed=1),
    }
    half = halved(whole)
    seconds = {name: [_seconds(way) for _ in range(repeats)] for name, way in ways.items()}
    found: dict[str, Any] = {name: {"seconds": taken, "least": min(taken)} for name, taken in seconds.items()}
    together = round(sum(min(taken) for taken in seconds.values()), 4)
    return {"draws": draws, **found, "together": together, "goal": GOAL}


def judgements(items: int) -> Floats:
    """Return judgements of someone who has weights in mind and is not quite consistent.

    >>> weigh(judgements(15)).cr < 0.1, weigh(judgements(15)).lambda_max > 15.1
    (True, True)
    """
    rng = np.random.default_rng(1)
    weights = np.log(rng.uniform(1, 4, items))
    off = np.triu(rng.normal(0, _OFF, (items, items)), 1)
    matrix: Floats = np.exp(weights[:, None] - weights[None, :] + off - off.T)
    return matrix


def halved(matrix: Floats) -> Floats:
    """Return the matrix without half of its comparisons; each item is still compared with the next one."""
    places = np.arange(len(matrix))
    apart = np.abs(places[:, None] - places[None, :])
    return np.where((apart > 1) & (apart % 2 == 0), np.nan, matrix)


def lines(results: dict[str, Any]) -> list[str]:
    """Return the figures in words.

    >>> one = {"seconds": [0.5, 0.25], "least": 0.25}
    >>> lines({"draws": 9, "ahp": one, "ahp_half": one, "smaa": one, "together": 0.75, "goal": 2.0})[-1]
    'together: 0.750 s, of which the goal is 2.0 s: not the draws that the goal is about'
    """
    what = {
        "ahp": f"AHP of {COMPARED} items",
        "ahp_half": f"AHP of {COMPARED} items with half of the comparisons",
        "smaa": f"SMAA of {ITEMS} items with {results['draws']} draws",
    }
    told = [
        f"{words}: {results[name]['least']:.4f} s ({', '.join(f'{one:.4f}' for one in results[name]['seconds'])})"
        for name, words in what.items()
    ]
    met = "met" if results["together"] < results["goal"] else "missed"
    verdict = met if results["draws"] >= DRAWS else "not the draws that the goal is about"
    return [*told, f"together: {results['together']:.3f} s, of which the goal is {results['goal']} s: {verdict}"]


def _seconds(way: Callable[[], object]) -> float:
    begun = time.perf_counter()
    way()
    return round(time.perf_counter() - begun, 5)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.scoring")
