"""The command ``krachtlijn``: one module per subcommand, imported when it is called; here they come together."""

from __future__ import annotations

from importlib import import_module

import click

from analysis.cli.safely import safely

#: The subcommands in the order of the help; each is a function of the same name in a module of the same name.
COMMANDS = ("receive", "intake", "report", "freeze", "index", "verify", "explain", "payroll", "refresh", "cache")


class Commands(click.Group):
    """Imports a subcommand when it is asked for: an unchanged report is told in less time than all imports take."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as the parent's
        """Return the names of all subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - as the parent's
        """Return a subcommand; None when there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return found


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="krachtlijn")
def cli() -> None:
    """Krachtlijn: from a strategic plan's data to the quarterly report for its board.

    Run it anywhere inside the project's folder.
    """


def main() -> None:
    """Run the command; every fault ends in one clear message and an exit code that is not 0."""
    safely(cli)
