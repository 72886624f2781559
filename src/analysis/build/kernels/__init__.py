"""Kernels for notebooks: plain ones, and ones forked from a warm parent that has imported everything already.

``engine`` is what papermill calls, ``manager`` and ``provisioner`` what jupyter_client calls, ``warm`` this process's
end of the line to the parent; ``parent``, ``preload`` and ``child`` run over there. ``opened`` notes which files a
notebook reads.

What a cell shows is the same on both (``tests/build/kernels``). What a notebook can still tell, when it looks for it:

- The modules of all notebooks are imported already (``sys.modules``), and what their import does to others is done:
  numpy's filters of warnings stand further back in their list, and Altair's theme is that of the report even in a
  notebook that imports nothing of ``analysis.views``.
- The system's own list of processes names the parent's command (``/proc/self/cmdline``); other numbers of open files;
  objects that the garbage collector leaves alone (``gc.get_freeze_count()``).
- Libraries calculate on one thread, on plain kernels of the build too: figures do not depend on the processors.

The build ends kernels at once. Papermill by itself asks them to leave, so that what was registered with ``atexit``
runs, and a cell that took too long shows where it was interrupted.
"""

from __future__ import annotations

from pathlib import Path


def begin_early(notebooks: Path) -> None:
    """Start the warm parent before this process has imported what it needs itself; both then import at once.

    Args:
        notebooks: the folder whose notebooks will run.
    """
    from analysis.build.kernels import grammar, imports, warm

    grammar.put_off()
    if not warm.why_not():
        warm.shared(imports.imports_of(path for path in notebooks.glob("*.ipynb") if path.name[0] not in "_."))
