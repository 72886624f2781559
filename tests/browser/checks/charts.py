"""The charts: named, drawn, light, each text whole, large enough, apart and in contrast."""

from __future__ import annotations

import re

from tests.browser.view import View

#: Bytes of the drawings of one chart.
CHART = 25_000
#: Bytes of a report.
REPORT = 1_500_000

#: Words that stand in one of the two languages only; names and figures stand in both.
OWN_WORDS = {
    "nl": "het een van op zijn met voor naar bij geen sinds tot niet der dat wordt werd waarvan tegenover",
    "fr": "le la les des du et au aux dans pour sur par une un sans depuis est sont pas dont contre",
}


def charts_are_named(view: View) -> list[str]:
    """Each drawing is part of an image with an alternative in the page's language, and itself hidden."""
    loose = view.ask("""
        return all("svg, canvas").filter((one) => !one.closest("[role=img]")).map(place)
    """)
    found = view.ask("""
        return charts().map((chart) => [place(chart), chart.closest("[lang]").lang.slice(0, 2), alternative(chart),
          all("svg", chart).every((svg) => svg.closest("[aria-hidden=true]"))]);
    """)
    faults = [f"{place} is a drawing outside an image" for place in loose]
    for place, language, alternative, hidden in found:
        if not alternative:
            faults.append(f"{place} has no text alternative")
        elif _other_language(alternative, language):
            faults.append(f"{place}: its alternative is not in “{language}”: {alternative[:60]}")
        if not hidden:
            faults.append(f"{place}: its drawing is read out besides its alternative")
    return faults


def _other_language(text: str, language: str) -> bool:
    words = re.findall(r"\w+", text.lower())
    count = {one: sum(word in own.split() for word in words) for one, own in OWN_WORDS.items()}
    return any(number > count.get(language, 0) for number in count.values())


def charts_have_their_table(view: View) -> list[str]:
    """Behind each chart stands a table of its own with its figures."""
    return view.ask("""
        return charts().filter((chart) => {
          let around = chart;
          while (around && !all("tbody td", around).length) around = around.parentElement;
          return !around || charts().filter((one) => around.contains(one)).length > 1;
        }).map((chart) => `${place(chart)} has no table of its own`);
    """)


def charts_are_shown(view: View) -> list[str]:
    """Each chart shows exactly one drawing, of a size to read, with marks in it."""
    return view.ask("""
        return charts().flatMap((chart) => {
          const found = drawings(chart);
          if (found.length !== 1) return [`${place(chart)} shows ${found.length} drawings`];
          const { width, height } = found[0].getBoundingClientRect();
          const marks = all("path, rect, circle, line", found[0]).filter((one) => {
            const mark = one.getBoundingClientRect();
            return mark.width + mark.height > 0;
          });
          return [
            ...(width >= 180 && height >= 40 ? []
              : [`${place(chart)} is ${Math.round(width)} by ${Math.round(height)} px`]),
            ...(marks.length ? [] : [`${place(chart)} has no mark`]),
          ];
        });
    """)


def charts_are_light(view: View) -> list[str]:
    """The drawings of one chart together take little of the file."""
    sizes = [len(one.encode()) for one in re.findall(r"<svg\b.*?</svg>", view.source, re.DOTALL)]
    owners = view.ask("""
        return all("svg").map((svg) => [svg, svg.closest("[role=img]")])
          .map(([svg, chart]) => chart ? place(chart) : place(svg));
    """)
    if len(owners) != len(sizes):
        return [f"the file has {len(sizes)} drawings and the page {len(owners)}"]
    total = {owner: sum(size for size, one in zip(sizes, owners, strict=True) if one == owner) for owner in owners}
    return [f"{owner} takes {size} bytes" for owner, size in total.items() if size > CHART]


def report_is_light(view: View) -> list[str]:
    """The file goes through a mail gateway."""
    size = view.path.stat().st_size
    return [f"the file has {size} bytes"] if size > REPORT else []


def texts_are_whole(view: View) -> list[str]:
    """No text in a chart is cut off: by its drawing where that cuts, by its chart's box, or by the edge of the page."""
    return view.ask("""
        const cuts = (element) => getComputedStyle(element).overflow !== "visible";
        return texts().flatMap(({ chart, svg, text }) => {
          const box = text.getBoundingClientRect(), page = { left: 0, right: document.documentElement.clientWidth,
            top: -Infinity, bottom: Infinity };
          const frames = [page, chart.getBoundingClientRect(), ...(cuts(svg) ? [svg.getBoundingClientRect()] : []),
            ...frame(text)];
          // A font's box is higher than its letters: those stay within its middle four fifths.
          const spare = box.height / 10;
          const out = frames.some((one) => box.left < one.left - 1 || box.right > one.right + 1
            || box.top + spare < one.top - 1 || box.bottom - spare > one.bottom + 1);
          return out ? [`“${short(text.textContent)}” in ${place(chart)} is cut off`] : [];
        });
        // The paths in the drawing that clip it.
        function frame(text) {
          const found = [];
          for (let one = text; one.tagName !== "svg"; one = one.parentElement) {
            const clip = document.getElementById((one.getAttribute("clip-path") || "").replace(/^url[(]#|[)]$/g, ""));
            if (!clip) continue;
            const boxes = [...clip.children].map((part) => part.getBBox()), to = one.getScreenCTM();
            for (const { x, y, width, height } of boxes) {
              const [a, b] = [new DOMPoint(x, y), new DOMPoint(x + width, y + height)]
                .map((corner) => corner.matrixTransform(to));
              found.push({ left: a.x, right: b.x, top: a.y, bottom: b.y });
            }
          }
          return found;
        }
    """)


def texts_are_large_enough(view: View) -> list[str]:
    """No text in a chart is under 9 pixels as it is drawn: a narrow window shrinks a drawing with its texts."""
    return view.ask("""
        return texts().flatMap(({ chart, text }) => {
          const to = text.getScreenCTM();
          const size = parseFloat(getComputedStyle(text).fontSize) * Math.sqrt(Math.abs(to.a * to.d - to.b * to.c));
          return size < 8.95 ? [`“${short(text.textContent)}” in ${place(chart)} is ${size.toFixed(1)} px`] : [];
        });
    """)


def texts_are_apart(view: View) -> list[str]:
    """No two texts of one drawing lie over each other, also when they are turned."""
    return view.ask("""
        // The corners of a text's letters on the screen; a font's box is higher than those.
        const corners = (text) => {
          const { x, y, width, height } = text.getBBox(), to = text.getScreenCTM(), spare = height / 5;
          return [[x, y + spare], [x + width, y + spare], [x + width, y + height - spare], [x, y + height - spare]]
            .map(([left, top]) => new DOMPoint(left, top).matrixTransform(to));
        };
        // Two boxes are apart when a line along one of their sides can be drawn between them.
        const apart = (one, other) => [one, other].some((box) => [0, 1].some((side) => {
          const [x, y] = [box[side + 1].x - box[side].x, box[side + 1].y - box[side].y], length = Math.hypot(x, y) || 1;
          const along = (points) => points.map((point) => (point.x * x + point.y * y) / length);
          const [a, b] = [along(one), along(other)];
          return Math.max(...a) < Math.min(...b) + 1 || Math.max(...b) < Math.min(...a) + 1;
        }));
        const faults = [], found = texts().map((one) => ({ ...one, box: corners(one.text) }));
        found.forEach((one, index) => found.slice(index + 1).forEach((other) => {
          // The same words in the same place are one text, drawn twice for its halo.
          const halo = one.text.textContent === other.text.textContent
            && Math.hypot(one.box[0].x - other.box[0].x, one.box[0].y - other.box[0].y) < 1;
          if (one.svg === other.svg && !halo && !apart(one.box, other.box)) faults.push(
            `“${short(one.text.textContent)}” lies over “${short(other.text.textContent)}” in ${place(one.chart)}`);
        }));
        return faults;
    """)


def texts_stand_out(view: View) -> list[str]:
    """Each text in a chart has the contrast that WCAG asks (4.5), with the mark or the paper that it lies on."""
    return view.ask(r"""
        const rgba = (colour) => {
          const parts = (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
          return [...parts.slice(0, 3), parts.length > 3 ? parts[3] : 1];
        };
        const over = (top, below) => below
          .map((one, index) => index > 2 ? 1 : top[index] * top[3] + one * (1 - top[3]));
        const light = ([red, green, blue]) => [red, green, blue].map((one) => one / 255)
          .map((one) => one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
          .reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
        const paint = (element) => {
          const style = getComputedStyle(element), colour = rgba(style.fill);
          let alpha = style.fill === "none" ? 0 : colour[3] * style.fillOpacity, one = element;
          for (; one.tagName !== "svg"; one = one.parentElement) alpha *= getComputedStyle(one).opacity;
          return [...colour.slice(0, 3), alpha];
        };
        const paper = (element) => {
          const behind = [];
          for (let one = element; one; one = one.parentElement)
            behind.unshift(rgba(getComputedStyle(one).backgroundColor));
          return behind.reduce((below, one) => over(one, below), [255, 255, 255, 1]);
        };
        return texts().flatMap(({ chart, svg, text }) => {
          const { x, y, width, height } = text.getBBox();
          const middle = new DOMPoint(x + width / 2, y + height / 2).matrixTransform(text.getScreenCTM());
          const covers = (mark) => mark.isPointInFill(middle.matrixTransform(mark.getScreenCTM().inverse()));
          const below = all("path, rect, circle", svg).filter((mark) => shown(mark) && !mark.closest("clipPath, defs")
            && mark.compareDocumentPosition(text) & 4 && covers(mark));
          const ground = below.reduce((ground, mark) => over(paint(mark), ground), paper(svg));
          const [dark, bright] = [light(ground), light(over(paint(text), ground))].sort((a, b) => a - b);
          const contrast = (bright + 0.05) / (dark + 0.05);
          const where = `“${short(text.textContent)}” in ${place(chart)}`;
          return contrast < 4.5 ? [`${where} has contrast ${contrast.toFixed(1)}`] : [];
        });
    """)
