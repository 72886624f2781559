"""Fixtures that several rooms share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from analysis.intake import ensure
from analysis.paths import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project itself, its data taken in once for all test workers."""
    checkout = Project(ROOT)
    shared = tmp_path_factory.getbasetemp().parent
    with FileLock(shared / "intake.lock"):
        ensure(checkout)
    return checkout


@pytest.fixture
def sandbox(tmp_path: Path) -> Project:
    """A copy of the raw data and the parameters, to damage at will."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data" / "processed").mkdir()
    return Project(tmp_path)
