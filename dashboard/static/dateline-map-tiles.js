// Layers of tiles over the base map: pictures by template, and PMTiles files with pictures or shapes.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  const PICTURES = { 2: "image/png", 3: "image/jpeg", 4: "image/webp", 5: "image/avif" };
  const SHAPES = 1;
  // The layer by which tiles in the basemap's schema of Protomaps are told from others.
  const GROUND = "earth";

  // ---- what goes wrong -----------------------------------------------------------------------------

  // Why a source is not shown, and what to do, in words.
  dateline.explainTiles = (error, source) => {
    if (error.said) return error.said;
    const status = /Bad response code: (\d+)/.exec(error.message);
    if (status && source.server) return `${source.host} answers with status ${status[1]}; check the address in tiles.toml.`;
    if (status && status[1] === "404") return "its file is gone; correct its name in tiles.toml.";
    if (/magic number|spec version/.test(error.message)) return "this is not a PMTiles file (version 3); check what tiles.toml names.";
    if (/content-length/.test(error.message)) {
      return `${source.host} sends whole files only, and a map is read in parts; use a server that knows range requests, ` +
        "or put the file on Dateline's own disk and name it with file in tiles.toml.";
    }
    if (/fetch|network|load failed/i.test(error.message)) {
      return `${source.host} does not answer${source.server ? ", or does not let other pages read from it (CORS)" : ""}.`;
    }
    return "its tiles cannot be read; the file may be damaged.";
  };

  const problem = dateline.tilesProblem = (words) => Object.assign(new Error(words), { said: words });

  // Leaflet takes an attribution and the words of a choice as HTML.
  dateline.toHtml = (words) => element("span", "", words).innerHTML;

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
    Object.assign(options, { minZoom: header.minZoom, bounds: boundsOf(header), attribution: options.attribution || dateline.toHtml(credit) });
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

  // The layer of a source. `scripts` read and draw PMTiles; they are loaded when they are needed first.
  dateline.openTiles = async (source, options, scripts) => {
    if (source.problem) throw problem(source.problem);
    if (source.packed) return openPacked(source, options, scripts);
    return L.tileLayer(source.url, { ...options, maxNativeZoom: source.nearest });
  };
})();
