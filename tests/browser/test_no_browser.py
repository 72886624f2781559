"""Without a browser these tests fail and say how to get one; none of them is ever skipped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.build import pdf
from tests.browser import view

HERE = Path(__file__).parent


def test_a_search_without_any_browser_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It names what it looked for, and the ways to have it."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("KRACHTLIJN_BROWSER", raising=False)
    monkeypatch.setattr(pdf, "_ON_MACS", ())
    monkeypatch.setattr(pdf, "_WINDOWS_ROOMS", ())
    with pytest.raises(RuntimeError, match=r"chromium, .*apt-get install chromium.*KRACHTLIJN_BROWSER.*make test"):
        view.find_browser()


def test_a_browser_that_is_named_is_not_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Another one may hide what fails in the named one."""
    monkeypatch.setenv("KRACHTLIJN_BROWSER", str(tmp_path / "mine"))
    with pytest.raises(RuntimeError, match=r"not found: .*mine"):
        view.find_browser()


def test_pytest_fails_without_a_browser(tmp_path: Path) -> None:
    """Also where somebody runs it by hand: an error with the reason, and no test that passes or is skipped."""
    environment = os.environ | {"KRACHTLIJN_BROWSER": str(tmp_path / "none")}
    command = [sys.executable, "-m", "pytest", "-p", "no:xdist", "-p", "no:cacheprovider", "-q", "-k", "ids_are_unique"]
    ran = subprocess.run(
        [*command, str(HERE / "test_checks.py")],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
    )
    assert ran.returncode == 1
    assert re.search(r"^\d+ deselected, 1 error in", ran.stdout, re.MULTILINE)
    assert "The browser tests need Chromium or Chrome" in ran.stdout


@pytest.mark.parametrize("path", sorted(HERE.rglob("*.py")), ids=lambda path: path.name)
def test_no_browser_test_can_be_skipped(path: Path) -> None:
    """There is no mark and no call in this folder that takes a test out."""
    found = re.findall(r"\b(?:pytest|mark|unittest)\.(?:skip|skipif|xfail|importorskip)\w*", path.read_text("utf-8"))
    assert found == []
