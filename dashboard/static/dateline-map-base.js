// The base map: land and borders from a local file, light and dark, tiles only when switched on.
window.dateline = window.dateline || {};
(() => {
  "use strict";
  const dateline = window.dateline;
  const COLOURS = {
    light: { sea: "#e3e9ee", land: "#fbfaf8", border: "#cfd4da", name: "#5f6770" },
    dark: { sea: "#12161b", land: "#242a31", border: "#3a434d", name: "#9aa4ae" },
  };
  // The coast is drawn from 1:50m; nearer than this a town may lie in the sea.
  const NEAREST = { shapes: 9, tiles: 14 };
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
    const grounds = [COLOURS[scheme].land, COLOURS[scheme].sea].map(channels);
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

  // ---- land and borders ----------------------------------------------------------------------------

  // Longitude and latitude in degrees to the unit square of Web Mercator, y downwards.
  function project([longitude, latitude]) {
    const bounded = Math.max(-85.0511, Math.min(85.0511, latitude));
    const sine = Math.sin((bounded * Math.PI) / 180);
    return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  // Shapes that cross the antimeridian jump from 180 to -180 degrees; here they go on past 180, so that no
  // line runs back across the whole map. A ring round a pole is closed along that pole.
  function unwrap(coordinates) {
    let turn = 0;
    const points = coordinates.map(([longitude, latitude], index) => {
      const step = index ? longitude - coordinates[index - 1][0] : 0;
      if (step > 180) turn -= 360;
      if (step < -180) turn += 360;
      return [longitude + turn, latitude];
    });
    const [first, last] = [points[0], points[points.length - 1]];
    if (Math.abs(last[0] - first[0]) > 180) {
      const pole = last[1] < 0 ? -90 : 90;
      points.push([last[0], pole], [first[0], pole], first);
    }
    return points;
  }

  // A line as {points: Float64Array of x, y, and its bounding box}.
  function line(coordinates) {
    const points = new Float64Array(coordinates.length * 2);
    const box = { west: Infinity, north: Infinity, east: -Infinity, south: -Infinity };
    coordinates.forEach((pair, index) => {
      const [x, y] = project(pair);
      points[2 * index] = x;
      points[2 * index + 1] = y;
      box.west = Math.min(box.west, x);
      box.east = Math.max(box.east, x);
      box.north = Math.min(box.north, y);
      box.south = Math.max(box.south, y);
    });
    return { points, ...box };
  }

  function prepare(topology) {
    const land = topojson.feature(topology, topology.objects.land);
    const polygons = (land.features || [land]).flatMap(({ geometry }) =>
      geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);
    // Only borders between two countries are stroked; the coast is where the fill ends.
    const borders = topojson.mesh(topology, topology.objects.countries, (a, b) => a !== b);
    return {
      polygons: polygons.map((rings) => rings.map((ring) => line(unwrap(ring)))),
      borders: borders.coordinates.map((border) => line(unwrap(border))),
    };
  }

  function trace(context, { points }, tile, closed) {
    let lastX = NaN;
    let lastY = NaN;
    const last = points.length - 2;
    for (let index = 0; index <= last; index += 2) {
      const x = (points[index] - tile.west) * tile.scale;
      const y = (points[index + 1] - tile.north) * tile.scale;
      // Points within half a pixel of the last one change nothing that can be seen.
      if (index && index < last && Math.abs(x - lastX) < 0.5 && Math.abs(y - lastY) < 0.5) continue;
      if (index) context.lineTo(x, y);
      else context.moveTo(x, y);
      lastX = x;
      lastY = y;
    }
    if (closed) context.closePath();
  }

  function touches(shape, tile) {
    return shape.west <= tile.east && shape.east >= tile.west && shape.north <= tile.south &&
      shape.south >= tile.north;
  }

  function paint(context, shapes, tile) {
    const colours = COLOURS[document.documentElement.dataset.theme] || COLOURS.light;
    context.fillStyle = colours.land;
    for (const rings of shapes.polygons) {
      if (!touches(rings[0], tile)) continue;
      context.beginPath();
      for (const ring of rings) trace(context, ring, tile, true);
      context.fill("evenodd");
    }
    context.strokeStyle = colours.border;
    context.lineWidth = 0.8;
    context.lineJoin = "round";
    context.beginPath();
    for (const border of shapes.borders) if (touches(border, tile)) trace(context, border, tile, false);
    context.stroke();
  }

  // What goes past 180 degrees belongs to the next world as well, and what lies before -180 to the last.
  function paintWorlds(context, shapes, tile) {
    for (const world of [-1, 0, 1]) {
      paint(context, shapes, { ...tile, west: tile.west + world, east: tile.east + world });
    }
  }

  const Land = L.GridLayer.extend({
    initialize(shapes, options) {
      this._shapes = shapes;
      L.GridLayer.prototype.initialize.call(this, options);
    },
    createTile(coordinates) {
      const size = this.getTileSize().x;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.width = canvas.height = Math.round(size * ratio);
      const share = 1 / 2 ** coordinates.z;
      const west = coordinates.x * share;
      const north = coordinates.y * share;
      const context = canvas.getContext("2d");
      context.scale(canvas.width / size, canvas.height / size);
      paintWorlds(context, this._shapes, { west, north, east: west + share, south: north + share,
        scale: size / share });
      return canvas;
    },
  });

  // ---- names of countries --------------------------------------------------------------------------

  const FULL_NAMES = { "Bosnia and Herz.": "Bosnia and Herzegovina", "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "DR Congo", "Dominican Rep.": "Dominican Republic", "Eq. Guinea": "Equatorial Guinea",
    "Falkland Is.": "Falkland Islands", "Faeroe Is.": "Faroe Islands", Macedonia: "North Macedonia",
    "Marshall Is.": "Marshall Islands", "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands",
    "Côte d'Ivoire": "Ivory Coast", "United States of America": "United States", "W. Sahara": "Western Sahara", eSwatini: "Eswatini",
    "Antigua and Barb.": "Antigua and Barbuda", "Fr. Polynesia": "French Polynesia",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines", "St. Kitts and Nevis": "Saint Kitts and Nevis" };
  // Parts of others here, or too small to be named.
  const UNNAMED = new Set(["Somaliland", "N. Cyprus", "Siachen Glacier", "Indian Ocean Ter.", "Ashmore and Cartier Is.",
    "Heard I. and McDonald Is.", "Fr. S. Antarctic Lands", "S. Geo. and the Is.", "Br. Indian Ocean Ter."]);

  // Twice the area of a ring in the unit square.
  function area({ points }) {
    let sum = 0;
    for (let index = 0; index + 3 < points.length; index += 2) {
      sum += points[index] * points[index + 3] - points[index + 2] * points[index + 1];
    }
    return Math.abs(sum);
  }

  // The widest stretch of a ring at the height y: {from, to}.
  function widest({ points }, y) {
    const crossings = [];
    for (let index = 0; index + 3 < points.length; index += 2) {
      const [x1, y1, x2, y2] = points.subarray(index, index + 4);
      if ((y1 > y) !== (y2 > y)) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
    }
    crossings.sort((a, b) => a - b);
    let best = { from: 0, to: 0 };
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      if (crossings[index + 1] - crossings[index] > best.to - best.from) {
        best = { from: crossings[index], to: crossings[index + 1] };
      }
    }
    return best;
  }

  // Where a name has most room near the middle of the country's largest part, and how much.
  function roomOf(ring) {
    const height = ring.south - ring.north;
    let best = { x: 0, y: 0, width: 0, value: 0 };
    for (let step = 3; step <= 17; step += 1) {
      const y = ring.north + (height * (step + 0.013)) / 20;
      const { from, to } = widest(ring, y);
      const value = (to - from) * (1 - Math.abs(step - 10) / 14);
      if (value > best.value) best = { x: (from + to) / 2, y, width: to - from, value };
    }
    return best;
  }

  // Two lines where a name of several words is long, parted near its middle.
  function linesOf(name) {
    const words = name.toUpperCase().split(" ");
    if (name.length < 11 || words.length < 2) return [words.join(" ")];
    const splits = words.slice(1).map((_, index) => [words.slice(0, index + 1).join(" "), words.slice(index + 1).join(" ")]);
    return splits.sort((a, b) => Math.max(...a.map((part) => part.length)) - Math.max(...b.map((part) => part.length)))[0];
  }

  function namedCountries(topology) {
    const countries = topojson.feature(topology, topology.objects.countries).features
      .filter(({ properties, geometry }) => geometry && !UNNAMED.has(properties.name))
      .map(({ properties, geometry }) => {
        const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
        const rings = polygons.map(([ring]) => line(unwrap(ring)));
        const largest = rings.reduce((a, b) => (area(b) > area(a) ? b : a));
        const room = roomOf(largest);
        // Mercator swells what is far from the equator; an area on the ground counts.
        const swelling = Math.cosh(Math.PI * (1 - 2 * room.y)) ** 2;
        return { lines: linesOf(FULL_NAMES[properties.name] || properties.name), ...room,
          x: room.x - Math.floor(room.x), size: area(largest) / swelling };
      });
    return countries.sort((a, b) => b.size - a.size);
  }

  function nameFont({ size }) {
    return size > 0.004 ? 12 : size > 0.0008 ? 11 : 10;
  }

  function setFont(context, pixels) {
    context.font = `600 ${pixels}px Inter, system-ui, sans-serif`;
    context.letterSpacing = `${pixels * 0.07}px`;
  }

  // A country's badge stands near its middle, as its name does; the name gives way downwards.
  const BADGE = 14;
  function badgesOf(map) {
    const markers = [];
    map.eachLayer((layer) => { if (layer instanceof L.MarkerClusterGroup) markers.push(...layer.getLayers()); });
    return markers.filter(({ event }) => event && event.place.shape === "badge")
      .map(({ event }) => project([event.place.longitude, event.place.latitude]))
      .map(([x, y]) => [x - Math.floor(x), y]);
  }

  // The names that have room at a zoom, the largest countries first, as boxes in pixels of the whole world.
  function placeNames(countries, badges, zoom, context) {
    const scale = 256 * 2 ** zoom;
    const placed = [];
    for (const country of countries) {
      const pixels = nameFont(country);
      setFont(context, pixels);
      const width = Math.max(...country.lines.map((words) => context.measureText(words).width));
      const height = country.lines.length * pixels * 1.25;
      // Islands and the smallest states are narrower than their names; near enough they are named all the same.
      if (width > country.width * scale * 1.3 && zoom < 6) continue;
      const box = { x: country.x * scale, y: country.y * scale, halfWidth: width / 2 + 5, halfHeight: height / 2 + 3,
        pixels, lines: country.lines };
      const badge = badges.find(([x, y]) => Math.abs(x * scale - box.x) < box.halfWidth + BADGE &&
        Math.abs(y * scale - box.y) < box.halfHeight + BADGE);
      if (badge) box.y = badge[1] * scale + BADGE + box.halfHeight;
      const free = placed.every((other) => Math.abs(other.x - box.x) > other.halfWidth + box.halfWidth ||
        Math.abs(other.y - box.y) > other.halfHeight + box.halfHeight);
      if (free) placed.push(box);
    }
    return placed;
  }

  function writeName(context, box, left, top) {
    setFont(context, box.pixels);
    const step = box.pixels * 1.25;
    box.lines.forEach((words, index) => {
      const x = box.x - left;
      const y = box.y - top + (index - (box.lines.length - 1) / 2) * step;
      context.strokeText(words, x, y);
      context.fillText(words, x, y);
    });
  }

  const Names = L.GridLayer.extend({
    initialize(countries, options) {
      this._countries = countries;
      this._placed = new Map();
      this._badges = [];
      L.GridLayer.prototype.initialize.call(this, options);
    },
    // Placed once for each zoom, so that names go on from tile to tile.
    at(zoom) {
      const context = document.createElement("canvas").getContext("2d");
      if (!this._placed.has(zoom)) this._placed.set(zoom, placeNames(this._countries, this._badges, zoom, context));
      return this._placed.get(zoom);
    },
    giveWay(badges) {
      if (String(badges) === String(this._badges)) return;
      this._badges = badges;
      this._placed.clear();
      if (this._map) this.redraw();
    },
    createTile({ x, y, z }) {
      const size = this.getTileSize().x;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.setAttribute("aria-hidden", "true");
      canvas.width = canvas.height = Math.round(size * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      const colours = COLOURS[document.documentElement.dataset.theme] || COLOURS.light;
      Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round", lineWidth: 3,
        fillStyle: colours.name, strokeStyle: `${colours.land}cc` });
      for (const world of [-1, 0, 1]) {
        const left = x * size + world * size * 2 ** z;
        for (const box of this.at(z)) {
          const inside = Math.abs(box.x - left - size / 2) < size / 2 + box.halfWidth &&
            Math.abs(box.y - y * size - size / 2) < size / 2 + box.halfHeight;
          if (inside) writeName(context, box, left, y * size);
        }
      }
      return canvas;
    },
  });

  async function nameCountries(map, topology) {
    await document.fonts.load("600 11px Inter").catch(() => null);
    dateline.names = new Names(namedCountries(topology), { updateWhenZooming: false, keepBuffer: 3, pane: "dateline-names" });
    dateline.names.giveWay(badgesOf(map));
    dateline.names.addTo(map);
    map.on("layeradd", ({ layer }) => {
      if (layer instanceof L.MarkerClusterGroup) dateline.names.giveWay(badgesOf(map));
    });
    document.documentElement.dataset.names = "drawn";
  }

  async function loadShapes(url) {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The country shapes did not load: ${response.status}`);
    return response.json();
  }

  // One country as GeoJSON, by its ISO 3166-1 number or, where it has none, by its name.
  const PARTS = { 706: ["Somaliland"], 196: ["N. Cyprus"] };
  dateline.country = async (number) => {
    const topology = await dateline.topology;
    const parts = PARTS[Number(number)] || [];
    const geometries = topology.objects.countries.geometries.filter(({ id, properties }) =>
      id === number || properties.name === number || parts.includes(properties.name));
    if (!geometries.length) return null;
    const { coordinates } = topojson.merge(topology, geometries);
    return { type: "MultiPolygon", coordinates: coordinates.map((rings) => rings.map(unwrap)) };
  };

  // ---- tiles ---------------------------------------------------------------------------------------

  // Off until a viewer switches them on: without that, nothing is asked of another server.
  function offerTiles(map, [url, attribution]) {
    const tiles = L.tileLayer(url, { attribution: escape(attribution), maxZoom: 19, pane: "dateline-tiles" });
    // Leaflet is credited on the About page; the corner is for whose tiles these are.
    map.attributionControl.setPrefix(false);
    L.control.layers(null, { "Detailed map (needs a connection)": tiles }, { position: "topright" }).addTo(map);
    tiles.on("add remove", ({ type }) => {
      const on = type === "add";
      // Tiles bring names of their own.
      map.getPane("dateline-names").style.display = on ? "none" : "";
      limitZoom(map, on ? NEAREST.tiles : NEAREST.shapes);
    });
  }

  function limitZoom(map, nearest) {
    map.setMaxZoom(nearest);
    // Clusters are made for the zooms that the map had when it got them.
    map.eachLayer((layer) => {
      if (!(layer instanceof L.MarkerClusterGroup)) return;
      const markers = layer.getLayers();
      layer.clearLayers();
      layer.addLayers(markers);
    });
  }

  // Leaflet takes an attribution as HTML.
  function escape(words) {
    return datelineCard.element("span", "", words).innerHTML;
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

  // The world's edge holds the map, but a popup near a pole reaches past it.
  function holdWorld(map) {
    map.options.maxBoundsViscosity = 1;
    map.setMaxBounds(WORLD);
    map.on("popupopen", ({ popup }) => {
      const anchor = map.project(popup.getLatLng()).y;
      if (anchor > popup.getElement().offsetHeight + 60) return;
      map.setMaxBounds(null);
      popup.update();
    });
    map.on("popupclose", () => {
      // The next popup may open at once.
      setTimeout(() => { if (!map.options.maxBounds && !map.hasLayer(map._popup)) map.setMaxBounds(WORLD); });
    });
  }

  // All events, whether they stand alone or in clusters.
  function eventBounds(map) {
    const bounds = L.latLngBounds([]);
    map.eachLayer((layer) => { if (layer instanceof L.MarkerClusterGroup) bounds.extend(layer.getBounds()); });
    return bounds;
  }

  const FIT_ICON = "M2 6V2h4M10 2h4v4M14 10v4h-4M6 14H2v-4";
  function offerFit(map) {
    const control = L.control({ position: "bottomright" });
    control.onAdd = () => {
      const { element, svg } = datelineCard;
      const button = element("button", "dl-fit", svg("svg", { viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true" },
        svg("path", { d: FIT_ICON, fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round",
          "stroke-linejoin": "round" })));
      button.type = "button";
      button.title = "Show all events";
      button.setAttribute("aria-label", button.title);
      button.addEventListener("click", () => {
        const bounds = eventBounds(map);
        const animate = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
        if (bounds.isValid()) map.fitBounds(bounds, { maxZoom: 6, paddingTopLeft: [20, 40], paddingBottomRight: [20, 12], animate });
      });
      const bar = element("div", "leaflet-bar", button);
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    };
    control.addTo(map);
  }

  // ---- assembly ------------------------------------------------------------------------------------

  function panes(map) {
    for (const [name, level] of [["dateline-tiles", 210], ["dateline-countries", 390], ["dateline-extents", 395],
      ["dateline-names", 397]]) {
      map.createPane(name).style.zIndex = level;
    }
    for (const name of ["dateline-countries", "dateline-extents", "dateline-names"]) {
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

  dateline.base = (map, [shapesUrl, tiles]) => {
    document.documentElement.lang = "en";
    document.title = "Map of events";
    applyTheme();
    panes(map);
    map.getContainer().setAttribute("aria-label", "Map of events; the list beside it holds the same");
    map.getContainer().setAttribute("role", "region");
    map.setMaxZoom(NEAREST.shapes);
    tintPaths(map);
    holdWorld(map);
    dateline.followPopups(map);
    // Popups open upwards; down here the buttons do not lie on them.
    L.control.zoom({ position: "bottomright" }).addTo(map);
    offerFit(map);
    L.control.scale({ position: "bottomleft", maxWidth: 110 }).addTo(map);
    if (tiles) offerTiles(map, tiles);
    followSize(map);
    listen();
    dateline.map = map;
    dateline.topology = loadShapes(shapesUrl);
    dateline.topology.then((topology) => {
      dateline.land = new Land(prepare(topology), { updateWhenZooming: false, keepBuffer: 3, pane: "tilePane" });
      dateline.land.addTo(map);
      document.documentElement.dataset.land = "drawn";
      nameCountries(map, topology);
    });
  };
})();
