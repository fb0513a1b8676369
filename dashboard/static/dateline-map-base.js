// The base map: land and borders from a local file, light and dark, tiles only when switched on.
window.dateline = window.dateline || {};
(() => {
  "use strict";
  const dateline = window.dateline;
  const COLOURS = {
    light: { sea: "#e3e9ee", land: "#fbfaf8", border: "#cfd4da" },
    dark: { sea: "#12161b", land: "#242a31", border: "#3a434d" },
  };

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
  }

  // Leaflet takes an attribution as HTML.
  function escape(words) {
    return datelineCard.element("span", "", words).innerHTML;
  }

  // ---- commands ------------------------------------------------------------------------------------

  // The page speaks to the map through the component's `header`, which comes with every rerun.
  dateline.readCommand = (html) => {
    const holder = new DOMParser().parseFromString(html || "", "text/html").getElementById("dateline-command");
    return holder ? JSON.parse(holder.textContent) : null;
  };

  function listen() {
    window.addEventListener("message", ({ data }) => {
      if (!data || data.type !== "streamlit:render") return;
      applyTheme();
      const command = dateline.readCommand(data.args && data.args.header);
      // After the component's own handler, which may be about to replace the events.
      if (command) setTimeout(() => dateline.follow && dateline.follow(command));
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
  }

  // ---- assembly ------------------------------------------------------------------------------------

  function panes(map) {
    for (const [name, level] of [["dateline-tiles", 210], ["dateline-countries", 390], ["dateline-extents", 395]]) {
      map.createPane(name).style.zIndex = level;
    }
    map.getPane("dateline-countries").style.pointerEvents = "none";
    map.getPane("dateline-extents").style.pointerEvents = "none";
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
    map.options.maxBoundsViscosity = 1;
    map.setMaxBounds([[-85.05, -720], [85.05, 720]]);
    // Popups open upwards; down here the buttons do not lie on them.
    L.control.zoom({ position: "bottomright" }).addTo(map);
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
    });
  };
})();
