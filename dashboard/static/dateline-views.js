// Saved views: links to filters, with their names. A module of the page; dateline-card.js and
// dateline-messages.js stand before it in the same script. The links are followed by dateline-links.js.
const { element, viewOf } = globalThis.datelineCard;
const { makeTeller } = globalThis.datelineMessages;

function button(className, words, label, onClick) {
  const node = element("button", className, words);
  node.type = "button";
  if (label) node.setAttribute("aria-label", label);
  if (label) node.title = label;
  node.addEventListener("click", onClick);
  return node;
}

function field(label, longest, value = "") {
  const input = element("input", "dl-find");
  input.setAttribute("aria-label", label);
  input.placeholder = label;
  input.maxLength = longest;
  input.value = value;
  return input;
}

function form(input, words, onSubmit) {
  const node = element("form", "dl-view-form", input, button("dl-action", words, "", () => {}));
  node.lastChild.type = "submit";
  node.addEventListener("submit", (event) => {
    event.preventDefault();
    if (input.value.trim()) onSubmit(input.value.trim());
    else input.focus();
  });
  return node;
}

// The view as it stands in an address, in whatever letters.
const shownIn = (address) => [...new URLSearchParams(viewOf(new URL(address, location.href).search))].sort().join("&");

// The server knows whether the conditions are in force, and the address where the map is.
const markCurrent = ([id, name, href, meets]) => [id, name, href, meets && shownIn(href) === shownIn(location.href)];

function makeRow(panel, [id, name, href, current]) {
  const link = element("a", "dl-view", element("bdi", "", name));
  link.title = name;
  link.setAttribute("href", href);
  if (current) link.setAttribute("aria-current", "true");
  const row = element("li", "dl-view-row", link);
  row.dataset.id = id;
  if (!panel.data.editable) return row;
  const tell = (content) => panel.teller.tell({ id, ...content });
  row.append(
    button("dl-view-act", "Rename", `Rename ${name}`, () => edit(panel, row, id, name)),
    button("dl-view-act", "Delete", `Delete ${name}`, () => tell({ do: "remove" })));
  return row;
}

function edit(panel, row, id, name) {
  const input = field(`New name of ${name}`, panel.data.longest, name);
  const close = () => { panel.editing = false; draw(panel, true); };
  const node = form(input, "Save", (changed) => {
    // Nothing would come back by which the form goes.
    if (changed === name) return close();
    panel.editing = false;
    return panel.teller.tell({ do: "rename", id, name: changed });
  });
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  });
  panel.editing = true;
  row.replaceChildren(node);
  input.select();
  input.focus();
}

// ---- the focus, while rows are made anew and buttons come and go ----

const RENAME = 1; // a row's second part

// Where the focus is: a row and which part of it, or the button that puts a view back. Null: elsewhere.
function findFocus({ parts }) {
  const node = parts.list.getRootNode().activeElement;
  if (!node || !parts.fold.contains(node)) return null;
  const row = node.closest(".dl-view-row");
  if (!row) return { undoes: parts.undo.contains(node) };
  // The form in which a name is written stands in the place of the row's parts.
  const part = [...row.children].indexOf(node);
  return { id: row.dataset.id, part: part < 0 ? RENAME : part };
}

function keepFocus({ parts }, before, known) {
  if (!before || (before.id === undefined && !(before.undoes && parts.undo.hidden))) return;
  const rows = [...parts.list.children];
  const row = before.undoes ? rows.find((node) => !known.has(node.dataset.id)) : rows.find((node) => node.dataset.id === before.id);
  if (row?.contains(row.getRootNode().activeElement)) return;
  const gone = parts.undo.hidden ? parts.fold.firstChild : parts.undo.lastChild;
  (row ? row.children[before.part ?? 0] ?? row.firstChild : gone).focus({ preventScroll: true });
}

// ---- all of it ----

function draw(panel, again = false) {
  const { data, parts } = panel;
  const focus = findFocus(panel);
  const known = new Set([...parts.list.children].map((node) => node.dataset.id));
  parts.count.textContent = data.views.length ? data.views.length.toLocaleString("en") : "";
  // A name that is being written is not taken away by an answer to something else.
  const views = data.views.map(markCurrent);
  const written = JSON.stringify([views, data.editable]);
  if (!panel.editing && (again || panel.written !== written)) {
    panel.written = written;
    parts.list.replaceChildren(...views.map((entry) => makeRow(panel, entry)));
  }
  parts.empty.hidden = data.views.length > 0;
  parts.form.hidden = !data.editable;
  parts.problem.textContent = data.problem;
  parts.undo.hidden = !data.removed || !data.editable;
  parts.gone.textContent = data.removed ? `“${data.removed}” is deleted.` : "";
  clearSaved(panel);
  keepFocus(panel, focus, known);
}

// A name that was refused stays to be changed.
function clearSaved(panel) {
  const { data, parts, teller, saving } = panel;
  if (saving === null || teller.isWaiting()) return;
  const input = parts.form.firstChild;
  if (!data.problem && input.value.trim() === saving) input.value = "";
  panel.saving = null;
}

function makePanel(parentElement, data) {
  const panel = { data, teller: makeTeller(), saving: null };
  const count = element("span", "dl-fold-chosen");
  const list = element("ul", "dl-views");
  list.setAttribute("aria-label", "Saved views");
  const input = field("Name this view", data.longest);
  const save = form(input, "Save", (name) => {
    panel.saving = name;
    // The server does not hear where the map is; the address says it.
    panel.teller.tell({ do: "save", name, view: viewOf(location.search) });
  });
  const gone = element("span", "");
  const undo = element("p", "dl-note-line dl-undo", gone,
    button("dl-action", "Undo", "", () => panel.teller.tell({ do: "restore" })));
  const problem = element("p", "dl-note-line dl-problem");
  problem.setAttribute("role", "status");
  undo.setAttribute("role", "status");
  const empty = element("p", "dl-note-line",
    data.editable ? "None yet. Everybody who uses this server sees what you save." : "None.");
  const fold = element("details", "dl-fold",
    element("summary", "", element("span", "dl-fold-name", "Saved views"), count), empty, list, undo, problem, save);
  panel.parts = { fold, count, list, form: save, undo, gone, problem, empty };
  const root = element("div", "dl-panel", fold);
  parentElement.append(root);
  panel.teller.isConnected = () => root.isConnected;
  root.panel = panel;
  return panel;
}

export default function render({ data, parentElement, setTriggerValue }) {
  const panel = parentElement.querySelector(".dl-panel")?.panel ?? makePanel(parentElement, data);
  panel.data = data;
  panel.teller.hear(data.number);
  panel.teller.send = (message) => setTriggerValue("act", message);
  draw(panel);
}
