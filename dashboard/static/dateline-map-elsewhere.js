// A map that shows none of the events, since a search or a theme has left others than it was moved to: said on the map,
// with the way there.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  const WAIT = 1200; // milliseconds at rest: what moves or plays may come upon events by itself
  const BEYOND = 0.5; // of the view on each side: what lies just past the edge was left there on purpose
  let note = null;
  let timer = 0;

  function isElsewhere(map) {
    const view = map.getBounds().pad(BEYOND);
    const middle = view.getCenter().lng;
    const meets = ([west, south, east, north]) => {
      const turn = Math.round((middle - (west + east) / 2) / 360) * 360;
      return view.intersects([[south, west + turn], [north, east + turn]]);
    };
    const { table } = dateline;
    const rows = dateline.shownRows();
    // Asked with every move: mostly one of the first is in view already.
    const seen = new Set();
    for (const row of rows) {
      const place = table.places[row];
      if (!seen.has(place) && dateline.boxesOf(table.place(place)).some(meets)) return false;
      seen.add(place);
    }
    return rows.length > 0;
  }

  function take() {
    if (note?.contains(document.activeElement)) dateline.map.getContainer().focus();
    note?.remove();
    note = null;
  }

  function say(count) {
    const button = element("button", "", count === 1 ? "Show it" : "Show them");
    button.type = "button";
    button.addEventListener("click", dateline.showAll);
    const words = count === 1 ? "The event lies elsewhere." : `All ${count.toLocaleString("en")} events lie elsewhere.`;
    note = element("div", "dl-missing", element("span", "", words), button);
    note.setAttribute("role", "status");
    L.DomEvent.disableClickPropagation(note);
    L.DomEvent.on(note, "keydown", L.DomEvent.stopPropagation);
    dateline.map.getContainer().append(note);
  }

  // The map has moved, or shows other events.
  dateline.lookElsewhere = () => {
    clearTimeout(timer);
    if (!dateline.table || !isElsewhere(dateline.map)) {
      take();
      return;
    }
    timer = setTimeout(() => {
      take();
      say(dateline.shownRows().length);
    }, WAIT);
  };
})();
