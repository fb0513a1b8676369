// The walk of a window through the chosen period, or through the whole time where none is chosen. Part of the
// timeline's script, after dateline-timeline-periods.js.
//
// A walk has the period that it goes through (`within`, which is in force again at its end), the edges between
// bars that it lies between (`from`, `until`), and its window: `first` edge and number of `bars`. A walk that pauses
// stays with the timeline, and goes on from its window.

const PACE = 800; // milliseconds that a step of the play is seen at least
const CALM_PACE = 1600;
const WINDOW = 10; // windows that fill what is walked through
const MOST_STEPS = 60; // of a walk at most, or a few more

function play(line) {
  if (line.walk) line.walk.first = Math.min(line.walk.first + line.walk.step, line.walk.until);
  else line.walk = beginWalk(line);
  line.playing = true;
  holdStill(line);
  drawPlay(line);
  if (isOver(line.walk)) endWalk(line);
  else step(line);
}

function beginWalk({ data, range }) {
  const [day, after] = extent({ data }, range);
  const from = edgeBefore(data.edges, day);
  const until = edgeAfter(data.edges, after);
  const bars = Math.max(Math.round((until - from) / WINDOW), 1);
  return { within: range, from, until, first: from, bars, step: Math.ceil((until - from) / MOST_STEPS), ended: false };
}

const isOver = (walk) => walk.first >= walk.until || walk.ended;

// The days of the window. The period may begin or end within a bar; it is not left for that.
function windowOf(line) {
  const { within, first, bars, until } = line.walk;
  const [start, end] = barsRange(line, first, Math.min(first + bars, until));
  return [Math.max(start, within[0] ?? start), Math.min(end, within[1] ?? end)];
}

function step(line) {
  const { walk } = line;
  // The last window is a whole one as well.
  walk.first = Math.max(Math.min(walk.first, walk.until - walk.bars), walk.from);
  walk.ended = walk.first + walk.bars >= walk.until;
  line.stepped = performance.now();
  choose(line, windowOf(line), { within: walk.within });
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
  if (isOver(line.walk)) {
    endWalk(line);
    return;
  }
  line.walk.first += line.walk.step;
  step(line);
}

// What was in force before the walk is in force again.
function endWalk(line) {
  const { within } = line.walk;
  leaveWalk(line);
  choose(line, within);
}

// Another period has been chosen, or is about to be: there is nothing left to go on with.
function leaveWalk(line) {
  line.walk = null;
  if (!line.playing) return;
  line.playing = false;
  clearTimeout(line.next);
  drawPlay(line);
}

function pause(line) {
  if (!line.playing) return;
  line.playing = false;
  clearTimeout(line.next);
  drawPlay(line);
  // What is seen stays, and is a step to come back to: now it enters the address.
  choose(line, line.range);
}

// ---- a page that keeps still -----------------------------------------------------------------------

const HELD = ["head", "conditions", "list-frame"];
const heldName = (part) => `--dl-held-${part}`;

// Windows hold more and fewer events; what stands around the timeline keeps its height meanwhile. The heights are
// kept at the root of the page, which nobody draws anew.
function holdStill(line) {
  if (line.held) return;
  line.held = true;
  for (const part of HELD) {
    const box = document.querySelector(`.st-key-${part}`)?.getBoundingClientRect();
    if (box) document.documentElement.style.setProperty(heldName(part), `${box.height}px`);
  }
}

function letGo(line) {
  line.held = false;
  for (const part of HELD) document.documentElement.style.removeProperty(heldName(part));
}
