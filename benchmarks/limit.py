"""The limit: the same cells without kernels and without isolation, and the same pages; nothing is published.

``python -m benchmarks.limit OUT QUARTER``. All imports first, then two forked processes share the notebooks, each of
which runs once for both languages, and after them the two pages.
"""

from __future__ import annotations

import ast
import json
import multiprocessing
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from analysis.build.kernels import grammar

LANGUAGES = ("nl", "fr")
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "ARROW_NUM_THREADS")


def execute(notebook: Path, quarter: str, out: Path) -> Path:
    """Run the cells of a notebook in this process; write it with its outputs."""
    content = json.loads(notebook.read_text(encoding="utf-8"))
    space: dict[str, Any] = {}
    for cell in content["cells"]:
        if cell["cell_type"] != "code":
            continue
        shown = _run("".join(cell["source"]), space)
        data = shown._repr_mimebundle_() if shown is not None else None
        cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": data}] if data else []
        if "parameters" in cell["metadata"].get("tags", []):
            space |= {"quarter": quarter, "language": "+".join(LANGUAGES)}
    path = out / notebook.name
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def _run(source: str, space: dict[str, Any]) -> Any:  # noqa: ANN401 - whatever the last line gives
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)  # noqa: S102 - the project's own notebooks
    if not isinstance(last, ast.Expr):
        return None
    return eval(compile(ast.Expression(last.value), "cell", "eval"), space)  # noqa: S307 - as above


def page(quarter: str, language: Any, executed: list[Path], out: Path) -> None:  # noqa: ANN401 - one of LANGUAGES
    """Set the page of one language, as the build does."""
    from analysis.build.order import Wish
    from analysis.build.pages import Page, set_page
    from analysis.params import settle
    from analysis.paths import Project

    project = Project.find()
    run = settle(project, quarter)
    set_page(Page(project, run, Wish(), language, tuple(executed), LANGUAGES, (), out))


def main(out: Path, quarter: str) -> None:
    """Import, fork, run, set."""
    root = Path(os.environ["KRACHTLIJN_ROOT"])
    notebooks = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    from analysis.build import export  # noqa: F401 - imported before the fork is the point
    from analysis.build.kernels.imports import modules_of

    for name in dict.fromkeys(name for notebook in notebooks for name in modules_of(notebook)):
        try:
            import_module(name)
        except ModuleNotFoundError:  # a function of a module, not a module
            continue
    with multiprocessing.get_context("fork").Pool(2) as pool:
        executed = pool.starmap(execute, [(notebook, quarter, out) for notebook in notebooks], chunksize=1)
        pool.starmap(page, [(quarter, language, executed, out) for language in LANGUAGES], chunksize=1)


if __name__ == "__main__":
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    grammar.put_off()
    main(Path(sys.argv[1]), sys.argv[2])
