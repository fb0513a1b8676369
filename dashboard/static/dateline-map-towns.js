// The names of towns, when one comes near: fetched then, the most important first, more of them the nearer one is.
(() => {
  "use strict";
  const dateline = window.dateline;
  // The first zoom of the file, known before it is fetched: LEAST in towns.py has all of them.
  const FIRST = 5;
  const TRIES = 3;
  const TOWN = { pixels: 11, weight: 430, spacing: 0.005 };
  const CAPITAL = { pixels: 11, weight: 620, spacing: 0.005 };
  // Pixels between two dots at least: far away a few names, evenly spread, say more than many.
  const APART = { 5: [50, 28], 6: [52, 27], 7: [52, 26], 8: [50, 24], 9: [44, 20] };
  // Between a dot and its name, and between a symbol that covers the spot and the name.
  const GAP = 6;
  const CLEAR = 3;
  const RADIUS = 1.8;
  // So many are placed before it is asked whether there is time for more.
  const STEP = 50;

  let towns = null;

  // Positions come as steps from one town to the next; rows are numbered as they come.
  function read([least, names, weights, latitudes, longitudes, capitals, units]) {
    const [x, y] = [new Float64Array(names.length), new Float64Array(names.length)];
    let [latitude, longitude] = [0, 0];
    names.forEach((_, row) => {
      latitude += latitudes[row];
      longitude += longitudes[row];
      [x[row], y[row]] = dateline.project([longitude / units, latitude / units]);
    });
    const order = names.map((_, row) => row).sort((a, b) => weights[b] - weights[a]);
    const counts = new Map(least.map(([zoom, weight]) => [zoom, weights.filter((each) => each >= weight).length]));
    return { names, x, y, order, counts, nearest: Math.max(...counts.keys()), capitals: new Set(capitals), sides: new Map() };
  }

  // How many may be named at a zoom; nearer than the file goes, as many as there.
  const countAt = (zoom) => (towns && towns.counts.get(Math.min(zoom, towns.nearest))) || 0;

  // ---- where there is room -------------------------------------------------------------------------

  // The unit square's x and y of the capitals that are named at a zoom.
  dateline.capitalSpots = (zoom) => {
    const count = countAt(zoom);
    if (!count) return [];
    const shown = new Set(towns.order.slice(0, count));
    return [...towns.capitals].filter((row) => shown.has(row)).map((row) => [towns.x[row], towns.y[row]]);
  };

  // What the symbols of a zoom cover.
  function* coverOf(zoom) {
    const scale = 256 * 2 ** zoom;
    const board = new dateline.Board(zoom);
    for (const [number, { properties, geometry }] of dateline.symbolsAt(zoom).entries()) {
      if (number % STEP === 0) yield;
      const [x, y] = dateline.project(geometry.coordinates);
      const boxes = properties.cluster ? dateline.clusterCover(properties.point_count)
        : dateline.symbolCover(dateline.table.shape(properties.row));
      for (const box of boxes) board.add({ ...box, x: box.x + x * scale, y: box.y + y * scale });
    }
    return board;
  }

  const typeOf = (row) => (towns.capitals.has(row) ? CAPITAL : TOWN);

  // Letter by letter, each of which is measured once: to measure every name takes longer than to place it.
  const widths = new Map([[TOWN, new Map()], [CAPITAL, new Map()]]);
  function widthOf(row) {
    const type = typeOf(row);
    const known = widths.get(type);
    let sum = 0;
    for (const letter of towns.names[row]) {
      if (!known.has(letter)) known.set(letter, dateline.sizeOf([letter], type).width);
      sum += known.get(letter);
    }
    return sum;
  }

  // Beside the dot, else below or above it; where a symbol lies on it, beside that.
  function spots(row, { x, y }, covering) {
    const [halfWidth, halfHeight] = [widthOf(row) / 2 + 1, 7];
    const middle = covering || { x, y, halfWidth: 0, halfHeight: 0 };
    const gap = covering ? CLEAR : GAP;
    const along = middle.halfWidth + gap + halfWidth;
    const down = middle.halfHeight + (covering ? CLEAR : GAP - 3) + halfHeight;
    return [[along, 0], [-along, 0], [0, down], [0, -down]]
      .map(([right, below]) => ({ x: middle.x + right, y: middle.y + below, halfWidth, halfHeight }));
  }

  // A name stays on its side as long as there is room, for events come and go while time is played.
  function freeSpot(row, dot, zoom, board, cover) {
    const covering = cover.hit(dot);
    // One name says where a symbol stands; two would contradict each other.
    if (covering && covering.covers && covering.named) return null;
    const boxes = spots(row, dot, covering && covering.covers ? covering : null);
    const key = row * 32 + zoom;
    const last = towns.sides.get(key) ?? 0;
    const side = [last, 0, 1, 2, 3].find((each) => !board.hit(boxes[each]) && !cover.hit(boxes[each]));
    if (side === undefined) return null;
    towns.sides.set(key, side);
    if (covering) covering.named = true;
    return boxes[side];
  }

  // Adds the towns to what a board holds already.
  dateline.placeTowns = function* placeTowns(board, zoom) {
    const count = countAt(zoom);
    if (!count) return;
    const scale = 256 * 2 ** zoom;
    yield;
    const cover = yield* coverOf(zoom);
    const dots = new dateline.Board(zoom);
    const [halfWidth, halfHeight] = APART[Math.min(zoom, towns.nearest)];
    for (const [number, row] of towns.order.slice(0, count).entries()) {
      if (number % STEP === 0) yield;
      const [x, y] = [towns.x[row] * scale, towns.y[row] * scale];
      if (dots.hit({ x, y, halfWidth, halfHeight })) continue;
      const ringed = towns.capitals.has(row);
      const half = RADIUS + (ringed ? 2.5 : 1);
      const dot = { x, y, halfWidth: half, halfHeight: half, radius: RADIUS, ringed, colour: ringed ? "name" : "town" };
      if (board.hit(dot)) continue;
      const spot = freeSpot(row, dot, zoom, board, cover);
      if (!spot) continue;
      dots.add({ x, y, halfWidth: 0, halfHeight: 0 });
      board.add(dot);
      board.add({ ...spot, lines: [towns.names[row]], type: typeOf(row), colour: dot.colour });
    }
  };

  // ---- when they come, and when they are placed anew -----------------------------------------------

  let waiting = 0;
  // Other symbols cover other spots: names give way to them, after they are drawn.
  dateline.replaceNames = () => {
    if (!towns || waiting) return;
    waiting = setTimeout(() => {
      waiting = 0;
      dateline.names.replace();
    }, 50);
  };

  async function bring(url) {
    const response = await fetch(url);
    // There are none: the gazetteer cannot be read.
    if (response.status === 204) return;
    const values = await dateline.unpack(response);
    if (!values) throw new Error(`The towns did not load: ${response.status}`);
    const found = read(values);
    // A canvas does not wait for a typeface; only the parts of it that these names need are fetched.
    await document.fonts.load("430 11px Inter", found.names.join("")).catch(() => null);
    towns = found;
    dateline.names.replace();
    document.documentElement.dataset.towns = String(found.names.length);
  }

  // They are an extra: one who gets none is told nothing, and a later move asks again.
  dateline.followTowns = (map, url) => {
    let left = url ? TRIES : 0;
    let busy = false;
    const look = () => {
      const hidden = map.getPane("dateline-names").style.display === "none";
      if (busy || !left || hidden || map.getZoom() < FIRST) return;
      busy = true;
      left -= 1;
      bring(url).then(() => { left = 0; }, () => {}).finally(() => { busy = false; });
    };
    // What the page needs goes first.
    const later = () => (window.requestIdleCallback ? requestIdleCallback(look, { timeout: 1000 }) : setTimeout(look, 200));
    map.on("moveend baselayerchange", later);
    later();
  };
})();
