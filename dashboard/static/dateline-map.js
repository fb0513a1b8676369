// The map's part in the page: what is shown, what the page commands, what the viewer has said.
(() => {
  "use strict";
  const dateline = window.dateline;
  const state = { rows: new Uint32Array(0), shown: new Set(), event: "", heard: 0, followed: 0, turn: 0, isForgotten: false };
  const teller = datelineMessages.makeTeller();
  dateline.moves = !window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // Leaflet glides unasked: to bring a popup into view, after a key, a wheel or a drag.
  if (!dateline.moves) {
    const { panBy, setView } = L.Map.prototype;
    L.Map.mergeOptions({ inertia: false });
    L.Map.include({
      panBy(offset, options) { return panBy.call(this, offset, { ...options, animate: false }); },
      setView(spot, zoom, options) { return setView.call(this, spot, zoom, { ...options, animate: false }); },
    });
  }

  const TOWN = dateline.FITTING.maxZoom;

  // ---- messages to the page ------------------------------------------------------------------------

  // One message carries all that is to be said, so that none gets lost behind another.
  dateline.extras = {};
  function send() {
    if (datelineMessages.isLeaving()) return;
    // A click that was given up is not heard later, with a view that is told.
    const click = teller.isWaiting() ? teller.number : state.heard;
    const properties = { event_id: state.event, click, ...dateline.extras };
    const feature = { type: "Feature", geometry: null, properties };
    const data = window.__GLOBAL_DATA__;
    // streamlit-folium would wait for a quarter of a second; it is told what was said, and says nothing itself.
    data.last_active_drawing = feature;
    data.previous_data = { last_active_drawing: feature };
    window.Streamlit.setComponentValue(data.previous_data);
  }
  dateline.send = send;
  teller.send = send;

  // Tells the page what is selected; empty: nothing is. The page's command says which click it has heard.
  dateline.tell = (id) => {
    state.event = id;
    teller.tell({});
  };

  // A click that nobody has heard yet gives way to a step through the history; heard later it would undo it.
  dateline.forgetTold = () => {
    if (!teller.isWaiting()) return;
    teller.forget();
    Object.assign(state, { event: "", followed: -1 });
    // What the page has said last counts, until it says what the address asks for, if that is anything else.
    followPage();
    state.isForgotten = true;
  };

  // ---- commands from the page ----------------------------------------------------------------------

  // [number, id of the selected event, last click that the page has heard, texts of an event, list within the view]
  dateline.follow = (command) => {
    const { table } = dateline;
    if (!table) return;
    const [number, show, heard, words, within] = command;
    state.heard = heard;
    teller.hear(heard);
    // Streamlit keeps what it was told last, and tells it again with whatever is said next.
    if (state.isForgotten) send();
    state.isForgotten = false;
    dateline.tellViews(within);
    const row = show ? table.rowOf(show) : -1;
    if (words && words[0] === show && row >= 0) dateline.fillTexts(table.event(row), words);
    // A click that the page has not heard yet will have an answer of its own.
    if (number === state.followed || teller.isWaiting()) return;
    // It may come with the next events.
    if (show && !state.shown.has(row)) return;
    state.followed = number;
    if (show) {
      if (!dateline.isShown(row)) reveal(row);
      return;
    }
    dateline.releaseView();
    // A cluster's list stays open: nothing is selected in it.
    if (dateline.selectedRow() >= 0) dateline.deselect();
  };

  // The list beside the map keeps the last command for a frame that was not ready.
  function followPage() {
    const command = window.parent.datelineCommand;
    if (command) dateline.follow(command);
  }

  // An event's place in the world that the view is in.
  dateline.spotOf = (row) => {
    const { table, map } = dateline;
    const longitude = table.longitude(row);
    return L.latLng(table.latitude(row), longitude + Math.round((map.getCenter().lng - longitude) / 360) * 360);
  };

  // Moves no further than is needed: not at all where the symbol stands alone in view already.
  function reveal(row) {
    const { map, table } = dateline;
    const spot = dateline.spotOf(row);
    const symbol = dateline.symbolOf(row);
    dateline.holdView();
    if (dateline.holdsView(table.event(row).id)) {
      dateline.show(table.event(row), null, { pans: false });
      return;
    }
    dateline.movedForEvent();
    if (!map.getBounds().contains(spot) || !(symbol && symbol.event)) {
      map.setView(spot, Math.max(map.getZoom(), fittingZoom(table.event(row))), { animate: false });
    }
    // Events at one spot never part by zooming; they fan out, unless they are too many.
    dateline.partSymbol(row);
    dateline.show(table.event(row));
  }

  // A town is shown with its surroundings, an area and a country as a whole.
  function fittingZoom({ place }) {
    if (place.shape === "pin") return TOWN;
    const degrees = (Math.max(place.radius, 25) * 1.3) / 111;
    const area = L.latLngBounds([place.latitude - degrees, place.longitude - degrees],
      [place.latitude + degrees, place.longitude + degrees]);
    return Math.min(dateline.map.getBoundsZoom(area), TOWN);
  }

  // ---- countries -----------------------------------------------------------------------------------

  function countryColours(table, rows) {
    const colours = new Map();
    // Several themes in one country: no colour may speak for all of them. The last look is that of no theme.
    const mixed = table.themes.at(-1).colour;
    for (const row of rows) {
      if (table.shape(row) !== "badge") continue;
      const country = table.countries[table.places[row]];
      const { colour } = table.themes[table.theme(row)];
      if (country) colours.set(country, colours.has(country) && colours.get(country) !== colour ? mixed : colour);
    }
    return colours;
  }

  let outlines = { key: "", layer: null };
  async function drawCountries(table, rows) {
    const colours = dateline.hidesSymbols ? new Map() : countryColours(table, rows);
    const key = JSON.stringify([...colours].sort());
    if (key === outlines.key) return;
    if (outlines.layer) outlines.layer.remove();
    const layer = L.layerGroup().addTo(dateline.map);
    outlines = { key, layer };
    for (const [number, colour] of colours) {
      const shape = await dateline.country(number);
      if (!shape || layer !== outlines.layer) continue;
      const style = { color: colour, weight: 1.6, opacity: 0.9, fillColor: colour, fillOpacity: 0.16 };
      layer.addLayer(L.geoJSON(shape, { style, pane: "dateline-countries", interactive: false }));
    }
  }

  function badgeSpots(table, rows) {
    const places = new Set();
    for (const row of rows) if (table.shape(row) === "badge") places.add(table.places[row]);
    return [...places].map((place) => [table.latitudes[place], table.longitudes[place]]);
  }

  // ---- the layer -----------------------------------------------------------------------------------

  function closeStalePopup() {
    const row = dateline.selectedRow();
    if (row < 0 || state.shown.has(row)) return;
    dateline.deselect();
    // When its event is back, the page's command is followed again.
    state.followed = 0;
  }

  function redraw() {
    const { table } = dateline;
    dateline.setEvents(table, state.rows);
    drawCountries(table, state.rows);
    dateline.giveWay(dateline.hidesSymbols ? [] : badgeSpots(table, state.rows));
    dateline.drawLayer();
    dateline.replaceNames();
  }
  dateline.redraw = redraw;
  dateline.shownRows = () => state.rows;
  dateline.isFound = (row) => state.shown.has(row);

  async function showEvents(map, [url, count, bits, , asked, places], turn) {
    const table = await dateline.loadTable(url);
    const rows = dateline.readRows(count, bits);
    await dateline.measure(table, rows);
    if (turn !== state.turn) return;
    // Rows of another table are other events.
    if (dateline.table && dateline.table !== table) {
      dateline.deselect();
      state.followed = 0;
    }
    dateline.table = table;
    state.rows = rows;
    state.shown = new Set(rows);
    table.lead(asked);
    dateline.followFilter(map, rows, places);
    redraw();
    closeStalePopup();
    dateline.closeStaleList();
    dateline.repaintPopup();
    followPage();
    dateline.lookElsewhere();
    Object.assign(document.documentElement.dataset, { events: String(state.rows.length), turn: String(turn) });
  }

  // Symbols live on the map itself; the group that streamlit-folium takes away and adds is empty.
  dateline.events = (map, layer) => {
    const [, , , area] = layer;
    state.turn += 1;
    if (!state.listening) listen(map);
    dateline.drawArea(area);
    showEvents(map, layer, state.turn);
    return L.featureGroup([]);
  };

  function listen(map) {
    state.listening = true;
    dateline.listenToPopups(map);
    dateline.followView(map);
    dateline.openAddress(map);
    map.on("moveend", dateline.lookElsewhere);
  }
})();
