// Symbols: a pin, ring or badge for an event, a ring of themes for a cluster.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { svg, element } = datelineCard;

  const SIZES = {
    pin: { size: [28, 36], anchor: [14, 35] },
    ring: { size: [30, 30], anchor: [15, 15] },
    badge: { size: [30, 30], anchor: [15, 15] },
  };
  // A drop with its point at (14, 35) in a box of 28 by 36.
  const DROP = "M14 1.5C7 1.5 1.5 7 1.5 13.9 1.5 22 9 27.5 14 35c5-7.5 12.5-13 12.5-21.1C26.5 7 21 1.5 14 1.5z";

  function glyph(theme, x, y, size, fill) {
    return svg("path", { d: theme.glyph, fill, "fill-rule": "evenodd",
      transform: `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})` });
  }

  // Doubtful events are hollow with a dashed line; the glyph then takes the colour of text.
  function paint(theme, doubtful) {
    return doubtful
      ? { class: "dl-hollow", "stroke-width": 2.5, "stroke-dasharray": "4 2.6" }
      : { class: "dl-solid", fill: theme.colour, "stroke-width": 1.5 };
  }

  const DRAW = {
    pin(theme, doubtful) {
      return [svg("path", { d: DROP, ...paint(theme, doubtful) }),
        glyph(theme, 14, 13.5, 12, doubtful ? "currentColor" : theme.ink)];
    },
    ring(theme, doubtful) {
      return [svg("circle", { cx: 15, cy: 15, r: 13.5, class: "dl-halo" }),
        svg("circle", { cx: 15, cy: 15, r: 11.5, class: "dl-hollow", "stroke-width": 3.5,
          ...(doubtful ? { "stroke-dasharray": "4 2.6" } : {}) }),
        glyph(theme, 15, 15, 10, "currentColor")];
    },
    badge(theme, doubtful) {
      return [svg("circle", { cx: 15, cy: 15, r: 14, class: "dl-halo" }),
        svg("circle", { cx: 15, cy: 15, r: 12.5, class: "dl-hollow", "stroke-width": 1.5,
          ...(doubtful ? { "stroke-dasharray": "4 2.6" } : {}) }),
        svg("circle", { cx: 15, cy: 15, r: 10, fill: theme.colour }), glyph(theme, 15, 15, 10, theme.ink)];
    },
  };

  // Leaflet asks an icon for its element when the marker comes into view, so hidden ones cost nothing.
  const EventIcon = L.Icon.extend({
    initialize(event) {
      this.event = event;
      const { size, anchor } = SIZES[event.place.shape];
      L.Icon.prototype.initialize.call(this, { iconSize: size, iconAnchor: anchor,
        className: `dl-marker dl-${event.place.shape} dl-${event.roleId}` });
    },
    createIcon() {
      const { event } = this;
      const [width, height] = this.options.iconSize;
      const holder = element("div", "");
      holder.append(svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" },
        ...DRAW[event.place.shape](event.article.themes[0], event.doubtful)));
      dateline.tint(holder, event.article.themes[0].colour);
      const precision = `${event.place.precision}${event.doubtful ? ", doubtful" : ""}`;
      holder.setAttribute("aria-label", `${event.place.label} (${precision}): ${event.article.title}`);
      holder.dataset.event = event.id;
      this._setIconStyles(holder, "icon");
      return holder;
    },
    createShadow: () => null,
  });

  // Shares of the circumference, largest first.
  function donut(shares, total, radius) {
    const length = 2 * Math.PI * radius;
    let from = 0;
    return shares.map(([theme, count]) => {
      const part = (count / total) * length;
      const arc = svg("circle", { cx: 22, cy: 22, r: radius, class: "dl-arc", "stroke-width": 5, "stroke-dasharray": `${part} ${length - part}`, "stroke-dashoffset": -from,
        transform: "rotate(-90 22 22)" });
      dateline.tint(arc, theme.colour);
      from += part;
      return arc;
    });
  }

  const clusterSize = ({ count }) => (count < 10 ? 36 : count < 100 ? 42 : count < 1000 ? 48 : 56);

  // What a symbol covers, as boxes round its spot: a pin by its head and, narrower, by its point. Others cover the spot.
  const PIN = [{ x: 0, y: -23, halfWidth: 13, halfHeight: 13 }, { x: 0, y: -5, halfWidth: 4, halfHeight: 5 }];
  const square = (size) => [{ x: 0, y: 0, halfWidth: size / 2, halfHeight: size / 2, covers: true }];
  dateline.clusterCover = (count) => square(clusterSize({ count }));
  dateline.symbolCover = (shape) => (shape === "pin" ? PIN : square(SIZES[shape].size[0]));

  // A cluster is called by what it holds and by what a click on it does.
  // holding: {count, shares: [[theme, count], …], does}
  const ClusterIcon = L.Icon.extend({
    initialize(holding) {
      this.holding = holding;
      const size = clusterSize(holding);
      L.Icon.prototype.initialize.call(this, { iconSize: [size, size], iconAnchor: [size / 2, size / 2],
        className: "dl-cluster-icon" });
    },
    createIcon() {
      const { count, shares, does } = this.holding;
      const [size] = this.options.iconSize;
      const node = element("div", "");
      const words = count.toLocaleString("en");
      node.append(element("div", "dl-cluster",
        svg("svg", { viewBox: "0 0 44 44", width: size, height: size, "aria-hidden": "true" },
          svg("circle", { cx: 22, cy: 22, r: 21, class: "dl-halo" }), ...donut(shares, count, 18)),
        element("span", words.length > 5 ? "dl-long" : "", words)));
      const mix = shares.slice(0, 3).map(([theme, share]) => `${theme.name} ${share.toLocaleString("en")}`).join(", ");
      node.setAttribute("aria-label", `${words} events here: ${mix}. ${does}`);
      node.setAttribute("aria-keyshortcuts", "Enter L");
      this._setIconStyles(node, "icon");
      return node;
    },
    createShadow: () => null,
  });

  dateline.clusterMarker = (spot, holding) =>
    L.marker(spot, { icon: new ClusterIcon(holding), riseOnHover: true, keyboard: true });

  dateline.marker = (event, spot) => {
    const marker = L.marker(spot, { icon: new EventIcon(event), riseOnHover: true, keyboard: true,
      zIndexOffset: event.roleId === "event" ? 500 : 0 });
    marker.event = event;
    return marker;
  };

  // The circle of a region such as Asia would swamp the map; it shows while its popup is open.
  dateline.WIDE = 600; // kilometres

  dateline.extent = ({ place, article }, spot) => {
    const circle = L.circle(spot, {
      radius: place.radius * 1000, pane: "dateline-extents", interactive: false,
      className: place.radius > dateline.WIDE ? "dl-extent dl-wide" : "dl-extent",
      color: article.themes[0].colour, weight: 1.4, opacity: 1, fillOpacity: 0.08,
    });
    circle.on("add", () => showChosen(circle));
    return circle;
  };

  let chosen = null;
  function showChosen(circle) {
    const shown = Boolean(chosen) && circle.getLatLng().wrap().equals(chosen.spot) && circle.getRadius() === chosen.radius * 1000;
    circle.getElement().classList.toggle("dl-chosen", shown);
  }

  function choose(map, place) {
    chosen = place && { spot: L.latLng(place.latitude, place.longitude).wrap(), radius: place.radius };
    map.eachLayer((layer) => { if (layer instanceof L.Circle && layer.getElement()) showChosen(layer); });
  }

  dateline.followPopups = (map) => {
    map.on("popupopen", ({ popup }) => choose(map, popup.event ? popup.event.place : null));
    map.on("popupclose", () => choose(map, null));
  };
})();
