"""A notebook cannot tell a warm kernel from a plain one: every output of every cell is the same.

What is not the same, and why, stands in the docstring of :mod:`analysis.build.kernels`.
"""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from analysis.build.execute import Job, end_kernels
from analysis.build.kernels import warm as kept_warm
from analysis.build.kernels.imports import imports_of
from tests.build.kernels.cells import CHANGES, DEEDS, ENDS, FACTS
from tests.build.kernels.ways import book, both, differences

ROOT = Path(__file__).resolve().parents[3]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("parity"),
    pytest.mark.skipif(bool(kept_warm.why_not()), reason="has no warm kernels"),
    # nbclient leaves tasks behind when a kernel dies, in both ways
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

#: The cells of these end when the machine says so.
HASTY = {"timeout": 3, "endless": 3}


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    """A folder for notebooks; the warm parent that runs them has imported what the real ones import."""
    real = [Job(path, (), {}, path, ROOT) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
    kept_warm.let_go()
    kept_warm.shared(imports_of(job.notebook for job in real))
    yield tmp_path_factory.mktemp("parity")
    end_kernels()


def job(room: Path, name: str, *cells: str, patience: int = 120, going_on: bool = False) -> Job:
    """A notebook with these cells; perhaps one that goes on after errors."""
    tags = {number: ["raises-exception"] for number in range(len(cells))} if going_on else {}
    path = room / f"{name}.ipynb"
    nbformat.write(book(*cells, tags=tags), path)
    return Job(path, ("nl",), {}, Path(path.name), ROOT, patience)


@pytest.fixture(scope="module")
def ran(room):
    """All small notebooks in both ways: name -> plain, warm. The one that changes everything comes first."""
    first = {"changes": job(room, "changes", CHANGES)}
    jobs = {"deeds": job(room, "deeds", *DEEDS, going_on=True), "facts": job(room, "facts", *FACTS, going_on=True)}
    jobs |= {name: job(room, name, "1", cell, "2", patience=HASTY.get(name, 120)) for name, cell in ENDS.items()}
    return both(first, room) | both(jobs, room)


def test_a_notebook_that_changes_all_options_runs_the_same(ran):
    """It ends well in both ways."""
    assert not list(differences(*ran["changes"]))
    assert not ran["changes"][1].error


@pytest.mark.parametrize("number", range(len(FACTS)), ids=lambda number: FACTS[number][:40])
def test_a_kernel_s_facts_are_those_of_a_plain_one(ran, number):
    """Even after a notebook that changed whatever can be changed: each kernel is fresh."""
    plain, warm = (one.cells[number] for one in ran["facts"])
    assert warm == plain


@pytest.mark.parametrize("number", range(len(DEEDS)), ids=lambda number: DEEDS[number][:40])
def test_a_cell_does_the_same_as_in_a_plain_kernel(ran, number):
    """Errors, forks, threads, streams, displays, magics: the same outputs in the same order, the same counts."""
    plain, warm = (one.cells[number] for one in ran["deeds"])
    assert warm == plain


@pytest.mark.parametrize("name", ENDS)
def test_a_notebook_that_stops_half_way_leaves_the_same(ran, name):
    """The same error of papermill, the same notebook to look at.

    How much of endless output came in time is chance; so is whether the last message of a dying kernel did.
    """
    plain, warm = ran[name]
    assert warm.error == plain.error
    if name in HASTY:  # both are interrupted; only papermill by itself waits for what the kernel says to that
        assert [cell["status"] for cell in warm.cells] == [cell["status"] for cell in plain.cells]
        assert all(cell["outputs"][0]["text"].startswith(("0\n1\n", "x\n")) for cell in (plain.cells[1], warm.cells[1]))
    else:
        assert not list(differences(plain, warm))


def test_two_kernels_draw_other_random_numbers(room):
    """Forks of one parent do not share them: Python's, numpy's, uuid's."""
    draws = "random.random(), np.random.rand(), uuid.uuid4(), np.random.default_rng().random()"
    cell = f"import random, uuid, numpy as np; print({draws})"
    found = both({name: job(room, name, cell) for name in ("one", "two")}, room)
    texts = [found[name][1].notebook.cells[0].outputs[0].text.split() for name in ("one", "two")]
    assert not set(texts[0]) & set(texts[1])


def test_what_a_module_says_while_it_is_imported_stands_in_the_cell(room, tmp_path_factory, monkeypatch):
    """A warning, a line, an error: imported beforehand it would be lost, so it is left to the notebook."""
    modules = tmp_path_factory.mktemp("modules")
    sayings = {
        "warns_at_import": "import warnings; warnings.warn('beware', FutureWarning, stacklevel=2)",
        "old_at_import": "import warnings; warnings.warn('old', DeprecationWarning, stacklevel=2)",
        "prints_at_import": "print('hello')",
        "writes_at_import": "import os; os.write(2, b'low')",
        "leaves_at_import": "raise SystemExit(3)",
        "fails_at_import": "import colorsys\n1 / 0",
        "keeps_the_stream": "import sys\nkept = sys.stdout\nencoding = kept.encoding",
    }
    for name, text in sayings.items():
        (modules / f"{name}.py").write_text(text + "\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(filter(None, [str(modules), os.environ.get("PYTHONPATH")])))
    cells = [f"import {name}; import time; time.sleep(0.3)" for name in sayings]
    told = "import keeps_the_stream; keeps_the_stream.kept.write('kept'), keeps_the_stream.encoding"
    book_of_all = job(room, "sayings", *cells, told, going_on=True)
    kept_warm.let_go()
    kept_warm.shared([*imports_of([book_of_all.notebook]), "json.no_such_name"])
    plain, warm = both({"sayings": book_of_all}, room)["sayings"]
    end_kernels()
    assert not list(differences(plain, warm))
    shown = [str(cell["outputs"]) for cell in warm.cells if "outputs" in cell]
    assert [word in text for word, text in zip(("beware", "old", "hello"), shown, strict=False)] == [True] * 3


def test_the_real_notebooks_are_the_same(project, room):
    """Each notebook of the report, for one quarter and both languages, cell by cell."""
    notebooks = sorted(project.notebooks.glob("*.ipynb"))
    parameters = {"quarter": "2026Q3", "language": "nl+fr", "plan": "gob-2021-2026", "as_of": "2026-11-14"}
    jobs = {path.stem: Job(path, ("nl", "fr"), parameters, Path(path.name), ROOT) for path in notebooks}
    kept_warm.shared(imports_of(job.notebook for job in jobs.values()))
    ran = both({name: replace(one) for name, one in jobs.items()}, room, save=False)
    assert sum(len(warm.cells) for _, warm in ran.values()) > 100
    assert {name: list(differences(*pair)) for name, pair in ran.items()} == {name: [] for name in jobs}
