// The list of events: the same as the map, for the keyboard and for reading. A module of the page;
// dateline-card.js and dateline-messages.js stand before it in the same script.
const { element, swatch, text, build, marked } = globalThis.datelineCard;
const { makeTeller, nextNumber } = globalThis.datelineMessages;

const HEADER = 56; // pixels above the page's content that the links to the pages cover

// ---- what is said to the server ------------------------------------------------------------------

// pending: what has been said and not been heard yet; of what says the same the last counts.
function say(scroller, changes) {
  scroller.pending = { ...scroller.pending, ...changes };
  scroller.teller.tell({ changes: scroller.pending });
}

// Numbered as the clicks on the map are: the last one counts, whichever of the two the server hears first.
function pick(scroller, id) {
  scroller.number = nextNumber(scroller.number ?? 0, scroller.data.command[2]);
  say(scroller, { picked: [id, scroller.number] });
}

// What is open, or is to be when its click has been heard; a later one on the map may have been heard before it.
function wanted({ pending, data }) {
  const [id, number] = pending.picked ?? [data.selected, 0];
  return number > data.command[2] ? id : data.selected;
}

// ---- a row and its card --------------------------------------------------------------------------

function row([id, title, place, date, themeIndex, doubtful, role, further], themes, scroller) {
  // Another place of the article above shows no more than the place; read aloud it says the whole.
  const button = element("button", further ? "dl-row is-further" : "dl-row",
    swatch(themes[themeIndex]),
    element("span", "dl-row-text", text("span", "dl-row-title", ...marked(title)),
      element("span", "dl-row-facts", text("bdi", "dl-place", place),
        date ? element("span", "dl-row-date", ` · ${date}`) : "",
        role ? ` · ${role.toLowerCase()}` : "", doubtful ? " · doubtful" : "")));
  button.type = "button";
  button.dataset.event = id;
  button.addEventListener("click", () => {
    // Seen at once; the card follows when the page has answered.
    const closing = button.classList.contains("is-open");
    close(scroller);
    button.classList.toggle("is-open", !closing);
    pick(scroller, closing ? "" : id);
    if (!closing) revealMap();
  });
  return element("li", "", button);
}

// The row that is open has the card; it is made anew where it says something else by now.
function update(item, isOpen, { card: content, story: words }) {
  const button = item.firstChild;
  button.setAttribute("aria-expanded", String(isOpen));
  for (const node of [item, button]) node.classList.toggle("is-open", isOpen);
  const shown = item.querySelector(".dl-card");
  const said = isOpen && content ? JSON.stringify([content, words]) : null;
  if (shown && item.said === said) return;
  item.said = said;
  shown?.remove();
  if (said === null) return;
  const card = build(content, { titled: false });
  if (words.length) card.insertBefore(story(words), card.lastChild);
  item.append(card);
}

// Where the map stands above the list, on a phone, it may be out of view when a row moves it.
function revealMap() {
  const frame = document.querySelector(".st-key-map-frame");
  const main = document.querySelector('[data-testid="stMain"]');
  if (!frame || !main) return;
  const { top, bottom, height } = frame.getBoundingClientRect();
  const ceiling = main.getBoundingClientRect().top + HEADER;
  if (bottom - ceiling >= height * 0.8) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  main.scrollBy({ top: top - ceiling, behavior: calm ? "auto" : "smooth" });
}

// The places that the event's article names; the map shows them all while the event is selected.
function story([scenes, others]) {
  const words = element("p", "dl-why dl-story", element("b", "", "The story on the map: "));
  if (scenes) words.append("happened in ", text("bdi", "", scenes));
  if (others) words.append(scenes ? "; also names " : "names ", text("bdi", "", others));
  words.append(".");
  return words;
}

function close(scroller) {
  const stay = holdPlace(scroller);
  for (const node of scroller.querySelectorAll(".is-open")) node.classList.remove("is-open");
  for (const button of scroller.querySelectorAll(".dl-row")) button.setAttribute("aria-expanded", "false");
  scroller.querySelector(".dl-card")?.remove();
  stay();
}

function onKey(event, scroller) {
  if (event.key === "Escape") closeSelected(event, scroller);
  else moveFocus(event);
}

function closeSelected(event, scroller) {
  const open = scroller.querySelector(".dl-row.is-open");
  if (!open) return;
  event.stopPropagation();
  close(scroller);
  open.focus({ preventScroll: true });
  pick(scroller, "");
}

const PAGE = 10; // rows that Page Up and Page Down pass over

function moveFocus(event) {
  if (!event.target.matches(".dl-row")) return;
  const rows = [...event.target.closest(".dl-list").querySelectorAll(".dl-row")];
  const [here, last] = [rows.indexOf(event.target), rows.length - 1];
  const place = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: last, PageDown: here + PAGE, PageUp: here - PAGE }[event.key];
  if (place === undefined) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(place, last))].focus();
}

// Tab stops once in all the rows: where one was, at the open one, or at the first.
function keepOneStop(scroller) {
  const rows = [...scroller.querySelectorAll(".dl-row")];
  const focused = scroller.getRootNode().activeElement;
  const here = scroller.contains(focused) ? focused.closest("li")?.querySelector(".dl-row") : null;
  const stop = here ?? rows.find((node) => node.classList.contains("is-open")) ?? rows[0];
  for (const node of rows) node.tabIndex = node === stop ? 0 : -1;
}

function more(count, scroller) {
  const button = element("button", "dl-more", `Show more (${count.toLocaleString("en")} left)`);
  button.type = "button";
  button.addEventListener("click", () => say(scroller, { length: scroller.data.longer }));
  return element("li", "", button);
}

// What says the same stays the same node, where it is: a pointer that is pressed on it while an answer comes would lose
// its click with the node.
function sync(list, themes, data, scroller) {
  const held = new Map([...list.children].map((item) => [item.key, item]));
  const keep = (content, make) => {
    const key = JSON.stringify(content);
    return Object.assign(held.get(key) ?? make(), { key });
  };
  const items = data.rows.map((entry) => keep([entry, themes[entry[4]]], () => row(entry, themes, scroller)));
  const open = wanted(scroller);
  // The card is that of the event which the server has heard of.
  const said = open === data.selected ? data : { ...data, card: null };
  items.forEach((item, at) => update(item, data.rows[at][0] === open, said));
  if (data.left) items.push(keep(data.left, () => more(data.left, scroller)));
  const kept = new Set(items);
  for (const item of [...list.children]) if (!kept.has(item)) item.remove();
  items.forEach((item, at) => { if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null); });
}

const stops = (item) => [...item.querySelectorAll("a, button")];

// What a row holds may be made anew with every run; the focus goes on where it was, or in the row where that is no
// more, or in the row that stands in the place of one that has gone.
function holdFocus(scroller) {
  const node = scroller.getRootNode().activeElement;
  const item = node && scroller.contains(node) ? node.closest(".dl-list > li") : null;
  if (!item) return () => {};
  const { event } = item.firstChild.dataset;
  const [place, stop] = [[...item.parentNode.children].indexOf(item), stops(item).indexOf(node)];
  return () => {
    const items = [...scroller.querySelector(".dl-list").children];
    // In the place of "Show more" comes the first of the rows that it has brought.
    const now = items.find((other) => event && other.firstChild.dataset.event === event) ?? items[Math.min(place, items.length - 1)];
    if (now) (stops(now)[stop] ?? stops(now)[0]).focus({ preventScroll: true });
  };
}

// What is in sight stays where it is, whatever comes and goes above it; where all of it is new, the list begins anew.
function holdPlace(scroller) {
  if (!scroller.scrollTop) return () => {};
  const { top, bottom } = scroller.getBoundingClientRect();
  const rows = () => [...scroller.querySelectorAll(".dl-row")];
  const seen = rows().map((node) => [node.dataset.event, node.getBoundingClientRect()])
    .filter(([, box]) => box.bottom > top && box.top < bottom);
  return () => {
    const now = new Map(rows().map((node) => [node.dataset.event, node]));
    const kept = seen.find(([event]) => now.has(event));
    scroller.scrollTop = kept ? scroller.scrollTop + now.get(kept[0]).getBoundingClientRect().top - kept[1].top : 0;
  };
}

function revealSelected(scroller, previous, selected) {
  const open = scroller.querySelector("li.is-open");
  if (!open || previous === selected) return;
  const { top, bottom } = open.getBoundingClientRect();
  const frame = scroller.getBoundingClientRect();
  // Only as far as is needed, and never the page around the list.
  if (top < frame.top || open.offsetHeight > frame.height) scroller.scrollTop += top - frame.top - 6;
  else if (bottom > frame.bottom) scroller.scrollTop += bottom - frame.bottom + 6;
}

// "Only what the map shows", with how many of how many that is.
function makeHead(scroller) {
  const box = element("input", "");
  box.type = "checkbox";
  box.addEventListener("change", () => say(scroller, { within: box.checked }));
  const count = element("span", "dl-list-count");
  count.setAttribute("role", "status");
  const head = element("div", "dl-list-head", element("label", "dl-within", box, "Only what the map shows"), count);
  head.update = ([within, shown, total]) => {
    box.checked = scroller.pending.within ?? within;
    count.textContent = within ? `${shown.toLocaleString("en")} of ${total.toLocaleString("en")}` : "";
  };
  return head;
}

function makeScroller(parentElement) {
  const scroller = element("div", "dl-scroller");
  Object.assign(scroller, { pending: {}, teller: makeTeller({ yields: true }) });
  scroller.teller.isConnected = () => scroller.isConnected;
  scroller.teller.giveUp = () => draw(scroller);
  scroller.addEventListener("keydown", (event) => onKey(event, scroller));
  scroller.addEventListener("focusin", () => keepOneStop(scroller));
  scroller.list = element("ol", "dl-list");
  scroller.list.setAttribute("aria-label", "Events");
  scroller.append(scroller.list);
  scroller.head = makeHead(scroller);
  parentElement.append(scroller.head, scroller);
  return scroller;
}

function draw(scroller) {
  const { data } = scroller;
  // An answer to something older does not undo what is on its way.
  if (!scroller.teller.isWaiting()) scroller.pending = {};
  scroller.head.update(data.within);
  const themes = data.themes.map(([name, colour, ink, glyph]) => ({ name, colour, ink, glyph }));
  const refocus = holdFocus(scroller);
  const stay = holdPlace(scroller);
  sync(scroller.list, themes, data, scroller);
  scroller.querySelector(".dl-nothing")?.remove();
  if (!data.rows.length) scroller.append(element("p", "dl-nothing", data.nothing));
  stay();
  refocus();
  keepOneStop(scroller);
  revealSelected(scroller, scroller.dataset.selected || "", data.selected);
  scroller.dataset.selected = data.selected;
}

export default function render({ data, parentElement, setTriggerValue }) {
  const scroller = parentElement.querySelector(".dl-scroller") ?? makeScroller(parentElement);
  scroller.data = data;
  scroller.teller.send = (message) => setTriggerValue("said", message);
  scroller.teller.hear(data.number);
  draw(scroller);
  command(data.command);
}

// Tells the map what is selected; a frame that is not ready yet looks for the last command here.
function command(words) {
  globalThis.datelineCommand = words;
  // What lies over the map makes room (dateline.css).
  document.documentElement.toggleAttribute("data-dateline-open", Boolean(words[1]));
  for (const frame of document.querySelectorAll(".st-key-map-frame iframe")) {
    frame.contentWindow?.dateline?.follow?.(words);
  }
}
