"""A browser, a small report that is right, the real reports, and faults to plant in them."""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, sync_playwright

from analysis import build
from analysis.build.execute import Executor, run_jobs
from analysis.deliveries import EXAMPLES, RECEIVED, Which
from analysis.params import settle
from analysis.paths import Project
from tests.browser.view import FLAGS, View, find_browser, open_file

ROOT = Path(__file__).resolve().parents[2]
SMALL = Path(__file__).parent / "small.html"
#: The report whose notebooks run on kernels, as `make report` does; the others run in the process, which is faster.
ON_KERNELS = ("2026Q3", RECEIVED)
#: With deliveries: the chapter of them, and page one; the other chapters are the same.
NOTEBOOKS = {RECEIVED: ("*.ipynb",), EXAMPLES: ("00_directieraad.ipynb", "20_swot.ipynb", "45_voortgang.ipynb")}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The browser; closed after each module, because no other test may run a loop of events beside Playwright's."""
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        yield one
        one.close()


@pytest.fixture(scope="session")
def published(examples: Project, shared: Path, in_process: Executor) -> Callable[..., Path]:
    """Give the folder of a quarter's report, in all its forms: made once for all workers, in a copy of the project."""

    def publish(quarter: str, which: Which = RECEIVED) -> Path:
        copy = Project(shared / f"project-{quarter}-{which}")
        with FileLock(shared / f"project-{quarter}-{which}.lock"):
            if not copy.root.exists():
                for name in ("data", "params"):
                    left_out = shutil.ignore_patterns(".next", "ontvangen")
                    shutil.copytree(examples.root / name, copy.root / name, ignore=left_out)
                copy.notebooks.mkdir()
                for path in (path for name in NOTEBOOKS[which] for path in examples.notebooks.glob(name)):
                    shutil.copy(path, copy.notebooks / path.name)
                wish = build.Wish(interactive=True, browser=find_browser())
                executor = run_jobs if (quarter, which) == ON_KERNELS else in_process
                build.build(copy, settle(copy, quarter, deliveries=which), wish=wish, executor=executor)
        folder = copy.reports / (quarter if which == RECEIVED else f"voorbeelden/{quarter}")
        assert (folder / "manifest.json").exists(), (
            f"the report of {quarter} could not be made; an earlier test says why"
        )
        return folder

    return publish


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., View]]:
    """Open a page's text as a file, its policy set to its style; by default the small report that is right."""
    views: list[View] = []

    def open_text(text: str = "", name: str = "rapport-nl.html", *, scripts: bool = True) -> View:
        path = tmp_path / name
        path.write_text(_seal(text or SMALL.read_text(encoding="utf-8")), encoding="utf-8")
        views.append(open_file(browser, path, scripts=scripts))
        return views[-1]

    yield open_text
    for view in views:
        view.page.context.close()


def _seal(text: str) -> str:
    """Allow in the page's policy the style sheet that it has now."""
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode() if style else ""
    return re.sub(r"sha256-[\w+/=]*", f"sha256-{digest}", text, count=1)
