"""One function per figure of a notebook; a chapter is a module or a package: ``from analysis.views import Report``."""

from analysis.views.report import Report

__all__ = ["Report", "before_fork"]


def before_fork() -> None:
    """Do what every process that shows figures does once: read the words, and the rules of charts.

    The build calls it in the process that kernels are forked from. It opens no table and starts no thread.
    """
    import pandas as pd
    from pyarrow import parquet  # noqa: F401 - pandas imports it when it reads the first table

    from analysis.language import Words, messages
    from analysis.languages import LANGUAGES
    from analysis.views import theme

    for language in LANGUAGES:
        words = Words(language)
        words.number(1234.5, 1)
        words.date(pd.Timestamp(2026, 1, 1))
        messages(language)
        chart = theme.base(pd.DataFrame({"x": [1], "y": ["a"]})).mark_bar().encode(x="x:Q", y="y:N")
        theme.spec(chart, words)
