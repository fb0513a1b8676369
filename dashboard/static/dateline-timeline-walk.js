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
  if (isOver(line.walk)) {
    endWalk(line);
    return;
  }
  holdStill(line);
  setPlaying(line, true);
  showMap();
  step(line);
}

// A page that nobody sees asks the server nothing, and one that is being left no more: a step that comes after the
// click, or after Back, would bring it back. All that is listened to only while time is played: the document would
// keep every timeline that was ever drawn. On a phone map and timeline are far apart: only while time is played the
// timeline stands at the window's foot (dateline.css), below the map.
function setPlaying(line, playing) {
  line.playing = playing;
  clearTimeout(line.next);
  const listen = playing ? "addEventListener" : "removeEventListener";
  document[listen]("visibilitychange", line.onVisibility);
  document[listen]("click", line.onLink, true);
  globalThis[listen]("popstate", line.onTurn);
  document.documentElement.toggleAttribute("data-dateline-walk", playing);
  drawPlay(line);
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
  if (!line.playing || line.teller.isWaiting()) return;
  if (!isHere(line)) {
    setPlaying(line, false);
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

// A hidden page pauses; a timeline that went with its page while a step was unanswered lets the document go.
function stopForHiding(line) {
  if (!line.root.isConnected) setPlaying(line, false);
  else if (document.hidden) pause(line);
}

// The page that is left for another stops where it is; the next timeline puts in force what was before the walk.
// A link that changes nothing, such as one to the page that is shown, pauses: else the window that passes would stay.
function stopForLink(line, event) {
  if (!line.root.isConnected) {
    setPlaying(line, false);
    return;
  }
  const leads = (node) => node instanceof HTMLAnchorElement && node.target !== "_blank";
  const link = datelineCard.isPlain(event) && event.composedPath().find(leads);
  if (!link) return;
  if (link.host === location.host && link.pathname === location.pathname) {
    pause(line);
    return;
  }
  setPlaying(line, false);
  line.teller.forget();
}

// Back, Forward and our own links, which have changed the address by now: it says what is in force.
function stopForTurn(line) {
  leaveWalk(line);
  line.teller.forget();
  // A step that nobody has heard changes nothing that the server says: it would stay on the screen.
  line.teller.giveUp();
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
  if (line.playing) setPlaying(line, false);
}

function pause(line) {
  if (!line.playing) return;
  setPlaying(line, false);
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

// On a phone it may be far above the timeline.
function showMap() {
  if (!matchMedia("(max-width: 900px)").matches) return;
  document.querySelector(".st-key-map-frame")?.scrollIntoView({ behavior: STILL.matches ? "auto" : "smooth" });
}

function letGo(line) {
  line.held = false;
  for (const part of HELD) document.documentElement.style.removeProperty(heldName(part));
}
