"""Options that several subcommands have: who does it, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from analysis.deliveries import SETS

#: Longer is no role or reason, but a text that belongs elsewhere; it stands on the page over all reports.
ROLE, REASON = 60, 300


def a_role(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Accept a role; an address of a person is none."""
    text = _line(value, ROLE)
    if "@" in text:
        raise click.BadParameter("a role, such as 'secretaris van de directieraad', not the address of a person")
    return text


def a_reason(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Accept a reason; none is an empty text."""
    return "" if value is None else _line(value, REASON)


def _line(value: str, length: int) -> str:
    text = " ".join(value.split())
    if not text or len(text) > length or not text.isprintable():
        raise click.BadParameter(f"one line of 1 to {length} characters, without signs that do not show")
    return text


#: Which quarterly deliveries count; a command gets it as ``deliveries``, None when it was not given.
with_deliveries = click.option(
    "--deliveries",
    type=click.Choice(SETS),
    help="The quarterly deliveries that count: those that were received (the default), or fictitious examples.",
)


def by_role(does: str) -> Callable[[Any], Any]:
    """Return the option ``--by``, which a command gets as ``role``.

    Args:
        does: what the role does, for the help.
    """
    return click.option(
        "--by",
        "role",
        metavar="ROLE",
        envvar="KRACHTLIJN_ROLE",
        default="rapporteur",
        show_default=True,
        callback=a_role,
        help=f"The role of who {does}, never the name of a person.",
    )
