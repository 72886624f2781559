"""The whole report in a real browser: as a director opens it, offline, on a laptop, on a phone, on paper."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from filelock import FileLock
from playwright.sync_api import Browser, Page, sync_playwright

from analysis import build
from analysis.params import settle
from analysis.paths import Project

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="session")
def reports(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of 2026Q3 in both languages, made once, in a copy of the project."""
    shared = tmp_path_factory.getbasetemp().parent
    copy = Project(shared / "report-in-browser")
    with FileLock(shared / "report.lock"):
        folder = copy.reports / "2026Q3"
        if not folder.exists():
            for name in ("data", "params", "notebooks"):
                shutil.copytree(ROOT / name, copy.root / name, ignore=shutil.ignore_patterns(".next"))
            build.build(copy, settle(copy, "2026Q3"))
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser that `make test` found."""
    named = os.environ.get("KRACHTLIJN_BROWSER")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "no browser: run `make test`, or set KRACHTLIJN_BROWSER"
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield one
        one.close()


@pytest.fixture(params=["nl", "fr"])
def path(request: pytest.FixtureRequest, reports: Path) -> Path:
    """The report in each language."""
    return reports / f"rapport-{request.param}.html"


def open_at(browser: Browser, path: Path, width: int, scheme: str = "light") -> tuple[Page, list[str], list[str]]:
    """Open a report; return the page, the outside requests that it tried, and the console's errors."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True)
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    return page, [url for url in requests if not url.startswith(("file:", "data:"))], errors


def test_nothing_is_fetched_and_nothing_complains(browser: Browser, path: Path) -> None:
    """No outside request is even tried, and the file's own policy blocks nothing of it."""
    page, requests, errors = open_at(browser, path, 1280)
    assert requests == []
    assert errors == []
    assert page.locator("script").count() == 0


@pytest.mark.parametrize("width", [1280, 390])
def test_every_chart_is_visible(browser: Browser, path: Path, width: int) -> None:
    """Each chart shows exactly one drawing at each width, with marks in it, inside the page."""
    page, _, _ = open_at(browser, path, width)
    charts = page.locator("figure[role=img], figure [role=img]")
    assert charts.count() >= 8
    for chart in charts.all():
        shown = [svg for svg in chart.locator("svg").all() if svg.is_visible()]
        assert len(shown) == 1
        box = shown[0].bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["height"] > 60
        assert box["x"] + box["width"] <= width
        assert shown[0].locator("path, rect, circle, line").count() >= 3


@pytest.mark.parametrize("width", [1280, 768, 390, 320])
def test_the_page_never_scrolls_sideways(browser: Browser, path: Path, width: int) -> None:
    """On a phone, and at 400 % zoom, one reads down only."""
    page, _, _ = open_at(browser, path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, path: Path, scheme: str) -> None:
    """WCAG 2.2 AA as far as a machine can see, in light and in dark."""
    page, _, _ = open_at(browser, path, 1280, scheme)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert found.violations_count == 0, found.generate_report()


def test_the_report_prints_on_a4(browser: Browser, path: Path, tmp_path: Path) -> None:
    """The report becomes a tagged PDF of a sober number of pages."""
    page, _, _ = open_at(browser, path, 1280)
    pdf = page.pdf(prefer_css_page_size=True, tagged=True)
    assert pdf.startswith(b"%PDF")
    assert b"/StructTreeRoot" in pdf
    assert 5 <= pdf.count(b"/Type /Page\n") + pdf.count(b"/Type /Page ") <= 80


def test_headings_skip_no_level(browser: Browser, path: Path) -> None:
    """One h1, and each heading at most one level below the one before it."""
    page, _, _ = open_at(browser, path, 1280)
    levels = [
        int(tag[1]) for tag in page.locator("h1, h2, h3, h4, h5, h6").evaluate_all("all => all.map(e => e.tagName)")
    ]
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in itertools.pairwise(levels))


def test_all_chapters_are_in_one_file(browser: Browser, path: Path) -> None:
    """Five chapters and the list of sources, in the table of contents, and each entry leads somewhere."""
    page, _, _ = open_at(browser, path, 1280)
    assert page.locator("main h2").count() == 6
    targets = page.locator("nav a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert len(targets) >= 20
    assert all(page.locator(f"[id='{target[1:]}']").count() == 1 for target in targets)
