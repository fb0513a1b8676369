// The view: read from and written into the page's address, and told to the page while its list follows it.
(() => {
  "use strict";
  const dateline = window.dateline;
  const page = window.parent;
  // How long after a gesture a move still belongs to it, in milliseconds.
  const GESTURE = 1500;
  const LAYERS = ["pins", "heat", "countries"];
  const home = page.location.pathname;

  // ---- the address ---------------------------------------------------------------------------------

  const parameter = (name) => new URLSearchParams(page.location.search).get(name);

  // "latitude,longitude,zoom"; null: there is none that can be followed. The page says so of a broken one.
  function readAt() {
    const found = /^(-?\d{1,2}(?:\.\d{1,6})?),(-?\d{1,3}(?:\.\d{1,6})?),(\d{1,2})$/.exec(parameter("at") || "");
    if (!found) return null;
    const [latitude, longitude, zoom] = found.slice(1).map(Number);
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && zoom >= 1 && zoom <= 14 ? { spot: [latitude, longitude], zoom } : null;
  }

  dateline.namesView = () => readAt() !== null;

  function readLayer() {
    const layer = parameter("layer");
    return LAYERS.includes(layer) ? layer : "pins";
  }

  const readBase = () => parameter("base") || "";

  // The map's own parameters go last; everything else stays letter by letter.
  function write(changes) {
    // The page may be another by the time that a move ends.
    if (page.location.pathname !== home) return;
    const kept = page.location.search.slice(1).split("&").filter((part) => part && !(part.split("=")[0] in changes));
    const own = Object.entries(changes).filter(([, value]) => value).map(([name, value]) => `${name}=${value}`);
    const search = [...kept, ...own].join("&");
    const url = page.location.pathname + (search ? `?${search}` : "") + page.location.hash;
    remember(search);
    if (url === page.location.pathname + page.location.search + page.location.hash) return;
    // No step for Back: a view is not a place where one has been.
    page.history.replaceState(page.history.state, "", url);
  }

  // For what the server writes without knowing of later moves: the address, and links to the map from other pages.
  function remember(search) {
    if (page.datelineLinks) Object.assign(page.datelineLinks, { home, view: datelineCard.viewOf(search) });
  }

  // Whether a person has placed the view, by hand or by a link: from then on the address says where the map is.
  let placed = false;

  function writeAt() {
    const { map } = dateline;
    placed = true;
    const { lat, lng } = map.getCenter().wrap();
    const round = (degrees) => Number(degrees.toFixed(map.getZoom() < 6 ? 2 : 3));
    write({ at: `${round(lat)},${round(lng)},${map.getZoom()}` });
  }

  let handled = -Infinity;
  dateline.movedByHand = () => { handled = performance.now(); };

  function followHands(map) {
    const container = map.getContainer();
    for (const name of ["wheel", "dblclick", "touchmove"]) container.addEventListener(name, dateline.movedByHand, { passive: true });
    container.addEventListener("keydown", ({ key }) => { if (/^Arrow|^[-+=]$/.test(key)) dateline.movedByHand(); });
    container.addEventListener("click", ({ target }) => { if (target.closest(".leaflet-bar")) dateline.movedByHand(); }, true);
    map.on("dragend", dateline.movedByHand);
  }

  dateline.writeLayer = (layer) => write({ layer: layer === "pins" ? "" : layer });
  dateline.writeBase = (name) => write({ base: encodeURIComponent(name) });

  // The view that the address asks for holds while the frame finds its size, until a viewer touches the map.
  let asked = null;
  function showAsked(map) {
    if (!asked) return;
    const zoom = Math.max(map.getMinZoom(), Math.min(asked.zoom, map.getMaxZoom()));
    dateline.moveAlong(() => map.setView(asked.spot, zoom, { animate: false }));
  }

  // Another base map may let the address's view come nearer.
  dateline.showAsked = showAsked;

  function openAt(map, at) {
    dateline.holdView();
    asked = { ...at, event: parameter("event") };
    placed = true;
    showAsked(map);
  }

  // A saved view that names no position shows its events: at once where they are shown already, else when they come.
  dateline.fitView = (soon) => {
    asked = null;
    placed = false;
    if (soon) dateline.fitNext(true);
    else dateline.fitEvents();
  };

  // Whether the address has named view and event together and nobody has moved the map since: the event must not.
  dateline.holdsView = (id) => asked !== null && asked.event === id;
  // The event of the address was closed: who opens it again wants to see it.
  dateline.releaseView = () => { if (asked) asked.event = ""; };

  // A move that an event asks for: an address that names a view goes on naming the one that is shown.
  dateline.movedForEvent = () => { asked = null; };

  dateline.openAddress = (map) => {
    const at = readAt();
    if (at) openAt(map, at);
    dateline.setLayer(readLayer());
    dateline.setBase(readBase());
    map.on("resize", () => showAsked(map));
    for (const name of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(name, () => { asked = null; });
    const turned = (step) => {
      // A step to another page takes the frame away; the map is remembered as it was left.
      if (page.location.pathname !== home) return;
      dateline.forgetTold();
      if (readAt()) openAt(map, readAt());
      // Back leads to conditions, and the map stays; a link of ours says itself what is to be shown.
      else if (placed && step.isTrusted) writeAt();
      dateline.setLayer(readLayer());
      dateline.setBase(readBase());
      dateline.fitNext(false);
    };
    page.addEventListener("popstate", turned);
    window.addEventListener("pagehide", () => page.removeEventListener("popstate", turned));
    remember(page.location.search);
  };

  // ---- the list within the view --------------------------------------------------------------------

  let within = false;
  dateline.tellViews = (wanted) => {
    if (Boolean(wanted) === within) return;
    within = Boolean(wanted);
    if (within) tellView();
  };

  function tellView() {
    const bounds = dateline.map.getBounds();
    const turns = Math.floor((bounds.getWest() + 180) / 360) * 360;
    const view = [bounds.getWest() - turns, bounds.getSouth(), bounds.getEast() - turns, bounds.getNorth()];
    dateline.extras.view = view.map((degrees) => Math.round(degrees * 1000) / 1000);
    dateline.send();
  }

  dateline.followMoves = (map) => {
    let telling = 0;
    followHands(map);
    map.on("moveend", () => {
      // Once placed, the view is told whatever has moved it, be it a popup that needs room.
      if (performance.now() - handled < GESTURE || (placed && !asked)) writeAt();
      clearTimeout(telling);
      if (within) telling = setTimeout(tellView, 200);
    });
  };
})();
