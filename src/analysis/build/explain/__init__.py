"""From a figure of the report to its rows, its tables, its sources and their places in the delivered files.

``cells`` runs a notebook's cells in this process, ``trace`` finds the figure and follows it, ``lines`` says it in
words.
What was recorded while the cell ran, and what is only true of the tables that it opened, are told apart.
"""

from analysis.build.explain.lines import as_json, lines
from analysis.build.explain.trace import Explanation, Places, explain

__all__ = ["Explanation", "Places", "as_json", "explain", "lines"]
