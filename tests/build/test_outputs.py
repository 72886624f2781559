from __future__ import annotations

import pytest

from analysis.errors import KrachtlijnError

PIXEL = "iVBORw0KGgo="


@pytest.fixture
def show(house):
    """Build a report in which one cell shows something; return the Dutch report."""

    def build(*outputs, **metadata):
        cell = house.code("show()", outputs)
        cell.metadata.update(metadata)
        house.add("10_eigen", cell)
        return house.html()

    return build


def test_a_table_of_pandas_is_shown_without_its_style(show):
    """A frame in a strategist's own notebook is a table with scopes; its style element would break the policy."""
    frame = (
        '<style scoped>td {color: red}</style><table border="1" class="dataframe"><thead><tr><th>a</th></tr></thead>'
    )
    html = show({"text/html": frame + '<tbody><tr><th>0</th><td style="x">5</td></tr></tbody></table>'})
    assert '<th scope="col">a</th>' in html
    assert '<th scope="row">0</th><td>5</td>' in html
    assert "color: red" not in html


def test_printed_text_is_shown_and_warnings_are_not(show):
    """What a strategist prints is for the reader; what Python warns of is not."""
    html = show(
        {"output_type": "stream", "name": "stdout", "text": "let op: 1 < 2\n"},
        {"output_type": "stream", "name": "stderr", "text": "DeprecationWarning"},
    )
    assert "<pre>let op: 1 &lt; 2</pre>" in html
    assert "DeprecationWarning" not in html


def test_a_picture_with_a_text_alternative_is_shown(show):
    """A matplotlib figure joins the report once its cell says what it shows."""
    html = show({"image/png": PIXEL + "\n"}, alt={"nl": 'Een "kaart"', "fr": "Une carte"})
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="Een &#34;kaart&#34;">' in html


def test_markdown_that_a_cell_computes_is_set_like_prose(show):
    """Computed text has its headings in the outline."""
    assert '<h3 id="eigen-deel">Deel</h3>' in show({"text/markdown": "## Deel\n\ntekst"})


@pytest.mark.parametrize(
    ("output", "fault"),
    [
        ({"image/png": PIXEL}, "no text alternative"),
        ({"text/html": "<div id=vis></div><script>draw()</script>"}, "needs a script"),
        ({"text/html": "<style>x</style>"}, "cannot be shown"),
        ({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}}, "cannot be shown"),
        ({"output_type": "error", "ename": "ValueError", "evalue": "x", "traceback": []}, "ended in an error"),
    ],
)
def test_what_the_file_cannot_show_is_refused_with_its_cell(show, output, fault):
    """A script, a widget, an image without words or an error never reach the board."""
    with pytest.raises(KrachtlijnError, match=fault) as caught:
        show(output)
    assert caught.value.where == "notebooks/10_eigen.ipynb, cell 4"
