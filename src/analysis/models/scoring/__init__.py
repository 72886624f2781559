"""Scoring a SWOT: what raters say of its items, how they agree, and how far a ranking can be trusted."""
