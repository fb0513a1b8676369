// The choice of the base map: country shapes, or one of the sources of tiles.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  // The coast is drawn from 1:50m; nearer than this a town may lie in the sea.
  const NEAREST = { shapes: 9, tiles: 14 };
  const PLAIN = "Country shapes";
  // Milliseconds until it is said that something is awaited, and until it is awaited no more.
  const PATIENCE = { quiet: 1500, all: 20000 };

  // ---- what is said --------------------------------------------------------------------------------

  function button(words, act) {
    const node = element("button", "", words);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // Room for one line of words at the map's edge, and for what can be done.
  class Notice {
    constructor(map) {
      this.map = map;
      this.words = element("span", "");
      this.offer = element("span", "dl-tiles-offer");
      this.node = element("div", "dl-tiles-note", this.words);
      this.node.setAttribute("role", "status");
      const close = button("×", () => this.say(""));
      close.className = "dl-tiles-close";
      close.setAttribute("aria-label", "Close message");
      this.node.append(this.offer, close);
      L.DomEvent.disableClickPropagation(this.node);
      map.getContainer().append(this.node);
      this.say("");
    }

    say(words, ...offers) {
      // A button that goes would take the focus with it.
      const focused = document.activeElement;
      if (this.offer.contains(focused) || (!words && this.node.contains(focused))) this.map.getContainer().focus();
      this.words.textContent = words;
      this.offer.replaceChildren(...offers);
      this.node.classList.toggle("dl-said", Boolean(words));
    }
  }

  // ---- one source ----------------------------------------------------------------------------------

  // A source that a viewer may choose: it opens its layer when it is, and says what goes wrong.
  class Choice {
    constructor(map, row, scripts, context) {
      const [name, url, attribution, nearest, packed, server, fault, labels] = row;
      Object.assign(this, { map, name, url, attribution, nearest, packed, server, problem: fault, labels, scripts, context });
      this.host = server || "Dateline's own server";
      this.group = L.layerGroup();
      this.group.server = server;
      this.group.on("add", () => this.open());
      this.group.on("remove", () => this.close());
      map.on("moveend", () => { if (this.layer) this.sayCover(); });
    }

    async open() {
      const turn = this.turn = {};
      this.came = false;
      if (this.server && !navigator.onLine) {
        this.fail(dateline.tilesProblem("there is no connection."));
        return;
      }
      this.timers = [
        setTimeout(() => this.context.say(`Waiting for “${this.name}” …`), PATIENCE.quiet),
        setTimeout(() => this.fail(dateline.tilesProblem(`${this.host} has not answered for ${PATIENCE.all / 1000} seconds.`)), PATIENCE.all),
      ];
      try {
        const options = { attribution: dateline.toHtml(this.attribution), maxZoom: 19, pane: "dateline-tiles" };
        const layer = await dateline.openTiles(this, options, this.scripts);
        if (this.turn === turn) this.show(layer);
      } catch (error) {
        if (this.turn === turn) this.fail(error);
      }
    }

    show(layer) {
      this.layer = layer;
      let errors = [];
      layer.on("loading", () => { errors = []; this.inRound = false; });
      layer.on("tileload", () => this.hear());
      layer.on("tileerror", ({ error }) => {
        errors.push(error);
        // The painter of shapes never says that it is through.
        if (layer.drawn && !this.came) this.fail(error);
      });
      layer.on("load", () => { if (errors.length && !this.inRound) this.miss(errors[0]); });
      this.group.addLayer(layer);
      // Names are an extra: without them the map is still shown.
      if (this.labels) this.group.addLayer(L.tileLayer(this.labels, { ...layer.options, attribution: "", zIndex: 2 }));
      this.context.adapt();
      this.sayCover();
    }

    // A tile has come.
    hear() {
      this.inRound = true;
      if (this.came) return;
      this.came = true;
      this.rest();
      this.context.say("");
      this.context.adapt();
    }

    miss(error) {
      if (this.came) this.context.say(`“${this.name}” has no picture of this part.`);
      else this.fail(this.packed ? error : dateline.tilesProblem(`${this.host} does not answer, refuses, or has no picture of this part.`));
    }

    // Nothing comes where the file has nothing; that is no fault.
    sayCover() {
      const { minZoom, bounds } = this.layer.options;
      const far = this.map.getZoom() < minZoom;
      const beside = bounds && !bounds.intersects(this.map.getBounds());
      if (far || beside) this.rest();
      if (far) this.context.say(`“${this.name}” begins nearer; zoom in.`);
      else if (beside) this.context.say(`“${this.name}” shows another part of the world.`);
      else if (this.far) this.context.say("");
      this.far = far || beside;
    }

    // Later: whoever tells of the fault, the control or a layer, is not through with it yet.
    fail(error) {
      const { turn } = this;
      setTimeout(() => {
        if (!turn || this.turn !== turn) return;
        const words = `“${this.name}” is not shown: ${dateline.explainTiles(error, this)}`;
        this.context.drop();
        this.context.say(words);
      });
    }

    rest() {
      for (const timer of this.timers || []) clearTimeout(timer);
    }

    close() {
      this.rest();
      this.turn = this.layer = null;
      this.came = this.far = false;
      this.group.clearLayers();
      this.context.say("");
      this.context.adapt();
    }
  }

  // ---- whose server may be asked -------------------------------------------------------------------

  // Whoever runs a server of tiles sees which part of the world is looked at. A viewer who has chosen one of its maps
  // knows that; a link alone must not make a browser ask.
  const ALLOWED = "dateline-map-servers";
  const allowed = new Set();
  try {
    for (const server of JSON.parse(localStorage.getItem(ALLOWED) ?? "[]")) allowed.add(server);
  } catch {
    // A browser that keeps nothing asks again.
  }

  function allow(server) {
    if (!server || allowed.has(server)) return;
    allowed.add(server);
    try {
      localStorage.setItem(ALLOWED, JSON.stringify([...allowed]));
    } catch {
      // It holds until the page is left.
    }
  }

  // ---- the choice ----------------------------------------------------------------------------------

  // Leaflet's control, opened by a click and not by what passes over it, with the maps of another server under its name.
  const Control = L.Control.Layers.extend({
    onAdd(map) {
      const node = L.Control.Layers.prototype.onAdd.call(this, map);
      L.DomEvent.off(node, { mouseenter: this._expandSafely, mouseleave: this.collapse }, this);
      Object.assign(node.querySelector(".leaflet-control-layers-toggle"), { title: "Base map", ariaLabel: "Base map" });
      node.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || !node.classList.contains("leaflet-control-layers-expanded")) return;
        event.stopPropagation();
        this.collapse();
        node.querySelector(".leaflet-control-layers-toggle").focus();
      });
      // Pressing on words would give the focus to the map, as if the viewer had gone on.
      node.addEventListener("mousedown", (event) => { if (event.target.closest("label")) event.preventDefault(); });
      node.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !node.contains(relatedTarget)) this.collapse(); });
      return node;
    },

    // The button goes, and the focus with it: to what is chosen.
    expand() {
      L.Control.Layers.prototype.expand.call(this);
      this.getContainer().querySelector("input:checked")?.focus();
      return this;
    },
    _addItem(item) {
      const label = L.Control.Layers.prototype._addItem.call(this, item);
      const { server = "" } = item.layer;
      const last = label.previousElementSibling;
      label.dataset.server = server;
      if (server) {
        if (!last || last.dataset.server !== server) label.before(element("p", "dl-server", `Online: ${server}`));
        label.querySelector("input").setAttribute("aria-description", `asks ${server}`);
      }
      return label;
    },
  });

  // Off until a viewer switches them on: without that, nothing is asked of another server. One at a time is on.
  class BaseMaps {
    constructor(map, rows, scripts) {
      Object.assign(this, { map, notice: new Notice(map), shapes: L.layerGroup().addTo(map) });
      const context = { say: (words) => this.notice.say(words), drop: () => this.turnTo(this.shapes), adapt: () => this.adapt() };
      const choices = rows.map((row) => new Choice(map, row, scripts, context));
      // One's own first; a name of a server is for what follows it.
      this.choices = choices.sort((one, other) => Boolean(one.server) - Boolean(other.server));
      this.offer();
    }

    offer() {
      const control = new Control(null, null, { position: "topright" }).addBaseLayer(this.shapes, PLAIN);
      for (const { name, group } of this.choices) control.addBaseLayer(group, dateline.toHtml(name));
      control.addTo(this.map);
      this.map.on("baselayerchange", ({ layer }) => {
        const choice = this.choices.find(({ group }) => group === layer);
        allow(choice?.server);
        dateline.writeBase(choice ? choice.name : "");
      });
    }

    turnTo(group) {
      for (const each of [this.shapes, ...this.choices.map((choice) => choice.group)]) if (each !== group) each.remove();
      group.addTo(this.map);
    }

    // What the address names; empty: the country shapes.
    open(name) {
      const choice = this.choices.find((each) => each.name === name);
      if (!choice) {
        if (!this.map.hasLayer(this.shapes)) this.turnTo(this.shapes);
      } else if (!choice.server || allowed.has(choice.server)) {
        if (!this.map.hasLayer(choice.group)) this.turnTo(choice.group);
      } else {
        this.notice.say(`This link asks for “${name}”, which comes from ${choice.server}.`, button("Show it", () => this.turnTo(choice.group)));
      }
    }

    adapt() {
      const on = this.choices.find((choice) => choice.layer);
      // Tiles bring names of their own.
      const covered = Boolean(on && on.came);
      this.map.getPane("dateline-names").style.display = covered ? "none" : "";
      this.map.getContainer().classList.toggle("dl-tiled", covered);
      const nearest = on ? (on.packed ? NEAREST.tiles : Math.min(on.nearest, NEAREST.tiles)) : 0;
      this.map.setMaxZoom(Math.max(NEAREST.shapes, nearest));
      dateline.showAsked(this.map);
    }

    // Shapes are drawn anew in the page's new colours.
    restyle() {
      const drawn = this.choices.find(({ layer }) => layer && layer.drawn);
      if (!drawn) return;
      drawn.rest();
      drawn.group.clearLayers();
      drawn.open();
    }
  }

  dateline.offerTiles = (map, rows, scripts) => {
    map.setMaxZoom(NEAREST.shapes);
    // Leaflet is credited on the About page; the corner is for whose tiles these are.
    if (map.attributionControl) map.attributionControl.setPrefix(false);
    const maps = rows.length ? new BaseMaps(map, rows, scripts) : null;
    dateline.setBase = (name) => maps?.open(name);
    dateline.restyleTiles = () => maps?.restyle();
  };
})();
