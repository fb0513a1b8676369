// The event layer: reads the compact lists, keeps clusters, popups and the selection.
(() => {
  "use strict";
  const dateline = window.dateline;
  const state = { events: new Map(), markers: new Map(), selected: "", popup: null, clicks: 0, followed: 0 };
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // ---- reading -------------------------------------------------------------------------------------

  function readEvents([themes, articles, places, rows, texts, articleUrl]) {
    const named = themes.map(([name, colour, ink, glyph]) => ({ name, colour, ink, glyph }));
    const read = articles.map(([id, title, date, indexes]) => ({ id, title, date,
      href: articleUrl + encodeURIComponent(id), themes: indexes.map((index) => named[index]) }));
    const located = places.map(([label, precision, shape, latitude, longitude, radius, country], index) => ({
      index, label, precision, shape, latitude, longitude, radius, country }));
    return rows.map(([id, article, place, role, doubtful, roleId], index) => ({
      id, role, roleId, doubtful: Boolean(doubtful), article: read[article], place: located[place],
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

  function openArticle(card) {
    state.clicks += 1;
    const feature = dateline.message({ article_id: card.articleId });
    state.group.fire("click", { layer: { toGeoJSON: () => feature } });
  }

  // ---- popup and selection -------------------------------------------------------------------------

  function openPopup(event) {
    const { map } = dateline;
    const { x, y } = map.getSize();
    state.popup = L.popup({ className: "dl-popup", maxWidth: Math.min(350, x - 60), minWidth: Math.min(280, x - 60),
      maxHeight: Math.max(160, y - 130), autoPanPadding: [16, 16], offset: popupOffset(event) })
      .setLatLng(anchorOf(event))
      .setContent(datelineCard.build(cardOf(event), openArticle));
    state.popup.eventId = event.id;
    state.popup.openOn(map);
    state.popup.getElement().setAttribute("role", "dialog");
    state.popup.getElement().setAttribute("aria-label", `${event.place.label}: ${event.article.title}`);
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
    state.clicks += 1;
    markSelected();
    openPopup(event);
  }

  function markSelected() {
    for (const node of document.querySelectorAll(".dl-selected")) node.classList.remove("dl-selected");
    const marker = state.markers.get(state.selected);
    const shown = marker && state.clusters.getVisibleParent(marker);
    if (shown && shown.getElement && shown.getElement()) shown.getElement().classList.add("dl-selected");
  }

  // ---- commands from the page ----------------------------------------------------------------------

  // [number, id of the event to show, texts of an event]
  dateline.follow = ([number, show, words]) => {
    if (words) fillTexts(words);
    if (number === state.followed) return;
    state.followed = number;
    const marker = state.markers.get(show);
    if (marker) reveal(marker);
  };

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
      // Events at one spot never part by zooming; they fan out.
      if (parent && parent !== marker && parent.spiderfy) parent.spiderfy();
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
    if (!state.popup || state.popup.eventId !== id || !state.popup.isOpen()) return;
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
    marker.on("click", () => select(event));
    marker.on("keypress", ({ originalEvent }) => {
      if (originalEvent.key === "Enter" || originalEvent.key === " ") marker.fire("click", {}, true);
    });
    marker.on("add", () => setTimeout(markSelected));
    followExtent(marker, extents);
    return marker;
  }

  function makeClusters() {
    return L.markerClusterGroup({ maxClusterRadius: 38, showCoverageOnHover: false, animate: !still,
      iconCreateFunction: dateline.clusterIcon, spiderLegPolylineOptions: { weight: 1, color: "#8a9099" } });
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
    if (state.popup && !state.events.has(state.popup.eventId)) state.popup.close();
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
    if (!state.followed) followFirst();
    document.documentElement.dataset.events = String(events.length);
    return state.group;
  };

  // The command that came with the frame's first rendering lies in its head.
  function followFirst() {
    const holder = document.getElementById("dateline-command");
    if (holder) setTimeout(() => dateline.follow(JSON.parse(holder.textContent)));
  }
})();
