"""Notebooks -> executed notebooks -> one report per language, published at once or not at all.

This room runs notebooks and knows nothing of what they compute.
"""

from analysis.build.failure import Failure, NotebookFailed
from analysis.build.pdf import find_browser
from analysis.build.publish import Published, Wish, build

__all__ = ["Failure", "NotebookFailed", "Published", "Wish", "build", "find_browser"]
