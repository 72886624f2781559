"""A delivery in ``data/raw`` becomes validated, typed tables in ``data/processed``."""

from analysis.intake.run import Outcome, ensure, intake

__all__ = ["Outcome", "ensure", "intake"]
