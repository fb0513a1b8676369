// Popups: an event in words, a cluster as a list, and which event is selected.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element, swatch, text } = datelineCard;
  const MOST_LISTED = 100;
  const state = { selected: -1, popup: null };

  // ---- opening and closing -------------------------------------------------------------------------

  // A closed popup leaves the document at once. Leaflet would let it fade for a while, and whoever reads the page,
  // a screen reader above all, would meet two of them, even two of the same event.
  const Popup = L.Popup.extend({
    onRemove(map) {
      L.Popup.prototype.onRemove.call(this, map);
      this.getElement().remove();
    },
  });

  function open(spot, content, label, options = {}) {
    const { map } = dateline;
    const { x, y } = map.getSize();
    const { above, beside } = dateline.popupRoom();
    const popup = new Popup({ className: "dl-popup", closeOnClick: false, maxWidth: Math.min(350, x - 60), minWidth: Math.min(300, x - 60),
      maxHeight: Math.max(160, y - 150), autoPanPaddingTopLeft: [16, above], autoPanPaddingBottomRight: [beside, 16], ...options }).setLatLng(spot).setContent(content);
    // What was open before closes now, which is no wish of the viewer.
    state.popup = popup;
    Object.assign(popup, { event: options.event || null });
    popup.openOn(map);
    const node = popup.getElement();
    node.setAttribute("role", "dialog");
    node.setAttribute("aria-label", label);
    node.tabIndex = -1;
    node.addEventListener("focusin", () => { popup.focused = true; });
    followWidth(popup);
    return popup;
  }

  // Leaflet centres a popup by the width that it had when it was opened. Its style sheet may come later.
  function followWidth(popup) {
    const node = popup.getElement();
    let width = node.offsetWidth;
    new ResizeObserver(() => {
      if (!popup.isOpen() || node.offsetWidth === width) return;
      refresh(popup);
      width = node.offsetWidth;
    }).observe(node);
  }

  // Leaflet takes the content out and puts it back, which loses the focus in it.
  function refresh(popup) {
    const focused = document.activeElement;
    dateline.grow(popup);
    if (popup.getElement().contains(focused)) focused.focus({ preventScroll: true });
    dateline.uncover();
  }

  // null: none is open.
  dateline.popupBox = () => (dateline.isOpen() ? state.popup.getElement().getBoundingClientRect() : null);
  dateline.isOpen = () => Boolean(state.popup && state.popup.isOpen());
  dateline.focusPopup = () => state.popup.getElement().focus({ preventScroll: true });

  function closePopup() {
    const { popup } = state;
    state.popup = null;
    if (popup) popup.close();
  }

  // As the viewer would, but the focus stays where it is.
  dateline.dismiss = () => {
    if (!dateline.isOpen()) return;
    state.popup.focused = false;
    state.popup.close();
  };

  // The viewer has closed the popup, by its button, by Escape or by a click beside it.
  function onClosed({ popup }) {
    if (popup !== state.popup) return;
    state.popup = null;
    if (!popup.event) {
      if (popup.focused) focusSymbol(popup.list.rows[0]);
      return;
    }
    state.selected = -1;
    dateline.markSelected();
    if (popup.focused) focusSymbol(popup.event.row);
    dateline.tell("");
  }

  // What shows an event puts its popup in the place of the open one, or leaves it where it is the same; a click on
  // anything else closes. Leaflet would close first: the same popup anew, and of a story the knot that was clicked.
  function onClick({ originalEvent }) {
    if (dateline.isOpen() && !originalEvent.target.closest(".dl-marker, .dl-knot")) state.popup.close();
  }

  function onKey(event) {
    if (event.key !== "Escape" || !dateline.isOpen()) return;
    event.stopPropagation();
    state.popup.focused = true;
    state.popup.close();
  }

  function focusSymbol(row) {
    const shown = dateline.symbolOf(row);
    if (shown && shown.getElement()) shown.getElement().focus({ preventScroll: true });
  }

  dateline.listenToPopups = (map) => {
    map.on("popupclose", onClosed);
    dateline.followCovers(map);
    map.on("preclick", onClick);
    document.addEventListener("keydown", onKey, true);
  };

  // ---- an event ------------------------------------------------------------------------------------

  function cardOf(event) {
    return { themes: event.article.themes, title: event.article.title,
      href: event.article.href, place: event.place.label, precision: event.place.precision,
      date: event.article.date, role: event.roleId === "event" ? "" : event.role, texts: event.texts };
  }

  // Where the symbol is: a fanned-out one stands beside its place, and another world has symbols of its own.
  function anchorOf(event) {
    const shown = dateline.symbolOf(event.row);
    return shown && shown.event ? shown.getLatLng() : dateline.spotOf(event.row);
  }

  function openEvent(event, list, { pans = true } = {}) {
    const content = datelineCard.build(cardOf(event));
    if (list) content.prepend(backButton(list));
    const popup = open(anchorOf(event), content, `${event.place.label}: ${event.article.title}`,
      { event, offset: [0, event.place.shape === "pin" ? -26 : -8], autoPan: pans });
    popup.list = list || null;
  }

  function select(event, list, options) {
    state.selected = event.row;
    openEvent(event, list, options);
    if (options && !options.pans) dateline.panIfLost(state.popup);
    dateline.markSelected();
  }

  // A viewer has chosen an event on the map.
  dateline.choose = (event, list) => {
    if (!dateline.isShown(event.row)) select(event, list);
    dateline.tell(event.id);
  };

  dateline.show = select;
  dateline.isShown = (row) => state.selected === row && dateline.isOpen();
  dateline.selectedRow = () => state.selected;

  dateline.deselect = () => {
    state.selected = -1;
    dateline.markSelected();
    closePopup();
  };

  dateline.markSelected = () => {
    const shown = state.selected >= 0 && dateline.symbolOf(state.selected);
    const chosen = shown ? shown.getElement() : null;
    for (const node of document.querySelectorAll(".dl-selected")) if (node !== chosen) node.classList.remove("dl-selected");
    if (chosen) chosen.classList.add("dl-selected");
    dateline.tellStory(state.selected);
    dateline.markStory();
  };

  dateline.fillTexts = (event, [, title, summary, evidence, why, sources]) => {
    const texts = { title, summary, evidence, why, sources };
    // They come with every run; the marks in them change with what is searched.
    if (JSON.stringify(event.texts) === JSON.stringify(texts)) return;
    event.texts = texts;
    if (!dateline.isOpen() || state.popup.event !== event) return;
    const content = state.popup.getContent();
    content.querySelector(".dl-title").replaceChildren(...datelineCard.marked(title));
    content.querySelector(".dl-texts").replaceChildren(...datelineCard.texts(cardOf(event)));
    refresh(state.popup);
  };

  // Whether other events stand now where a list was opened: at its places, or in its cluster at the zoom that it had.
  function isStale({ rows, zoom }) {
    const { places } = dateline.table;
    const [listed, spots] = [new Set(rows), new Set(rows.map((row) => places[row]))];
    if (!rows.every(dateline.isFound) || dateline.shownRows().some((row) => spots.has(places[row]) && !listed.has(row))) return true;
    const symbol = zoom === dateline.map.getZoom() ? dateline.symbolOf(rows[0]) : null;
    return Boolean(symbol && symbol.rows) && !(symbol.rows().length === rows.length && symbol.rows().every((row) => listed.has(row)));
  }

  // A list holds what stood at its spot; where the filter has changed that, neither the list stays nor the way back to it.
  dateline.closeStaleList = () => {
    if (!dateline.isOpen()) return;
    const { event, list } = state.popup;
    if (!list || !isStale(list)) return;
    if (!event) closePopup();
    else state.popup.getContent().querySelector(".dl-back")?.remove();
  };

  // What is open takes the looks of the themes that lead by now.
  dateline.repaintPopup = () => {
    if (!dateline.isOpen()) return;
    const { event, list } = state.popup;
    const content = state.popup.getContent();
    if (event) content.querySelector(".dl-themes").replaceWith(datelineCard.build(cardOf(event)).querySelector(".dl-themes"));
    else content.querySelectorAll(".dl-item .dl-swatch").forEach((node, place) =>
      node.replaceWith(swatch(dateline.table.event(list.rows[place]).article.themes[0])));
  };

  // ---- a cluster as a list -------------------------------------------------------------------------

  const words = (count) => `${count.toLocaleString("en")} events here`;

  function backButton(list) {
    const button = element("button", "dl-back", `‹ ${words(list.rows.length)}`);
    button.type = "button";
    button.addEventListener("click", () => {
      dateline.tell("");
      dateline.openList(list.spot, list.rows, true, list.zoom);
    });
    return button;
  }

  function listRow(event, list) {
    const button = element("button", "dl-item", swatch(event.article.themes[0]),
      element("span", "dl-item-text", text("span", "dl-item-title", event.article.title),
        element("span", "dl-item-facts", text("bdi", "", event.place.label),
          event.article.date ? ` · ${event.article.date}` : "")));
    button.type = "button";
    button.addEventListener("click", (press) => {
      dateline.choose(event, list);
      // A press of a key is a click without a place.
      if (!press.detail) dateline.focusPopup();
    });
    return element("li", "", button);
  }

  function moveFocus(press) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[press.key];
    const rows = [...press.currentTarget.querySelectorAll(".dl-item")];
    const next = step && rows[rows.indexOf(press.target) + step];
    if (!next) return;
    press.preventDefault();
    press.stopPropagation();
    next.focus();
  }

  dateline.openList = (spot, rows, byKey = false, zoom = dateline.map.getZoom()) => {
    const { table } = dateline;
    const list = { spot, rows, zoom };
    const items = element("ol", "dl-items", ...rows.slice(0, MOST_LISTED).map((row) => listRow(table.event(row), list)));
    items.setAttribute("aria-label", "Events");
    items.addEventListener("keydown", moveFocus);
    const content = element("section", "dl-listing", element("h2", "", words(rows.length)), items);
    if (rows.length > MOST_LISTED) {
      content.append(element("p", "dl-facts", `${(rows.length - MOST_LISTED).toLocaleString("en")} more; come nearer or narrow the filter.`));
    }
    const told = state.selected >= 0;
    state.selected = -1;
    const popup = open(spot, content, words(rows.length),
      { offset: [0, -10], maxHeight: Math.min(340, dateline.map.getSize().y - 150) });
    popup.list = list;
    dateline.markSelected();
    if (told) dateline.tell("");
    if (byKey) items.querySelector(".dl-item").focus({ preventScroll: true });
  };

  // What a cluster holds and does, while the pointer or the focus is on it.
  dateline.explainCluster = (marker, { shares, does }) => {
    const build = () => {
      const rows = shares.slice(0, 5).map(([theme, share]) =>
        element("li", "", swatch(theme), element("span", "", theme.name), element("b", "", share.toLocaleString("en"))));
      const more = shares.length - rows.length;
      const acts = `Click: ${{ "Zooms in.": "zoom in", "Fans out.": "fan out", "Opens as a list.": "list" }[does]}`;
      return element("div", "", element("ul", "", ...rows, more > 0 ? element("li", "", element("span", "", `and ${more} more`)) : ""),
        element("p", "", does === "Opens as a list." ? acts : `${acts} · right-click or L: list`));
    };
    marker.bindTooltip(build, { className: "dl-mix", direction: "top", offset: [0, -20], opacity: 1 });
    marker.on("click contextmenu keypress", () => marker.closeTooltip());
  };
})();
