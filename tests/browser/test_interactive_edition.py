"""The interactive edition in a real browser: live charts under a policy as strict, and the drawings where they fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from analysis.build import forms
from tests.browser.checks import access, charts, layout, silence, structure
from tests.browser.view import Look, View, open_file

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOOKS = {"laptop": Look(), "phone": Look(390), "dark": Look(scheme="dark")}
CHECKS = [
    charts.charts_are_shown,
    charts.charts_are_named,
    charts.charts_have_their_table,
    charts.texts_are_whole,
    charts.texts_are_large_enough,
    charts.texts_are_apart,
    charts.texts_stand_out,
    layout.no_text_is_lost,
    layout.nothing_sticks_out,
    structure.ids_are_unique,
    structure.references_lead_somewhere,
]
#: Each chart shows a drawing that Vega made: it marks its own.
LIVE = "return charts().every((chart) => drawings(chart).every((svg) => svg.matches('.marks')))"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("nl", marks=pytest.mark.xdist_group("2026Q3-nl-received")),
        # the same charts with other words, which the static edition shows too
        pytest.param("fr", marks=[pytest.mark.xdist_group("2026Q3-fr-received"), pytest.mark.long]),
    ],
)
def path(request: pytest.FixtureRequest, published: Callable[[str], Path]) -> Path:
    """The interactive edition in each language."""
    return published("2026Q3") / forms.interactive(request.param)


@pytest.fixture(scope="module")
def report(browser: Browser, path: Path) -> Iterator[View]:
    """The report as a browser opens it."""
    view = open_file(browser, path)
    yield view
    view.page.context.close()


def is_live(view: View) -> bool:
    """Wait until the charts are live, each of which is drawn when it is first shown; say whether they all are."""
    for _ in range(100):
        if view.ask(LIVE):
            return True
        view.page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("check", CHECKS)
def test_the_live_report_has_no_fault(report: View, look: str, check: Callable[[View], list[str]]) -> None:
    """With live charts the report is what it is without them."""
    assert is_live(report.put(LOOKS[look]))
    assert check(report) == []


def test_axe_finds_nothing_in_the_live_report(report: View) -> None:
    """A live chart is as well named, and as well hidden, as its drawing."""
    assert is_live(report.put(LOOKS["laptop"]))
    assert access.axe_finds_nothing(report) == []


def test_a_live_report_is_as_silent_and_as_strict(report: View) -> None:
    """It fetches and says nothing, also when the pointer asks a mark for its figures; its policy is as strict."""
    assert is_live(report.put(LOOKS["laptop"]))
    for mark in report.page.locator("svg.marks [role=graphics-symbol], svg.marks path").all()[:20]:
        if mark.is_visible():
            mark.hover(force=True)
    assert silence.nothing_is_fetched(report) == []
    assert silence.nothing_is_said(report) == []
    assert silence.policy_is_strict(report) == []


@pytest.mark.parametrize("look", ["laptop", "phone"])
def test_without_scripts_the_drawings_are_there(browser: Browser, path: Path, look: str) -> None:
    """The same file shows each drawing where its script may not run."""
    view = open_file(browser, path, scripts=False).put(LOOKS[look])
    assert len(view.ask("return charts()")) >= 8
    assert not view.ask(LIVE)
    assert charts.charts_are_shown(view) == []
    view.page.context.close()


def test_a_script_that_was_changed_does_not_run(opened: Callable[..., View], path: Path) -> None:
    """The policy knows the script by its hash: one with a letter more is stopped and told, and the drawings stay."""
    text = path.read_text(encoding="utf-8")
    view = opened(text[::-1].replace("</script>"[::-1], " </script>"[::-1], 1)[::-1], path.name)
    assert not view.ask(LIVE)
    assert charts.charts_are_shown(view) == []
    assert [said for said in silence.nothing_is_said(view) if "Content Security Policy" in said]
