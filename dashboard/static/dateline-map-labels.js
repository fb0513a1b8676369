// Words on the map: placed where they overlap nothing, and written into tiles, so that there are few nodes.
(() => {
  "use strict";
  const dateline = window.dateline;
  const TILE = 256;
  const SLICE = 8; // milliseconds

  // ---- room ----------------------------------------------------------------------------------------

  // Boxes {x, y, halfWidth, halfHeight} in pixels of the whole world at a zoom, found by the tiles that they touch. East
  // and west of the world meet.
  class Board {
    constructor(zoom) {
      Object.assign(this, { count: 2 ** zoom, boxes: [], cells: new Map() });
    }

    add(box) {
      this.boxes.push(box);
      for (const key of this.keysOf(box)) {
        const cell = this.cells.get(key);
        if (cell) cell.push(box);
        else this.cells.set(key, [box]);
      }
    }

    keysOf({ x, y, halfWidth, halfHeight }) {
      const keys = [];
      for (let row = Math.floor((y - halfHeight) / TILE); row <= Math.floor((y + halfHeight) / TILE); row += 1) {
        for (let column = Math.floor((x - halfWidth) / TILE); column <= Math.floor((x + halfWidth) / TILE); column += 1) {
          keys.push(this.keyOf(column, row));
        }
      }
      return keys;
    }

    keyOf(column, row) {
      return row * this.count + (((column % this.count) + this.count) % this.count);
    }

    // What touches a tile.
    in(column, row) {
      return this.cells.get(this.keyOf(column, row)) || [];
    }

    // How far one x is east of another, by the shorter way round the world.
    apart(x, other) {
      const world = TILE * this.count;
      return x - other - world * Math.round((x - other) / world);
    }

    // A box that overlaps this one; null: there is room.
    hit(box) {
      for (const key of this.keysOf(box)) {
        for (const other of this.cells.get(key) || []) {
          if (Math.abs(other.y - box.y) < other.halfHeight + box.halfHeight &&
            Math.abs(this.apart(other.x, box.x)) < other.halfWidth + box.halfWidth) return other;
        }
      }
      return null;
    }
  }
  dateline.Board = Board;

  // ---- writing -------------------------------------------------------------------------------------

  const LINE = 1.25;

  function setFont(context, { pixels, weight, spacing }) {
    context.font = `${weight} ${pixels}px Inter, system-ui, sans-serif`;
    context.letterSpacing = `${pixels * spacing}px`;
  }

  let scratch = null;
  // Width and height of lines in a type {pixels, weight, spacing}.
  dateline.sizeOf = (lines, type) => {
    scratch = scratch || document.createElement("canvas").getContext("2d");
    setFont(scratch, type);
    return { width: Math.max(...lines.map((words) => scratch.measureText(words).width)),
      height: lines.length * type.pixels * LINE };
  };

  function write(context, box, x, y) {
    setFont(context, box.type);
    context.lineWidth = 3;
    const step = box.type.pixels * LINE;
    box.lines.forEach((words, index) => {
      const base = y + (index - (box.lines.length - 1) / 2) * step;
      context.strokeText(words, x, base);
      context.fillText(words, x, base);
    });
  }

  function dot(context, { radius, ringed }, x, y) {
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.lineWidth = 2;
    context.stroke();
    context.fill();
    if (!ringed) return;
    context.beginPath();
    context.arc(x, y, radius + 1.8, 0, 2 * Math.PI);
    context.lineWidth = 0.9;
    context.strokeStyle = context.fillStyle;
    context.stroke();
  }

  // ---- the layer -----------------------------------------------------------------------------------

  // Boxes with `lines` in a `type`, or with the `radius` of a dot; `colour` names one of the map's.
  dateline.Labels = L.GridLayer.extend({
    // place(board, zoom): a generator that adds what is to be written at a zoom, the most important first. What stands
    // on the board when it first yields is shown at once.
    initialize(place, options) {
      this._place = place;
      this._boards = new Map();
      this._work = new Map();
      L.GridLayer.prototype.initialize.call(this, options);
    },
    // Placed once for each zoom, so that names go on from tile to tile.
    board(zoom) {
      if (!this._boards.has(zoom)) this._boards.set(zoom, this._begin(zoom));
      return this._boards.get(zoom);
    },
    // Places everything anew. Until that is done what was there stays, and what stays where it was does not flicker.
    replace() {
      for (const zoom of [...this._boards.keys()]) if (!this._map || zoom !== this._tileZoom) this._forget(zoom);
      if (!this._boards.has(this._tileZoom)) return;
      const board = this._begin(this._tileZoom);
      if (!this._work.has(this._tileZoom)) this._show(this._tileZoom, board);
    },
    _forget(zoom) {
      this._boards.delete(zoom);
      this._work.delete(zoom);
    },
    _begin(zoom) {
      const board = new Board(zoom);
      const steps = this._place(board, zoom);
      const work = { board, steps };
      this._work.delete(zoom);
      if (steps.next().done) return board;
      this._work.set(zoom, work);
      setTimeout(() => this._go(zoom, work, SLICE));
      return board;
    },
    // Goes on with the work for so many milliseconds, and later with what is left: the map moves meanwhile.
    _go(zoom, work, time) {
      if (this._work.get(zoom) !== work) return;
      const end = performance.now() + time;
      let done = false;
      while (!done && performance.now() < end) done = work.steps.next().done;
      if (!done) {
        setTimeout(() => this._go(zoom, work, SLICE));
        return;
      }
      this._work.delete(zoom);
      this._show(zoom, work.board);
    },
    _show(zoom, board) {
      this._boards.set(zoom, board);
      if (!this._map || zoom !== this._tileZoom) return;
      for (const { el, coords } of Object.values(this._tiles)) if (coords.z === zoom) this._paint(el, coords);
    },
    // Leaflet looks for tiles of another zoom a quarter of a second after the last new one has come, and keeps them
    // where a late frame has not shown the new ones by then. Nothing would look again.
    _updateOpacity() {
      L.GridLayer.prototype._updateOpacity.call(this);
      if (this._map && !this._noPrune) this._pruneTiles();
    },
    createTile(coordinates) {
      const ratio = Math.min(window.devicePixelRatio || 1, 2);
      const canvas = L.DomUtil.create("canvas", "leaflet-tile");
      canvas.setAttribute("aria-hidden", "true");
      canvas.width = canvas.height = Math.round(TILE * ratio);
      this._paint(canvas, coordinates);
      return canvas;
    },
    _paint(canvas, { x, y, z }) {
      const context = canvas.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.scale(canvas.width / TILE, canvas.height / TILE);
      Object.assign(context, { textAlign: "center", textBaseline: "middle", lineJoin: "round" });
      const colours = dateline.colours();
      const board = this.board(z);
      for (const box of board.in(x, y)) {
        context.fillStyle = colours[box.colour];
        context.strokeStyle = `${colours.land}cc`;
        (box.lines ? write : dot)(context, box, TILE / 2 + board.apart(box.x, (x + 0.5) * TILE), box.y - y * TILE);
      }
    },
  });
})();
