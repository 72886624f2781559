"""Every check finds nothing in a small report that is right, and exactly the fault that is planted in it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.browser.checks import charts, paper, silence
from tests.browser.conftest import SMALL
from tests.browser.proof import CHECKS, LOOKS, find, planted
from tests.browser.view import View

pytestmark = pytest.mark.browser

RIGHT = SMALL.read_text(encoding="utf-8")
PLANTED = planted("planted.yaml")
CASES = [pytest.param(name, case, id=f"{name}-{place}") for name in PLANTED for place, case in enumerate(PLANTED[name])]


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_is_found_in_what_is_right(opened: Callable[..., View], look: str) -> None:
    """No check cries wolf: at no width, in no scheme, with no reader's setting."""
    view = opened().put(LOOKS[look])
    names = [name for name in CHECKS if not name.startswith("paper.")]
    assert {name: found for name in names if (found := find(name, view))} == {}


def test_nothing_is_found_in_what_is_printed_right(opened: Callable[..., View]) -> None:
    """Nor on paper."""
    printed = paper.print_out(opened())
    names = [name for name in CHECKS if name.startswith("paper.")]
    assert {name: found for name in names if (found := CHECKS[name](printed))} == {}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_a_planted_fault_is_found(opened: Callable[..., View], name: str, case: dict[str, str]) -> None:
    """The check finds this fault and no other; and nothing in what only looks like a fault."""
    assert RIGHT.count(case["replace"]) == 1
    view = opened(RIGHT.replace(case["replace"], case["by"])).put(LOOKS[case.get("look", "laptop")])
    finds = case["finds"]
    assert find(name, view) == (finds if isinstance(finds, list) else [finds] if finds else [])


def test_every_check_is_proven() -> None:
    """No check without a planted fault that it finds."""
    assert {name for name, cases in PLANTED.items() if any(case["finds"] for case in cases)} == set(CHECKS)


def test_a_chart_that_a_script_draws_is_missed_without_scripts(opened: Callable[..., View]) -> None:
    """With its scripts off, a page is seen as a mail reader shows it."""
    box = re.search(r'<div class="wide">(.*?)</div>', RIGHT)[1]
    script = f"<script>document.querySelector('.wide').innerHTML = `{box}`</script>"
    late = (
        RIGHT.replace(box, "")
        .replace("</main>", f"{script}</main>")
        .replace("img-src", "script-src 'unsafe-inline'; img-src")
    )
    assert charts.charts_are_shown(opened(late)) == []
    assert charts.charts_are_shown(opened(late, scripts=False)) == ["figure after #alt shows 0 drawings"]


def test_what_the_policy_stops_is_said(opened: Callable[..., View]) -> None:
    """A style attribute in the static edition is not only in the file: the browser's message about it is heard."""
    (said,) = silence.nothing_is_said(opened(RIGHT.replace("<header>", '<header style="color: red">')))
    assert said.startswith("error: ")
    assert "Content Security Policy" in said


def test_a_print_without_tags_is_found(opened: Callable[..., View]) -> None:
    """A PDF that has only the looks of the report cannot be read out."""
    printed = paper.print_out(opened(), tagged=False)
    assert paper.pdf_can_be_read_out(printed)[0] == "the PDF is not tagged"
    assert paper.charts_stay_whole(printed) == ["chart “De prijs van een woning in euro: 200 in ” stands on page none"]
