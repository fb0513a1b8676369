// How the timeline looks: bars of stacked themes, their scale and axis, the period that is marked, the line that
// reads a bar out. Part of the timeline's script, after dateline-card.js, dateline-messages.js and dateline-timeline-dates.js.
const { element, svg, swatch } = globalThis.datelineCard;
const { makeTeller } = globalThis.datelineMessages;

const PLOT = 64; // height of the bars in pixels
const WIDEST = 34; // of a bar
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

// ---- drawing -------------------------------------------------------------------------------------

function makeTimeline(parentElement) {
  const root = element("div", "dl-timeline");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Timeline");
  const line = {
    root, range: [null, null], teller: makeTeller({ yields: true }), playing: false, read: -1,
    play: button("dl-tl-play", ""), span: element("b", "dl-tl-span"), inside: element("span", "dl-tl-inside"),
    undated: element("span", ""), clear: button("dl-tl-clear", "Whole period"),
    readout: element("p", "dl-tl-readout"), plot: element("div", "dl-tl-plot"),
    picture: svg("svg", { role: "img", height: PLOT + 20 }),
    before: element("div", "dl-tl-shade"), after: element("div", "dl-tl-shade"),
    first: handle("First day"), last: handle("Last day"),
  };
  const words = element("p", "dl-tl-words", line.span, element("span", "dl-tl-numbers", line.inside, line.undated));
  words.setAttribute("role", "status");
  line.words = words;
  line.readout.setAttribute("aria-hidden", "true");
  line.plot.append(line.picture, line.before, line.after, line.first, line.last);
  line.teller.isConnected = () => root.isConnected; // or another page has come meanwhile
  root.append(element("div", "dl-tl-head", line.play, words, line.clear, line.readout), line.plot);
  parentElement.append(root);
  listen(line);
  return line;
}

function button(className, words) {
  const node = element("button", className, words);
  node.type = "button";
  return node;
}

function handle(name) {
  const node = element("div", "dl-tl-handle");
  node.setAttribute("role", "slider");
  node.setAttribute("aria-label", name);
  node.setAttribute("aria-orientation", "horizontal");
  node.tabIndex = 0;
  return node;
}

// A list of [theme, count] for every bar, the counts in the order in which they are stacked.
function stacks(data) {
  const bars = Array.from({ length: Math.max(data.edges.length - 1, 0) }, () => []);
  const [themes, places, counts] = data.counts;
  themes.forEach((theme, index) => bars[places[index]].push([theme, counts[index]]));
  return bars;
}

const total = (stack) => stack.reduce((sum, [, count]) => sum + count, 0);

function drawBars(line) {
  const { data, picture, bars } = line;
  const width = line.plot.clientWidth;
  line.width = width;
  if (!width) return;
  picture.setAttribute("width", width);
  const most = Math.max(1, ...bars.map(total));
  const paths = data.themes.map(() => []);
  bars.forEach((stack, bar) => {
    let [left, right] = [x(line, data.edges[bar]), x(line, data.edges[bar + 1])];
    const gap = right - left > 4 ? 1 : 0;
    const breadth = Math.max(Math.min(right - left - gap, WIDEST), 1);
    left += (right - left - breadth) / 2;
    let top = PLOT;
    for (const [theme, count] of stack) {
      const height = Math.max((count / most) * (PLOT - 12), 0.75);
      top -= height;
      paths[theme].push(`M${left.toFixed(1)} ${top.toFixed(1)}h${breadth.toFixed(1)}v${height.toFixed(1)}h-${breadth.toFixed(1)}z`);
    }
  });
  const drawn = data.themes.map(([, colour], theme) =>
    svg("path", { d: paths[theme].join(""), fill: colour, class: "dl-tl-bar" }));
  const [grid, label] = bars.some((stack) => stack.length) ? scale(width, most) : [];
  // The number stands over the bars, which may be as high at the edge.
  picture.replaceChildren(...[grid, ...drawn, ...axis(line, width), label].filter(Boolean));
  picture.setAttribute("aria-label", pictureWords(line, most));
}

function scale(width, most) {
  const value = niceBelow(most);
  const top = PLOT - (value / most) * (PLOT - 12);
  const label = svg("text", { x: 15, y: top - 3, class: "dl-tl-tick dl-tl-most" }, value.toLocaleString("en"));
  return [svg("path", { d: `M0 ${top}H${width}`, class: "dl-tl-grid" }), label];
}

function axis(line, width) {
  const { edges } = line.data;
  const parts = [svg("path", { d: `M0 ${PLOT}H${width}`, class: "dl-tl-base" })];
  if (!edges.length) return parts;
  if (edges.length === 2) {
    const words = barWords(line.data, 0);
    parts.push(svg("text", { x: width / 2, y: PLOT + 15, class: "dl-tl-tick", "text-anchor": "middle" }, words));
    return parts;
  }
  for (const [day, words] of marks(edges[0], edges.at(-1), width)) {
    const at = x(line, day);
    if (at > width - 24) continue;
    parts.push(svg("path", { d: `M${at.toFixed(1)} ${PLOT}v4`, class: "dl-tl-base" }),
      svg("text", { x: Math.max(at, 0).toFixed(1), y: PLOT + 15, class: "dl-tl-tick" }, words));
  }
  return parts;
}

function pictureWords({ data, bars }, most) {
  if (!bars.length) return "No event has a date";
  const highest = bars.findIndex((stack) => total(stack) === most);
  const span = `Events per ${data.unit} of publication, ${dayWords(data.first)} to ${dayWords(data.last)}`;
  return highest < 0 ? `${span}; none` : `${span}; most: ${barWords(data, highest)}, ${countWords(most, "event")}`;
}

// The place of a day, and of the day after the last, on the plot.
function x({ data, width }, day) {
  const [from, to] = [data.edges[0], data.edges.at(-1)];
  return Math.min(Math.max((day - from) / (to - from), 0), 1) * width;
}

// A period as it is drawn: [first day, day after the last]. What reaches the last events fills their bar.
function extent({ data }, [start, end]) {
  const from = start === null || (start <= data.first && start >= data.edges[0]) ? data.edges[0] : start;
  const until = end === null || (end >= data.last && end < data.edges.at(-1)) ? data.edges.at(-1) : end + 1;
  return [from, until];
}

const isWhole = ([start, end]) => start === null && end === null;

function drawRange(line, range = line.range, inside = null) {
  const { data } = line;
  const usable = data.edges.length > 2;
  const [from, until] = data.edges.length ? extent(line, range) : [0, 0];
  const [left, right] = data.edges.length ? [x(line, from), x(line, until)] : [0, 0];
  line.before.style.width = `${left}px`;
  line.after.style.left = `${right}px`;
  line.after.style.width = `${Math.max((line.width || 0) - right, 0)}px`;
  line.after.hidden = line.before.hidden = !data.edges.length || isWhole(range);
  setHandle(line.first, left, range[0] ?? data.first, data, usable);
  setHandle(line.last, right, range[1] ?? data.last, data, usable);
  line.root.classList.toggle("has-range", !isWhole(range));
  line.span.textContent = data.edges.length ? spanWords(range, data) : "No event has a date";
  const dated = line.bars.reduce((sum, stack) => sum + total(stack), 0);
  line.inside.textContent = isWhole(range) ? ""
    : `${(inside ?? data.inside).toLocaleString("en")} of ${dated.toLocaleString("en")} dated`;
  line.undated.textContent = data.undated
    ? `${data.undated.toLocaleString("en")} without a date${isWhole(range) ? "" : ", not shown"}` : "";
  line.clear.classList.toggle("is-idle", isWhole(range));
  line.clear.tabIndex = isWhole(range) ? -1 : 0;
  line.play.disabled = !usable;
}

function setHandle(node, at, day, data, usable) {
  node.style.left = `${at}px`;
  node.hidden = !usable;
  node.setAttribute("aria-valuemin", Math.min(data.first, day));
  node.setAttribute("aria-valuemax", Math.max(data.last, day));
  node.setAttribute("aria-valuenow", day);
  node.setAttribute("aria-valuetext", dayWords(day));
}

function drawPlay(line) {
  const path = line.playing ? "M4 2h3v12H4zM9 2h3v12H9z" : "M4 1.5l10 6.5-10 6.5z";
  line.play.replaceChildren(svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, svg("path", { d: path })));
  line.play.setAttribute("aria-label", line.playing ? "Pause" : "Play through time");
  line.play.title = line.playing ? "Pause" : "Play: walk through time";
  // Spoken once a choice is made, not at every step of the play.
  line.words.setAttribute("aria-live", line.playing ? "off" : "polite");
  line.root.classList.toggle("is-playing", line.playing && !STILL.matches);
}

function drawReadout(line, bar = -1) {
  const { data, bars } = line;
  if (bar < 0 || bar >= bars.length) {
    line.readout.replaceChildren(bars.length ? `Events per ${data.unit} of publication, by theme` : "");
    return;
  }
  const most = [...bars[bar]].sort((one, other) => other[1] - one[1]);
  const parts = most.map(([theme, count]) => {
    const [name, colour, ink, glyph] = data.themes[theme];
    return element("span", "dl-tl-part", swatch({ colour, ink, glyph }), `${name} ${count.toLocaleString("en")}`);
  });
  line.readout.replaceChildren(
    element("b", "", `${barWords(data, bar)}: ${countWords(total(bars[bar]), "event")}`), ...parts);
}
