// Land and borders: shapes from a local file, drawn into tiles; the projection that everything drawn shares.
window.dateline = window.dateline || {};
(() => {
  "use strict";
  const dateline = window.dateline;
  dateline.COLOURS = {
    light: { sea: "#e3e9ee", land: "#fbfaf8", border: "#cfd4da", name: "#5f6770", town: "#6c747d" },
    dark: { sea: "#12161b", land: "#242a31", border: "#3a434d", name: "#9aa4ae", town: "#8c96a0" },
  };
  dateline.colours = () => dateline.COLOURS[document.documentElement.dataset.theme] || dateline.COLOURS.light;

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
    const colours = dateline.colours();
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

  dateline.loadShapes = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The country shapes did not load: ${response.status}`);
    return response.json();
  };

  const shapes = new Map();
  // One country as GeoJSON, by its ISO 3166-1 number or, where it has none, by its name.
  const PARTS = { 706: ["Somaliland"], 196: ["N. Cyprus"] };
  dateline.country = async (number) => {
    const topology = await dateline.topology;
    if (!shapes.has(number)) shapes.set(number, mergeCountry(topology, number));
    return shapes.get(number);
  };

  function mergeCountry(topology, number) {
    const parts = PARTS[Number(number)] || [];
    const geometries = topology.objects.countries.geometries.filter(({ id, properties }) =>
      id === number || properties.name === number || parts.includes(properties.name));
    if (!geometries.length) return null;
    const { coordinates } = topojson.merge(topology, geometries);
    return { type: "MultiPolygon", coordinates: coordinates.map((rings) => rings.map(unwrap)) };
  }

  dateline.countryName = async (number) => {
    const topology = await dateline.topology;
    const found = topology.objects.countries.geometries.find(({ id, properties }) => id === number || properties.name === number);
    return found ? dateline.fullName(found.properties.name) : "";
  };

  dateline.project = project;
  dateline.shapeOf = (coordinates) => line(unwrap(coordinates));
  dateline.makeLand = (topology) =>
    new Land(prepare(topology), { updateWhenZooming: false, keepBuffer: 3, pane: "tilePane" });
})();
