"""One function per figure or table of a notebook, one module per chapter: ``from analysis.views import Report``."""

from analysis.views.report import Report

__all__ = ["Report"]
