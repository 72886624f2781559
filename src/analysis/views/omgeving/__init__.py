"""The chapter on the environment of the Region; a notebook finds all its views here."""

from analysis.views.omgeving.bevragingen import public_surveys
from analysis.views.omgeving.challenges import challenge
from analysis.views.omgeving.conflicts import conflicts, definitions
from analysis.views.omgeving.lines import apartment_price, poverty, unemployment
from analysis.views.omgeving.movements import movements
from analysis.views.omgeving.peilingen import panels
from analysis.views.omgeving.targets import targets
from analysis.views.omgeving.tempo import pace
from analysis.views.omgeving.trends import trends

__all__ = [
    "apartment_price",
    "challenge",
    "conflicts",
    "definitions",
    "movements",
    "pace",
    "panels",
    "poverty",
    "public_surveys",
    "targets",
    "trends",
    "unemployment",
]
