// The base map: light and dark, the controls, and how all of it is put together.
(() => {
  "use strict";
  const dateline = window.dateline;
  const WORLD = [[-85.05, -720], [85.05, 720]];

  // ---- light or dark -------------------------------------------------------------------------------

  // Streamlit writes its theme's colours into the frame; the system's wish counts until it has.
  function isDark() {
    const colour = getComputedStyle(document.documentElement).getPropertyValue("--background-color").trim();
    const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})/i.exec(colour);
    if (!match) return window.matchMedia("(prefers-color-scheme: dark)").matches;
    const [red, green, blue] = match.slice(1).map((part) => parseInt(part, 16));
    return 0.299 * red + 0.587 * green + 0.114 * blue < 128;
  }

  function applyTheme() {
    const name = isDark() ? "dark" : "light";
    if (document.documentElement.dataset.theme === name) return;
    document.documentElement.dataset.theme = name;
    document.documentElement.style.colorScheme = name;
    if (dateline.land) dateline.land.redraw();
    if (dateline.names) dateline.names.redraw();
    if (dateline.drawLayer && dateline.map) dateline.drawLayer();
    if (dateline.restyleTiles) dateline.restyleTiles();
  }

  // ---- colours of lines ----------------------------------------------------------------------------

  function channels(colour) {
    return [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16));
  }

  // As WCAG 2.2 defines it.
  function luminance(colour) {
    const [red, green, blue] = colour.map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  }

  function contrast(first, second) {
    const [dim, bright] = [luminance(first), luminance(second)].sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  }

  // A theme's colour, darkened or lightened no further than a line needs to be seen on land and sea alike.
  const lines = new Map();
  function lineColour(colour, scheme) {
    const key = colour + scheme;
    if (lines.has(key)) return lines.get(key);
    const grounds = [dateline.COLOURS[scheme].land, dateline.COLOURS[scheme].sea].map(channels);
    const end = scheme === "dark" ? 255 : 0;
    let mixed = channels(colour);
    for (let share = 1; share > 0 && grounds.some((ground) => contrast(mixed, ground) < 3.2); share -= 0.02) {
      mixed = channels(colour).map((value) => Math.round(value * share + end * (1 - share)));
    }
    lines.set(key, `rgb(${mixed.join(" ")})`);
    return lines.get(key);
  }

  // The style sheet takes the one or the other.
  dateline.tint = (node, colour) => {
    node.style.setProperty("--dl-theme", colour);
    for (const scheme of ["light", "dark"]) node.style.setProperty(`--dl-on-${scheme}`, lineColour(colour, scheme));
  };

  // Areas and countries are paths in panes of their own.
  function tintPaths(map) {
    map.on("layeradd", ({ layer }) => {
      const outlined = ["dateline-countries", "dateline-extents"].includes(layer.options && layer.options.pane);
      if (outlined && layer.options.color && layer instanceof L.Path) dateline.tint(layer.getElement(), layer.options.color);
    });
  }

  // ---- theme ---------------------------------------------------------------------------------------

  function listen() {
    window.addEventListener("message", ({ data }) => {
      if (!data || data.type !== "streamlit:render") return;
      applyTheme();
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
  }

  // ---- views ---------------------------------------------------------------------------------------

  // The world's edge holds the map, but a popup near a pole, or on a world that hardly fills the map, reaches past it.
  const TIP = 46; // pixels at most between a popup and its spot: the pin, and the tip of the popup
  function holdWorld(map) {
    map.options.maxBoundsViscosity = 1;
    map.setMaxBounds(WORLD);
    dateline.letPast = (popup) => {
      const top = map.project(popup.getLatLng()).y - TIP - popup.getElement().offsetHeight;
      if (top > popup.options.autoPanPaddingTopLeft[1] || !map.options.maxBounds) return;
      map.setMaxBounds(null);
      popup.update();
    };
    map.on("popupopen", ({ popup }) => dateline.letPast(popup));
    map.on("popupclose", () => {
      // The next popup may open at once.
      setTimeout(() => { if (!map.options.maxBounds && !map.hasLayer(map._popup)) map.setMaxBounds(WORLD); });
    });
  }

  const FIT_ICON = "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4";
  function offerFit(map) {
    dateline.showAll = () => {
      const bounds = dateline.eventBounds();
      if (!bounds.isValid()) return;
      // A popup takes room above its event, for which the view of all events has none.
      dateline.dismiss();
      map.fitBounds(bounds, { ...dateline.FITTING, animate: dateline.moves });
    };
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const { element, svg } = datelineCard;
      const button = element("button", "dl-fit", svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
        svg("path", { d: FIT_ICON, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round",
          "stroke-linejoin": "round" })));
      button.type = "button";
      button.title = "Show all events";
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", dateline.showAll);
      const bar = element("div", "leaflet-bar", button);
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(map);
  }

  // ---- assembly ------------------------------------------------------------------------------------

  function panes(map) {
    for (const [name, level] of [["dateline-tiles", 210], ["dateline-heat", 380], ["dateline-countries", 390], ["dateline-extents", 395],
      ["dateline-names", 397], ["dateline-legs", 550], ["dateline-story", 560]]) {
      map.createPane(name).style.zIndex = level;
    }
    for (const name of ["dateline-countries", "dateline-extents", "dateline-names", "dateline-legs"]) {
      map.getPane(name).style.pointerEvents = "none";
    }
  }

  // The frame's height follows the window; Leaflet has to be told.
  function followSize(map) {
    const adapt = () => {
      // The world always fills the frame from top to bottom.
      map.setMinZoom(Math.max(1, Math.ceil(Math.log2(map.getContainer().clientHeight / 256))));
      map.invalidateSize({ pan: false });
    };
    adapt();
    new ResizeObserver(adapt).observe(map.getContainer());
  }

  dateline.base = (map, [shapesUrl, tiles, tileScripts, towns]) => {
    document.documentElement.lang = "en";
    document.title = "Map of events";
    applyTheme();
    panes(map);
    map.getContainer().setAttribute("aria-label", "Map of events; the list beside it holds the same");
    map.getContainer().setAttribute("role", "region");
    tintPaths(map);
    holdWorld(map);
    dateline.followPopups(map);
    // Popups open upwards; down here the buttons do not lie on them.
    L.control.zoom({ position: "bottomright" }).addTo(map);
    offerFit(map);
    L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    dateline.offerLayers(map);
    dateline.offerTiles(map, tiles, tileScripts);
    dateline.offerDrawing(map);
    followSize(map);
    listen();
    dateline.map = map;
    dateline.followMoves(map);
    dateline.topology = dateline.need("countries", () => dateline.loadShapes(shapesUrl));
    dateline.topology.then((topology) => {
      dateline.land = dateline.makeLand(topology);
      dateline.land.addTo(map);
      document.documentElement.dataset.land = "drawn";
      dateline.nameCountries(map, topology).then(() => dateline.followTowns(map, towns));
    });
  };
})();
