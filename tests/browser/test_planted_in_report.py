"""The checks find a fault in the real report too, among all that stands there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.proof import CHECKS, LOOKS, find, planted
from tests.browser.view import View

# On the worker that has the same report open for its own tests.
pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("2026Q3-nl-received")]

PLANTED = planted("planted_in_report.yaml")
#: Where a fault can be planted: what stands there, and on which side of it.
PLACES = {
    "head": (r'(?<=<meta charset="utf-8">)'),
    "css": r"(?=</style>)",
    "svg": r"(?=</svg>)",
    "main": r"(?=</main>)",
}


@pytest.fixture(scope="module")
def text(published: Callable[[str], Path]) -> str:
    """The report without the fault; that the checks find nothing there is for its own tests to say."""
    return (published("2026Q3") / "rapport-nl.html").read_text(encoding="utf-8")


def plant(text: str, case: dict[str, str]) -> str:
    """Put the fault in the report's text, once."""
    if "without" in case:
        text, times = re.subn(case["without"], "", text, count=1, flags=re.DOTALL)
    else:
        (place,) = PLACES.keys() & case.keys()
        text, times = re.subn(PLACES[place], lambda _: case[place], text, count=1)
    assert times == 1
    return text


@pytest.mark.parametrize(
    ("name", "case"), [pytest.param(name, case, id=name) for name in PLANTED for case in PLANTED[name]]
)
def test_a_fault_in_the_report_is_found(
    opened: Callable[..., View], text: str, name: str, case: dict[str, str]
) -> None:
    """The check finds it there."""
    view = opened(plant(text, case)).put(LOOKS[case.get("look", "laptop")])
    assert [fault for fault in find(name, view) if re.search(case["finds"], fault)]


def test_every_check_is_proven_on_the_report() -> None:
    """No check that would find its fault in a small page only."""
    assert set(PLANTED) == set(CHECKS)
