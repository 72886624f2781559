"""The reasoning about what a plan's owners deliver each quarter: progress, milestones, meetpunten, decisions.

Beside it, the modules of :mod:`analysis.models` reason about public evidence. A delivery enriches that; it never
replaces it.
"""
