// The event layer: reads the compact lists, keeps clusters, popups and the selection.
(() => {
  "use strict";
  const dateline = window.dateline;
  const state = { events: new Map(), markers: new Map(), selected: "", popup: null, clicks: 0, followed: 0 };
  const MOST_FANNED = 20;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ---- reading -------------------------------------------------------------------------------------

  function readEvents([themes, articles, places, rows, texts, articleUrl]) {
    const named = themes.map(([name, colour, ink, glyph]) => ({ name, colour, ink, glyph }));
    const read = articles.map(([id, title, date, indexes]) => ({ id, title, date,
      href: articleUrl + encodeURIComponent(id), themes: indexes.map((index) => named[index]) }));
    const located = places.map(([label, precision, shape, latitude, longitude, radius, country], index) => ({
      index, label, precision, shape, latitude, longitude, radius, country }));
    return rows.map(([id, article, place, role, doubtful, roleId], index) => ({
      id, index, role, roleId, doubtful: Boolean(doubtful), article: read[article], place: located[place],
      texts: texts && readTexts(texts[0][article], texts[1][index]) }));
  }

  // Kept as they came until a popup opens.
  const readTexts = ([summary, sources], [before, name, after, why]) =>
    ({ summary, sources, evidence: [before, name, after], why });

  function cardOf(event) {
    return { id: event.id, articleId: event.article.id, themes: event.article.themes, title: event.article.title,
      href: event.article.href, place: event.place.label, precision: event.place.precision,
      date: event.article.date, role: event.roleId === "event" ? "" : event.role, texts: event.texts };
  }

  // ---- messages to the page ------------------------------------------------------------------------

  // The number makes a second click on the same pin a new message.
  dateline.message = (properties) =>
    ({ type: "Feature", geometry: null, properties: { ...properties, click: state.clicks } });

  // Never the same again, not even after the frame was loaded anew.
  function countClick() {
    state.clicks = Math.max(state.clicks + 1, Date.now());
  }

  // Tells the page what is selected; empty: nothing is.
  function tell(id) {
    countClick();
    const feature = dateline.message({ event_id: id });
    state.group.fire("click", { layer: { toGeoJSON: () => feature } });
  }

  // ---- popup and selection -------------------------------------------------------------------------

  function openPopup(event) {
    const { map } = dateline;
    const { x, y } = map.getSize();
    const popup = L.popup({ className: "dl-popup", maxWidth: Math.min(350, x - 60), minWidth: Math.min(280, x - 60),
      maxHeight: Math.max(160, y - 130), autoPanPadding: [16, 16], offset: popupOffset(event) })
      .setLatLng(anchorOf(event))
      .setContent(datelineCard.build(cardOf(event)));
    popup.eventId = event.id;
    // What was open before closes now, which is no wish of the viewer.
    state.popup = popup;
    popup.openOn(map);
    const node = popup.getElement();
    node.setAttribute("role", "dialog");
    node.setAttribute("aria-label", `${event.place.label}: ${event.article.title}`);
    node.tabIndex = -1;
    node.addEventListener("focusin", () => { popup.focused = true; });
  }

  const isOpen = () => Boolean(state.popup && state.popup.isOpen());

  function closePopup() {
    const { popup } = state;
    state.popup = null;
    if (popup) popup.close();
  }

  // The viewer has closed the popup, by its button, by Escape or by a click beside it.
  function onPopupClosed({ popup }) {
    if (popup !== state.popup) return;
    state.popup = null;
    state.selected = "";
    markSelected();
    if (popup.focused) focusSymbol(popup.eventId);
    // A click on another pin closes this one first; then there is nothing to tell.
    setTimeout(() => { if (!state.selected) tell(""); });
  }

  function onKey(event) {
    if (event.key !== "Escape" || !isOpen()) return;
    event.stopPropagation();
    state.popup.focused = true;
    state.popup.close();
  }

  function focusSymbol(id) {
    const marker = state.markers.get(id);
    const shown = marker && state.clusters.getVisibleParent(marker);
    if (shown && shown.getElement && shown.getElement()) shown.getElement().focus({ preventScroll: true });
  }

  // Where the symbol is: a fanned-out one stands beside its place.
  function anchorOf(event) {
    const marker = state.markers.get(event.id);
    const alone = marker && state.clusters.getVisibleParent(marker) === marker;
    return alone ? marker.getLatLng() : [event.place.latitude, event.place.longitude];
  }

  const popupOffset = (event) => [0, event.place.shape === "pin" ? -26 : -8];

  function select(event) {
    state.selected = event.id;
    markSelected();
    openPopup(event);
  }

  function deselect() {
    state.selected = "";
    markSelected();
    closePopup();
  }

  function markSelected() {
    for (const node of document.querySelectorAll(".dl-selected")) node.classList.remove("dl-selected");
    const marker = state.markers.get(state.selected);
    const shown = marker && state.clusters.getVisibleParent(marker);
    if (shown && shown.getElement && shown.getElement()) shown.getElement().classList.add("dl-selected");
  }

  // ---- commands from the page ----------------------------------------------------------------------

  // [number, id of the selected event, last click that the page has heard, texts of an event]
  dateline.follow = ([number, show, heard, words]) => {
    if (words) fillTexts(words);
    // A click that the page has not heard yet will have an answer of its own.
    if (number === state.followed || heard < state.clicks) return;
    const marker = state.markers.get(show);
    // It may come with the next events.
    if (show && !marker) return;
    state.followed = number;
    if (!show) deselect();
    else if (show !== state.selected || !isOpen()) reveal(marker);
  };

  // The list beside the map keeps the last command for a frame that was not ready.
  function followPage() {
    const command = window.parent.datelineCommand;
    if (command) dateline.follow(command);
  }

  // Moves no further than is needed: not at all where the symbol stands alone in view already.
  function reveal(marker) {
    const { map } = dateline;
    const { event } = marker;
    state.touched = true;
    const seen = map.getBounds().contains(marker.getLatLng());
    if (!seen || state.clusters.getVisibleParent(marker) !== marker) {
      map.setView(marker.getLatLng(), Math.max(map.getZoom(), fittingZoom(event)), { animate: false });
    }
    const finish = () => {
      const parent = state.clusters.getVisibleParent(marker);
      // Events at one spot never part by zooming; they fan out, unless they are too many.
      if (parent && parent !== marker && parent.getChildCount() <= MOST_FANNED) parent.spiderfy();
      select(event);
    };
    // While clusters part or merge they refuse to fan out.
    if (state.clusters._inZoomAnimation) state.clusters.once("animationend", finish);
    else finish();
  }

  // A town is shown with its surroundings, an area and a country as a whole.
  function fittingZoom({ place }) {
    if (place.shape === "pin") return 6;
    const degrees = (Math.max(place.radius, 25) * 1.3) / 111;
    const area = L.latLngBounds([place.latitude - degrees, place.longitude - degrees],
      [place.latitude + degrees, place.longitude + degrees]);
    return Math.min(dateline.map.getBoundsZoom(area), 6);
  }

  function fillTexts([id, summary, evidence, why, sources]) {
    const event = state.events.get(id);
    if (!event || event.texts) return;
    event.texts = { summary, evidence, why, sources };
    if (!isOpen() || state.popup.eventId !== id) return;
    state.popup.getContent().querySelector(".dl-texts").replaceChildren(...datelineCard.texts(cardOf(event)));
    state.popup.update();
  }

  // ---- areas and countries -------------------------------------------------------------------------

  // The extent of an area shows while its ring is on the map, once for all events there.
  function followExtent(marker, extents) {
    const { event } = marker;
    if (event.place.shape !== "ring") return;
    marker.on("add", () => {
      const known = extents.places.get(event.place.index) || { count: 0, circle: dateline.extent(event) };
      extents.places.set(event.place.index, known);
      known.count += 1;
      if (known.count === 1) extents.layer.addLayer(known.circle);
    });
    marker.on("remove", () => {
      const known = extents.places.get(event.place.index);
      known.count -= 1;
      if (!known.count) extents.layer.removeLayer(known.circle);
    });
  }

  function countryColours(events) {
    const colours = new Map();
    for (const { place, article } of events) {
      if (!place.country) continue;
      const colour = article.themes[0].colour;
      // Several themes in one country: no colour may speak for all of them.
      colours.set(place.country, colours.has(place.country) && colours.get(place.country) !== colour ? "#8a9099" : colour);
    }
    return colours;
  }

  async function drawCountries(events, layer) {
    for (const [number, colour] of countryColours(events)) {
      const shape = await dateline.country(number);
      if (!shape || layer !== state.countries) continue;
      const style = { color: colour, weight: 1.6, opacity: 0.9, fillColor: colour, fillOpacity: 0.16 };
      layer.addLayer(L.geoJSON(shape, { style, pane: "dateline-countries", interactive: false }));
    }
  }

  // ---- the layer -----------------------------------------------------------------------------------

  function makeMarker(event, extents) {
    const marker = dateline.marker(event);
    marker.on("click", () => {
      countClick();
      select(event);
    });
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
      originalEvent.preventDefault();
      marker.fire("click", {}, true);
      state.popup.getElement().focus({ preventScroll: true });
    });
    marker.on("add", () => setTimeout(markSelected));
    followExtent(marker, extents);
    return marker;
  }

  function makeClusters() {
    const clusters = L.markerClusterGroup({ maxClusterRadius: (zoom) => (zoom < 2 ? 24 : 38), showCoverageOnHover: false, animate: !still,
      spiderfyOnMaxZoom: false, zoomToBoundsOnClick: false, iconCreateFunction: namedIcon,
      spiderLegPolylineOptions: { weight: 1, color: "#8a9099" } });
    clusters.on("clusterclick clusterkeypress", openCluster);
    clusterFromFarthest(clusters);
    return clusters;
  }

  // Clusters are made once, from the map's farthest zoom on. A frame that has not found its size yet forbids zooms
  // that it allows later; there, everything would be one cluster.
  function clusterFromFarthest(clusters) {
    const add = clusters.onAdd;
    clusters.onAdd = (map) => {
      const least = map.options.minZoom;
      map.options.minZoom = 0;
      add.call(clusters, map);
      map.options.minZoom = least;
    };
  }

  function atOneSpot(markers) {
    const first = markers[0].getLatLng();
    return markers.every((marker) => marker.getLatLng().equals(first));
  }

  function openCluster({ layer: cluster, originalEvent, type }) {
    const byKey = type === "clusterkeypress";
    if (byKey && originalEvent.key !== "Enter" && originalEvent.key !== " ") return;
    const markers = cluster.getAllChildMarkers();
    if (!atOneSpot(markers)) cluster.zoomToBounds();
    else if (markers.length <= MOST_FANNED) cluster.spiderfy();
    else openFirst(markers, byKey);
    if (byKey && !isOpen()) dateline.map.getContainer().focus();
  }

  // Too many to fan out: the first one opens here, and the list goes on from it.
  function openFirst(markers, byKey) {
    const { event } = markers.reduce((a, b) => (a.event.index < b.event.index ? a : b));
    select(event);
    tell(event.id);
    if (byKey) state.popup.getElement().focus({ preventScroll: true });
  }

  // A cluster is called by what a click on it does.
  function namedIcon(cluster) {
    const icon = dateline.clusterIcon(cluster);
    const create = icon.createIcon;
    icon.createIcon = function createNamed(old) {
      const node = create.call(this, old);
      const markers = cluster.getAllChildMarkers();
      const does = !atOneSpot(markers) ? "Zooms in." : markers.length <= MOST_FANNED ? "Fans out." : "Opens the first.";
      node.setAttribute("aria-label", (node.getAttribute("aria-label") || "").replace(/Zooms in\.$/, does));
      return node;
    };
    return icon;
  }

  // Shows the first events as a whole; again while the frame finds its size, but never once a viewer has
  // touched the map, and never for a later filter.
  function fitOnce(map, events) {
    if (state.fitted || !events.length) return;
    state.fitted = true;
    const points = events.map(({ place }) => [place.latitude, place.longitude]);
    const fit = () => state.touched || map.fitBounds(points,
      { maxZoom: 6, paddingTopLeft: [20, 40], paddingBottomRight: [20, 12], animate: false });
    const touch = () => { state.touched = true; };
    for (const name of ["pointerdown", "wheel", "keydown"]) map.getContainer().addEventListener(name, touch);
    map.on("resize", fit);
    fit();
  }

  function closeStalePopup() {
    if (!state.popup || state.events.has(state.popup.eventId)) return;
    deselect();
    // When its event is back, the page's command is followed again.
    state.followed = 0;
  }

  dateline.events = (map, payload) => {
    const events = readEvents(payload);
    const extents = { layer: L.layerGroup(), places: new Map() };
    state.events = new Map(events.map((event) => [event.id, event]));
    state.markers = new Map(events.map((event) => [event.id, makeMarker(event, extents)]));
    state.clusters = makeClusters();
    state.countries = L.layerGroup();
    fitOnce(map, events);
    state.clusters.addLayers([...state.markers.values()]);
    state.clusters.on("animationend spiderfied unspiderfied", markSelected);
    state.group = L.featureGroup([state.countries, extents.layer, state.clusters]);
    drawCountries(events, state.countries);
    closeStalePopup();
    if (!state.listening) listen(map);
    // Once the layer is on the map.
    setTimeout(followPage);
    document.documentElement.dataset.events = String(events.length);
    return state.group;
  };

  function listen(map) {
    state.listening = true;
    map.on("popupclose", onPopupClosed);
    document.addEventListener("keydown", onKey, true);
  }
})();
