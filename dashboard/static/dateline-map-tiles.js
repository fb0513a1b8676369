// Tiles over the base map: only when a viewer chooses them, from a server or from a PMTiles file.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  // The coast is drawn from 1:50m; nearer than this a town may lie in the sea.
  const NEAREST = { shapes: 9, tiles: 14 };
  const PLAIN = "Country shapes";
  // Milliseconds until it is said that something is awaited, and until it is awaited no more.
  const PATIENCE = { quiet: 1500, all: 20000 };
  const PICTURES = { 2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif" };
  const SHAPES = 1;
  // The layer by which tiles in the basemap's schema of Protomaps are told from others.
  const GROUND = "earth";

  // ---- what is said --------------------------------------------------------------------------------

  // Room for one line of words at the map's edge.
  class Notice {
    constructor(map) {
      this.words = element("span", "");
      this.node = element("div", "dl-tiles-note", this.words);
      this.node.setAttribute("role", "status");
      const close = element("button", "", "×");
      close.type = "button";
      close.setAttribute("aria-label", "Close message");
      close.addEventListener("click", () => this.say(""));
      this.node.append(close);
      L.DomEvent.disableClickPropagation(this.node);
      map.getContainer().append(this.node);
      this.say("");
    }

    say(words) {
      this.words.textContent = words;
      this.node.classList.toggle("dl-said", Boolean(words));
    }
  }

  function explain(error, source) {
    if (error.said) return error.said;
    const status = /Bad response code: (\d+)/.exec(error.message);
    if (status && source.remote) return `${source.host} answers with status ${status[1]}; check the address in tiles.toml.`;
    if (status && status[1] === "404") return "its file is gone; correct its name in tiles.toml.";
    if (/magic number|spec version/.test(error.message)) return "this is not a PMTiles file (version 3); check what tiles.toml names.";
    if (/content-length/.test(error.message)) {
      return `${source.host} sends whole files only, and a map is read in parts; use a server that knows range requests, ` +
        "or put the file on Dateline's own disk and name it with file in tiles.toml.";
    }
    if (/fetch|network|load failed/i.test(error.message)) {
      return `${source.host} does not answer${source.remote ? ", or does not let other pages read from it (CORS)" : ""}.`;
    }
    return "its tiles cannot be read; the file may be damaged.";
  }

  function problem(words) {
    return Object.assign(new Error(words), { said: words });
  }

  // ---- layers --------------------------------------------------------------------------------------

  const loaded = new Map();
  function load(script) {
    if (!loaded.has(script)) {
      loaded.set(script, new Promise((resolve, reject) => {
        const node = element("script", "");
        node.src = script;
        node.onload = resolve;
        node.onerror = () => { loaded.delete(script); reject(problem("a part of this page did not load; reload it.")); };
        document.head.append(node);
      }));
    }
    return loaded.get(script);
  }

  // The pictures of a PMTiles file; a place without one stays empty.
  const Pictures = L.GridLayer.extend({
    initialize(archive, type, options) {
      this.archive = archive;
      this.type = type;
      L.setOptions(this, options);
    },
    createTile({ z, x, y }, done) {
      const picture = element("img", "");
      picture.alt = "";
      this.archive.getZxy(z, x, y).then((found) => {
        if (!found) return done(null, picture);
        const address = URL.createObjectURL(new Blob([found.data], { type: this.type }));
        const end = (error) => { URL.revokeObjectURL(address); done(error, picture); };
        picture.onload = () => end(null);
        picture.onerror = () => end(problem("a tile is not a picture."));
        picture.src = address;
      }).catch((error) => done(error, picture));
      return picture;
    },
  });

  // The bounds of a file that does not know them are nothing, or more than the world.
  function boundsOf({ minLat, minLon, maxLat, maxLon }) {
    return minLon < maxLon && minLat < maxLat && maxLon - minLon < 359 ? L.latLngBounds([minLat, minLon], [maxLat, maxLon]) : undefined;
  }

  async function openPacked(source, options, [reader, painter]) {
    await load(reader);
    const archive = new pmtiles.PMTiles(source.url);
    const [header, about] = [await archive.getHeader(), await archive.getMetadata()];
    // Who made the map is told by the file, as HTML; its words are shown.
    const credit = new DOMParser().parseFromString(String(about.attribution || ""), "text/html").body.textContent;
    Object.assign(options, { minZoom: header.minZoom, bounds: boundsOf(header), attribution: options.attribution || plain(credit) });
    if (PICTURES[header.tileType]) {
      return new Pictures(archive, PICTURES[header.tileType], { ...options, maxNativeZoom: header.maxZoom });
    }
    if (header.tileType !== SHAPES) throw problem("its tiles are of a kind that this version cannot draw.");
    const names = (about.vector_layers || []).map((layer) => layer.id);
    if (!names.includes(GROUND)) {
      throw problem(`it holds shapes in another schema than Protomaps' (${names.slice(0, 5).join(", ") || "no names"}); ` +
        "use a Protomaps map, or one of pictures.");
    }
    await load(painter);
    return openShapes(archive, header, options);
  }

  // Shapes are drawn in the browser, in light or dark.
  function openShapes(archive, header, options) {
    // The painter writes what goes wrong into the console and draws nothing; here it is heard.
    const watched = {
      getZxy: (...place) => archive.getZxy(...place).catch((error) => {
        if (error.name !== "AbortError") layer.fire("tileerror", { error });
        throw error;
      }),
    };
    const layer = protomapsL.leafletLayer({
      ...options, url: watched, flavor: document.documentElement.dataset.theme, lang: "en", maxDataZoom: header.maxZoom,
    });
    // Where the file has nothing, the country shapes stay in view.
    layer.backgroundColor = undefined;
    layer.drawn = true;
    return layer;
  }

  async function openTiles(source, options, scripts) {
    if (source.problem) throw problem(source.problem);
    if (source.packed) return openPacked(source, options, scripts);
    return L.tileLayer(source.url, { ...options, maxNativeZoom: source.nearest });
  }

  // Leaflet takes an attribution as HTML.
  function plain(words) {
    return element("span", "", words).innerHTML;
  }

  // ---- one source ----------------------------------------------------------------------------------

  // A source that a viewer may choose: it opens its layer when it is, and says what goes wrong.
  class Choice {
    constructor(map, row, scripts, context) {
      const [name, url, attribution, nearest, packed, remote, problem] = row;
      Object.assign(this, { map, name, url, attribution, nearest, packed, remote, problem, scripts, context });
      // A template is no address: {s} in a host's place would be refused.
      this.host = remote && url ? `the server ${/^https?:\/\/(?:[^/?#]*@)?([^/?#]*)/.exec(url)[1]}` : "Dateline's own server";
      this.label = remote && !problem ? `${name} (needs a connection)` : name;
      this.group = L.layerGroup();
      this.group.on("add", () => this.open());
      this.group.on("remove", () => this.close());
      map.on("moveend", () => { if (this.layer) this.sayCover(); });
    }

    async open() {
      const turn = this.turn = {};
      this.came = false;
      this.timers = [
        setTimeout(() => this.context.say(`Waiting for “${this.name}” …`), PATIENCE.quiet),
        setTimeout(() => this.fail(problem(`${this.host} has not answered for ${PATIENCE.all / 1000} seconds.`)), PATIENCE.all),
      ];
      try {
        const options = { attribution: plain(this.attribution), maxZoom: 19, pane: "dateline-tiles" };
        const layer = await openTiles(this, options, this.scripts);
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
      else this.fail(this.packed ? error : problem(`${this.host} does not answer, refuses, or has no picture of this part.`));
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

    fail(error) {
      const words = `“${this.name}” is not shown: ${explain(error, this)}`;
      this.context.drop();
      this.context.say(words);
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

  // ---- the choice ----------------------------------------------------------------------------------

  // Off until a viewer switches them on: without that, nothing is asked of another server. One at a time is on.
  dateline.offerTiles = (map, rows, scripts) => {
    map.setMaxZoom(NEAREST.shapes);
    if (!rows.length) return;
    const notice = new Notice(map);
    const shapes = L.layerGroup();
    let choices = [];
    const context = {
      say: (words) => notice.say(words),
      drop: () => { shapes.addTo(map); for (const choice of choices) choice.group.remove(); },
      adapt: () => {
        const on = choices.find((choice) => choice.layer);
        // Tiles bring names of their own.
        const covered = Boolean(on && on.came);
        map.getPane("dateline-names").style.display = covered ? "none" : "";
        map.getContainer().classList.toggle("dl-tiled", covered);
        const nearest = on ? (on.packed ? NEAREST.tiles : Math.min(on.nearest, NEAREST.tiles)) : 0;
        map.setMaxZoom(Math.max(NEAREST.shapes, nearest));
      },
    };
    choices = rows.map((row) => new Choice(map, row, scripts, context));
    // Leaflet is credited on the About page; the corner is for whose tiles these are.
    map.attributionControl.setPrefix(false);
    shapes.addTo(map);
    const control = L.control.layers(null, null, { position: "topright" }).addBaseLayer(shapes, PLAIN);
    for (const { label, group } of choices) control.addBaseLayer(group, plain(label));
    control.addTo(map);
    dateline.restyleTiles = () => {
      const drawn = choices.find(({ layer }) => layer && layer.drawn);
      if (!drawn) return;
      drawn.rest();
      drawn.group.clearLayers();
      drawn.open();
    };
  };
})();
