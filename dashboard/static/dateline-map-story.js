// One story's places: while an event is selected, every place that its article names, apart from all others.
(() => {
  "use strict";
  const dateline = window.dateline;
  const NONE = { row: -1, layer: null, rows: [], knots: [] };
  let shown = NONE;

  // The nearer way round the world.
  const beside = (longitude, other) => other + Math.round((longitude - other) / 360) * 360;

  function thread(from, to, scene) {
    return L.polyline([from, to], { pane: "dateline-story", interactive: false,
      className: scene ? "dl-thread" : "dl-thread dl-aside" });
  }

  function knot(event, spot, scene) {
    const dot = L.circleMarker(spot, { pane: "dateline-story", radius: scene ? 5 : 4, className: scene ? "dl-knot" : "dl-knot dl-aside" });
    const words = datelineCard.element("span", "", datelineCard.text("bdi", "", event.place.label), ` · ${event.role.toLowerCase()}`);
    dot.bindTooltip(words, { className: "dl-mix", direction: "top", offset: [0, -6], opacity: 1 });
    const opens = () => dateline.isFound(event.row);
    dot.on("click", () => { if (opens()) dateline.choose(event); });
    // Its tooltip makes it a stop of the Tab key, so it has a name, and keys do what a click does.
    dot.on("add", () => {
      const node = dot.getElement();
      node.setAttribute("aria-label", words.textContent);
      node.addEventListener("keydown", (press) => {
        if (!["Enter", " "].includes(press.key) || !opens()) return;
        press.preventDefault();
        dateline.choose(event);
        dateline.focusPopup();
      });
    });
    return dot;
  }

  function draw(row) {
    const { table, map } = dateline;
    const centre = dateline.spotOf(row);
    const layer = L.layerGroup();
    const knots = [];
    const places = new Map();
    // A place that is a scene as well as context is a scene.
    for (const each of table.story(row)) {
      const event = table.event(each);
      if (event.place.index === table.places[row] || (places.has(event.place.index) && event.roleId !== "event")) continue;
      places.set(event.place.index, event);
    }
    for (const event of places.values()) {
      const scene = event.roleId === "event";
      const spot = L.latLng(event.place.latitude, beside(centre.lng, event.place.longitude));
      const dot = knot(event, spot, scene);
      knots.push([dot, event]);
      layer.addLayer(thread(centre, spot, scene)).addLayer(dot);
    }
    return { row, layer: layer.addTo(map), rows: places.size ? table.story(row) : [], knots };
  }

  // Shows the story of an event; below 0: of none.
  dateline.tellStory = (row) => {
    if (row === shown.row) return;
    if (shown.layer) shown.layer.remove();
    shown = row < 0 ? NONE : draw(row);
  };

  // Symbols that belong to the story keep their strength; called again whenever symbols were drawn.
  dateline.markStory = () => {
    const container = dateline.map.getContainer();
    container.classList.toggle("dl-telling", shown.rows.length > 0);
    // What the filter hides cannot be opened.
    for (const [dot, { row }] of shown.knots) dot.getElement()?.setAttribute("role", dateline.isFound(row) ? "button" : "img");
    for (const node of container.querySelectorAll(".dl-member")) node.classList.remove("dl-member");
    for (const row of shown.rows) {
      const symbol = dateline.isFound(row) ? dateline.symbolOf(row) : null;
      if (symbol && symbol.getElement()) symbol.getElement().classList.add("dl-member");
    }
  };
})();
