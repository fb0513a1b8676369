// Drawing an area: a rectangle by dragging, a polygon corner by corner, or the whole view by a key.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element, svg } = datelineCard;
  const MOST_CORNERS = 100;
  const ICONS = { rectangle: "M2.5 4h11v8h-11z", polygon: "M8 2l5.5 4.5-2 7h-7l-2-7z", remove: "M3.5 3.5l9 9M12.5 3.5l-9 9" };
  const HINTS = { rectangle: "Drag a rectangle. Enter takes the whole view, Escape ends.",
    polygon: "Click the corners; the first one or Enter closes the area, Escape ends." };
  // What lies on the map and keeps its own clicks and keys.
  const OTHERS = ".leaflet-control, .leaflet-popup, .dl-tiles-note, .dl-missing";
  const STYLE = { pane: "dateline-legs", className: "dl-area", interactive: false };

  let mode = "";
  let corners = [];
  let sketch = null;
  let start = null;
  let bar = null;
  let hint = null;
  let drawings = 0;

  // ---- the area in force ---------------------------------------------------------------------------

  let outline = null;
  function draw(area) {
    if (outline) outline.remove();
    outline = area.length ? L.polygon(area.map(([longitude, latitude]) => [latitude, longitude]), STYLE).addTo(dateline.map) : null;
    if (bar) bar.querySelector("[data-tool=remove]").hidden = !area.length;
  }

  // The area that the server has. Once that is the one that was drawn here, no message carries it any more: a server that
  // has started anew would take it for news, long after it was removed.
  dateline.drawArea = (area) => {
    const { extras } = dateline;
    if (extras.area && JSON.stringify(extras.area) === JSON.stringify(area)) {
      delete extras.area;
      delete extras.drawing;
    }
    draw(area);
  };

  function tell(area) {
    draw(area);
    drawings = datelineMessages.nextNumber(drawings);
    Object.assign(dateline.extras, { area, drawing: drawings });
    dateline.send();
  }

  // Corners as [longitude, latitude]; the area keeps together where it goes on past the antimeridian. They are what the
  // server makes of them, see area.py: it says so when it has them.
  function finish(points) {
    stop();
    if (points.length < 3) return;
    const along = points.map(({ lng }) => lng);
    const turns = Math.round((Math.min(...along) + Math.max(...along)) / 720) * 360;
    const round = (degrees) => Math.round(degrees * 1000) / 1000;
    const corners = points.map(({ lat, lng }) => [round(lng - turns), round(Math.max(-90, Math.min(90, lat)))]);
    // A double click is two corners at one spot.
    tell(corners.filter((corner, at) => String(corner) !== String(corners[(at || corners.length) - 1])));
  }

  const rectangle = (bounds) => [bounds.getSouthWest(), bounds.getSouthEast(), bounds.getNorthEast(), bounds.getNorthWest()];

  // ---- drawing -------------------------------------------------------------------------------------

  function begin(tool) {
    const again = mode === tool;
    stop();
    if (again) return;
    mode = tool;
    const { map } = dateline;
    map.getContainer().classList.add("dl-drawing");
    map.dragging[tool === "rectangle" ? "disable" : "enable"]();
    map.doubleClickZoom.disable();
    hint.textContent = HINTS[tool];
    mark();
  }

  function stop() {
    mode = "";
    corners = [];
    drop();
    const { map } = dateline;
    map.getContainer().classList.remove("dl-drawing");
    map.dragging.enable();
    map.doubleClickZoom.enable();
    hint.textContent = "";
    mark();
  }

  // The rectangle that is being dragged is not wanted after all.
  function drop() {
    start = null;
    if (mode === "polygon") return;
    if (sketch) sketch.remove();
    sketch = null;
  }

  function mark() {
    for (const button of bar.querySelectorAll("[data-tool]")) button.setAttribute("aria-pressed", String(button.dataset.tool === mode));
  }

  function show(points) {
    if (sketch) sketch.remove();
    sketch = L.polygon(points, STYLE).addTo(dateline.map);
  }

  function followPointer(map) {
    const node = map.getContainer();
    const at = (event) => map.mouseEventToLatLng(event);
    node.addEventListener("pointerdown", (event) => {
      drop();
      // A second finger comes nearer, another button opens a menu.
      if (mode !== "rectangle" || !event.isPrimary || event.button !== 0 || event.target.closest(OTHERS)) return;
      start = at(event);
      node.setPointerCapture(event.pointerId);
    });
    node.addEventListener("pointermove", (event) => {
      if (start) show(rectangle(L.latLngBounds(start, at(event))));
    });
    node.addEventListener("pointerup", (event) => {
      if (!start) return;
      const end = at(event);
      const wide = map.latLngToContainerPoint(start).distanceTo(map.latLngToContainerPoint(end)) > 8;
      if (wide) finish(rectangle(L.latLngBounds(start, end)));
      else drop();
    });
    node.addEventListener("pointercancel", drop);
    map.on("click", ({ latlng }) => {
      if (mode !== "polygon") return;
      const [first] = corners;
      const closes = corners.length > 2 && map.latLngToContainerPoint(first).distanceTo(map.latLngToContainerPoint(latlng)) < 12;
      if (!closes) corners.push(latlng);
      if (closes || corners.length === MOST_CORNERS) finish(corners);
      else show(corners);
    });
    map.on("mousemove", ({ latlng }) => { if (mode === "polygon" && corners.length) show([...corners, latlng]); });
  }

  function onKey(event) {
    if (!mode) return;
    if (event.key === "Escape") stop();
    else if (event.key !== "Enter" || event.target.closest(OTHERS)) return;
    else if (mode === "rectangle") finish(rectangle(dateline.map.getBounds()));
    else finish(corners);
    event.preventDefault();
    // Nor does an open popup close, which listens at the same place.
    event.stopImmediatePropagation();
  }

  // ---- the tools -----------------------------------------------------------------------------------

  function tool(name, words, act) {
    const button = element("button", "dl-tool", svg("svg", { viewBox: "0 0 16 16", width: 15, height: 15, "aria-hidden": "true" },
      svg("path", { d: ICONS[name], fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linejoin": "round", "stroke-linecap": "round" })));
    button.type = "button";
    button.title = words;
    button.dataset.tool = name;
    button.setAttribute("aria-label", words);
    button.addEventListener("click", act);
    return button;
  }

  dateline.offerDrawing = (map) => {
    const control = L.control({ position: "topright" });
    hint = element("p", "dl-tool-words");
    hint.setAttribute("role", "status");
    control.onAdd = () => {
      const begins = (name) => () => {
        begin(name);
        if (mode) map.getContainer().focus();
      };
      bar = element("div", "leaflet-bar", tool("rectangle", "Limit to a rectangle", begins("rectangle")),
        tool("polygon", "Limit to an area of any shape", begins("polygon")),
        tool("remove", "Remove the area", () => {
          tell([]);
          // The button has gone, and the focus would go with it.
          map.getContainer().focus();
        }));
      bar.querySelector("[data-tool=remove]").hidden = true;
      const tools = element("div", "dl-tools", hint, bar);
      L.DomEvent.disableClickPropagation(tools);
      return tools;
    };
    control.addTo(map);
    followPointer(map);
    document.addEventListener("keydown", onKey, true);
  };
})();
