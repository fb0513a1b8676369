// Popups and controls share the map: a popup leaves the controls free as far as it can, and they make room where it cannot.
(() => {
  "use strict";
  const dateline = window.dateline;
  // Pixels that a popup leaves free at the map's top, for the choice of the layer, and at its right, for the tools,
  // where the map is wide enough.
  const ABOVE = 50;
  const BESIDE = 52;
  const NARROW = 520;
  // Whether the map glides to where the popup has room.
  let glides = false;
  // Whether the map has moved away from the open popup, which may have to wait long for its texts.
  let movedAway = false;

  const isNarrow = () => dateline.map.getSize().x <= NARROW;
  dateline.popupRoom = () => ({ above: ABOVE, beside: isNarrow() ? 16 : BESIDE });

  // Leaflet draws controls over popups. Where a popup has come to lie under one all the same, the control makes room,
  // unless a viewer is at it. A map that glides comes to rest first, and then asks again.
  dateline.uncover = () => {
    if (glides) return;
    const box = dateline.popupBox();
    const covers = (other) => box !== null && other.width > 0 && box.left < other.right && other.left < box.right
      && box.top < other.bottom && other.top < box.bottom;
    const isUsed = (control) => control.contains(document.activeElement) || control.querySelector("[aria-pressed='true']") !== null;
    for (const control of dateline.map.getContainer().querySelectorAll(".leaflet-control")) {
      control.classList.toggle("dl-covered", covers(control.getBoundingClientRect()) && !isUsed(control));
    }
  };

  // What comes into an open popup makes it larger; the map follows, unless it shows something else by now.
  dateline.grow = (popup) => {
    const { autoPan } = popup.options;
    popup.options.autoPan = autoPan && !movedAway;
    popup.update();
    dateline.letPast(popup);
    popup.options.autoPan = autoPan;
  };

  // Moves the map in a way that is not its reader's.
  dateline.moveAlong = (move) => {
    const before = movedAway;
    move();
    movedAway = before;
  };

  dateline.followCovers = (map) => {
    map.on("autopanstart", () => { glides = true; });
    map.on("movestart", () => { if (!glides) movedAway = true; });
    map.on("popupopen", () => { movedAway = false; });
    map.on("moveend resize", () => { glides = false; dateline.uncover(); });
    map.on("popupopen popupclose", () => setTimeout(dateline.uncover));
  };

  // A view that a link names stays. On a phone it may leave no room for the popup, which was in view on a larger screen:
  // it could be neither begun nor closed.
  dateline.panIfLost = (popup) => {
    if (!isNarrow()) return;
    const [box, view] = [popup.getElement().querySelector(".leaflet-popup-close-button"), dateline.map.getContainer()]
      .map((node) => node.getBoundingClientRect());
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if (x >= view.left && x <= view.right && y >= view.top && y <= view.bottom) return;
    popup.options.autoPan = true;
    popup.update();
  };
})();
