"""What is asked of the build, and what it answers: plain data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from analysis.build.failure import Failure
from analysis.build.rooms import Room
from analysis.errors import KrachtlijnError
from analysis.params import Run


@dataclass(frozen=True)
class Wish:
    """What is to be made beside the static report.

    Attributes:
        interactive: the edition with live charts.
        browser: the program that prints the PDF, see :func:`analysis.build.pdf.find_browser`; empty for no PDF.
    """

    interactive: bool = False
    browser: str = ""


@dataclass(frozen=True)
class Order:
    """One report that somebody wants.

    Attributes:
        run: the settled parameters.
        room: where it is to stand.
        wish: what to make beside the static report.
        reissue: why a frozen report is made again; empty for one that is not frozen.
        role: of who wants it, for the run's record; never the name of a person.
    """

    run: Run
    room: Room
    wish: Wish = Wish()
    reissue: str = ""
    role: str = "rapporteur"


@dataclass(frozen=True)
class Published:
    """What was published.

    Attributes:
        folder: the folder of the report.
        files: the report, one file per language and form.
        manifest: what they were made of.
        overview: the page that links to all reports; None when the report does not stand among them.
    """

    folder: Path
    files: tuple[Path, ...]
    manifest: Path
    overview: Path | None = None


@dataclass(frozen=True)
class Failed:
    """A notebook that did not end well.

    Attributes:
        notebook: its path, as a person writes it.
        language: that it ran in.
        parameters: that papermill filled in.
        failure: what went wrong.
        kept: where the notebook stands as it ran, as a person writes it; empty when it left nothing.
    """

    notebook: str
    language: str
    parameters: dict[str, object]
    failure: Failure
    kept: str


@dataclass(frozen=True)
class Result:
    """How an order ended: published, or with faults.

    Attributes:
        order: the order.
        published: None when there were faults.
        failed: the notebooks that did not end well.
        fault: what else kept it from being published.
        refused: nothing was begun: it is frozen, or another run is at it.
    """

    order: Order
    published: Published | None = None
    failed: tuple[Failed, ...] = ()
    fault: KrachtlijnError | None = None
    refused: bool = False
