"""Panels for JupyterLab, in which a strategist tries something out without writing code. Never part of a report.

Only notebooks in ``notebooks/verkennen/`` open this room, and only this room loads ipywidgets. What a panel shows is
worked out in :mod:`.scoring` and said in :mod:`.wording`, without widgets.
"""

from analysis.explore.panel import swot

__all__ = ["swot"]
