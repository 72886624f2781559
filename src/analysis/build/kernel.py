"""The kernel that the notebooks run on: always the interpreter that runs the build, with nobody's own settings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager

#: The name that Jupyter gives to the kernel of the running interpreter.
NATIVE = "python3"


class OwnInterpreter(AsyncKernelManager):
    """Starts the running interpreter, whatever other ``python3`` kernels are installed on the machine."""

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        """Look in no folder at all: what is left is Jupyter's native kernel, ``sys.executable``."""
        return KernelSpecManager(parent=self, kernel_dirs=[])

    def _transport_default(self) -> str:
        """Prefer files over ports: two kernels that start at once cannot take the same one."""
        return "tcp" if os.name == "nt" else "ipc"

    def _ip_default(self) -> str:
        if self.transport == "tcp":
            return str(super()._ip_default())
        return str(Path(os.environ["JUPYTER_RUNTIME_DIR"]) / "kernel")


@contextmanager
def own_settings(root: Path) -> Iterator[None]:
    """Give the kernels that this process starts a known environment, in an empty folder that is removed afterwards.

    The folder stands in place of the user's IPython settings and start-up scripts.

    Args:
        root: the project folder, which the notebooks open their data in.
    """
    before = dict(os.environ)
    with TemporaryDirectory(prefix="krachtlijn-", ignore_cleanup_errors=True) as home:
        os.environ.update(
            KRACHTLIJN_ROOT=str(root),
            IPYTHONDIR=home,
            JUPYTER_RUNTIME_DIR=home,
            PYTHONHASHSEED="0",  # the order of sets is the same in each run
            PYTHONIOENCODING="utf-8",
        )
        try:
            yield
        finally:
            os.environ.clear()
            os.environ.update(before)
