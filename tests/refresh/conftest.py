"""A copy of the project to refresh, and a server that answers as Eurostat and be.STAT do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from analysis.paths import Project
from tests.refresh.serving import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that says what a test tells it to."""
    with serving() as told:
        yield told


@pytest.fixture
def copy(project: Project, tmp_path: Path) -> Project:
    """A copy of the project with its tables taken in; a test may refresh it."""
    for room in (project.raw, project.processed):
        shutil.copytree(room, tmp_path / "data" / room.name)
    return Project(tmp_path)
