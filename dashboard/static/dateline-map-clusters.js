// Clusters: supercluster tells which symbols stand where at a zoom; only those in view are in the document.
(() => {
  "use strict";
  const dateline = window.dateline;
  const RADIUS = 38;
  const NEAREST = 14;
  const MOST_FANNED = 20;
  // Symbols are kept a little beyond the view, so that a short pan finds them.
  const MARGIN = 0.2;

  let table = null;
  let asked = null;
  let index = null;
  let generation = 0;
  const shown = new Map();
  let fan = null;

  // ---- which symbols there are ---------------------------------------------------------------------

  dateline.setEvents = (newTable, rows) => {
    // A symbol that stays keeps its look; with other themes asked for, the looks are others.
    if (table !== newTable || asked !== newTable.asked) clear();
    table = newTable;
    asked = table.asked;
    generation += 1;
    const points = Array.from(rows, (row) => ({ properties: { row },
      geometry: { type: "Point", coordinates: [table.longitude(row), table.latitude(row)] } }));
    index = new Supercluster({ radius: RADIUS, extent: 256, minZoom: 0, maxZoom: NEAREST,
      map: ({ row }) => ({ [table.theme(row)]: 1 }),
      reduce: (mix, other) => { for (const theme in other) mix[theme] = (mix[theme] || 0) + other[theme]; },
    }).load(points);
    foldFan();
    draw();
  };

  // Symbols of a view, on every copy of the world that it reaches: [key, feature, [latitude, longitude]].
  function symbolsIn(map) {
    const bounds = map.getBounds();
    const [height, width] = [bounds.getNorth() - bounds.getSouth(), bounds.getEast() - bounds.getWest()];
    const span = Math.max(width, Math.min(360, width * (1 + 2 * MARGIN)));
    const [west, east] = [bounds.getCenter().lng - span / 2, bounds.getCenter().lng + span / 2];
    const [south, north] = [bounds.getSouth() - height * MARGIN, bounds.getNorth() + height * MARGIN];
    const symbols = [];
    for (let world = Math.floor((west + 180) / 360); world * 360 - 180 < east; world += 1) {
      const box = [Math.max(west - world * 360, -180), Math.max(south, -90), Math.min(east - world * 360, 180), Math.min(north, 90)];
      for (const feature of index.getClusters(box, map.getZoom())) {
        const { cluster_id: id, row } = feature.properties;
        const [longitude, latitude] = feature.geometry.coordinates;
        symbols.push(id === undefined
          ? [`${world} ${row}`, feature, [table.latitude(row), table.longitude(row) + world * 360]]
          : [`${world} ${generation}-${id}`, feature, [latitude, longitude + world * 360]]);
      }
    }
    return symbols;
  }

  function draw() {
    const { map } = dateline;
    if (!index || !map || dateline.hidesSymbols) return clear();
    const left = new Set(shown.keys());
    for (const [key, feature, spot] of symbolsIn(map)) {
      if (!left.delete(key)) add(key, feature, spot);
    }
    left.forEach(remove);
    dateline.markSelected();
  }

  function clear() {
    [...shown.keys()].forEach(remove);
  }

  function add(key, feature, spot) {
    const marker = feature.properties.cluster ? makeCluster(feature, spot) : makeSymbol(table.event(feature.properties.row), spot);
    shown.set(key, marker);
    marker.addTo(dateline.map);
  }

  function remove(key) {
    shown.get(key).remove();
    shown.delete(key);
  }

  // ---- one event -----------------------------------------------------------------------------------

  const isPress = ({ originalEvent: { key } }) => key === "Enter" || key === " ";

  function makeSymbol(event, spot) {
    const marker = dateline.marker(event, spot);
    marker.on("click", () => dateline.choose(event));
    marker.on("keypress", (press) => {
      if (!isPress(press)) return;
      press.originalEvent.preventDefault();
      dateline.choose(event);
      dateline.focusPopup();
    });
    followExtent(marker);
    return marker;
  }

  // The extent of an area shows while its ring is on the map, once for all events there.
  const extents = new Map();
  function followExtent(marker) {
    const { event } = marker;
    if (event.place.shape !== "ring") return;
    const key = `${event.place.index} ${marker.getLatLng().lng}`;
    marker.on("add", () => {
      const known = extents.get(key) || { count: 0, circle: dateline.extent(event, marker.getLatLng()) };
      extents.set(key, known);
      known.count += 1;
      if (known.count === 1) known.circle.addTo(dateline.map);
    });
    marker.on("remove", () => {
      const known = extents.get(key);
      known.count -= 1;
      if (known.count) return;
      known.circle.remove();
      extents.delete(key);
    });
  }

  // ---- a cluster -----------------------------------------------------------------------------------

  function holdingOf({ properties }) {
    const shares = Object.keys(properties).filter((key) => key in table.themes)
      .map((theme) => [table.themes[theme], properties[theme]]);
    return { count: properties.point_count, shares: shares.sort((a, b) => b[1] - a[1]) };
  }

  function makeCluster(feature, spot) {
    const { cluster_id: id } = feature.properties;
    const holding = holdingOf(feature);
    const parts = index.getClusterExpansionZoom(id) <= Math.min(dateline.map.getMaxZoom(), NEAREST);
    const fans = !parts && holding.count <= MOST_FANNED;
    holding.does = parts ? "Zooms in." : fans ? "Fans out." : "Opens as a list.";
    const marker = dateline.clusterMarker(spot, holding);
    let rows = null;
    marker.rows = () => (rows = rows || index.getLeaves(id, Infinity).map(({ properties }) => properties.row).sort((a, b) => a - b));
    const open = (byKey) => {
      if (parts) zoomInto(marker, index.getClusterExpansionZoom(id));
      else if (fans) unfold(marker);
      else dateline.openList(marker.getLatLng(), marker.rows(), byKey);
    };
    marker.on("click", ({ originalEvent }) => {
      if (originalEvent && originalEvent.shiftKey) dateline.openList(marker.getLatLng(), marker.rows());
      else open(false);
    });
    marker.on("contextmenu", () => dateline.openList(marker.getLatLng(), marker.rows()));
    marker.on("keypress", (press) => {
      const lists = press.originalEvent.key.toLowerCase() === "l";
      if (!lists && !isPress(press)) return;
      press.originalEvent.preventDefault();
      if (lists || press.originalEvent.shiftKey) dateline.openList(marker.getLatLng(), marker.rows(), true);
      else open(true);
      // The cluster is gone or a leg away from what it held.
      if (!dateline.isOpen()) (fan ? firstFanned() : dateline.map.getContainer()).focus({ preventScroll: true });
    });
    dateline.explainCluster(marker, holding);
    return marker;
  }

  // Shows all that the cluster holds, but comes at least so near that it parts.
  function zoomInto(marker, least) {
    const { map } = dateline;
    const world = Math.round((marker.getLatLng().lng - table.longitude(marker.rows()[0])) / 360) * 360;
    const bounds = L.latLngBounds(marker.rows().map((row) => [table.latitude(row), table.longitude(row) + world]));
    const zoom = Math.max(Math.min(least, map.getMaxZoom()), map.getBoundsZoom(bounds, false, L.point(60, 80)));
    dateline.movedByHand();
    map.setView(zoom > least ? bounds.getCenter() : marker.getLatLng(), zoom, { animate: dateline.moves });
  }

  // ---- events at one spot --------------------------------------------------------------------------

  // Rings of symbols round the spot: eight in the first, the others in a second one.
  function fanOffsets(count) {
    const rings = count <= 9 ? [count] : [8, count - 8];
    return rings.flatMap((size, ring) => Array.from({ length: size }, (_, place) => {
      const angle = (2 * Math.PI * place) / size - Math.PI / 2;
      const radius = (count <= 9 ? 34 + 3 * count : 54) + 46 * ring;
      return L.point(radius * Math.cos(angle), radius * Math.sin(angle));
    }));
  }

  function unfold(cluster) {
    foldFan();
    const { map } = dateline;
    const centre = map.latLngToLayerPoint(cluster.getLatLng());
    const offsets = fanOffsets(cluster.rows().length);
    fan = { cluster, markers: new Map(), legs: [] };
    cluster.rows().forEach((row, number) => {
      const spot = map.layerPointToLatLng(centre.add(offsets[number]));
      fan.legs.push(L.polyline([cluster.getLatLng(), spot], { pane: "dateline-legs", className: "dl-leg", interactive: false }).addTo(map));
      fan.markers.set(row, makeSymbol(table.event(row), spot).addTo(map));
    });
    cluster.setOpacity(0.45);
    dateline.markSelected();
  }

  const firstFanned = () => [...fan.markers.values()][0].getElement();

  function foldFan() {
    if (!fan) return;
    const { cluster, markers, legs } = fan;
    fan = null;
    [...legs, ...markers.values()].forEach((layer) => layer.remove());
    cluster.setOpacity(1);
  }

  // ---- finding a symbol ----------------------------------------------------------------------------

  // The symbol that stands for an event: its own, or the cluster that holds it; null where it is out of view.
  dateline.symbolOf = (row) => {
    if (fan && fan.markers.has(row)) return fan.markers.get(row);
    for (const marker of shown.values()) if (marker.event && marker.event.row === row) return marker;
    const place = L.latLng(table.latitude(row), table.longitude(row));
    const { map } = dateline;
    const near = [...shown.values()].filter((marker) => {
      if (!marker.rows) return false;
      const { lat, lng } = marker.getLatLng();
      const turned = L.latLng(place.lat, place.lng + Math.round((lng - place.lng) / 360) * 360);
      return map.project(turned).distanceTo(map.project([lat, lng])) < 4 * RADIUS;
    });
    return near.find((marker) => marker.rows().includes(row)) || null;
  };

  // Brings an event's own symbol into the document where it hides in a cluster that does not part.
  dateline.partSymbol = (row) => {
    const marker = dateline.symbolOf(row);
    if (marker && marker.rows && marker.rows().length <= MOST_FANNED) unfold(marker);
  };

  // All symbols of a zoom, as supercluster has them.
  dateline.symbolsAt = (zoom) => (index && !dateline.hidesSymbols ? index.getClusters([-180, -90, 180, 90], zoom) : []);

  // ---- following the map ---------------------------------------------------------------------------

  dateline.followView = (map) => {
    let waiting = false;
    map.on("zoomstart", foldFan);
    map.on("moveend", draw);
    // A long drag would leave the view empty until it ends.
    map.on("move", () => {
      if (waiting || !map.dragging.moving()) return;
      waiting = true;
      setTimeout(() => { waiting = false; draw(); }, 120);
    });
    map.on("click", foldFan);
    map.on("resize", draw);
  };
})();
