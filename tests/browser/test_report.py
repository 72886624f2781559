"""The real reports in a real browser: as a director opens them, offline, on a laptop, on a phone, on paper."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analysis import build
from analysis.build.execute import Executor
from analysis.deliveries import EXAMPLES, RECEIVED
from analysis.params import settle
from analysis.paths import Project
from tests.browser.checks import access, charts, layout, paper, silence, structure
from tests.browser.checks.paper import Paper
from tests.browser.view import LARGE, SPACING, Look, View, open_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Check = Callable[[View], list[str]]

#: The latest quarter, the first one, of which little is known, and the latest one with the example deliveries.
#: Each report; two that are made by one build do not follow on each other, or the second worker waits for the first.
REPORTS = [
    (quarter, language, which)
    for language in ("nl", "fr")
    for quarter, which in (("2026Q3", RECEIVED), ("2021Q3", RECEIVED), ("2026Q3", EXAMPLES))
]
#: The early report and the one with deliveries run in one language by default, each in another: `pytest -m long`.
LONG = {("2021Q3", "fr", RECEIVED), ("2026Q3", "nl", EXAMPLES)}
LAPTOP, TABLET, PHONE, SMALL = (Look(width) for width in (1280, 768, 390, 320))
ONCE: list[Check] = [
    structure.ids_are_unique,
    structure.references_lead_somewhere,
    structure.links_lead_somewhere,
    structure.headings_are_in_order,
    structure.landmarks_stand_once,
    structure.skip_link_comes_first,
    structure.tables_explain_themselves,
    structure.language_is_said,
    charts.charts_are_named,
    charts.charts_have_their_table,
    charts.charts_are_light,
    charts.report_is_light,
    silence.nothing_can_run,
    silence.no_style_is_stopped,
    silence.policy_is_strict,
]
TEXTS: list[Check] = [layout.no_text_is_lost, charts.texts_are_whole]
DRAWN: list[Check] = [*TEXTS, charts.charts_are_shown, charts.texts_are_large_enough, charts.texts_are_apart]
COLOURS: list[Check] = [charts.texts_stand_out]
WIDTH: list[Check] = [layout.nothing_sticks_out]
SILENCE: list[Check] = [silence.nothing_is_fetched, silence.nothing_is_said]
#: What is checked in which look.
MATRIX: list[tuple[str, Look, list[Check]]] = [
    ("laptop", LAPTOP, [*ONCE, *DRAWN, *COLOURS]),
    ("tablet", TABLET, DRAWN),
    ("phone", PHONE, [*DRAWN, *COLOURS]),
    ("small", SMALL, [*DRAWN, *COLOURS]),
    *((f"{look.width}-dark", Look(look.width, "dark"), COLOURS) for look in (LAPTOP, PHONE, SMALL)),
    # WCAG 1.4.12, and 1.4.4 with text alone at 200 %
    *((f"{look.width}-spaced", Look(look.width, css=SPACING), [*TEXTS, *WIDTH]) for look in (LAPTOP, PHONE)),
    *((f"{look.width}-large", Look(look.width, css=LARGE), [*TEXTS, *WIDTH]) for look in (LAPTOP, PHONE)),
    ("paper", Look(0, media="print"), [*DRAWN, *WIDTH]),
    ("at-last", LAPTOP, SILENCE),
]
#: What axe sees, which takes as long as all the other checks together.
AXE = {
    "laptop": LAPTOP,
    "phone": PHONE,
    "small": SMALL,
    "1280-dark": Look(scheme="dark"),
    "390-dark": Look(390, "dark"),
}
#: The looks of axe that run by default: each of them on the fullest report, in one language or the other; of the other
#: reports, made of the same parts, both schemes, wide and narrow, once each. The rest is `pytest -m long`.
AXE_BY_DEFAULT = {
    ("2026Q3", "nl", RECEIVED): ("laptop", "small", "390-dark"),
    ("2026Q3", "fr", RECEIVED): ("phone", "1280-dark"),
    ("2021Q3", "nl", RECEIVED): ("390-dark",),
    ("2021Q3", "fr", RECEIVED): (),
    ("2026Q3", "nl", EXAMPLES): (),
    ("2026Q3", "fr", EXAMPLES): ("laptop",),
}
#: A window at 200 % zoom is half as wide; on a phone of 390 pixels that is narrower than any phone.
ZOOMED = [("laptop", Look(640)), ("phone", Look(195))]
WIDTHS = sorted({*range(320, 1921, 80), 390, 719, 720, 721, 768, 1023, 1024, 1025})


def grid(rows: list[tuple[str, Look, list[Check]]]) -> list[object]:
    """Make a test of each look with each of its checks."""
    return [pytest.param(look, check, id=f"{name}-{check.__name__}") for name, look, found in rows for check in found]


def named(one: tuple[str, ...], *more: str) -> object:
    """Make a parameter of a report, and of what more a test takes; its tests stay together."""
    values = (one, *more) if more else (one,)
    marks = [pytest.mark.xdist_group("-".join(one))]
    marks += [] if one not in LONG and set(more) <= set(AXE_BY_DEFAULT[one]) else [pytest.mark.long]
    return pytest.param(*values, id="-".join((*one, *more)), marks=marks)


@pytest.fixture(scope="module", params=[named(one) for one in REPORTS])
def path(request: pytest.FixtureRequest, published: Callable[..., Path]) -> Path:
    """Each report; its tests stay together on one worker, which opens it once."""
    quarter, language, which = request.param
    return published(quarter, which) / f"rapport-{language}.html"


@pytest.fixture(scope="module")
def report(browser: Browser, path: Path) -> Iterator[View]:
    """The report as a browser opens it."""
    yield from _opened(browser, path)


@pytest.fixture(scope="module")
def mute(browser: Browser, path: Path) -> Iterator[View]:
    """The report as it opens where scripts are off."""
    yield from _opened(browser, path, scripts=False)


@pytest.fixture(scope="module")
def zoomed(browser: Browser, path: Path) -> Iterator[View]:
    """The report at 200 % zoom."""
    yield from _opened(browser, path, scale=2)


@pytest.fixture(scope="module")
def printed(browser: Browser, path: Path) -> Iterator[Paper]:
    """The report on paper: the PDF that was published with it."""
    view = open_file(browser, path)
    yield paper.read_paper(view, path.with_suffix(".pdf").read_bytes())
    view.page.context.close()


def _opened(browser: Browser, path: Path, *, scripts: bool = True, scale: float = 1) -> Iterator[View]:
    view = open_file(browser, path, scripts=scripts, scale=scale)
    yield view
    view.page.context.close()


def test_the_tests_of_a_report_stay_together(request: pytest.FixtureRequest, path: Path) -> None:
    """A report is opened on one worker only: sharing out in groups works (with some versions of pytest it does not)."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or request.node.nodeid.endswith(f"@{request.node.callspec.id}")
    assert path.is_file()


@pytest.mark.parametrize(("look", "check"), grid(MATRIX))
def test_the_report_has_no_fault(report: View, look: Look, check: Check) -> None:
    """The check finds nothing in this report, looked at in this way, with every `<details>` open."""
    assert check(report.put(look)) == []


@pytest.mark.parametrize(
    ("path", "look"),
    [named(one, look) for one in REPORTS for look in AXE],
    indirect=["path"],
)
def test_axe_finds_nothing(report: View, look: str) -> None:
    """WCAG 2.2 AA and good practice, as far as a machine can see them, with every `<details>` open."""
    assert access.axe_finds_nothing(report.put(AXE[look])) == []


def test_the_page_never_scrolls_sideways(report: View) -> None:
    """From the smallest phone, which is also a laptop at 400 % zoom, to the widest screen one reads down only."""
    found = {width: layout.nothing_sticks_out(report.put(Look(width))) for width in WIDTHS}
    assert {width: faults for width, faults in found.items() if faults} == {}


@pytest.mark.parametrize("look", [LAPTOP, PHONE], ids=["laptop", "phone"])
def test_without_scripts_every_chart_is_there(mute: View, look: Look) -> None:
    """A mail reader or a strict browser shows what any other shows."""
    assert len(mute.ask("return charts()")) >= (7 if "voorbeelden" in mute.path.parts else 8)
    assert charts.charts_are_shown(mute.put(look)) == []
    assert layout.no_text_is_lost(mute) == []


@pytest.mark.parametrize(("look", "check"), grid([(name, look, [*TEXTS, *WIDTH]) for name, look in ZOOMED]))
def test_zoom_loses_nothing(zoomed: View, look: Look, check: Check) -> None:
    """WCAG 1.4.4: at 200 % all is there, and one reads down only."""
    assert check(zoomed.put(look)) == []


@pytest.mark.parametrize(
    "check",
    [
        paper.pages_are_a4,
        paper.pages_hold_their_text,
        paper.pages_are_filled,
        paper.charts_stay_whole,
        paper.pdf_can_be_read_out,
    ],
)
def test_the_print_has_no_fault(printed: Paper, check: Callable[[Paper], list[str]]) -> None:
    """The check finds nothing in the printed report."""
    assert check(printed) == []


@pytest.mark.xdist_group("2026Q3-nl-received")
def test_the_same_inputs_give_the_same_bytes(
    published: Callable[..., Path], in_process: Executor, tmp_path: Path
) -> None:
    """Made again in another process, without kernels and in one language only, the report is the same to the byte."""
    first = published("2026Q3")
    for name in ("rapport-fr.html", "manifest.json"):  # so that the language switch has somewhere to lead
        shutil.copy(first / name, tmp_path / name)
    project = Project(first.parents[1])
    build.build(project, settle(project, "2026Q3", languages=["nl"]), folder=tmp_path, executor=in_process)
    assert (tmp_path / "rapport-nl.html").read_bytes() == (first / "rapport-nl.html").read_bytes()
