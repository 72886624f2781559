// The interactive edition: a live chart takes the place of each drawing, as soon as it stands there without a fault.
// Bundled with Vega by analysis.build.interactive, which gives `vegaEmbed`. Nothing here writes HTML, sets a style
// attribute or speaks in the console: the file's own policy forbids it, and the static drawing is always there.
const page = JSON.parse(document.getElementById("levende-grafieken").textContent);

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

// What a mark tells: a text, or names with their values. A mark without a text of its own tells nothing.
function tell(value) {
  const lines = typeof value === "object" ? Object.entries(value) : String(value).split("\n").map((text) => ["", text]);
  tip.replaceChildren(
    ...lines.map(([name, text]) => {
      const line = document.createElement("div");
      if (name) {
        const label = document.createElement("b");
        label.textContent = name;
        line.append(label, " ");
      }
      line.append(String(text));
      return line;
    }),
  );
}

function hide() {
  tip.hidden = true;
}

// Beside the pointer, and always inside the window.
function place(x, y) {
  const gap = 14;
  const { width, height } = tip.getBoundingClientRect();
  const right = x + gap + width <= document.documentElement.clientWidth;
  const below = y + gap + height <= document.documentElement.clientHeight;
  tip.style.left = `${right ? x + gap : Math.max(4, x - gap - width)}px`;
  tip.style.top = `${below ? y + gap : Math.max(4, y - gap - height)}px`;
}

function show(_handler, event, _item, value) {
  if (value === null || value === undefined || value === "") {
    hide();
    return;
  }
  const point = event.touches && event.touches.length ? event.touches[0] : event;
  tell(value);
  tip.hidden = false;
  place(point.clientX, point.clientY);
}

document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
document.addEventListener("scroll", hide, { passive: true });

const options = {
  mode: "vega-lite",
  renderer: "svg",
  ast: true, // no code is made out of text: Vega's own interpreter reads the expressions
  actions: false,
  defaultStyle: false,
  tooltip: show,
  formatLocale: page.number,
  timeFormatLocale: page.time,
};

// Vega's warnings are for who makes the chart; an error is a reason to leave the drawing in its place.
function listen() {
  const heard = { errors: 0 };
  const ignore = () => heard;
  return Object.assign(heard, {
    level: ignore,
    warn: ignore,
    info: ignore,
    debug: ignore,
    error() {
      heard.errors += 1;
      return heard;
    },
  });
}

async function draw(room, spec) {
  const stage = document.createElement("div");
  stage.className = "live";
  stage.setAttribute("aria-hidden", "true");
  const root = document.createElement("div");
  stage.append(root);
  room.append(stage);
  const logger = listen();
  try {
    await vegaEmbed(root, spec, { ...options, logger });
  } catch {
    logger.errors += 1;
  }
  if (logger.errors || !root.querySelector("svg")) {
    stage.remove();
  } else {
    room.classList.add("is-live");
  }
}

// The style shows the wide or the narrow room of a chart; a room is drawn when it is first shown.
const waiting = new Map();
const watch = new ResizeObserver((seen) => {
  for (const { target, contentRect } of seen) {
    if (contentRect.width > 0 && waiting.has(target)) {
      const spec = waiting.get(target);
      waiting.delete(target);
      watch.unobserve(target);
      draw(target, spec);
    }
  }
});

for (const [id, chart] of Object.entries(page.charts)) {
  for (const size of ["wide", "narrow"]) {
    const room = document.querySelector(`figure[aria-labelledby="${CSS.escape(id)}-alt"] > .${size}`);
    if (room) {
      waiting.set(room, { ...chart.both, ...chart[size] });
      watch.observe(room);
    }
  }
}
