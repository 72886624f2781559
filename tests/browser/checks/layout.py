"""What a reader's own settings do to the page: a narrow window, wide spacing, large text. Nothing may get lost."""

from __future__ import annotations

from tests.browser.view import View


def nothing_sticks_out(view: View) -> list[str]:
    """The page never scrolls sideways."""
    return view.ask("""
        const root = document.documentElement, width = root.clientWidth, over = root.scrollWidth - width;
        if (over <= 0) return [];
        const out = all("body *").filter((one) => shown(one) && one.getBoundingClientRect().right > width + 1);
        const inner = out.filter((one) => !out.some((other) => one !== other && one.contains(other))).map(place);
        return [`the page is ${over} px wider than its window of ${width} px: ${inner.slice(0, 3).join(", ")}`];
    """)


def no_text_is_lost(view: View) -> list[str]:
    """No line of text is cut off, leaves its box or the page, or lies over another.

    Left out on purpose: what is there for screen readers only (a box of one pixel), the skip link while it waits
    outside the page, and the drawings, which have checks of their own. What lies in a box that scrolls is not lost.
    """
    return view.ask(_LINES + _LOST)


#: The lines of text with the frame in which each can be seen.
_LINES = """
const root = { left: 0, right: document.documentElement.clientWidth, top: 0, bottom: Infinity };
const styles = new Map(), frames = new Map([[document.body, root], [document.documentElement, root]]);
const style = (one) => styles.get(one) || styles.set(one, getComputedStyle(one)).get(one);
const inner = (one) => {
  const box = one.getBoundingClientRect();
  const left = box.left + scrollX + one.clientLeft, top = box.top + scrollY + one.clientTop;
  return { left, top, right: left + one.clientWidth, bottom: top + one.clientHeight };
};
const forEars = (one) => {
  const box = one.getBoundingClientRect(), { overflowX, display } = style(one);
  return overflowX !== "visible" && display !== "inline" && box.width <= 1 && box.height <= 1;
};
// The frame of what lies in an element: null when it is for screen readers only.
const frame = (one) => {
  if (!frames.has(one)) frames.set(one, narrow(one, frame(one.parentElement)));
  return frames.get(one);
};
const narrow = (one, around) => {
  if (!around || forEars(one)) return null;
  const { overflowX, overflowY, overflowClipMargin, display } = style(one);
  if (display === "inline" || display === "contents") return around;
  const box = inner(one), found = { ...around }, margin = size(one, "overflowClipMargin");
  if (overflowX === "hidden") Object.assign(found, { left: box.left, right: box.right, cut: one });
  if (overflowX === "clip") Object.assign(found, { left: Math.max(found.left, box.left - margin),
    right: Math.min(found.right, box.right + margin), cut: one });
  if (["hidden", "clip"].includes(overflowY)) Object.assign(found, { top: box.top, bottom: box.bottom, cut: one });
  if (["auto", "scroll"].includes(overflowX)) Object.assign(found, { left: -Infinity, right: Infinity, scroll: box });
  if (["auto", "scroll"].includes(overflowY)) Object.assign(found, { top: -Infinity, bottom: Infinity, scroll: box });
  return found;
};
const size = (one, what) => parseFloat(style(one)[what]) || 0;
const block = (one) => ["inline", "contents"].includes(style(one).display) ? block(one.parentElement) : one;
const lines = () => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const skip = all("a[href^='#']")[0], range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!node.data.trim() || parent.closest("svg, noscript") || !shown(parent) || parent === skip) continue;
    const around = frame(parent), holder = block(parent), own = holder.getBoundingClientRect();
    if (!around) continue;
    range.selectNodeContents(node);
    // Where a line is broken its last blank may hang over the edge: it has a box, and nothing in it is lost.
    const spacing = size(parent, "letterSpacing"), ofBlank = spacing + size(parent, "wordSpacing");
    const blank = node.data.trim().length > 1 ? 0.3 * size(parent, "fontSize") + ofBlank : 1;
    for (const { left, right, top, bottom } of range.getClientRects()) if (right - left > blank) found.push({
      node, parent, around, own: { left: own.left + scrollX, right: own.right + scrollX }, spacing,
      left: left + scrollX, right: right + scrollX, top: top + scrollY, bottom: bottom + scrollY });
  }
  return found;
};
"""

_LOST = """
const faults = new Set(), found = lines();
const say = (line, what) => faults.add(`“${short(line.node.data)}” in ${place(line.parent)} ${what}`);
for (const line of found) {
  const { around, own, spacing } = line, spare = (line.bottom - line.top) / 5, end = line.right - spacing;
  const page = around.right === root.right && around.left === root.left;
  if (line.left < around.left - 1 || end > around.right + 1)
    say(line, page ? "leaves the page" : `is cut off by ${place(around.cut)}`);
  else if (line.top + spare < around.top - 1 || line.bottom - spare > around.bottom + 1)
    say(line, around.cut ? `is cut off by ${place(around.cut)}` : "leaves the page");
  else if (line.left < own.left - 1 || end > own.right + 1) say(line, "leaves its box");
}
// Of a line the middle three fifths hold its letters; of one in a box that scrolls, what is seen now.
const all_of_it = { left: -Infinity, right: Infinity, top: -Infinity, bottom: Infinity };
const boxes = found.map((line) => {
  const spare = (line.bottom - line.top) / 5, view = line.around.scroll || all_of_it;
  return { line, left: Math.max(line.left + 1, view.left), right: Math.min(line.right - line.spacing - 1, view.right),
    top: Math.max(line.top + spare, view.top), bottom: Math.min(line.bottom - spare, view.bottom) };
}).filter((box) => box.right > box.left && box.bottom > box.top).sort((one, other) => one.top - other.top);
let open = [];
for (const box of boxes) {
  open = open.filter((other) => other.bottom > box.top);
  const other = open.find((one) => one.left < box.right && box.left < one.right && one.line.node !== box.line.node);
  if (other) say(box.line, `lies over “${short(other.line.node.data)}”`);
  open.push(box);
}
return [...faults];
"""
