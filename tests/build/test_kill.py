"""kill -9 at any moment leaves the old report whole or the new one whole, and never loses a frozen edition."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

#: Chosen by chance in each run of the tests; with 0 the program tries all of them, in some ten seconds.
MOMENTS = 10
PROGRAM = Path(__file__).with_name("kill_at.py")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs to fork")


@pytest.mark.parametrize("report", ["open", "frozen"])
@pytest.mark.parametrize("way", ["at-once", "in-steps"])
def test_a_killed_run_leaves_one_whole_report(project, tmp_path, report, way):
    """Before each call that touches a file; what stands there is checked, then tidied, then published over."""
    (tmp_path / "params").mkdir()
    (tmp_path / "params" / "defaults.yaml").write_bytes((project.params / "defaults.yaml").read_bytes())
    command = [sys.executable, str(PROGRAM), str(tmp_path), str(MOMENTS), way, report]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    told = json.loads(ended.stdout)
    assert len(told["found"]) == MOMENTS
    assert told["touches"] > 50
