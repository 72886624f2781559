"""The chapter on what the quarterly deliveries say; a notebook finds all its views here."""

from analysis.views.voortgang.actieregister import register
from analysis.views.voortgang.acties import actions
from analysis.views.voortgang.beslispunten import asks
from analysis.views.voortgang.beslissingen import decisions
from analysis.views.voortgang.bewegingen import movements
from analysis.views.voortgang.boordtabel import boordtabel
from analysis.views.voortgang.kansen import chances_table
from analysis.views.voortgang.koers import course
from analysis.views.voortgang.kpis import kpis
from analysis.views.voortgang.kredieten import credits, credits_chart  # noqa: A004 - the name by which a notebook asks for it
from analysis.views.voortgang.lussen import loops
from analysis.views.voortgang.meetpunten import gauges
from analysis.views.voortgang.meetpunten_tabel import gauge_table
from analysis.views.voortgang.middelen import means
from analysis.views.voortgang.mijlpalen import milestones
from analysis.views.voortgang.netwerk import network
from analysis.views.voortgang.pdca import pdca, phases
from analysis.views.voortgang.received import received
from analysis.views.voortgang.taken import duties
from analysis.views.voortgang.tegenspraak import contradictions
from analysis.views.voortgang.verdiende_planning import schedule
from analysis.views.voortgang.verloop import curve
from analysis.views.voortgang.vooruitblik import forecast
from analysis.views.voortgang.vooruitblik_record import record

__all__ = [
    "actions",
    "asks",
    "boordtabel",
    "chances_table",
    "contradictions",
    "course",
    "credits",
    "credits_chart",
    "curve",
    "decisions",
    "duties",
    "forecast",
    "gauge_table",
    "gauges",
    "kpis",
    "loops",
    "means",
    "milestones",
    "movements",
    "network",
    "pdca",
    "phases",
    "received",
    "record",
    "register",
    "schedule",
]
