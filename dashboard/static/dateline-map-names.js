// The names of countries on the map: the largest first, where there is room.
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

  function typeOf({ size }) {
    return { pixels: size > 0.004 ? 12 : size > 0.0008 ? 11 : 10, weight: 600, spacing: 0.07 };
  }

  // A country's badge stands near its middle, as its name does; the name gives way downwards.
  const BADGE = 14;

  // Room for the capital's dot and the name beside it.
  const CAPITAL = 9;

  // Up or down, whichever is nearer: a capital that lies under its country's name would not be named.
  function clearCapital(box, capitals, scale) {
    const under = capitals.find(([x, y]) => Math.abs(x * scale - box.x) < box.halfWidth + 4 &&
      Math.abs(y * scale - box.y) < box.halfHeight + CAPITAL);
    if (!under) return;
    const y = under[1] * scale;
    box.y = y + (box.y < y ? -1 : 1) * (box.halfHeight + CAPITAL);
  }

  // The names that have room at a zoom, the largest countries first.
  function placeNames(countries, badges, board, zoom) {
    const scale = 256 * 2 ** zoom;
    const capitals = dateline.capitalSpots(zoom);
    for (const country of countries) {
      const { lines } = country;
      const type = typeOf(country);
      const { width, height } = dateline.sizeOf(lines, type);
      // Islands and the smallest states are narrower than their names; near enough they are named all the same.
      if (width > country.width * scale * 1.3 && zoom < 6) continue;
      const box = { x: country.x * scale, y: country.y * scale, halfWidth: width / 2 + 5, halfHeight: height / 2 + 3,
        lines, type, colour: "name" };
      const badge = badges.find(([x, y]) => Math.abs(x * scale - box.x) < box.halfWidth + BADGE &&
        Math.abs(y * scale - box.y) < box.halfHeight + BADGE);
      if (badge) box.y = badge[1] * scale + BADGE + box.halfHeight;
      else clearCapital(box, capitals, scale);
      if (!board.hit(box)) board.add(box);
    }
  }

  // The unit square's x and y of countries' badges, where names give way to them.
  let badges = [];
  dateline.giveWay = (spots) => {
    const before = String(badges);
    badges = spots.map(([latitude, longitude]) => dateline.project([longitude, latitude]))
      .map(([x, y]) => [x - Math.floor(x), y]);
    if (dateline.names && String(badges) !== before) dateline.names.replace();
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
    const countries = namedCountries(topology);
    const place = function* place(board, zoom) {
      placeNames(countries, badges, board, zoom);
      yield* dateline.placeTowns(board, zoom);
    };
    dateline.names = new dateline.Labels(place, { updateWhenZooming: false, keepBuffer: 3, pane: "dateline-names" });
    dateline.names.addTo(map);
    document.documentElement.dataset.names = "drawn";
  };
})();
