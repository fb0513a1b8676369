// The filter's places. Part of the panel's script, before dateline-facets.js, whose parts it is made of.

// ---- places: world regions, in them sub-regions, in them countries ----

const isChosen = (panel, [parameter, value]) => values(panel, parameter).includes(value);

function containers(rows, index) {
  const found = [];
  for (let at = index - 1, depth = rows[index][4]; at >= 0 && depth > 0; at -= 1) {
    if (rows[at][4] < depth) { found.push(at); depth = rows[at][4]; }
  }
  return found;
}

function contents(rows, index) {
  const found = [];
  for (let at = index + 1; at < rows.length && rows[at][4] > rows[index][4]; at += 1) found.push(at);
  return found;
}

// A place stands for all that it contains, so what it contains and what contains it are no longer chosen beside it.
function togglePlace(panel, key) {
  const rows = panel.data.places;
  const index = rows.findIndex((row) => placeKey(row) === key);
  const chosen = { region: [...values(panel, "region")], country: [...values(panel, "country")] };
  const [parameter, value] = rows[index];
  if (!chosen[parameter].includes(value)) {
    for (const at of [...containers(rows, index), ...contents(rows, index)]) {
      const [other, name] = rows[at];
      chosen[other] = chosen[other].filter((kept) => kept !== name);
    }
  }
  chosen[parameter] = toggled(chosen[parameter], value);
  choose(panel, chosen);
}

const placeKey = ([parameter, value, , , depth]) => `${depth} ${parameter} ${value}`;

function placeRow(panel, row) {
  const key = placeKey(row);
  const open = button("dl-open", "", () => {
    panel.opened.set(key, open.getAttribute("aria-expanded") !== "true");
    draw(panel);
  });
  const check = box("dl-value", () => togglePlace(panel, key), element("span", "dl-box"),
    element("span", "dl-name", element("bdi", "", row[2])));
  const node = element("div", "dl-place-row", open, check);
  node.style.setProperty("--depth", row[4]);
  return node;
}

function drawPlaces(panel) {
  const { places } = panel.parts;
  const rows = panel.data.places;
  const names = rows.filter((row) => isChosen(panel, row)).map((row) => row[2]);
  places.fold.words(names.join(", "));
  if (!places.fold.open) return;
  // Open is what was opened, and what holds something chosen.
  const isOpen = (index) => panel.opened.get(placeKey(rows[index]))
    ?? contents(rows, index).some((at) => isChosen(panel, rows[at]));
  const shown = rows.map((_, index) => index).filter((index) => containers(rows, index).every(isOpen));
  const nodes = sync(places.list, shown, (index) => placeKey(rows[index]), (index) => placeRow(panel, rows[index]));
  shown.forEach((index, at) => {
    const [, , name, count] = rows[index];
    const [open, check] = nodes[at].children;
    const inside = contents(rows, index).length > 0;
    open.style.visibility = inside ? "" : "hidden";
    open.setAttribute("aria-expanded", String(inside && isOpen(index)));
    open.setAttribute("aria-label", `What is in ${name}`);
    const within = containers(rows, index).some((other) => isChosen(panel, rows[other]));
    mark(check, { chosen: isChosen(panel, rows[index]), name, count });
    check.classList.toggle("is-within", within);
  });
}
