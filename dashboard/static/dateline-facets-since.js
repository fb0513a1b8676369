// The filter's "new since". Part of the panel's script, before dateline-facets.js, whose parts it is made of.

const VISIT = "dateline-visit";
const VISIT_ENDS = 30 * 60_000; // milliseconds without a word, after which a visit has ended

// ---- new since: the last visit is known to this browser alone ----

// The time of the last word of the visit before this one, to the minute; empty: there was none.
function lastVisit() {
  try {
    const now = Date.now();
    const { first = "", last = 0 } = JSON.parse(localStorage.getItem(VISIT) ?? "{}");
    const before = last && now - last > VISIT_ENDS ? new Date(last).toISOString().slice(0, 16) : first;
    localStorage.setItem(VISIT, JSON.stringify({ first: before, last: now }));
    return before;
  } catch {
    return ""; // a browser that keeps nothing, or something else under this name
  }
}

function makeSince(panel) {
  const node = fold(panel, "New since");
  node.day = element("input", "dl-day");
  node.day.type = "date";
  node.day.setAttribute("aria-label", "New since this day");
  node.day.addEventListener("change", () => choose(panel, { since: node.day.value ? [node.day.value] : [] }));
  node.visit = button("dl-action", "", () => choose(panel, { since: [node.visit.value] }));
  node.clear = button("dl-action", "", () => choose(panel, { since: [] }), "Any time");
  const row = element("div", "dl-since", node.day, node.visit, node.clear);
  node.append(element("p", "dl-note-line", "When an article was taken in, by UTC."), row);
  return node;
}

function readMoment(moment) {
  const [day, time] = moment.split("T");
  const words = new Date(`${day}T00:00Z`).toLocaleDateString("en-GB",
    { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return time ? `${words}, ${time}` : words;
}

function drawSince(panel) {
  const { since } = panel.parts;
  const [moment = ""] = values(panel, "since");
  since.words(moment ? readMoment(moment) : "");
  const before = lastVisit();
  const day = moment.slice(0, 10);
  // What is typed by half has no value yet, and to set none would take it away.
  if (since.day.value !== day) since.day.value = day;
  since.visit.hidden = !before;
  since.visit.value = before;
  since.visit.textContent = before ? `My last visit, ${readMoment(before)}` : "";
  since.clear.hidden = !moment;
}
