// The list of events: the same as the map, for the keyboard and for reading. A module of the page;
// dateline-card.js stands before it in the same script.
const { element, swatch, text, build, marked } = globalThis.datelineCard;

const HEADER = 56; // pixels above the page's content that the links to the pages cover

function row([id, title, place, date, themeIndex, doubtful, role], themes, data, send) {
  const open = id === data.selected;
  const button = element("button", "dl-row",
    swatch(themes[themeIndex]),
    element("span", "dl-row-text", text("span", "dl-row-title", ...marked(title)),
      element("span", "dl-row-facts", text("bdi", "dl-place", place), date ? ` · ${date}` : "",
        role ? ` · ${role.toLowerCase()}` : "", doubtful ? " · doubtful" : "")));
  button.type = "button";
  button.dataset.event = id;
  button.setAttribute("aria-expanded", String(open));
  button.addEventListener("click", () => {
    // Seen at once; the card follows when the page has answered.
    const closing = button.classList.contains("is-open");
    close(button.closest(".dl-list"));
    button.classList.toggle("is-open", !closing);
    send("picked", closing ? "" : id);
    if (!closing) revealMap();
  });
  const item = element("li", open ? "is-open" : "", button);
  if (open) button.classList.add("is-open");
  if (open && data.card) {
    const card = build(data.card, { titled: false });
    if (data.story.length) card.insertBefore(story(data.story), card.lastChild);
    item.append(card);
  }
  return item;
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

function close(list) {
  for (const node of list.querySelectorAll(".is-open")) node.classList.remove("is-open");
  for (const button of list.querySelectorAll(".dl-row")) button.setAttribute("aria-expanded", "false");
  list.querySelector(".dl-card")?.remove();
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
  scroller.send("picked", "");
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

function more(count, send) {
  const button = element("button", "dl-more", `Show more (${count.toLocaleString("en")} left)`);
  button.type = "button";
  button.addEventListener("click", () => send("more", true));
  return element("li", "", button);
}

const stops = (item) => [...item.querySelectorAll("a, button")];

// The rows are made anew with every run; the focus goes on where it was, or in the row where that is no more.
function holdFocus(scroller) {
  const node = scroller.getRootNode().activeElement;
  const item = node && scroller.contains(node) ? node.closest(".dl-list > li") : null;
  if (!item) return () => {};
  const { event } = item.firstChild.dataset;
  const [place, stop] = [[...item.parentNode.children].indexOf(item), stops(item).indexOf(node)];
  return () => {
    // In the place of "Show more" comes the first of the rows that it has brought.
    const now = event ? scroller.querySelector(`[data-event="${CSS.escape(event)}"]`)?.parentNode
      : scroller.querySelector(".dl-list").children[place];
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
function makeHead(send) {
  const box = element("input", "");
  box.type = "checkbox";
  box.addEventListener("change", () => send("within", box.checked ? "on" : "off"));
  const count = element("span", "dl-list-count");
  count.setAttribute("role", "status");
  const head = element("div", "dl-list-head", element("label", "dl-within", box, "Only what the map shows"), count);
  head.update = ([within, shown, total]) => {
    box.checked = within;
    count.textContent = within ? `${shown.toLocaleString("en")} of ${total.toLocaleString("en")}` : "";
  };
  return head;
}

export default function render({ data, parentElement, setTriggerValue }) {
  let scroller = parentElement.querySelector(".dl-scroller");
  if (!scroller) {
    scroller = element("div", "dl-scroller");
    scroller.addEventListener("keydown", (event) => onKey(event, scroller));
    scroller.addEventListener("focusin", () => keepOneStop(scroller));
    scroller.head = makeHead((name, value) => scroller.send(name, value));
    parentElement.append(scroller.head, scroller);
  }
  scroller.send = setTriggerValue;
  scroller.head.update(data.within);
  const themes = data.themes.map(([name, colour, ink, glyph]) => ({ name, colour, ink, glyph }));
  const refocus = holdFocus(scroller);
  const stay = holdPlace(scroller);
  const list = element("ol", "dl-list", ...data.rows.map((entry) => row(entry, themes, data, setTriggerValue)));
  list.setAttribute("aria-label", "Events");
  if (data.left) list.append(more(data.left, setTriggerValue));
  scroller.replaceChildren(list);
  if (!data.rows.length) scroller.append(element("p", "dl-nothing", data.nothing));
  stay();
  refocus();
  keepOneStop(scroller);
  revealSelected(scroller, scroller.dataset.selected || "", data.selected);
  scroller.dataset.selected = data.selected;
  command(data.command);
}

// Tells the map what is selected; a frame that is not ready yet looks for the last command here.
function command(words) {
  globalThis.datelineCommand = words;
  for (const frame of document.querySelectorAll(".st-key-map-frame iframe")) {
    frame.contentWindow?.dateline?.follow?.(words);
  }
}
