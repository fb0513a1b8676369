// Numbered messages to the server, from a component of the page or from the map. One that comes while the server
// answers another may get lost on the way, so each is said again until its number has been heard; hearing it twice
// changes nothing.
// Sets one global, so that it can stand before a component's module in the same script, or alone in the map's frame.
globalThis.datelineMessages = globalThis.datelineMessages || (() => {
  "use strict";
  const PAUSE = 1500; // milliseconds, twice as many each time: a slow server would never come to an end
  const SPREAD = 500; // milliseconds at most by which it is longer: two that got lost together are not said together
  const TIMES = 5;

  // Never the same number again, not even after the page was loaded anew.
  const nextNumber = (...last) => Math.max(...last.map((number) => number + 1), Date.now());

  // Whether the page of the map, where all of this is said, is being left: by our own links and Back, which change the
  // address at once, or by Streamlit's, which dateline-links.js has seen. The server takes what is said meanwhile for
  // said on the map's page, and brings that one back.
  function isLeaving() {
    const page = globalThis.dateline ? globalThis.parent : globalThis; // the map's frame stands in the page
    const { pathname } = page.location;
    const isHome = pathname === new URL("./", page.document.baseURI).pathname || pathname === page.datelineLinks?.home;
    return !isHome || Boolean(page.datelineLinks?.isLeaving());
  }

  // yields: whether what nobody has heard yet gives way to Back, Forward and our own links, after which the address says
  // what is in force; said again it would undo them.
  function makeTeller({ yields = false } = {}) {
    // giveUp: what is to be done when nobody has heard the message.
    const teller = { number: 0, send: () => {}, isConnected: () => true, giveUp: () => {} };
    let heard = 0;
    let waiting = null; // the message that has not been heard yet
    let timer = 0;
    let hash = "";

    // A link to a part of the page leads nowhere else.
    const onTurn = () => {
      if (location.hash !== hash) return;
      teller.forget();
      teller.giveUp();
    };

    function say(times, pause) {
      if (!waiting) return;
      // Who waits for ever would take every later answer for one to an older message.
      if (times < 0 || !teller.isConnected()) {
        teller.forget();
        if (teller.isConnected()) teller.giveUp();
        return;
      }
      // Later, should the page stay after all.
      if (isLeaving()) {
        timer = setTimeout(() => say(times, pause), PAUSE);
        return;
      }
      teller.send(waiting);
      timer = setTimeout(() => say(times - 1, 2 * pause), pause);
    }

    // wait: milliseconds before it is said. Of several that come meanwhile the last one counts.
    teller.tell = (content, { wait = 0 } = {}) => {
      teller.number = nextNumber(teller.number, heard);
      waiting = { ...content, number: teller.number };
      hash = location.hash;
      if (yields) globalThis.addEventListener("popstate", onTurn);
      clearTimeout(timer);
      const begin = () => say(TIMES, PAUSE + Math.random() * SPREAD);
      if (wait) timer = setTimeout(begin, wait);
      else begin();
    };

    // The server says which number it has heard last; it knows of none after a session was lost.
    teller.hear = (number) => {
      heard = number;
      if (waiting && number >= waiting.number) teller.forget();
    };

    // Nobody is to hear it any more.
    teller.forget = () => {
      waiting = null;
      clearTimeout(timer);
      globalThis.removeEventListener("popstate", onTurn);
    };

    // Whether a message is on its way; an answer that comes now is one to an older message.
    teller.isWaiting = () => waiting !== null;
    return teller;
  }

  return { isLeaving, makeTeller, nextNumber };
})();
