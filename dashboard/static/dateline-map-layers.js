// What stands for the events: symbols, their density, or the number in each country.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  const NAMES = { pins: "Pins", heat: "Heat", countries: "Countries" };
  // One hue, for themes have the colours: from faint to the accent.
  const RAMPS = { light: ["#c6d9e8", "#9fc0d9", "#729fc2", "#437ca8", "#1f5f8b", "#123c59"],
    dark: ["#2b4a5f", "#38637d", "#4a809f", "#64a0c3", "#8cc0df", "#c9e4f5"] };
  const ramp = () => RAMPS[document.documentElement.dataset.theme] || RAMPS.light;
  let chosen = "pins";

  // ---- density -------------------------------------------------------------------------------------

  const CELL = 5;
  // How far an event reaches, in cells.
  const REACH = 6;
  const KERNEL = Array.from({ length: 2 * REACH + 1 }, (_, at) => Math.exp(-(((at - REACH) / (REACH / 2.2)) ** 2)));

  // Colours of 256 degrees of density: red, green, blue, opacity.
  function palette() {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [256, 1];
    const context = canvas.getContext("2d");
    const fade = context.createLinearGradient(0, 0, 256, 0);
    ramp().slice(1).forEach((colour, step, all) => fade.addColorStop(step / (all.length - 1), colour));
    context.fillStyle = fade;
    context.fillRect(0, 0, 256, 1);
    return context.getImageData(0, 0, 256, 1).data;
  }

  // Events per place: thousands at one spot cost as much as one. What is known only to a country or a large region is
  // no hot spot in its middle.
  function placeCounts() {
    const { table } = dateline;
    const counts = new Map();
    const without = { countries: 0, regions: 0 };
    for (const row of dateline.shownRows()) {
      const place = table.places[row];
      if (table.shapes[place] === "badge") without.countries += 1;
      else if (table.shapes[place] === "ring" && table.radii[place] > dateline.WIDE) without.regions += 1;
      else counts.set(place, (counts.get(place) || 0) + 1);
    }
    return { counts, without };
  }

  // The density of events over the view, a number a cell.
  function density(map, width, height) {
    const { table } = dateline;
    const field = new Float32Array(width * height);
    for (const [place, count] of placeCounts().counts) {
      for (const world of [-360, 0, 360]) {
        const { x, y } = map.latLngToContainerPoint([table.latitudes[place], table.longitudes[place] + world]);
        splat(field, width, height, Math.round(x / CELL), Math.round(y / CELL), count);
      }
    }
    return field;
  }

  function splat(field, width, height, column, row, count) {
    if (column < -REACH || row < -REACH || column > width + REACH || row > height + REACH) return;
    for (let down = Math.max(-REACH, -row); down <= REACH && row + down < height; down += 1) {
      for (let along = Math.max(-REACH, -column); along <= REACH && column + along < width; along += 1) {
        field[(row + down) * width + column + along] += count * KERNEL[down + REACH] * KERNEL[along + REACH];
      }
    }
  }

  const Heat = L.Layer.extend({
    onAdd(map) {
      this._canvas = element("canvas", "dl-heat");
      this._canvas.setAttribute("aria-hidden", "true");
      map.getPane("dateline-heat").append(this._canvas);
      map.on("moveend", this.draw, this);
      map.on("zoomstart", this.hide, this);
      this.draw();
    },
    onRemove(map) {
      map.off("moveend", this.draw, this);
      map.off("zoomstart", this.hide, this);
      this._canvas.remove();
    },
    hide() { this._canvas.style.opacity = 0; },
    draw() {
      const map = this._map;
      const { x, y } = map.getSize();
      if (!x || !y) return;
      L.DomUtil.setPosition(this._canvas, map.containerPointToLayerPoint([0, 0]));
      [this._canvas.width, this._canvas.height] = [x, y];
      const context = this._canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      const small = paint(map, Math.ceil(x / CELL), Math.ceil(y / CELL));
      context.drawImage(small, 0, 0, small.width * CELL, small.height * CELL);
      this._canvas.style.opacity = 1;
    },
  });

  function paint(map, width, height) {
    const field = density(map, width, height);
    const most = field.reduce((a, b) => Math.max(a, b), 1);
    const colours = palette();
    const image = new ImageData(width, height);
    for (let cell = 0; cell < field.length; cell += 1) {
      if (field[cell] < 0.02) continue;
      // Densities differ by thousands: the logarithm keeps the few visible beside the many.
      const degree = Math.min(255, Math.round((255 * Math.log1p(field[cell] * 3)) / Math.log1p(most * 3)));
      image.data.set(colours.subarray(degree * 4, degree * 4 + 3), cell * 4);
      image.data[cell * 4 + 3] = Math.min(220, degree * 2.6);
    }
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    canvas.getContext("2d").putImageData(image, 0, 0);
    return canvas;
  }

  // ---- countries -----------------------------------------------------------------------------------

  function countryCounts() {
    const { table } = dateline;
    const counts = new Map();
    let without = 0;
    for (const row of dateline.shownRows()) {
      const number = table.countries[table.places[row]];
      if (number) counts.set(number, (counts.get(number) || 0) + 1);
      else without += 1;
    }
    return { counts, without };
  }

  // Two leading digits at most: a bound that a person would choose. Never above the number, or its class is empty.
  function plain(number) {
    const unit = 10 ** Math.max(0, Math.floor(Math.log10(number)) - (number < 100 ? 0 : 1));
    return Math.max(1, Math.floor(number / unit) * unit);
  }

  // The first numbers of at most five classes that hold about as many countries each.
  function classes(counts) {
    const sorted = [...counts.values()].sort((a, b) => a - b);
    // So few numbers need no grouping, which could put the largest with the smallest.
    const different = [...new Set(sorted)];
    if (different.length <= 5) return different;
    const bounds = [0, 1, 2, 3, 4].map((part) => sorted[Math.floor((part * sorted.length) / 5)] || 1).map(plain);
    return [...new Set([Math.min(bounds[0], sorted[0] || 1), ...bounds.slice(1)])].sort((a, b) => a - b);
  }

  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;

  async function drawCounts(layer, { counts }, bounds) {
    const colours = ramp().slice(0, 5);
    for (const [number, events] of counts) {
      const shape = await dateline.country(number);
      if (!shape || layer !== shown) continue;
      const step = bounds.filter((bound) => bound <= events).length - 1;
      const colour = colours[Math.round((step / Math.max(1, bounds.length - 1)) * 4)];
      const drawn = L.geoJSON(shape, { pane: "dateline-heat",
        style: { className: "dl-share", color: "var(--dl-paper)", weight: 0.8, fillColor: colour, fillOpacity: 0.92 } });
      const name = await dateline.countryName(number);
      const words = element("span", "", element("b", "", name), ` ${count(events, "event")}`);
      drawn.bindTooltip(words, { sticky: true, className: "dl-mix", direction: "top", opacity: 1 });
      layer.addLayer(drawn);
      // The tooltip makes it a stop of the Tab key.
      drawn.eachLayer((path) => {
        path.getElement().setAttribute("role", "img");
        path.getElement().setAttribute("aria-label", words.textContent);
      });
    }
  }

  // ---- legend --------------------------------------------------------------------------------------

  let legend = null;
  function explain(...content) {
    if (legend) legend.remove();
    legend = null;
    if (!content.length) return;
    legend = L.control({ position: "bottomleft" });
    legend.onAdd = () => element("section", "dl-key", ...content);
    legend.addTo(dateline.map);
    legend.getContainer().setAttribute("aria-label", "What the colours of the map mean");
    // It may have come under an open popup.
    dateline.uncover();
  }

  function explainHeat() {
    const bar = element("span", "dl-bar");
    bar.style.background = `linear-gradient(90deg, ${ramp().slice(1).join(",")})`;
    const { without: { countries, regions } } = placeCounts();
    const left = [[countries, "a whole country", "whole countries"], [regions, "a large region", "large regions"]]
      .filter(([number]) => number).map(([number, one, many]) => `${count(number, "event")} of ${number === 1 ? one : many}`).join(" and ");
    explain(element("h2", "", "Events"), element("p", "", "few ", bar, " many"), left ? element("p", "", `${left} left out`) : null);
  }

  async function explainCounts(layer, { counts, without }, bounds) {
    const colours = ramp().slice(0, 5);
    const rows = bounds.map((bound, place) => {
      const patch = element("i", "");
      patch.style.background = colours[Math.round((place / Math.max(1, bounds.length - 1)) * 4)];
      const end = place + 1 < bounds.length ? bounds[place + 1] - 1 : Math.max(...counts.values());
      const range = end > bound ? `${bound.toLocaleString("en")}–${end.toLocaleString("en")}` : bound.toLocaleString("en");
      return element("li", "", patch, range);
    });
    const most = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 3);
    const named = await Promise.all(most.map(async ([number, events]) => `${await dateline.countryName(number)} ${events.toLocaleString("en")}`));
    if (layer !== shown) return; // the names took their time, and something else is shown by now
    explain(element("h2", "", "Events per country"), element("ol", "", ...rows),
      named.length ? element("p", "", `Most: ${named.join(", ")}`) : null,
      without ? element("p", "", `${count(without, "event")} without a country`) : null);
  }

  // ---- the choice ----------------------------------------------------------------------------------

  let shown = null;
  dateline.drawLayer = () => {
    if (shown) shown.remove();
    shown = null;
    if (!dateline.table || chosen === "pins") return explain();
    if (chosen === "heat") {
      shown = new Heat().addTo(dateline.map);
      return explainHeat();
    }
    const counted = countryCounts();
    const bounds = classes(counted.counts);
    shown = L.layerGroup().addTo(dateline.map);
    drawCounts(shown, counted, bounds);
    return explainCounts(shown, counted, bounds);
  };

  dateline.setLayer = (name) => {
    for (const input of document.querySelectorAll(".dl-layers input")) input.checked = input.value === name;
    if (name === chosen) return;
    chosen = name;
    dateline.hidesSymbols = name !== "pins";
    document.documentElement.dataset.layer = name;
    if (dateline.table) dateline.redraw();
  };

  dateline.offerLayers = (map) => {
    const control = L.control({ position: "topright" });
    control.onAdd = () => {
      const group = element("fieldset", "dl-layers", element("legend", "", "What the map shows"));
      for (const [value, words] of Object.entries(NAMES)) {
        const input = element("input", "");
        Object.assign(input, { type: "radio", name: "layer", value, checked: value === chosen });
        input.addEventListener("change", () => {
          dateline.setLayer(value);
          dateline.writeLayer(value);
        });
        group.append(element("label", "", input, element("span", "", words)));
      }
      L.DomEvent.disableClickPropagation(group);
      L.DomEvent.on(group, "keydown", L.DomEvent.stopPropagation);
      return group;
    };
    control.addTo(map);
  };
})();
