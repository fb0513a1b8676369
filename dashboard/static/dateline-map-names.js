// The names of countries on the map: the largest first, where there is room, as tiles of their own.
(() => {
  "use strict";
  const dateline = window.dateline;

  const FULL_NAMES = { "Bosnia and Herz.": "Bosnia and Herzegovina", "Central African Rep.": "Central African Republic",
    "Dem. Rep. Congo": "DR Congo", "Dominican Rep.": "Dominican Republic", "Eq. Guinea": "Equatorial Guinea",
    "Falkland Is.": "Falkland Islands", "Faeroe Is.": "Faroe Islands", Macedonia: "North Macedonia",
    "Marshall Is.": "Marshall Islands", "S. Sudan": "South Sudan", "Solomon Is.": "Solomon Islands",
    "Côte d'Ivoire": "Ivory Coast", "United States of America": "United States", "W. Sahara": "Western Sahara", eSwatini: "Eswatini",
    "Antigua and Barb.": "Antigua and Barbuda", "Fr. Polynesia": "French Polynesia",
    "St. Vin. and Gren.": "Saint Vincent and the Grenadines", "St. Kitts and Nevis": "Saint Kitts and Nevis" };
  dateline.fullName = (name) => FULL_NAMES[name] || name;
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
        const rings = polygons.map(([ring]) => dateline.shapeOf(ring));
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
    // Leaflet looks for tiles of another zoom a quarter of a second after the last new one has come, and keeps them
    // where a late frame has not shown the new ones by then. Nothing would look again.
    _updateOpacity() {
      L.GridLayer.prototype._updateOpacity.call(this);
      if (this._map && !this._noPrune) this._pruneTiles();
    },
    createTile({ x, y, z }) {
      const size = this.getTileSize().x;
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.setAttribute("aria-hidden", "true");
      canvas.width = canvas.height = Math.round(size * ratio);
      const context = canvas.getContext("2d");
      context.scale(ratio, ratio);
      const colours = dateline.colours();
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

  // The unit square's x and y of countries' badges, where names give way to them.
  let badges = [];
  dateline.giveWay = (spots) => {
    badges = spots.map(([latitude, longitude]) => dateline.project([longitude, latitude]))
      .map(([x, y]) => [x - Math.floor(x), y]);
    if (dateline.names) dateline.names.giveWay(badges);
  };

  // Before its style sheet has come, the typeface is not known and would not be waited for.
  const styled = () => new Promise((resolve) => {
    const link = document.querySelector("link[href*='dateline-map.css']");
    if (!link || link.sheet) resolve();
    else link.addEventListener("load", resolve);
  });

  dateline.nameCountries = async (map, topology) => {
    await styled();
    await document.fonts.load("600 11px Inter").catch(() => null);
    dateline.names = new Names(namedCountries(topology), { updateWhenZooming: false, keepBuffer: 3, pane: "dateline-names" });
    dateline.names.giveWay(badges);
    dateline.names.addTo(map);
    document.documentElement.dataset.names = "drawn";
  };
})();
