// Numbered messages from a component to the server. One that comes while the server answers another may get lost
// on the way, so each is said again until its number has been heard; hearing it twice changes nothing.
// Sets one global, so that it can stand before a component's module in the same script.
globalThis.datelineMessages = globalThis.datelineMessages || (() => {
  "use strict";
  const PAUSE = 1500; // milliseconds, twice as many each time: a slow server would never come to an end
  const TIMES = 5;

  function makeTeller() {
    const teller = { number: 0, heard: 0, message: null, send: () => {}, isConnected: () => true };
    let timer = 0;
    function again(times, wait = PAUSE) {
      clearTimeout(timer);
      timer = setTimeout(() => {
        if (teller.heard >= teller.number || !times || !teller.isConnected()) return;
        teller.send(teller.message);
        again(times - 1, 2 * wait);
      }, wait);
    }
    teller.tell = (content) => {
      teller.number = Math.max(teller.number + 1, Date.now());
      teller.message = { ...content, number: teller.number };
      teller.send(teller.message);
      again(TIMES);
    };
    return teller;
  }

  return { makeTeller };
})();
