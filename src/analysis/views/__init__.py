"""One function per figure of a notebook; a chapter is a module or a package: ``from analysis.views import Report``."""

from analysis.views.report import Report

__all__ = ["Report"]
