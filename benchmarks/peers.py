"""A quarter's notebooks through other tools that run notebooks; called with the Python of the venv that has them.

``python -m benchmarks.peers TOOL OUT QUARTER``. What each makes is what :mod:`benchmarks.plain` makes: every notebook
run in every language, and a page of each by nbconvert. Caches begin empty; both run two notebooks at a time.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from benchmarks.plain import tasks


def jupyter_cache(root: Path, quarter: str, out: Path) -> None:
    """Parameterise by papermill, run by jupyter-cache, page by nbconvert."""
    import nbformat
    from jupyter_cache import get_cache
    from jupyter_cache.executors import load_executor
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    cache = get_cache(out / "cache")
    records = []
    for notebook, _, language, _ in tasks(root, quarter, out):
        node = parameterize_notebook(
            load_notebook_node(str(notebook)), {"quarter": quarter, "language": language}, kernel_name="python3"
        )
        path = out / f"{notebook.stem}-{language}.ipynb"
        nbformat.write(node, path)
        records.append(cache.add_nb_to_project(str(path)))
    result = load_executor("local-parallel", cache).run_and_cache(timeout=600)
    if result.errored or result.excepted:
        raise SystemExit(f"jupyter-cache failed on {result.errored + result.excepted}")
    for record in records:
        _, merged = cache.merge_match_into_file(record.uri)
        _page(merged, Path(record.uri).with_suffix(".html"))


def _page(node: Any, path: Path) -> None:  # noqa: ANN401 - of whichever nbformat the venv has
    from nbconvert import HTMLExporter

    page, _ = HTMLExporter().from_notebook_node(node)
    path.write_text(page, encoding="utf-8")


def ploomber(root: Path, quarter: str, out: Path) -> None:
    """A DAG of notebooks without edges, which ploomber runs and pages itself."""
    from ploomber import DAG
    from ploomber.executors import Parallel
    from ploomber.products import File
    from ploomber.tasks import NotebookRunner

    dag = DAG(executor=Parallel(processes=2))
    for notebook, _, language, _ in tasks(root, quarter, out):
        name = f"{notebook.stem}-{language}"
        NotebookRunner(
            notebook,
            {"nb": File(out / f"{name}.ipynb"), "page": File(out / f"{name}.html")},
            dag=dag,
            name=name,
            kernelspec_name="python3",
            nb_product_key=["nb", "page"],
            static_analysis="disable",
            params={"quarter": quarter, "language": language},
        )
    dag.build(force=True, show_progress=False)


if __name__ == "__main__":
    os.environ["PLOOMBER_STATS_ENABLED"] = "false"  # no news of us to anybody
    tool = {"jupyter-cache": jupyter_cache, "ploomber": ploomber}[sys.argv[1]]
    tool(Path(os.environ["KRACHTLIJN_ROOT"]), sys.argv[3], Path(sys.argv[2]))
