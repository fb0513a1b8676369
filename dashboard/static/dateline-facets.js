// The filter's panel: themes, which are also the legend of the colours and glyphs, places, and what else events
// are chosen by, each value with the number of its events. A module of the page; dateline-card.js and
// dateline-messages.js stand before it in the same script.
const { element, swatch } = globalThis.datelineCard;
const { makeTeller } = globalThis.datelineMessages;

const FIND_FROM = 12; // values of a list that get a field to find one in

const plural = (count) => `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;

// What is unfolded stays so while another page is open.
globalThis.datelineOpened = globalThis.datelineOpened || new Map();

// ---- what is chosen: what the server has said, and what is on its way to it ----

const values = (panel, parameter) => panel.pending[parameter] ?? panel.data.chosen[parameter] ?? [];

function choose(panel, changes) {
  Object.assign(panel.pending, changes);
  draw(panel);
  panel.teller.tell({ changes: panel.pending });
}

const toggled = (list, value) => (list.includes(value) ? list.filter((other) => other !== value) : [...list, value]);

// ---- parts ----

// The same nodes stay, so that a click or the focus between two answers is not lost with its node.
function sync(parent, entries, key, make) {
  const held = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const nodes = entries.map((entry) => held.get(key(entry)) ?? make(entry));
  nodes.forEach((node, index) => { node.dataset.key = key(entries[index]); });
  if (nodes.length !== parent.children.length || nodes.some((node, index) => parent.children[index] !== node)) {
    const focused = parent.getRootNode().activeElement;
    parent.replaceChildren(...nodes);
    if (focused && parent.contains(focused)) focused.focus({ preventScroll: true });
  }
  return nodes;
}

function button(className, label, onClick, ...content) {
  const node = element("button", className, ...content);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  node.addEventListener("click", onClick);
  return node;
}

function mark(node, { chosen, name, count }) {
  node.setAttribute("aria-checked", String(chosen));
  node.setAttribute("aria-label", `${name}, ${plural(count)}`);
  node.classList.toggle("is-empty", !count && !chosen);
  node.querySelector(".dl-count").textContent = count.toLocaleString("en");
}

function box(className, onClick, ...content) {
  const node = button(className, "", onClick, ...content, element("span", "dl-count"));
  node.setAttribute("role", "checkbox");
  return node;
}

function group(className, label) {
  const node = element("div", className);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", label);
  return node;
}

function fold(panel, name) {
  const chosen = element("span", "dl-fold-chosen");
  const node = element("details", "dl-fold", element("summary", "", element("span", "dl-fold-name", name), chosen));
  node.words = (words) => { chosen.textContent = words; chosen.title = words; };
  node.open = panel.opened.get(name) ?? false;
  node.addEventListener("toggle", () => {
    panel.opened.set(name, node.open);
    // What is folded is not drawn; it may be long.
    if (node.open) draw(panel);
  });
  return node;
}

// ---- themes: any or all of the chosen ones, and none of the excluded ----

const themeState = (panel) => {
  const every = values(panel, "theme-all");
  const any = values(panel, "theme");
  // One theme is any and all of itself: it does not say which was meant.
  if (every.length) panel.mode = "all";
  else if (any.length > 1) panel.mode = "any";
  return { chosen: [...any, ...every], without: values(panel, "theme-not") };
};

function chooseThemes(panel, chosen, without) {
  const [any, every] = panel.mode === "all" && chosen.length > 1 ? [[], chosen] : [chosen, []];
  choose(panel, { theme: any, "theme-all": every, "theme-not": without });
}

function themeRow(panel, [id, name, , colour, ink, glyph]) {
  const facet = box("dl-facet", () => {
    const { chosen, without } = themeState(panel);
    chooseThemes(panel, toggled(chosen, id), without.filter((other) => other !== id));
  }, swatch({ colour, ink, glyph }), element("span", "dl-name", name));
  const exclude = button("dl-exclude", "", () => {
    const { chosen, without } = themeState(panel);
    chooseThemes(panel, chosen.filter((other) => other !== id), toggled(without, id));
  }, "Not");
  return element("div", "dl-theme-row", facet, exclude);
}

function updateTheme(node, [id, name, count], { chosen, without }) {
  const [facet, exclude] = node.children;
  const isOut = without.includes(id);
  mark(facet, { chosen: chosen.includes(id), name: isOut ? `${name}, excluded` : name, count });
  node.classList.toggle("is-out", isOut);
  exclude.setAttribute("aria-pressed", String(isOut));
  exclude.setAttribute("aria-label", `Not ${name}`);
  exclude.title = isOut ? "Take the exclusion back" : "Hide the events of this theme";
}

function makeModes(panel) {
  const modes = group("dl-modes", "Events that have");
  modes.setAttribute("role", "radiogroup");
  for (const [mode, words] of [["any", "Any of"], ["all", "All of"]]) {
    const node = button("dl-mode", `${words} the chosen themes`, () => {
      const { chosen, without } = themeState(panel);
      panel.mode = mode;
      chooseThemes(panel, chosen, without);
    }, words);
    node.setAttribute("role", "radio");
    node.dataset.mode = mode;
    modes.append(node);
  }
  modes.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    const other = modes.querySelector("[aria-checked='false']");
    other.focus();
    other.click();
  });
  return modes;
}

function drawThemes(panel) {
  const { themes, modes } = panel.parts;
  const state = themeState(panel);
  panel.parts.head.hidden = !panel.data.themes.length;
  const rows = sync(themes, panel.data.themes, ([id]) => id, (entry) => themeRow(panel, entry));
  panel.data.themes.forEach((entry, index) => updateTheme(rows[index], entry, state));
  themes.classList.toggle("has-choice", state.chosen.length > 0);
  // One theme is any and all; the place of the switch is kept.
  modes.classList.toggle("is-idle", state.chosen.length < 2);
  for (const node of modes.children) {
    const on = node.dataset.mode === (panel.mode ?? "any");
    node.setAttribute("aria-checked", String(on));
    node.disabled = state.chosen.length < 2;
    node.tabIndex = on ? 0 : -1;
  }
}

// ---- lists of values ----

function valueRow(panel, parameter, [value, name]) {
  return box("dl-value", () => choose(panel, { [parameter]: toggled(values(panel, parameter), value) }),
    element("span", "dl-box"), element("span", "dl-name", element("bdi", "", name)));
}

function makeList(panel, [, heading]) {
  const node = fold(panel, heading);
  const find = element("input", "dl-find");
  find.type = "search";
  find.placeholder = "Find";
  find.setAttribute("aria-label", `Find in ${heading.toLowerCase()}`);
  find.addEventListener("input", () => draw(panel));
  node.find = find;
  node.list = group("dl-values", heading);
  node.note = element("p", "dl-note-line");
  node.append(find, node.list, node.note);
  return node;
}

function plain(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function drawList(panel, node, [parameter, , rows, left, exists]) {
  const chosen = values(panel, parameter);
  const names = rows.filter(([value]) => chosen.includes(value)).map(([, name]) => name);
  const all = parameter === "role" && names.length > 1 && names.length === rows.length;
  node.words(all ? "all" : names.join(", "));
  // What events have stays in its place, though none of those that are left has it.
  node.hidden = !rows.length && !exists;
  if (!node.open) return;
  // What is sought stays to be seen and taken back, however few values are left.
  node.find.hidden = rows.length < FIND_FROM && !node.find.value;
  const sought = plain(node.find.value.trim());
  const shown = rows.filter(([, name]) => plain(name).includes(sought));
  const nodes = sync(node.list, shown, ([value]) => value, (row) => valueRow(panel, parameter, row));
  shown.forEach(([value, name, count], at) => mark(nodes[at], { chosen: chosen.includes(value), name, count }));
  node.note.textContent = shown.length ? (left ? `${left.toLocaleString("en")} more have fewer events` : "") : "None";
}

function drawLists(panel) {
  const nodes = sync(panel.parts.lists, panel.data.groups, ([parameter]) => parameter, (entry) => makeList(panel, entry));
  panel.data.groups.forEach((entry, at) => drawList(panel, nodes[at], entry));
}

// ---- all of it ----

function draw(panel) {
  drawThemes(panel);
  drawPlaces(panel);
  drawLists(panel);
  drawSince(panel);
}

function makePanel(parentElement) {
  const panel = { pending: {}, opened: globalThis.datelineOpened, teller: makeTeller({ yields: true }), mode: null };
  const root = element("div", "dl-panel");
  const themes = group("dl-facets", "Themes");
  const modes = makeModes(panel);
  const places = { fold: fold(panel, "Region and country"), list: group("dl-values", "Region and country") };
  places.fold.append(places.list);
  const head = element("div", "dl-head", element("span", "dl-heading", "Themes"), modes);
  panel.parts = { head, themes, modes, places, lists: element("div", ""), since: makeSince(panel) };
  root.append(head, themes,
    element("div", "dl-folds", places.fold, panel.parts.lists, panel.parts.since));
  parentElement.append(root);
  panel.teller.isConnected = () => root.isConnected;
  panel.teller.giveUp = () => follow(panel);
  root.panel = panel;
  return panel;
}

function follow(panel) {
  // An answer to an older choice must not undo a newer one that is on its way; its counts are welcome.
  if (!panel.teller.isWaiting()) panel.pending = {};
  draw(panel);
}

export default function render({ data, parentElement, setTriggerValue }) {
  const panel = parentElement.querySelector(".dl-panel")?.panel ?? makePanel(parentElement);
  panel.data = data;
  panel.teller.hear(data.number);
  panel.teller.send = (message) => setTriggerValue("chosen", message);
  follow(panel);
}
