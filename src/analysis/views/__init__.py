"""One function per figure of a notebook; a chapter is a module or a package: ``from analysis.views import Report``."""

from analysis.views.report import Report

__all__ = ["Report", "before_fork"]


def before_fork() -> None:
    """Do what every process that shows figures does once: read the tables, the words, and the rules of charts.

    The build calls it in the process that kernels are forked from. It starts no thread.
    """
    from contextlib import suppress

    import pandas as pd

    from analysis import deliveries, tables
    from analysis.catalog import Catalog
    from analysis.errors import KrachtlijnError
    from analysis.language import Words, messages
    from analysis.languages import LANGUAGES
    from analysis.paths import Project
    from analysis.views import theme

    with suppress(KrachtlijnError), tables.kept():  # outside a project or before an intake: each notebook will tell
        catalog = Catalog(Project.find())
        for name in catalog.package.tables:
            catalog.table(name)
        for name in deliveries.names(catalog.project):
            catalog.delivered(name, "")
    for language in LANGUAGES:
        words = Words(language)
        words.number(1234.5, 1)
        words.date(pd.Timestamp(2026, 1, 1))
        messages(language)
        chart = theme.base(pd.DataFrame({"x": [1], "y": ["a"]})).mark_bar().encode(x="x:Q", y="y:N")
        theme.spec(chart, words)
