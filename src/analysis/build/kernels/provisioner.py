"""Who starts warm kernels for jupyter_client: it asks the warm parent for a process in place of starting one."""

from __future__ import annotations

import asyncio
import os
import subprocess
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from papermill.log import logger

from analysis.build.kernels import manager, opened, warm
from analysis.build.kernels.child import Request


class WarmProvisioner(LocalProvisioner):
    """Asks the warm parent for a process; when that is dead or refuses, it starts a plain one and says so."""

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:  # noqa: ANN401 - as the parent's
        """Fork a kernel; ``cmd`` is ``[python, -m, ipykernel_launcher, ...]``."""
        request = self._request(cmd, options)
        try:
            kernel = await asyncio.to_thread(warm.shared().kernel, request)
        except (warm.CannotForkError, OSError) as fault:  # OSError: not even the parent could be started
            logger.warning("A plain kernel runs this notebook: %s", fault)
            if request.opened:
                manager.note_by_itself(Path(request.env["IPYTHONDIR"]), request.opened)
            return await super().launch_kernel(cmd, **options)
        self.process = kernel  # type: ignore[assignment]
        self.pid = self.pgid = kernel.pid
        self.cwd = request.cwd
        return dict(self.connection_info)

    def _request(self, cmd: list[str], options: dict[str, Any]) -> Request:
        env = dict(options.get("env") or os.environ)
        note = getattr(self.parent, "note", "")
        ignored = opened.ignored_folders(Path(env["IPYTHONDIR"]), Path(note).parent) if note else ()
        return Request(tuple(cmd[3:]), str(options.get("cwd") or Path.cwd()), env, note, ignored)

    async def wait(self) -> int | None:
        """Wait for the end without looking ten times a second."""
        if self.process is None:
            return 0
        status = await asyncio.to_thread(self.process.wait)
        self.process = None
        return int(status)

    async def kill(self, restart: bool = False) -> None:  # noqa: FBT001, FBT002 - as the parent's
        """Kill the kernel with what it started, and come back when it is gone."""
        process = self.process
        await super().kill(restart)
        if process is not None:
            try:
                await asyncio.to_thread(process.wait, 5)
            except subprocess.TimeoutExpired:
                self.log.warning("the kernel %s does not end", process.pid)
