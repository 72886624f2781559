"""Where the staff lives: never compared across a change of the institution."""

from __future__ import annotations

from analysis.catalog import Catalog
from analysis.models import residence
from analysis.paths import Project


def test_a_share_keeps_to_its_perimeter(project: Project) -> None:
    """The plan recalculates 2015 to 2017: those years hold departments that left. 43.07 in 2018, 43.34 in 2020."""
    own = residence.own_shares(Catalog(project).table("personeel"), "GOB")
    assert own.loc[own["vroeger"], "jaar"].tolist() == [2015, 2016, 2017]
    alike = residence.same_perimeter(own)
    assert alike[["jaar", "waarde"]].values.tolist() == [[2018, 43.07], [2019, 44.33], [2020, 43.34]]
