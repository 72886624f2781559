"""papermill's engine ``krachtlijn``: the same notebooks on kernels that start in a tenth of the time.

``papermill --engine krachtlijn in.ipynb out.ipynb`` finds it too. Where there is no fork, or for a notebook that asks
for another kernel, it runs papermill's own engine and says so in papermill's log.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if "papermill" not in sys.modules:  # while it is imported it imports this very module, and must not find it half done
    del sys.modules[__name__]
    import papermill  # noqa: F401 - for what it does

from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import NBClientEngine, NotebookExecutionManager
from papermill.log import logger

from analysis.build.kernels import manager, warm
from analysis.build.kernels.manager import NATIVE, manager_for

manager.look_up(PapermillNotebookClient)

#: Under which papermill knows the engine.
NAME = "krachtlijn"


class WarmEngine(NBClientEngine):  # type: ignore[misc, unused-ignore]
    """Runs a notebook on a kernel that was forked from a parent with everything imported."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        **options: Any,  # noqa: ANN401 - papermill's
    ) -> Any:  # noqa: ANN401 - papermill's
        """Run all cells; see papermill's NBClientEngine for the options.

        Besides those: ``kept``, where the notebook is written when it stops before its end without an error in a cell
        (a dead kernel, a cell that took too long); and ``note``, where the kernel notes what it opens.
        """
        kept, note = options.pop("kept", ""), options.pop("note", "")
        reason = warm.why_not() or _is_another(kernel_name)
        if reason:
            logger.warning("A plain kernel runs this notebook: %s", reason)
        own = {} if _is_another(kernel_name) else {"kernel_manager_class": manager_for(note, warm_one=not reason)}
        try:
            return super().execute_managed_notebook(nb_man, kernel_name, **own | options)
        except Exception:
            if kept:
                from papermill.iorw import write_ipynb

                nb_man.notebook_complete()  # what papermill itself notes in the file that it saves
                write_ipynb(nb_man.nb, str(Path(kept)))
            raise


def _is_another(kernel_name: str) -> str:
    return "" if kernel_name in (NATIVE, "python", "") else f"it asks for the kernel '{kernel_name}'"
