// The timeline: events by stretch of time and theme, and the period that the filter has. A module of the
// page; dateline-card.js stands before it in the same script. Days are numbers since 1 January 1970; a
// period is a pair of first and last day, null where there is no bound.
const { element, svg, swatch } = globalThis.datelineCard;

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const PLOT = 64; // height of the bars in pixels
const WIDEST = 34; // of a bar
const CLICK = 4; // pixels that a hand may tremble
const REACH = 12; // pixels around a handle that belong to it
const STILL = matchMedia("(prefers-reduced-motion: reduce)");
const PACE = 800; // milliseconds that a step of the play is seen at least
const CALM_PACE = 1600;

// ---- days in words -------------------------------------------------------------------------------

const moment = (day) => new Date(day * 864e5);
const year = (day) => moment(day).getUTCFullYear();
const monthOf = (day) => MONTHS[moment(day).getUTCMonth()];
const dayWords = (day) => `${moment(day).getUTCDate()} ${monthOf(day)} ${year(day)}`;
const countWords = (count, noun) => `${count.toLocaleString("en")} ${count === 1 ? noun : `${noun}s`}`;

function spanWords([start, end], data) {
  if (start === null && end === null) {
    return data.first === data.last ? `All on ${dayWords(data.first)}`
      : `All dates, ${dayWords(data.first)} – ${dayWords(data.last)}`;
  }
  if (start === null) return `Until ${dayWords(end)}`;
  if (end === null) return `From ${dayWords(start)}`;
  return start === end ? dayWords(start) : `${dayWords(start)} – ${dayWords(end)}`;
}

function barWords(data, bar) {
  const day = data.edges[bar];
  if (data.unit === "week") return `Week of ${dayWords(day)}`;
  if (data.unit === "month") return `${monthOf(day)} ${year(day)}`;
  if (data.unit === "quarter") return `${monthOf(day)} – ${monthOf(data.edges[bar + 1] - 1)} ${year(day)}`;
  return data.unit === "year" ? String(year(day)) : dayWords(day);
}

// ---- the marks below the bars --------------------------------------------------------------------

// Days at which a mark may stand, from every day to every fifth century; the first that leaves room is taken.
const STEPS = [["day", 1], ["day", 7], ["day", 14], ["month", 1], ["month", 3], ["month", 6],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ["month", years * 12])];

function marks(first, end, width) {
  const room = (end - first) / Math.max(width / 74, 1); // days that a mark needs
  const [unit, step] = STEPS.find(([kind, count]) => (kind === "day" ? count : count * 30.4) >= room)
    || STEPS.at(-1);
  const days = unit === "day" ? everyDays(first, end, step) : everyMonths(first, end, step);
  return days.map((day, index) => [day, markWords(day, unit, step, index === 0)]);
}

function everyDays(first, end, step) {
  const from = step % 7 ? first : first + ((4 - first) % 7 + 7) % 7; // day 4 was a Monday
  const days = [];
  for (let day = from; day < end; day += step) days.push(day);
  return days;
}

function everyMonths(first, end, step) {
  const days = [];
  const start = moment(first);
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  for (; days.length < 400; month += step) {
    const at = new Date(0);
    at.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    const day = Math.round(at / 864e5);
    if (day >= end) break;
    if (day >= first) days.push(day);
  }
  return days;
}

function markWords(day, unit, step, isFirst) {
  if (unit === "day") {
    const words = `${moment(day).getUTCDate()} ${monthOf(day)}`;
    return isFirst ? `${words} ${year(day)}` : words;
  }
  const january = moment(day).getUTCMonth() === 0;
  if (step >= 12 || january) return String(year(day));
  return isFirst ? `${monthOf(day)} ${year(day)}` : monthOf(day);
}

function niceBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((factor) => factor * power).find((value) => value <= most);
}

// ---- drawing -------------------------------------------------------------------------------------

function makeTimeline(parentElement) {
  const root = element("div", "dl-timeline");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "Timeline");
  const line = {
    root, range: [null, null], number: 0, heard: 0, playing: false,
    play: button("dl-tl-play", ""), span: element("b", "dl-tl-span"), inside: element("span", "dl-tl-inside"),
    undated: element("span", "dl-tl-undated"), clear: button("dl-tl-clear", "Whole period"),
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

// ---- choosing ------------------------------------------------------------------------------------

// The period of the bars from one to another, the last one not among them.
function barsRange({ data }, from, until) {
  if (from <= 0 && until >= data.edges.length - 1) return [null, null];
  return [Math.max(data.edges[from], data.first), Math.min(data.edges[until] - 1, data.last)];
}

function choose(line, range, { passing = false, wait = 0 } = {}) {
  line.range = range;
  line.number = Math.max(line.number + 1, Date.now());
  line.tell = () => {
    if (!line.root.isConnected) return; // another page has come meanwhile
    line.send("brushed", { start: range[0], end: range[1], number: line.number, passing });
    askAgain(line, 5);
  };
  clearTimeout(line.timer);
  drawRange(line, range, countBars(line, range));
  // Keys come in bursts, of which the last one counts.
  if (wait) line.timer = setTimeout(() => line.tell(), wait);
  else line.tell();
}

// A choice that comes while the server answers another may get lost on the way; the server takes it once.
function askAgain(line, times) {
  clearTimeout(line.timer);
  line.timer = setTimeout(() => {
    if (line.heard >= line.number || !line.root.isConnected || !times) return;
    line.tell();
    clearTimeout(line.timer);
    askAgain(line, times - 1);
  }, 1500 + Math.random() * 500);
}

// Events in the bars of a period: what is known before the server has counted to the day.
function countBars({ data, bars }, [start, end]) {
  if (start === null && end === null) return data.undated + bars.reduce((sum, stack) => sum + total(stack), 0);
  return bars.reduce((sum, stack, bar) => {
    const inside = (start === null || data.edges[bar + 1] > start) && (end === null || data.edges[bar] <= end);
    return sum + (inside ? total(stack) : 0);
  }, 0);
}

function barAt(line, place) {
  const { edges } = line.data;
  const day = edges[0] + (place / line.width) * (edges.at(-1) - edges[0]);
  const bar = edges.findIndex((edge) => edge > day) - 1;
  return bar < 0 ? (place <= 0 ? 0 : edges.length - 2) : bar;
}

// The edge between bars that is nearest to a place on the plot.
function edgeAt(line, place) {
  let best = 0;
  line.data.edges.forEach((edge, index) => {
    if (Math.abs(x(line, edge) - place) < Math.abs(x(line, line.data.edges[best]) - place)) best = index;
  });
  return best;
}

// Moves one end of a period to an edge between bars; at the end of the timeline there is no bound.
function moveEnd(line, which, edge) {
  const { edges, first, last } = line.data;
  const [start, end] = line.range;
  if (which === 0) {
    const until = end === null ? edges.length - 1 : edgeAfter(edges, end + 1);
    const at = Math.min(edge, until - 1);
    return [at <= 0 ? null : Math.max(edges[at], first), end];
  }
  const from = start === null ? 0 : edgeBefore(edges, start);
  const at = Math.max(edge, from + 1);
  return [start, at >= edges.length - 1 ? null : Math.min(edges[at] - 1, last)];
}

const edgeAfter = (edges, day) => {
  const found = edges.findIndex((edge) => edge >= day);
  return Math.max(found < 0 ? edges.length - 1 : found, 1);
};
const edgeBefore = (edges, day) => {
  const found = edges.findLastIndex((edge) => edge <= day);
  return Math.min(Math.max(found, 0), edges.length - 2);
};

// ---- hand and keys -------------------------------------------------------------------------------

function listen(line) {
  line.play.addEventListener("click", () => (line.playing ? pause(line) : play(line)));
  line.clear.addEventListener("click", () => {
    clearRange(line);
    line.first.focus({ preventScroll: true });
  });
  line.plot.addEventListener("pointerdown", (event) => startDrag(line, event));
  line.plot.addEventListener("pointermove", (event) => onMove(line, event));
  line.plot.addEventListener("pointerup", (event) => endDrag(line, event));
  line.plot.addEventListener("pointercancel", () => cancelDrag(line));
  line.plot.addEventListener("pointerleave", () => line.drag || drawReadout(line));
  line.first.addEventListener("keydown", (event) => onHandleKey(line, 0, event));
  line.last.addEventListener("keydown", (event) => onHandleKey(line, 1, event));
  line.root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onEscape(line, event);
  });
  // A page that nobody sees asks the server nothing.
  document.addEventListener("visibilitychange", function onChange() {
    if (!line.root.isConnected) document.removeEventListener("visibilitychange", onChange);
    else if (document.hidden) pause(line);
  });
  new ResizeObserver(() => line.data && line.plot.clientWidth !== line.width && redraw(line)).observe(line.plot);
}

function redraw(line) {
  drawBars(line);
  drawRange(line, line.drag?.range ?? line.range);
}

const placeOf = (line, event) => event.clientX - line.plot.getBoundingClientRect().left;

function startDrag(line, event) {
  if (event.button !== 0 || line.data.edges.length < 3) return;
  pause(line);
  const place = placeOf(line, event);
  const [left, right] = extent(line, line.range).map((day) => x(line, day));
  const grip = gripAt(place, left, right);
  const within = !isWhole(line.range) && place > left && place < right;
  const kind = grip >= 0 ? "handle" : within ? "move" : "brush";
  line.drag = { kind, grip, place, range: null, from: edgeAt(line, left), until: edgeAt(line, right) };
  line.plot.setPointerCapture(event.pointerId);
  // A mouse would mark the words of the page; the finger's scrolling is left alone.
  if (event.pointerType === "mouse") event.preventDefault();
  if (grip >= 0) [line.first, line.last][grip].focus({ preventScroll: true });
}

// Which handle a hand means: the nearer one in reach. The browser's own target would not do: a finger that taps
// beside a handle is said to have hit it.
function gripAt(place, left, right) {
  const [first, last] = [Math.abs(place - left), Math.abs(place - right)];
  if (Math.min(first, last) > REACH) return -1;
  // The middle of a narrow window moves it.
  if (place > left + 2 && place < right - 2 && right - left < 2 * REACH) return -1;
  return first < last || (first === last && place < left) ? 0 : 1;
}

function onMove(line, event) {
  const place = placeOf(line, event);
  if (line.data?.edges.length) drawReadout(line, barAt(line, Math.min(Math.max(place, 0), line.width - 1)));
  if (!line.drag || (!line.drag.range && Math.abs(place - line.drag.place) < CLICK)) return;
  line.drag.range = draggedRange(line, place);
  drawRange(line, line.drag.range, countBars(line, line.drag.range));
}

function draggedRange(line, place) {
  const { drag } = line;
  if (drag.kind === "handle") return moveEnd(line, drag.grip, edgeAt(line, place));
  const most = line.data.edges.length - 1;
  if (drag.kind === "move") {
    const bars = Math.max(drag.until - drag.from, 1);
    const shift = edgeAt(line, x(line, line.data.edges[drag.from]) + place - drag.place);
    const from = Math.min(Math.max(shift, 0), most - bars);
    return barsRange(line, from, from + bars);
  }
  const [left, right] = [Math.min(place, drag.place), Math.max(place, drag.place)];
  // A bar that the hand has touched is meant.
  return barsRange(line, barAt(line, Math.max(left, 0)), barAt(line, Math.min(right, line.width - 1)) + 1);
}

function endDrag(line, event) {
  const { drag } = line;
  if (!drag) return;
  line.drag = null;
  if (drag.range) choose(line, drag.range);
  else if (drag.kind !== "handle") {
    const bar = barAt(line, placeOf(line, event));
    choose(line, barsRange(line, bar, bar + 1));
  }
  // Escape and the arrow keys go on from here.
  if (drag.kind !== "handle") line.last.focus({ preventScroll: true });
}

function cancelDrag(line) {
  line.drag = null;
  drawRange(line);
}

function onEscape(line, event) {
  if (!line.drag && isWhole(line.range)) return;
  event.stopPropagation();
  if (line.drag) cancelDrag(line);
  else clearRange(line);
}

function clearRange(line) {
  pause(line, { tell: false });
  choose(line, [null, null]);
}

const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6,
  Home: -Infinity, End: Infinity };

function onHandleKey(line, which, event) {
  const step = KEYS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  pause(line, { tell: false });
  const { edges } = line.data;
  const at = extent(line, line.range)[which];
  // A day within a bar goes to the bar's edge first.
  const from = step > 0 ? edges.findLastIndex((edge) => edge <= at) : edges.findIndex((edge) => edge >= at);
  const start = from < 0 ? (step > 0 ? -1 : edges.length) : from;
  const edge = Math.min(Math.max(start + step, 0), edges.length - 1);
  choose(line, moveEnd(line, which, edge), { wait: 350 });
  const [left, right] = extent(line, line.range).map((day) => x(line, day));
  drawReadout(line, barAt(line, which ? right - 1 : left + 1));
}

// ---- play ----------------------------------------------------------------------------------------

function play(line) {
  const { edges } = line.data;
  const most = edges.length - 1;
  const [from, until] = extent(line, line.range);
  let first = edgeBefore(edges, from);
  let bars = edgeAfter(edges, until) - first;
  if (isWhole(line.range) || bars >= most) bars = Math.ceil(most / 20);
  // From where the window stands; one at the end, or none, begins at the start.
  else if (first + bars < most) first += 1;
  else first = 0;
  if (isWhole(line.range)) first = 0;
  line.walk = { first: Math.min(first, most - bars), bars, step: Math.ceil(most / 60) };
  line.playing = true;
  drawPlay(line);
  step(line);
}

function step(line) {
  const { first, bars } = line.walk;
  line.stepped = performance.now();
  choose(line, barsRange(line, first, first + bars), { passing: true });
}

// Called when the page has answered and when the pace allows a step: the later of both takes it.
function advance(line) {
  clearTimeout(line.next);
  if (!line.playing || line.heard < line.number) return;
  if (!line.root.isConnected) {
    line.playing = false;
    return;
  }
  const wait = line.stepped + (STILL.matches ? CALM_PACE : PACE) - performance.now();
  if (wait > 0) {
    line.next = setTimeout(() => advance(line), wait);
    return;
  }
  const { walk } = line;
  const end = line.data.edges.length - 1 - walk.bars;
  if (walk.first >= end) {
    pause(line);
    return;
  }
  walk.first = Math.min(walk.first + walk.step, end);
  step(line);
}

function pause(line, { tell = true } = {}) {
  if (!line.playing) return;
  line.playing = false;
  clearTimeout(line.next);
  drawPlay(line);
  // Where the walk ends is a step to come back to: now it enters the address.
  if (tell) choose(line, line.range);
}

// ---- from the page -------------------------------------------------------------------------------

export default function render({ data, parentElement, setTriggerValue }) {
  const held = parentElement.querySelector(".dl-timeline");
  const line = held?.line || makeTimeline(parentElement);
  line.root.line = line;
  line.send = setTriggerValue;
  const isNew = !line.data;
  line.data = data;
  line.bars = stacks(data);
  line.heard = data.number;
  // An answer to an older choice must not undo a newer one that is on its way; its counts are welcome.
  const answered = data.number >= line.number;
  if (answered) {
    const changed = data.start !== line.range[0] || data.end !== line.range[1];
    line.range = [data.start, data.end];
    line.number = data.number;
    // Somebody else chose another period: the slider, a chip, the way back.
    if (changed && line.playing) pause(line, { tell: false });
    if (changed && line.drag) line.drag = null;
  }
  drawBars(line);
  drawRange(line, line.drag?.range ?? line.range, answered && !line.drag ? null : countBars(line, line.drag?.range ?? line.range));
  if (isNew) drawPlay(line);
  if (!line.drag) drawReadout(line);
  advance(line);
}
