"""What axe-core finds: WCAG 2.2 AA, and what it holds for good practice."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

from tests.browser.view import View

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def axe_finds_nothing(view: View) -> list[str]:
    """No violation of any rule, in what is shown now.

    The inside of a drawing is left out: it is hidden from assistive technology, and axe cannot judge the contrast of
    its texts ("background could not be determined"). `charts.texts_stand_out` judges that.
    """
    drawings = {"exclude": [["svg[aria-hidden=true]"]]}
    found = Axe().run(view.page, drawings, {"runOnly": TAGS, "resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
