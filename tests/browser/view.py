"""A report as it is open in the browser, and the ways to look at it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from analysis.build import pdf
from analysis.errors import KrachtlijnError

FLAGS = (
    "--no-sandbox",  # the tests may run as root, in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: What a reader may set (WCAG 1.4.12), and text alone at twice its size.
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
LARGE = ":root { font-size: 200% !important }"

#: What the questions that are asked in the page have in common.
HELPERS = r"""
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const short = (text) => {
  const one = text.replace(/\s+/g, " ").trim();
  return one.length > 40 ? one.slice(0, 40) + "…" : one;
};
const name = (element) => element.tagName.toLowerCase()
  + (element.id ? "#" + element.id : element.classList.length ? "." + element.classList[0] : "");
// Where to look for an element: itself when it has an id, else the last element with one before it.
const place = (element) => {
  if (element.id) return name(element);
  const above = all("body [id]").filter((other) => other.compareDocumentPosition(element) & 4).pop();
  return name(element) + (above ? " after #" + above.id : "");
};
const shown = (element) => element.checkVisibility(
  { opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
const charts = () => all("[role=img]").filter((chart) => !chart.closest("svg"));
const alternative = (chart) => (chart.getAttribute("aria-labelledby") || "").split(/\s+/)
  .map((id) => (document.getElementById(id) || { textContent: "" }).textContent).join(" ").trim()
  || chart.getAttribute("aria-label") || "";
const drawings = (chart) => all("svg", chart).filter(shown);
const texts = () => charts().flatMap((chart) => drawings(chart).flatMap((svg) => all("text", svg)
  .filter((text) => shown(text) && text.textContent.trim()).map((text) => ({ chart, svg, text }))));
"""


@dataclass(frozen=True)
class Look:
    """One way to look at a report.

    Attributes:
        width: of the window, in CSS pixels; 0 for the width of the text on the report's paper.
        scheme: light or dark.
        media: screen or print.
        css: what the reader sets over the report's own style.
    """

    width: int = 1280
    scheme: str = "light"
    media: str = "screen"
    css: str = ""


@dataclass
class View:
    """A report that is open, with every `<details>` open.

    Attributes:
        page: the page.
        path: its file.
        requests: the addresses that it asked for.
        said: what it said in the console, its errors and its dialogues.
        look: how one looks at it now.
    """

    page: Page
    path: Path
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    look: Look = field(default_factory=Look)

    @property
    def source(self) -> str:
        """The file's text."""
        return self.path.read_text(encoding="utf-8")

    def ask(self, question: str) -> Any:
        """Return what a piece of JavaScript returns, which has the helpers at hand.

        This goes past the report's policy and works where its scripts are off.
        """
        return self.page.evaluate("() => {" + HELPERS + question + "}")

    def put(self, look: Look) -> View:
        """Look at it in another way."""
        if look != self.look:
            self.look = look
            self.page.emulate_media(media=look.media, color_scheme=look.scheme)
            self.page.set_viewport_size({"width": look.width or self.ask(PAPER), "height": 900})
            # A sheet that is made by a script is not stopped by the policy, as a reader's own would not be.
            self.page.evaluate(SET, look.css)
        return self


SET = "(css) => { const one = new CSSStyleSheet(); one.replaceSync(css); document.adoptedStyleSheets = [one] }"

#: The width of the text on A4, between the margins that the report sets.
PAPER = """
const pages = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
  .filter((rule) => rule instanceof CSSPageRule);
const margin = (side) => pages.length ? parseFloat(pages[0].style["margin-" + side]) || 0 : 0;
return Math.floor((210 - margin("left") - margin("right")) / 25.4 * 96);
"""


def find_browser() -> str:
    """Return the browser that prints the PDF: the one that is named, or else an installed one.

    Raises:
        RuntimeError: there is none. The tests do not pass without one.
    """
    try:
        return pdf.find_browser()
    except KrachtlijnError as fault:
        looked_for = os.environ.get(pdf.NAMED) or "chromium, google-chrome and what else the PDF is printed with"
        raise RuntimeError(
            f"The browser tests need Chromium or Chrome; not found: {looked_for}. "
            f"Install it (on Debian or Ubuntu: apt-get install chromium), or name it in {pdf.NAMED}. "
            "`make test` installs it where it can."
        ) from fault


def open_file(browser: Browser, path: Path, *, scripts: bool = True, scale: float = 1) -> View:
    """Open a file, offline, and note from the start what it asks for and says."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900},
        device_scale_factor=scale,
        java_script_enabled=scripts,
        color_scheme="light",
        offline=True,
    )
    view = View(context.new_page(), path)

    def hear(message: ConsoleMessage) -> None:
        view.said.append(f"{message.type}: {message.text}")

    def note(request: Request) -> None:
        view.requests.append(request.url)

    view.page.on("request", note)
    view.page.on("console", hear)
    view.page.on("pageerror", lambda error: view.said.append(f"page error: {error}"))
    view.page.on("dialog", lambda dialog: (view.said.append(f"dialogue: {dialog.message}"), dialog.dismiss()))
    view.page.goto(path.as_uri())
    view.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    return view
