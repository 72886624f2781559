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
#: What an owner may add: of an action that is late, and of one that is not.
LATE_REMARKS = (
    ("De nieuwe planning moet nog bevestigd worden.", "Le nouveau calendrier doit encore être confirmé."),
    ("Een deel van het werk wacht op een andere dienst.", "Une partie du travail attend un autre service."),
    ("Minder mensen beschikbaar dan gepland.", "Moins de personnes disponibles que prévu."),
    ("Eerste resultaten volgen in een volgend kwartaal.", "Les premiers résultats suivront un prochain trimestre."),
)
REMARKS = (
    ("Het werk verloopt zoals afgesproken.", "Le travail se déroule comme convenu."),
    ("De werkgroep kwam dit kwartaal samen.", "Le groupe de travail s’est réuni ce trimestre."),
    ("De volgende stap is al voorbereid.", "L’étape suivante est déjà préparée."),
)
STATES = ("", "open", "uitgevoerd")
EFFECTS = ("", "geen", "gedeeltelijk", "volledig")
