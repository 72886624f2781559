"""Where things stand: the rooms of a project folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import KrachtlijnError

MARKER = Path("data/raw/datapackage.json")


@dataclass(frozen=True)
class Project:
    """A project folder and the places in it that the code reads or writes."""

    root: Path

    @classmethod
    def find(cls, start: Path | None = None) -> Project:
        """Find the project: ``$KRACHTLIJN_ROOT``, else upwards from ``start``, else the source checkout.

        Raises:
            KrachtlijnError: no folder with ``data/raw/datapackage.json`` was found.
        """
        named = os.environ.get("KRACHTLIJN_ROOT")
        here = (start or Path.cwd()).resolve()
        candidates = [Path(named)] if named else [here, *here.parents, *Path(__file__).resolve().parents]
        for folder in candidates:
            if (folder / MARKER).is_file():
                return cls(folder)
        raise KrachtlijnError(
            "no Krachtlijn project found",
            where=str(candidates[0]),
            why=f"no folder here or above it holds {MARKER.as_posix()}",
            do="run the command inside the project's folder, or set KRACHTLIJN_ROOT to it",
        )

    @property
    def raw(self) -> Path:
        """What was received, never edited."""
        return self.root / "data" / "raw"

    @property
    def processed(self) -> Path:
        """What the intake makes; may be deleted at any time."""
        return self.root / "data" / "processed"

    @property
    def params(self) -> Path:
        """One YAML file per quarter and the shared defaults."""
        return self.root / "params"

    @property
    def notebooks(self) -> Path:
        """The chapters of the report, in the order of their names."""
        return self.root / "notebooks"

    @property
    def reports(self) -> Path:
        """One folder per quarter with the published report."""
        return self.root / "reports"

    @property
    def state(self) -> Path:
        """What runs tell each other, such as their locks; may be deleted when none is at work."""
        return self.root / ".krachtlijn"

    def show(self, path: Path) -> str:
        """Return a path as a person in the project's folder would write it."""
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else str(path)
