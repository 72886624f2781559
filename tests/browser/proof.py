"""All checks by name, the looks by name, and what is needed to plant a fault."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import yaml

from tests.browser.checks import access, charts, layout, paper, silence, structure
from tests.browser.view import LARGE, SPACING, Look, View

HERE = Path(__file__).parent
LOOKS = {
    "laptop": Look(),
    "tablet": Look(768),
    "phone": Look(390),
    "small": Look(320),
    "dark": Look(scheme="dark"),
    "spaced": Look(css=SPACING),
    "large": Look(css=LARGE),
    "paper": Look(0, media="print"),
}
#: Every check: the public functions of these modules that return faults.
CHECKS: dict[str, Callable[..., list[str]]] = {
    f"{module.__name__.rpartition('.')[2]}.{name}": check
    for module in (structure, charts, layout, silence, access, paper)
    for name, check in vars(module).items()
    if getattr(check, "__module__", "") == module.__name__
    and not name.startswith("_")
    and getattr(check, "__annotations__", {}).get("return") == "list[str]"
}


def find(name: str, view: View) -> list[str]:
    """Return what a check finds in the page, or in its print."""
    return CHECKS[name](paper.print_out(view) if name.startswith("paper.") else view)


def planted(name: str) -> dict[str, list[dict[str, str]]]:
    """Read a file of faults; ``{500}`` in it stands for so many letters."""
    found = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    return {check: [_filled(case) for case in cases] for check, cases in found.items()}


def _filled(case: dict[str, str]) -> dict[str, str]:
    def fill(text: str) -> str:
        return re.sub(r"\{(\d{4,})\}", lambda size: "x" * int(size[1]), text)

    return {key: fill(text) if isinstance(text, str) else text for key, text in case.items()}
