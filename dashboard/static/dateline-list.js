// The list of events: the same as the map, for the keyboard and for reading. A module of the page;
// dateline-card.js stands before it in the same script.
const { element, swatch, text, build } = globalThis.datelineCard;

function row([id, title, place, date, themeIndex, doubtful, role], themes, data, send) {
  const open = id === data.selected;
  const button = element("button", "dl-row",
    swatch(themes[themeIndex]),
    element("span", "dl-row-text", text("span", "dl-row-title", title),
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
  });
  const item = element("li", open ? "is-open" : "", button);
  if (open) button.classList.add("is-open");
  if (open && data.card) item.append(build(data.card, { titled: false }));
  return item;
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

function moveFocus(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || !event.target.matches(".dl-row")) return;
  const rows = [...event.target.closest(".dl-list").querySelectorAll(".dl-row")];
  const next = rows[rows.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function more(count, send) {
  const button = element("button", "dl-more", `Show more (${count.toLocaleString("en")} left)`);
  button.type = "button";
  button.addEventListener("click", () => send("more", true));
  return element("li", "", button);
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

export default function render({ data, parentElement, setTriggerValue }) {
  let scroller = parentElement.querySelector(".dl-scroller");
  if (!scroller) {
    scroller = element("div", "dl-scroller");
    scroller.addEventListener("keydown", (event) => onKey(event, scroller));
    parentElement.append(scroller);
  }
  scroller.send = setTriggerValue;
  const themes = data.themes.map(([name, colour, ink, glyph]) => ({ name, colour, ink, glyph }));
  const focused = parentElement.activeElement?.dataset?.event;
  const place = scroller.scrollTop;
  const list = element("ol", "dl-list", ...data.rows.map((entry) => row(entry, themes, data, setTriggerValue)));
  list.setAttribute("aria-label", "Events");
  if (data.left) list.append(more(data.left, setTriggerValue));
  scroller.replaceChildren(list);
  scroller.scrollTop = place;
  if (focused) scroller.querySelector(`[data-event="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
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
