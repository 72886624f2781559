"""How papermill's client starts kernels: this very interpreter, nobody's own settings, forked where it can be."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from queue import Empty
from typing import Any
from weakref import WeakSet

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_client.session import Session

from analysis.build.kernels import opened, warm

#: The name that Jupyter gives to the kernel of the running interpreter.
NATIVE = "python3"
#: The name under which jupyter_client finds the provisioner of warm kernels (an entry point of this package).
PROVISIONER = "krachtlijn-warm"
#: Characters that the path of a socket's folder may have; macOS and Linux refuse more than about a hundred.
_LONGEST = 98


class OwnClient(AsyncKernelClient):
    """Talks to a kernel; the first word comes as soon as the kernel can be heard on all channels."""

    async def _async_wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait for an answer on the shell, and for the end of its work on iopub: then nothing more is on its way.

        The original waits for 0.2 s of silence instead.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while not await self._is_heard(self.kernel_info()):
            if not await self._async_is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if time.monotonic() > end:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _is_heard(self, request: str) -> bool:
        """Say whether both an answer and its echo come within a second."""
        try:
            reply = await self.shell_channel.get_msg(timeout=1)
            while reply["parent_header"].get("msg_id") != request:
                reply = await self.shell_channel.get_msg(timeout=1)
            while True:
                echo = await self.iopub_channel.get_msg(timeout=0.2)
                done = echo["content"].get("execution_state") == "idle"
                if done and echo["parent_header"].get("msg_id") == request:
                    self._handle_kernel_info_reply(reply)
                    return True
        except Empty:
            return False

    wait_for_ready = _async_wait_for_ready


class OwnInterpreter(AsyncKernelManager):
    """Starts the running interpreter, whatever other ``python3`` kernels are installed on the machine.

    The kernel has an empty folder of its own in place of the user's IPython settings and start-up scripts, and works
    in the project folder.
    """

    warm_kernels = False
    #: The file in which the kernel notes what it opens; empty for none.
    note = ""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - traits of the parent
        self.home = Path(tempfile.mkdtemp(prefix="kernel-", dir=_room()))
        _living.add(self)
        super().__init__(**options, connection_file=str(self.home / "connection.json"))
        self.client_factory = OwnClient

    def _kernel_spec_manager_default(self) -> KernelSpecManager:
        """Look in no folder at all: what is left is Jupyter's native kernel, ``sys.executable``."""
        return KernelSpecManager(parent=self, kernel_dirs=[])

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The native kernel; with a word to jupyter_client on who starts it."""
        spec = super().kernel_spec
        if spec is not None and self.warm_kernels:
            spec.metadata = {**spec.metadata, "kernel_provisioner": {"provisioner_name": PROVISIONER}}
        return spec

    def _transport_default(self) -> str:
        """Prefer files over ports: two kernels that start at once cannot take the same one."""
        return "tcp" if os.name == "nt" or len(str(self.home)) > _LONGEST else "ipc"

    def _ip_default(self) -> str:
        return str(super()._ip_default()) if self.transport == "tcp" else str(self.home / "s")

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:  # noqa: ANN401
        options["env"] = environment(options.get("env"), self.home, Path(options.get("cwd") or Path.cwd()))
        if self.note and not self.warm_kernels:
            note_by_itself(self.home, self.note)
        started: tuple[list[str], dict[str, Any]] = await super()._async_pre_start_kernel(**options)
        return started

    async def _async_cleanup_resources(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - as the parent's
        await super()._async_cleanup_resources(restart=restart)
        if not restart:
            shutil.rmtree(self.home, ignore_errors=True)


class WarmInterpreter(OwnInterpreter):
    """The same, forked from the warm parent."""

    warm_kernels = True


#: Every manager that somebody still holds.
_living: WeakSet[OwnInterpreter] = WeakSet()


def manager_for(note: str, *, warm_one: bool) -> type[OwnInterpreter]:
    """Return the class of managers whose kernels note what they open in this file."""
    return type("Interpreter", (WarmInterpreter if warm_one else OwnInterpreter,), {"note": note})


def look_up(client: type[Any]) -> None:
    """Look up the classes that those of a run name by a string.

    traitlets does so when it makes the first object of a class, and two threads that do so at once can fail.

    Args:
        client: papermill's class of clients.
    """
    made: list[Any] = [client, OwnInterpreter, OwnClient, KernelProvisionerFactory, LocalProvisioner]
    for kind in (*made, KernelSpecManager, KernelSpec, Session):
        kind.__new__(kind)


def end_all() -> None:
    """Kill the kernels of all managers; whoever waits for one hears that it is dead."""
    for manager in list(_living):
        process = getattr(manager.provisioner, "process", None)
        if process is not None:
            with contextlib.suppress(OSError):
                process.kill()


def note_by_itself(home: Path, note: str) -> None:
    """Let a plain kernel note what it opens: IPython runs what stands in its start-up folder before the first cell.

    Args:
        home: the kernel's own folder.
        note: the file to note it in.
    """
    startup = home / "profile_default" / "startup"
    startup.mkdir(parents=True)
    lines = [
        "from analysis.build.kernels import opened as _opened",
        f"_opened.record({note!r}, {opened.ignored_folders(home, Path(note).parent)!r})",
        "del _opened",
    ]
    (startup / "00-opened.py").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _room() -> Path | None:
    """Return the parent's folder, which goes with it; without one the system's."""
    home = warm.shared().home if not warm.why_not() else None
    return home if home and home.is_dir() else None


def environment(given: dict[str, str] | None, home: Path, root: Path) -> dict[str, str]:
    """Return a kernel's whole environment.

    Args:
        given: the environment to begin with; by default this process's.
        home: the kernel's own empty folder.
        root: the project folder.
    """
    return {
        **(os.environ if given is None else given),
        "KRACHTLIJN_ROOT": str(root),
        "IPYTHONDIR": str(home),
        "JUPYTER_RUNTIME_DIR": str(home),
        "PYTHONHASHSEED": "0",  # the order of sets is the same in each run
        "PYTHONIOENCODING": "utf-8",
        **dict.fromkeys(warm.ONE_THREAD, "1"),
    }
