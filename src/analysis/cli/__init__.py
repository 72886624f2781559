"""The command ``krachtlijn``: one module per subcommand; here they come together."""

from __future__ import annotations

import click

from analysis.cli.index import index
from analysis.cli.intake import intake
from analysis.cli.report import report
from analysis.cli.safely import safely


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="krachtlijn")
def cli() -> None:
    """Krachtlijn: from a strategic plan's data to the quarterly report for its board.

    Run it anywhere inside the project's folder.
    """


for _command in (intake, report, index):
    cli.add_command(_command)


def main() -> None:
    """Run the command; every fault ends in one clear message and an exit code that is not 0."""
    safely(cli)
