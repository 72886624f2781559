"""As-of, proven on all that the notebooks show: a fact of 2024 changes nothing in the report of 2022."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.figure import Figure
from analysis.intake import intake
from analysis.paths import Project

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: One later fact per table of dated facts, each about a period before 2022Q2, published on 2024-06-01.
PLANTED = {
    "bewijs_acties": "1.1.5,2022-03-01,dag,Geplant,mijlpaal,voltooid,hoog,lecho-be-c33560,2024-06-01,nee,x",
    "omgeving": "werkloosheidsgraad_15_64_jaar,economie_werk,BE10,2021,99,% beroepsbevolking,"
    "lecho-be-c33560,2024-06-01,nee,,",
    "budget": "directe_schuld,BHG,2021-12-31,99999,EUR_mln,gerealiseerd,lecho-be-c33560,2024-06-01,nee,x,",
    "personeel": "personeelsbestand,GOB,,,2021-12-31,9999,personen,lecho-be-c33560,2024-06-01,nee,x,",
}


def figures(project: Project, quarter: str) -> dict[str, str]:
    """Run the code cells of all notebooks on a project, and return every figure that they show."""
    shown: dict[str, str] = {}
    for path in NOTEBOOKS:
        space: dict[str, object] = {}
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type != "code":
                continue
            tree = ast.parse(cell.source)
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, path.name, "exec"), space)  # noqa: S102 - the project's own notebooks
            if "parameters" in cell.metadata.get("tags", []):
                space |= {"quarter": quarter, "language": "nl"}
            if isinstance(last, ast.Expr):
                result = eval(compile(ast.Expression(last.value), path.name, "eval"), space)  # noqa: S307
                assert isinstance(result, Figure)
                shown[result.id] = json.dumps(result.carrier(), sort_keys=True, default=str)
    return shown


@pytest.mark.slow
def test_a_later_fact_changes_no_figure_of_an_earlier_report(
    project: Project, sandbox: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With four facts of 2024 planted, every figure of 2022Q2 is the same to the letter; those of 2026Q3 are not."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(project.root))
    before = {quarter: figures(project, quarter) for quarter in ("2022Q2", "2026Q3")}
    for name, line in PLANTED.items():
        path = sandbox.raw / name / f"{name}.csv"
        path.write_text(path.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    assert intake(sandbox).quarantined == 0
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(sandbox.root))
    after = {quarter: figures(sandbox, quarter) for quarter in ("2022Q2", "2026Q3")}
    assert len(before["2022Q2"]) >= 40
    assert after["2022Q2"] == before["2022Q2"]
    changed = {name.split("-")[0] for name in after["2026Q3"] if after["2026Q3"][name] != before["2026Q3"].get(name)}
    assert changed >= {"directieraad", "omgeving", "personeel_budget", "krachtlijnen"}


@pytest.mark.slow
def test_the_reports_of_two_quarters_differ(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """2022Q2 and 2026Q3 show the same figures by name where both know them, and different contents."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(project.root))
    early, late = figures(project, "2022Q2"), figures(project, "2026Q3")
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
