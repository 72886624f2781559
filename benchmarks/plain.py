"""A quarter's notebooks through the libraries of papermill and nbconvert, as a script of an afternoon would do it.

``python -m benchmarks.plain OUT QUARTER PROCESSES``: each notebook runs once per language and becomes an HTML page.
"""

from __future__ import annotations

import itertools
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path


def make(task: tuple[Path, str, str, Path]) -> None:
    """Run one notebook in one language, and make its page."""
    import papermill
    from nbconvert import HTMLExporter

    notebook, quarter, language, out = task
    executed = out / f"{notebook.stem}-{language}.ipynb"
    papermill.execute_notebook(
        str(notebook), str(executed), {"quarter": quarter, "language": language}, progress_bar=False
    )
    page, _ = HTMLExporter().from_filename(str(executed))
    executed.with_suffix(".html").write_text(page, encoding="utf-8")


def tasks(root: Path, quarter: str, out: Path) -> list[tuple[Path, str, str, Path]]:
    """Return each notebook in each language."""
    notebooks = sorted((root / "notebooks").glob("[0-9]*.ipynb"))
    return [(notebook, quarter, language, out) for notebook, language in itertools.product(notebooks, ("nl", "fr"))]


def main(out: str, quarter: str, processes: str) -> None:
    """Make all pages, in this process or in a pool."""
    todo = tasks(Path(os.environ["KRACHTLIJN_ROOT"]), quarter, Path(out))
    if processes == "1":
        for task in todo:
            make(task)
        return
    with ProcessPoolExecutor(int(processes)) as pool:
        list(pool.map(make, todo))


if __name__ == "__main__":
    main(*sys.argv[1:])
