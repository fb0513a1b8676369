// The view: written into the page's address, and told to the page while its list follows it.
(() => {
  "use strict";
  const dateline = window.dateline;
  let handled = 0;
  dateline.movedByHand = () => { handled = performance.now(); };

  let within = false;
  dateline.tellViews = (wanted) => {
    if (wanted === within) return;
    within = wanted;
    if (within) tellView();
  };

  let timer = 0;
  function tellView() {
    const bounds = dateline.map.getBounds();
    const shift = Math.floor((bounds.getWest() + 180) / 360) * 360;
    const view = [bounds.getWest() - shift, bounds.getSouth(), bounds.getEast() - shift, bounds.getNorth()];
    dateline.extras.view = view.map((degrees) => Math.round(degrees * 1000) / 1000);
    dateline.send();
  }

  dateline.followMoves = (map) => {
    map.on("moveend", () => {
      clearTimeout(timer);
      if (within) timer = setTimeout(tellView, 200);
    });
  };
})();
