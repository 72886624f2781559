"""What a screen reader, a search and a link rest on: ids, references, headings, landmarks, tables."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from tests.browser.view import View


def ids_are_unique(view: View) -> list[str]:
    """No id stands twice."""
    return view.ask("""
        const count = new Map();
        all("[id]").forEach((one) => count.set(one.id, (count.get(one.id) || 0) + 1));
        return [...count].filter(([, times]) => times > 1).map(([id, times]) => `id ${id} stands ${times} times`);
    """)


def references_lead_somewhere(view: View) -> list[str]:
    """What an element says that names it, describes it or paints it is there."""
    return view.ask(r"""
        const lists = ["for", "headers", "list", "form", ...["labelledby", "describedby", "controls", "owns", "details",
          "flowto", "errormessage", "activedescendant"].map((one) => "aria-" + one)];
        const faults = [];
        const demand = (element, attribute, id) => document.getElementById(id)
          || faults.push(`${place(element)}: ${attribute} leads to ${id}, which is nowhere`);
        for (const element of all("*")) for (const { name: attribute, value } of element.attributes) {
          if (lists.includes(attribute)) value.split(/\s+/).forEach((id) => demand(element, attribute, id));
          for (const [, id] of value.matchAll(/url\(["']?#([^"')]+)/g)) demand(element, attribute, id);
          if (element.matches("use") && /href$/.test(attribute)) demand(element, attribute, value.slice(1));
        }
        return faults;
    """)


def links_lead_somewhere(view: View) -> list[str]:
    """A link in the page has its target, and one to a file beside it has that file."""
    faults = view.ask("""
        return all("a[href^='#']").filter((link) => !document.getElementById(decodeURIComponent(link.hash.slice(1))))
          .map((link) => `link “${short(link.textContent)}” leads to ${link.getAttribute("href")}, which is nowhere`);
    """)
    for address in view.ask("""return all("a[href]").map((link) => link.getAttribute("href"))"""):
        parts = urlsplit(address)
        beside = view.path.parent / unquote(parts.path)
        if not parts.scheme and parts.path and not beside.exists():
            faults.append(f"link to {parts.path}, which does not stand beside the report")
    return faults


def headings_are_in_order(view: View) -> list[str]:
    """One h1, which comes first; then each heading at most one level below the one before it; none is empty."""
    return view.ask("""
        const headings = all("h1, h2, h3, h4, h5, h6"), first = all("h1").length;
        const faults = first === 1 ? [] : [`${first} headings are an h1`];
        let above = 0;
        for (const heading of headings) {
          const level = Number(heading.tagName[1]);
          if (level > above + 1) faults.push(`“${short(heading.textContent)}” is an h${level} after an h${above}`);
          if (!heading.textContent.trim()) faults.push(`${place(heading)} is empty`);
          above = level;
        }
        return faults;
    """)


def landmarks_stand_once(view: View) -> list[str]:
    """Header, navigation, main part and footer: each once, so that one jumps to it without a choice."""
    return view.ask("""
        const within = "article, aside, main, nav, section";  // a header or footer in one of these is no landmark
        const kinds = { banner: "header", navigation: "nav", main: "main", contentinfo: "footer" };
        return Object.entries(kinds).flatMap(([role, tag]) => {
          const ofPage = (one) => !["header", "footer"].includes(tag) || !one.parentElement.closest(within);
          const found = all(`${tag}:not([role]), [role=${role}]`).filter((one) => one.matches("[role]") || ofPage(one));
          return found.length === 1 ? [] : [`${found.length} landmarks are a ${tag}`];
        });
    """)


def skip_link_comes_first(view: View) -> list[str]:
    """The first thing that the keyboard reaches is a link to the main part, which shows itself then."""
    return view.ask("""
        const able = "a[href], button, input, select, textarea, summary, [tabindex]";
        const first = all(able).find((one) => one.tabIndex >= 0);
        const sooner = all(able).filter((one) => one.tabIndex > 0).map((one) => `${place(one)} jumps the queue`);
        if (!first || !first.matches("a[href^='#']")) return [...sooner, "the first link does not lead into the page"];
        const target = document.getElementById(first.hash.slice(1));
        const arrives = target && target.matches("main, [role=main]");
        if (!arrives) sooner.push("the first link does not lead to the main part");
        first.focus({ preventScroll: true });
        const box = first.getBoundingClientRect();
        first.blur();
        const seen = box.width > 1 && box.height > 1 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth;
        return seen ? sooner : [...sooner, "the first link stays out of sight when it has the focus"];
    """)


def tables_explain_themselves(view: View) -> list[str]:
    """Every table has a caption and header cells; every header cell says what it heads."""
    return view.ask("""
        const scopes = ["col", "row", "colgroup", "rowgroup"];
        return all("table").flatMap((table) => [
          ...(table.caption && table.caption.textContent.trim() ? [] : [`${place(table)} has no caption`]),
          ...(all("th", table).length ? [] : [`${place(table)} has no header cell`]),
          ...all("th", table).filter((cell) => !scopes.includes(cell.getAttribute("scope")))
            .map((cell) => `header cell “${short(cell.textContent)}” in ${place(table)} has no scope`),
        ]);
    """)


def language_is_said(view: View) -> list[str]:
    """The page says its title and its language, and that is the one in the file's name."""
    said, title = view.ask("return [document.documentElement.lang, document.title.trim()]")
    faults = [] if title else ["the page has no title"]
    named = [language for language in ("nl", "fr") if f"-{language}" in view.path.stem]
    if said.split("-")[0] not in (named or ["nl", "fr"]):
        faults.append(f"the page says that its language is “{said}”")
    return faults
