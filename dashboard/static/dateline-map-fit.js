// What of the world is brought into view: the events as they are drawn, countries and areas as a whole; and when.
(() => {
  "use strict";
  const dateline = window.dateline;
  const page = window.parent;
  // How long the first view waits for the countries' outlines, in milliseconds; without them their points are shown.
  const PATIENCE = 1000;
  const KM_PER_DEGREE = 111.2;
  // A town with its surroundings at most; in pixels the room that symbols need above their spots, and the controls.
  dateline.FITTING = { maxZoom: 6, paddingTopLeft: [20, 40], paddingBottomRight: [20, 12] };

  // ---- countries -----------------------------------------------------------------------------------
  // A box is [west, south, east, north] in degrees; its east may lie beyond 180.

  const join = (a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])];
  const near = (a, b, degrees) =>
    a[0] <= b[2] + degrees && a[2] >= b[0] - degrees && a[1] <= b[3] + degrees && a[3] >= b[1] - degrees;

  // A ring with its area in square degrees of the equator.
  function pieceOf([ring]) {
    let size = 0;
    let box = [Infinity, Infinity, -Infinity, -Infinity];
    const along = ([longitude, latitude]) => longitude * Math.cos((latitude * Math.PI) / 180);
    ring.forEach((spot, at) => {
      const next = ring[(at + 1) % ring.length];
      size += (along(spot) * next[1] - along(next) * spot[1]) / 2;
      box = join(box, [...spot, ...spot]);
    });
    return { size: Math.abs(size), box };
  }

  // The turn of the world in which a box lies nearest to another.
  function turned([west, south, east, north], other) {
    const turn = Math.round((other[0] + other[2] - west - east) / 720) * 360;
    return [west + turn, south, east + turn, north];
  }

  // The box of a country's main part: its largest piece, what is nearly as large, and what lies near these, from one
  // island to the next. Alaska, French Guiana or the Canaries are not what a person looks for who asks for the country.
  const LARGE = 1 / 3;
  const NEAR = 3; // degrees
  function mainPart({ coordinates }) {
    const [largest, ...others] = coordinates.map(pieceOf).sort((a, b) => b.size - a.size);
    let main = largest.box;
    let left = others;
    for (let before = Infinity; left.length < before;) {
      before = left.length;
      left = left.filter(({ size, box }) => {
        const beside = turned(box, main);
        if (size < LARGE * largest.size && !near(beside, main, NEAR)) return true;
        main = join(main, beside);
        return false;
      });
    }
    return main;
  }

  const countries = new Map();
  let outlines = null;
  let outlined = false;

  // Looks up how far the countries reach that the rows show as countries; nobody waits long for outlines that do not come.
  dateline.measure = async (table, rows) => {
    const loaded = dateline.topology.then(() => { outlined = true; });
    if (!outlines) outlines = Promise.race([loaded, new Promise((resolve) => { setTimeout(resolve, PATIENCE); })]);
    await outlines;
    if (!outlined) {
      loaded.then(() => measureAll(table, rows)).then(fit);
      return;
    }
    await measureAll(table, rows);
  };

  async function measureAll(table, rows) {
    const shown = new Set();
    for (const row of rows) if (table.shape(row) === "badge") shown.add(table.countries[table.places[row]]);
    for (const number of shown) {
      if (countries.has(number)) continue;
      const shape = await dateline.country(number);
      countries.set(number, shape && mainPart(shape));
    }
  }

  // ---- events --------------------------------------------------------------------------------------

  function circleOf({ latitude, longitude, radius }) {
    const high = radius / KM_PER_DEGREE;
    const wide = Math.min(180, high / Math.max(0.05, Math.cos((latitude * Math.PI) / 180)));
    return [longitude - wide, Math.max(-85, latitude - high), longitude + wide, Math.min(85, latitude + high)];
  }

  // What a place covers on the map. The circle of a large region is not drawn: it counts where there is nothing else.
  function boxesOf(place, alone = true) {
    const spot = [place.longitude, place.latitude, place.longitude, place.latitude];
    if (place.shape === "ring" && (alone || place.radius <= dateline.WIDE)) return [circleOf(place)];
    const country = place.shape === "badge" && countries.get(place.country);
    return country ? [spot, country] : [spot];
  }

  dateline.boxesOf = boxesOf;

  // The widest stretch of the world without any stays out, so that neighbours across the antimeridian are shown side by side.
  function surround(boxes) {
    const sorted = boxes.map((box) => turned(box, [0, 0, 0, 0])).sort((a, b) => a[0] - b[0]);
    let start = 0;
    let widest = -Infinity;
    let reached = Math.max(...sorted.map((box) => box[2])) - 360;
    for (const [west, , east] of sorted) {
      if (west - reached > widest) [widest, start] = [west - reached, west];
      reached = Math.max(reached, east);
    }
    return sorted.map(([west, south, east, north]) => (west < start ? [west + 360, south, east + 360, north] : [west, south, east, north]))
      .reduce(join);
  }

  function boundsOf(rows) {
    const { table } = dateline;
    const places = [...new Set(Array.from(rows, (row) => table.places[row]))].map((index) => table.place(index));
    if (!places.length) return L.latLngBounds([]);
    const alone = places.every(({ shape, radius }) => shape === "ring" && radius > dateline.WIDE);
    const [west, south, east, north] = surround(places.flatMap((place) => boxesOf(place, alone)));
    return L.latLngBounds([south, west], [north, east]);
  }

  // Where a stretch of so many degrees begins that holds the most of the events. Of several, the one in their middle.
  function fullestStretch(rows, degrees) {
    const { table } = dateline;
    const counts = new Array(360).fill(0);
    const wrapped = (degree) => ((Math.floor(degree) % 360) + 360) % 360;
    for (const row of rows) counts[wrapped(table.longitude(row))] += 1;
    let held = 0;
    for (let degree = 0; degree < degrees; degree += 1) held += counts[degree];
    let best = { held: -1 };
    let run = best;
    // Twice round the world: stretches that hold as many may begin on both sides of Greenwich.
    for (let first = 0; first < 720; first += 1) {
      if (held !== run.held) run = { held, first };
      run.last = first;
      if (held > best.held || (held === best.held && run.last - run.first > best.last - best.first)) best = run;
      held += counts[wrapped(first + degrees)] - counts[wrapped(first)];
    }
    return wrapped(Math.round((best.first + best.last) / 2));
  }

  // What is to be seen of events: all of them, or where they reach further round the world than the map, the stretch
  // with the most.
  function frameOf(rows) {
    const { map } = dateline;
    const bounds = boundsOf(rows);
    if (!bounds.isValid()) return bounds;
    const { maxZoom, paddingTopLeft, paddingBottomRight } = dateline.FITTING;
    const padding = L.point(paddingTopLeft).add(paddingBottomRight);
    const zoom = Math.min(map.getBoundsZoom(bounds, false, padding), maxZoom);
    const degrees = Math.floor(((map.getSize().x - padding.x) * 360) / (256 * 2 ** zoom));
    if (bounds.getEast() - bounds.getWest() <= degrees || degrees >= 360) return bounds;
    const west = fullestStretch(rows, degrees);
    const turn = west > 180 ? 360 : 0;
    return L.latLngBounds([bounds.getSouth(), west - turn], [bounds.getNorth(), west + degrees - turn]);
  }

  // All events, whether they stand alone or in clusters.
  dateline.eventBounds = () => frameOf(dateline.shownRows());

  // ---- when ----------------------------------------------------------------------------------------

  // rows: what the map was fitted to; left: the view that this gave, null while it moves there.
  const state = { rows: [], touched: false, listens: false, refits: false, places: null, named: null, fitted: false, left: null };

  // The map is fitted again while the frame finds its size, but never once a viewer has touched it.
  function listen(map) {
    state.listens = true;
    const touch = () => { state.touched = true; };
    for (const name of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(name, touch);
    map.on("resize", () => fit());
    page.addEventListener("popstate", onStep);
    window.addEventListener("pagehide", () => page.removeEventListener("popstate", onStep));
  }

  function fit({ animate = false } = {}) {
    const { map } = dateline;
    if (state.touched || !state.rows.length) return;
    Object.assign(state, { fitted: true, left: null });
    map.off("moveend", keepView).once("moveend", keepView);
    map.fitBounds(frameOf(state.rows), { ...dateline.FITTING, animate });
  }

  function keepView() {
    const { map } = dateline;
    state.left = { centre: map.getCenter(), zoom: map.getZoom() };
  }

  // Whether the map still shows what it was fitted to: nobody has moved it since, and no event has.
  function isLeft() {
    const { map } = dateline;
    if (!state.fitted || !state.left) return state.fitted;
    const { centre, zoom } = state.left;
    return zoom === map.getZoom() && map.project(centre, zoom).distanceTo(map.project(map.getCenter(), zoom)) < 2;
  }

  dateline.holdView = () => { state.touched = true; };

  // What a saved view without a position asks for.
  dateline.fitEvents = () => {
    state.refits = false;
    const rows = dateline.shownRows();
    if (!rows.length) return;
    Object.assign(state, { touched: false, rows });
    fit();
  };
  dateline.fitNext = (wanted) => { state.refits = wanted; };

  // ---- the filter by place -------------------------------------------------------------------------

  // places: [regions, countries, command areas]
  const flat = (places) => places.flat().map((value) => value.toLowerCase()).sort();
  const isSame = (some, others) => JSON.stringify(some) === JSON.stringify(others);

  // A step through the history that names a view keeps it, whatever its filter is: the places that it asks for.
  function onStep() {
    const query = new URLSearchParams(page.location.search);
    const named = flat(["region", "country", "command"].map((name) => query.getAll(name)));
    state.named = dateline.namesView() && state.places && !isSame(named, flat(state.places)) ? named : null;
  }

  // What the step asks for and Dateline does not have is left out of the filter.
  function isNamed(places) {
    const { named } = state;
    state.named = null;
    const values = flat(places);
    return named !== null && (values.length ? values.every((value) => named.includes(value)) : !named.length);
  }

  // The map moves to the places that a viewer has chosen, and back from them if it was left where it had moved to.
  function followPlaces(places, rows) {
    if (isNamed(places) || !rows.length) return;
    if (!flat(places).length && !isLeft()) return;
    Object.assign(state, { touched: false, rows });
    dateline.movedForEvent();
    fit({ animate: dateline.moves });
  }

  // New events are shown. The first ones come into view as a whole; later ones only where their places were chosen.
  dateline.followFilter = (map, rows, places) => {
    const before = state.places;
    state.places = places;
    if (!state.listens) listen(map);
    if (state.refits) dateline.fitEvents();
    else if (before && !isSame(flat(before), flat(places))) followPlaces(places, rows);
    if (state.rows.length || !rows.length) return;
    state.rows = rows;
    fit();
  };
})();
