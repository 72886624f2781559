"""The words of the made-up owners: roles (never names), causes, and measures in two languages."""

from __future__ import annotations

ROLES = (
    "afdelingshoofd",
    "adviseur-directeur",
    "diensthoofd",
    "programmamanager",
    "projectleider",
)
#: Cause of a delay, with the measure that answers it.
MEASURES: dict[str, tuple[str, str]] = {
    "personeel": ("Extra ontwikkelaar inzetten", "Affecter un développeur supplémentaire"),
    "budget": ("Krediet herverdelen binnen het programma", "Réaffecter un crédit au sein du programme"),
    "leverancier": ("Wekelijks overleg met de leverancier", "Tenir une réunion hebdomadaire avec le fournisseur"),
    "afhankelijkheid": ("Planning afstemmen met de andere dienst", "Accorder le calendrier avec l’autre service"),
    "besluit": ("Nota aan de directieraad voorleggen", "Soumettre une note au conseil de direction"),
    "regelgeving": ("Juridisch advies vragen", "Demander un avis juridique"),
    "techniek": ("Eerst een proefomgeving opzetten", "Mettre d’abord en place un environnement d’essai"),
    "hervorming": ("Taakverdeling na de hervorming vastleggen", "Fixer la répartition des tâches après la réforme"),
    "prioriteit": ("Uitvoering in twee fasen splitsen", "Scinder la mise en œuvre en deux phases"),
    "andere": ("Actieplan met de betrokkenen herzien", "Revoir le plan d’action avec les parties concernées"),
}
CAUSES = tuple(MEASURES)
#: What a milestone may be, from the beginning of an action to its end.
MILESTONES = (
    ("Plan van aanpak goedgekeurd", "Plan d’approche approuvé"),
    ("Eerste versie klaar", "Première version prête"),
    ("Proefperiode afgerond", "Phase pilote terminée"),
    ("In gebruik genomen", "Mise en service"),
)
STATES = ("", "open", "uitgevoerd")
EFFECTS = ("", "geen", "gedeeltelijk", "volledig")
