"""The benchmark of the forecast: its figures on a few plans add up, and those in docs/ are of the same make."""

from __future__ import annotations

from multiprocessing.pool import ThreadPool
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.quarter import Quarter
from benchmarks import forecast, record

DOCS = Path(__file__).resolve().parents[2] / "docs"
KINDS, JUDGES, QUESTIONS = ("plans", "worse"), ("truth", "reported"), ("gepland_einde", "vier_kwartalen")
RIVALS = {"basis", "status", "status_achteraf", "verwachting", "verwachting_achteraf"}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> SimpleNamespace:
    """A run on two plans of three years and one with worse habits: what it says, what it records, what it judged."""
    docs, judged = tmp_path_factory.mktemp("docs"), []
    one = forecast._one
    with pytest.MonkeyPatch.context() as patch:
        for name in forecast._THREADS:  # the command sets them; they come back after it
            patch.setenv(name, "1")
        patch.setattr(forecast, "FIRST", Quarter(2023, 4))
        patch.setattr(forecast, "_one", lambda task: judged.append(one(task)) or judged[-1])
        patch.setattr(forecast.multiprocessing, "get_context", lambda _: SimpleNamespace(Pool=ThreadPool))
        words = ["--plans", "2", "--workers", "1", "--first-seed", "1", "--docs", str(docs)]
        told = CliRunner().invoke(forecast.main, words, catch_exceptions=False)
    entry = record.entries(docs / "forecast.json")[-1]
    return SimpleNamespace(told=told, entry=entry, results=entry["results"], judged=judged)


def shape(content: Any) -> Any:
    """Return the keys of a record, without its numbers; of a list those of all that is in it."""
    if isinstance(content, dict):
        return {key: shape(value) for key, value in content.items()}
    if isinstance(content, list):
        return {key: "number" for one in content for key in one}
    return "number" if isinstance(content, int | float) else "text"


def test_each_kind_of_plan_is_judged_twice(ran: SimpleNamespace) -> None:
    """Plans as usual, and a quarter as many with worse habits; by the truth and by what was reported."""
    assert ran.told.exit_code == 0, ran.told.output
    assert (ran.entry["part"], ran.entry["quick"]) == ("forecast", True)
    assert [ran.results[kind]["plans"] for kind in KINDS] == [2, 1]
    assert [kind for kind, _ in ran.judged] == ["plans", "plans", "worse"]
    for kind in KINDS:
        assert {*ran.results[kind]} == {"plans", *JUDGES}
    assert [line for line in ran.told.output.splitlines() if not line.startswith(" ")] == ["plans: 2", "worse: 1"]


@pytest.mark.parametrize("by", JUDGES)
@pytest.mark.parametrize("kind", KINDS)
def test_the_figures_add_up(ran: SimpleNamespace, kind: str, by: str) -> None:
    """Coverage over all is that of its horizons, each forecast weighs alike; each rival is scored and compared."""
    own = ran.results[kind][by]
    scores = pd.concat([frames[f"{by}_scores"] for what, frames in ran.judged if what == kind])
    counts = scores[scores["maat"] == "dekking"].groupby("over")["aantal"].sum()
    horizons = [over for over in own["coverage"] if over != "alle"]
    assert horizons == [str(number) for number in range(1, len(horizons) + 1)]
    assert counts[horizons].sum() == counts["alle"]
    mean = np.average([own["coverage"][over] for over in horizons], weights=counts[horizons])
    assert own["coverage"]["alle"] == pytest.approx(mean, abs=1e-4)
    assert {*own["brier"]} == {*own["brier_better_in"]} == {*own["calibration"]} == {*QUESTIONS}
    for question in QUESTIONS:
        assert {*own["brier"][question]} == {"voorspelling", *RIVALS}
        assert {*own["brier_better_in"][question]} == RIVALS
        shares = [*own["brier"][question].values(), *own["brier_better_in"][question].values()]
        assert all(0 <= share <= 1 for share in shares)


@pytest.mark.parametrize("by", JUDGES)
def test_the_tenths_hold_every_forecast(ran: SimpleNamespace, by: str) -> None:
    """Each chance lies in its own tenth; none is lost, and those that were scored are among them."""
    for kind in KINDS:
        own = [frames for what, frames in ran.judged if what == kind]
        bins, scores = (pd.concat([frames[f"{by}_{part}"] for frames in own]) for part in ("bins", "scores"))
        for question, tenths in ran.results[kind][by]["calibration"].items():
            counted = bins[bins["vraag"] == question]
            assert [tenth["from"] for tenth in tenths] == sorted({round(start, 1) for start in counted["van"]})
            assert all(tenth["from"] <= tenth["forecast"] + 1e-4 <= tenth["from"] + 0.1002 for tenth in tenths)
            assert sum(tenth["cases"] for tenth in tenths) == counted["aantal"].sum()
            came = sum(tenth["came"] * tenth["cases"] for tenth in tenths)
            assert came == pytest.approx((counted["uitkomst"] * counted["aantal"]).sum(), abs=0.1)
            scored = scores[(scores["over"] == question) & (scores["van"] == "voorspelling")]["aantal"].sum()
            assert counted["aantal"].sum() >= scored > 0


def test_the_record_in_docs_is_of_this_make(ran: SimpleNamespace) -> None:
    """Every entry has the keys that a run writes today, and the one that counts was no try."""
    found = record.entries(DOCS / "forecast.json")
    assert [shape(entry["results"]) for entry in found] == [shape(ran.results)] * len(found)
    assert {name for entry in found for name in entry} == set(ran.entry)
    counts = record.latest(found)["forecast"]
    assert not counts["quick"]
    assert counts["results"]["plans"]["plans"] >= forecast.ENOUGH


def test_a_plan_is_simulated_alike_each_time() -> None:
    """The seed decides its habits, all of them between their bounds; worse ones are worse."""
    usual, worse = forecast.habits("plans", 7), forecast.habits("worse", 7)
    assert usual == forecast.habits("plans", 7)
    for own, bounds in ((usual, forecast.RANGES), (worse, forecast.RANGES | forecast.WORSE)):
        assert all(low <= getattr(own, name) <= high for name, (low, high) in bounds.items())
    assert worse.optimism > usual.optimism
