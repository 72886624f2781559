"""As-of, proven on all that the notebooks show: a fact of 2024 changes nothing in the report of 2022."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from analysis import deliveries
from analysis.deliveries import EXAMPLES
from analysis.intake import intake
from analysis.paths import Project

#: One later fact per table of dated facts, each about a period before 2022Q2, published on 2024-06-01.
PLANTED = {
    "bewijs_acties": "1.1.5,2022-03-01,dag,Geplant,mijlpaal,voltooid,hoog,lecho-be-c33560,2024-06-01,nee,x",
    "omgeving": "werkloosheidsgraad_15_64_jaar,economie_werk,BE10,2021,99,% beroepsbevolking,"
    "lecho-be-c33560,2024-06-01,nee,,",
    "budget": "directe_schuld,BHG,2021-12-31,99999,EUR_mln,gerealiseerd,lecho-be-c33560,2024-06-01,nee,x,",
    "personeel": "personeelsbestand,GOB,,,2021-12-31,9999,personen,lecho-be-c33560,2024-06-01,nee,x,",
}


QUARTERS = ("2022Q2", "2026Q3")


@pytest.fixture(scope="module")
def before(project: Project, figures: Callable[..., dict[str, str]]) -> dict[str, dict[str, str]]:
    """Every figure of an early and of a late quarter, as the project's own data give them."""
    return {quarter: figures(project, quarter=quarter, language="nl") for quarter in QUARTERS}


@pytest.mark.slow
@pytest.mark.xdist_group("as-of")
def test_a_later_fact_changes_no_figure_of_an_earlier_report(
    before: dict[str, dict[str, str]], sandbox: Project, figures: Callable[..., dict[str, str]]
) -> None:
    """With four facts of 2024 planted, every figure of 2022Q2 is the same to the letter; those of 2026Q3 are not."""
    for name, line in PLANTED.items():
        path = sandbox.raw / name / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert intake(sandbox).quarantined == 0
    after = {quarter: figures(sandbox, quarter=quarter, language="nl") for quarter in QUARTERS}
    assert len(before["2022Q2"]) >= 40
    assert after["2022Q2"] == before["2022Q2"]
    changed = {name.split("-")[0] for name in after["2026Q3"] if after["2026Q3"][name] != before["2026Q3"].get(name)}
    assert changed >= {"directieraad", "omgeving", "personeel_budget", "krachtlijnen"}


@pytest.mark.slow
@pytest.mark.xdist_group("as-of")
def test_the_reports_of_two_quarters_differ(before: dict[str, dict[str, str]]) -> None:
    """2022Q2 and 2026Q3 show the same figures by name where both know them, and different contents."""
    early, late = (before[quarter] for quarter in QUARTERS)
    assert sum(early[name] != late[name] for name in early.keys() & late.keys()) > 20


@pytest.mark.slow
def test_plain_papermill_runs_a_notebook(project: Project, tmp_path: Path) -> None:
    """`papermill notebooks/40_krachtlijnen.ipynb out.ipynb -f params/2026Q3.yaml` works without our command."""
    papermill = shutil.which("papermill", path=str(Path(sys.executable).parent))
    assert papermill
    out = tmp_path / "out.ipynb"
    command = [papermill, "notebooks/40_krachtlijnen.ipynb", str(out), "-f", "params/2026Q3.yaml", "-k", "python3"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outputs = [o for cell in nbformat.read(out, as_version=4).cells for o in cell.get("outputs", [])]
    assert sum("application/vnd.krachtlijn.figure+json" in output.get("data", {}) for output in outputs) >= 8


def test_a_later_delivery_changes_no_figure_of_an_earlier_report(
    examples: Project, tmp_path: Path, figures: Callable[..., dict[str, str]]
) -> None:
    """The report of 2023Q2 with all deliveries says to the letter what it says with those that had come by then."""
    asked = {"quarter": "2023Q2", "language": "nl", "deliveries": "examples"}
    other = Project(tmp_path)
    shutil.copytree(examples.raw, other.raw)
    shutil.copytree(examples.params, other.params)
    shutil.copytree(examples.processed, other.processed, ignore=shutil.ignore_patterns("ontvangen"))
    for path in deliveries.room(other, EXAMPLES).glob("*.parquet"):
        rows = pd.read_parquet(path)
        rows[rows["ontvangen"] <= "2023-08-14"].to_parquet(path, index=False)
    assert figures(examples, **asked) == figures(other, **asked)
