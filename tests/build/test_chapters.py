from __future__ import annotations

import nbformat
import pytest

from analysis.build.chapters import read_chapters
from analysis.errors import KrachtlijnError


def test_chapters_stand_in_the_order_of_their_names_and_drafts_stay_out(house):
    """Every notebook is a chapter; one whose name starts with _ or . is not."""
    for name in ("40_krachtlijnen", "00_directieraad", "_kladje", "60_Mijn analyse"):
        house.add(name)
    assert [chapter.id for chapter in read_chapters(house.project)] == ["directieraad", "krachtlijnen", "mijn-analyse"]


def test_no_notebook_at_all_is_said(house):
    """An empty folder is an error, not an empty report."""
    with pytest.raises(KrachtlijnError, match="no notebooks"):
        read_chapters(house.project)


@pytest.mark.parametrize(
    ("content", "why"),
    [("{", "not valid JSON"), ("[1]", "not a notebook"), ('{"a": 1}', "not a notebook"), ("", "not valid JSON")],
)
def test_a_file_that_is_no_notebook_is_named(house, content, why):
    """A broken file is named with what is wrong, before any kernel starts."""
    (house.project.notebooks / "10_stuk.ipynb").write_text(content, encoding="utf-8")
    with pytest.raises(KrachtlijnError) as caught:
        read_chapters(house.project)
    assert caught.value.where == "notebooks/10_stuk.ipynb"
    assert why in caught.value.why


def test_a_file_with_broken_cells_is_named(house):
    """A notebook whose cells are not cells is refused with the format's own words."""
    text = '{"cells": [{"cell_type": "soup"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    (house.project.notebooks / "10_stuk.ipynb").write_text(text, encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="cannot be read") as caught:
        read_chapters(house.project)
    assert "breaks the notebook format" in caught.value.why


def test_a_notebook_without_parameters_is_refused(house):
    """Without the tag 'parameters' the quarter could not be filled in."""
    nbformat.write(nbformat.v4.new_notebook(cells=[house.text("# T", "nl")]), house.project.notebooks / "10_x.ipynb")
    with pytest.raises(KrachtlijnError, match="no cell for its parameters"):
        read_chapters(house.project)


def test_a_text_cell_without_language_is_refused_with_its_number_and_first_words(house):
    """Text in no language would be lost in silence, or shown in both reports."""
    house.add("10_omgeving", house.text("Losse tekst\nen meer", "hide"))
    with pytest.raises(KrachtlijnError, match="in which language") as caught:
        read_chapters(house.project)
    assert caught.value.where == "notebooks/10_omgeving.ipynb, cell 4: Losse tekst"
    assert caught.value.why == "its tags are: hide"


def test_an_empty_text_cell_needs_no_language(house):
    """JupyterLab leaves an empty cell at the end; that is not a fault."""
    house.add("10_omgeving", house.text("  \n"))
    assert read_chapters(house.project)[0].languages() == ("nl", "fr")


def test_two_notebooks_cannot_be_the_same_chapter(house):
    """Two chapters with one anchor would make links go wrong."""
    house.add("10_omgeving")
    house.add("20_omgeving")
    with pytest.raises(KrachtlijnError, match="'omgeving'") as caught:
        read_chapters(house.project)
    assert "10_omgeving.ipynb and notebooks/20_omgeving.ipynb" in caught.value.where
