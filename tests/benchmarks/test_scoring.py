"""The benchmark of the scoring: it runs, tells its figures, and writes only when asked. Nothing is timed here."""

from __future__ import annotations

from multiprocessing.pool import ThreadPool
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from click.testing import CliRunner, Result

from analysis.models.scoring.ahp_missing import parts
from benchmarks import record, scoring

WAYS = {"ahp", "ahp_half", "smaa"}


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The command, in this process."""
    for name in scoring._THREADS:  # the command sets them; they come back after it
        monkeypatch.setenv(name, "1")
    monkeypatch.setattr(scoring.multiprocessing, "get_context", lambda _: SimpleNamespace(Pool=ThreadPool))

    def ran(*words: str) -> Result:
        return CliRunner().invoke(
            scoring.main, ["--draws", "50", *words], catch_exceptions=False, standalone_mode=False
        )

    return SimpleNamespace(ran=ran)


def test_the_figures_are_told_and_returned(run: SimpleNamespace, tmp_path: Path) -> None:
    """Each way as often as asked, its least, their sum and the goal; without a folder nothing is written."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        told = run.ran("--repeats", "2")
    results = told.return_value
    assert {*results} == {"draws", *WAYS, "together", "goal"}
    assert (results["draws"], results["goal"]) == (50, 2.0)
    for way in WAYS:
        assert {*results[way]} == {"seconds", "least"}
        assert len(results[way]["seconds"]) == 2
        assert results[way]["least"] == min(results[way]["seconds"])
    assert results["together"] == pytest.approx(sum(results[way]["least"] for way in WAYS), abs=1e-4)
    assert told.output.splitlines() == scoring.lines(results)
    assert [*tmp_path.iterdir()] == []


def test_a_record_is_kept_when_asked(run: SimpleNamespace, tmp_path: Path) -> None:
    """A try is told from a run with all draws."""
    told = run.ran("--repeats", "1", "--docs", str(tmp_path))
    (entry,) = record.entries(tmp_path / "scoring.json")
    assert (entry["part"], entry["quick"], entry["repeats"]) == ("scoring", True, 1)
    assert entry["results"] == told.return_value


def test_half_of_the_comparisons_still_connect_all_items() -> None:
    """49 of 105 are left out, and the rest can be completed."""
    half = scoring.halved(scoring.judgements(scoring.COMPARED))
    assert int(np.isnan(half).sum()) // 2 == 49
    assert len(parts(half)) == 1


@pytest.mark.parametrize(("together", "draws", "word"), [(1.99, 100_000, "met"), (2.0, 100_000, "missed")])
def test_the_goal_is_judged_with_all_draws(together: float, draws: int, word: str) -> None:
    """Met below two seconds."""
    one = {"seconds": [0.5], "least": 0.5}
    found = {"draws": draws, **dict.fromkeys(WAYS, one), "together": together, "goal": scoring.GOAL}
    assert scoring.lines(found)[-1].endswith(f": {word}")
