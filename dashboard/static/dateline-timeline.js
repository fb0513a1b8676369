// The timeline: events by stretch of time and theme, and the period that the filter has; what hand, keys and the
// play do with it. A module of the page; the other dateline-timeline files stand before it in the same script.

const CLICK = 4; // pixels that a hand may tremble
const REACH = 12; // pixels around a handle that belong to it

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
  line.plot.addEventListener("pointerleave", () => {
    line.read = -1;
    if (!line.drag) drawReadout(line);
  });
  line.first.addEventListener("keydown", (event) => onHandleKey(line, 0, event));
  line.last.addEventListener("keydown", (event) => onHandleKey(line, 1, event));
  line.root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onEscape(line, event);
  });
  line.onVisibility = () => stopForHiding(line);
  line.onLink = (event) => stopForLink(line, event);
  line.onTurn = () => stopForTurn(line);
  new ResizeObserver(() => line.data && line.plot.clientWidth !== line.width && redraw(line)).observe(line.plot);
}

function redraw(line) {
  // Of another width the page has other heights.
  letGo(line);
  drawBars(line);
  drawRange(line, line.drag?.range ?? line.range);
  if (line.playing) holdStill(line);
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
  if (line.data?.edges.length) {
    line.read = barAt(line, Math.min(Math.max(place, 0), line.width - 1));
    drawReadout(line, line.read);
  }
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
  if (drag.range || drag.kind !== "handle") leaveWalk(line);
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
  leaveWalk(line);
  choose(line, [null, null]);
}

const KEYS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -6, PageUp: 6,
  Home: -Infinity, End: Infinity };

function onHandleKey(line, which, event) {
  const step = KEYS[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  leaveWalk(line);
  const { edges } = line.data;
  const at = extent(line, line.range)[which];
  // A day within a bar goes to the bar's edge first.
  const from = step > 0 ? edges.findLastIndex((edge) => edge <= at) : edges.findIndex((edge) => edge >= at);
  const start = from < 0 ? (step > 0 ? -1 : edges.length) : from;
  const edge = Math.min(Math.max(start + step, 0), edges.length - 1);
  // Keys come in bursts.
  choose(line, moveEnd(line, which, edge), { wait: 350 });
  const [left, right] = extent(line, line.range).map((day) => x(line, day));
  drawReadout(line, barAt(line, which ? right - 1 : left + 1));
}

// ---- from the page -------------------------------------------------------------------------------

export default function render({ data, parentElement, setTriggerValue }) {
  const held = parentElement.querySelector(".dl-timeline");
  const line = held?.line || makeTimeline(parentElement);
  line.root.line = line;
  // A choice that is said again after another page was chosen would bring this one back.
  line.teller.send = (message) => { if (isHere(line)) setTriggerValue("brushed", message); };
  const isNew = !line.data;
  line.data = data;
  line.bars = stacks(data);
  line.teller.hear(data.number);
  line.teller.giveUp = () => follow(line);
  follow(line);
  if (isNew) drawPlay(line);
  // The timeline that walked is gone with its page; what was chosen before is in force again.
  if (isNew && data.within) choose(line, data.within);
  advance(line);
}

function follow(line) {
  const { data } = line;
  // An answer to an older choice must not undo a newer one that is on its way; its counts are welcome.
  const answered = !line.teller.isWaiting();
  if (answered) {
    const changed = data.start !== line.range[0] || data.end !== line.range[1];
    line.range = [data.start, data.end];
    // Somebody else chose another period: the slider, a chip, the way back.
    if (changed) leaveWalk(line);
    if (changed && line.drag) line.drag = null;
    if (!line.walk) letGo(line);
  }
  drawBars(line);
  drawRange(line, line.drag?.range ?? line.range, answered && !line.drag ? null : countBars(line, line.drag?.range ?? line.range));
  // A hand that rests on a bar goes on reading it.
  if (!line.drag) drawReadout(line, line.read);
}
