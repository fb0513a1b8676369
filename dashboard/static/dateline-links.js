// Links between the pages, followed inside the session. A module of the page; dateline-card.js stands before it
// in the same script.
const { follow, isPlain, viewOf, withView } = globalThis.datelineCard;

// The links that the pages hold, and in the navigation the one to the map, which leads to it as it was left.
const INSIDE = "a[href^='articles?'], a[href^='./?']";
const MAP = ".st-key-navigation a, [data-testid^='stTopNav'] a, a[data-testid^='stTopNav']";

function target(link) {
  if (link.matches(INSIDE)) return link.getAttribute("href");
  const home = new URL("./", document.baseURI);
  // Streamlit leaves the address of its first page empty, which the browser takes for the present one.
  const path = link.getAttribute("href") ? new URL(link.href).pathname : home.pathname;
  if (!link.matches(MAP) || path !== home.pathname) return null;
  if (location.pathname === home.pathname) return null;
  // The server made the link before the map was moved last.
  const { map, view } = globalThis.datelineLinks;
  return `./${view === null ? map : withView(map, view)}`;
}

function onClick(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const href = link && isPlain(event) ? target(link) : null;
  if (href === null) return;
  event.preventDefault();
  event.stopPropagation();
  const before = location.search;
  leave();
  // Also where the address says so already: it may be about to change, as a condition was taken away just now.
  follow(href);
  if (link.matches(".dl-view")) showView(before);
}

// A saved view that names no position shows its events, wherever the map happens to be.
function showView(before) {
  const conditions = (search) => withView(search, "").slice(1).split("&").filter((part) => !/^event=/.test(part)).join("&");
  if (/[?&]at=/.test(location.search)) return;
  const soon = conditions(before) !== conditions(location.search);
  for (const frame of document.querySelectorAll(".st-key-map-frame iframe")) frame.contentWindow?.dateline?.fitView?.(soon);
}

// ---- the map's view in the address ---------------------------------------------------------------

// The map writes it there without a run, so the server and Streamlit know an older one, or none, and rewrite the
// address with that. Whatever they write, the view that the map has told last stays.
function holdView() {
  const { pushState, replaceState } = history;
  const said = (url) => {
    const { pathname, searchParams, hash } = new URL(url, location.href);
    return JSON.stringify([pathname, [...searchParams].map(String).sort(), hash]);
  };
  const kept = (url) => {
    const { home, view } = globalThis.datelineLinks;
    if (url === undefined || url === null || view === null) return url;
    const { origin, pathname, search, hash } = new URL(url, location.href);
    return origin === location.origin && pathname === home ? `${pathname}${withView(search, view)}${hash}` : url;
  };
  history.replaceState = (state, title, url) => replaceState.call(history, state, title, kept(url));
  history.pushState = (state, title, url) => {
    const wanted = kept(url);
    // What the address says already, or but for the view, is no step for Back, however it is spelt.
    const isNew = said(wanted ?? "") !== said(location.href);
    (isNew ? pushState : replaceState).call(history, state, title, wanted);
  };
  // A step through the history leads to another view, and to where the address says.
  addEventListener("popstate", () => {
    const { datelineLinks } = globalThis;
    datelineLinks.leaving = null;
    if (location.pathname === datelineLinks.home) datelineLinks.view = viewOf(location.search);
  });
}

// ---- where one was in the list of articles -------------------------------------------------------

const PATIENCE = 5000; // milliseconds in which a list is awaited that is as long as it was
const STEADY = 600; // milliseconds in which it must stay where it was put
const main = () => document.querySelector('[data-testid="stMain"]');
const isArticle = (address) => /\/articles\?(.*&)?article=/.test(address);
const isList = (address) => /\/articles(\?|$)/.test(address) && !isArticle(address);
const here = () => location.pathname + location.search;

// The list is remembered when it is left, not while it scrolls: Streamlit scrolls too when it takes a page away.
function leave() {
  if (isList(here())) globalThis.datelineLinks.left = { address: here(), top: main()?.scrollTop ?? 0, isAway: true };
}

let waiting = new AbortController(); // for the list; of several runs the last one waits

// Back, and the button of an article, lead to the place in the list where one was.
function comeBack(article) {
  const { left } = globalThis.datelineLinks;
  waiting.abort();
  if (article || !left?.isAway) return;
  waiting = new AbortController();
  const { signal } = waiting;
  const ends = performance.now() + PATIENCE;
  let reached = Infinity;
  const isBack = () => here() === left.address && document.querySelector(".dl-articles") && !document.querySelector(".dl-article-head");
  // Whoever moves the list himself is not to be taken elsewhere.
  const stop = () => { if (isBack()) left.isAway = false; };
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) addEventListener(name, stop, { capture: true, signal });
  const settle = () => {
    if (signal.aborted) return;
    if (!left.isAway || performance.now() > ends) {
      waiting.abort();
      return;
    }
    // The address and the list come one after the other, in either order.
    if (isBack()) {
      main().scrollTop = left.top;
      // Streamlit may scroll to the top a moment after the page is there.
      reached = Math.abs(main().scrollTop - left.top) < 2 ? Math.min(reached, performance.now()) : Infinity;
      if (performance.now() - reached > STEADY) {
        left.isAway = false;
      }
    }
    requestAnimationFrame(settle);
  };
  settle();
}

// ---- a sidebar that stays ------------------------------------------------------------------------

const RESTS = 400; // milliseconds without a run after which nothing more is to come
const LONGEST = 60000; // milliseconds for which the end of a run is awaited
const MOST_RUNS = 3; // in a row

// Streamlit asks at a run's end whether the sidebar has anything in it, but takes the last page's parts out of it
// only afterwards; so it may leave it open and empty. The end of another run, which changes nothing, closes it.
// To the server that is a run of this page; who has just left it for another one would be brought back.
function closeEmptySidebar(page, run) {
  const { datelineLinks } = globalThis;
  const path = page === "" ? null : new URL(`./${page}`, document.baseURI).pathname;
  cancelAnimationFrame(datelineLinks.watching);
  if (datelineLinks.watched !== path) [datelineLinks.watched, datelineLinks.runs] = [path, 0];
  if (path === null) return; // It has a sidebar of its own.
  const ends = performance.now() + LONGEST;
  let since = performance.now();
  const look = () => {
    const now = performance.now();
    const isEmpty = document.querySelector("[data-testid='stSidebarUserContent'] [data-testid='stVerticalBlock']:empty");
    const isRunning = !document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']");
    // Our own links and Back change the address at once, Streamlit's only when the server has answered.
    const isElsewhere = location.pathname !== path || isLeaving();
    if (isRunning || isElsewhere) since = now;
    if (now - since > RESTS) {
      if (!isEmpty) datelineLinks.runs = 0;
      if (!isEmpty || datelineLinks.runs === MOST_RUNS) return;
      run();
      since = now;
      datelineLinks.runs += 1;
    }
    if (now < ends) datelineLinks.watching = requestAnimationFrame(look);
  };
  look();
}

// ---- a page that was taken away ------------------------------------------------------------------

const PART = "[data-testid='stMainBlockContainer'] [data-testid='stElementContainer']:not(.st-key-navigation *)";

// Who clicks on a row while another page is on its way asks for a part of the page that is left. A server that is at
// work on the other page answers that afterwards, as a run of the page that is left: Streamlit takes the other page away
// when that run begins, and nothing comes in its place, as the server has forgotten the part by then. No page of ours is
// empty: the one that the address names is asked for again. Both runs may be over before the app's state is seen to
// change, and to hear of every change in a page costs more than to look now and then.
function fillEmptyPages() {
  const { dataset } = document.querySelector("[data-testid='stApp']");
  let asked = 0; // times since a page was last there
  let looks = 0; // in a row that found the page empty and at rest
  setInterval(() => {
    const isFull = Boolean(document.querySelector(PART));
    const isAtRest = dataset.testScriptState === "notRunning" && dataset.testConnectionState === "CONNECTED";
    if (isFull || dataset.testConnectionState !== "CONNECTED") asked = 0;
    looks = isFull || !isAtRest || isLeaving() ? 0 : looks + 1;
    // Twice as long each time: until the answer begins, a page that was asked for looks like one at rest.
    if (looks < 2 ** (asked + 1) || asked === MOST_RUNS) return;
    asked += 1;
    looks = 0;
    dispatchEvent(new PopStateEvent("popstate"));
  }, RESTS);
}

// ---- a page that is being left -------------------------------------------------------------------

const LONGEST_WAY = 10000; // milliseconds after which a link that was followed is taken to lead nowhere

// A click on anything else meanwhile is told to the server as ever: heard together with the link, it keeps this page;
// heard when the other page was begun, it takes that one away (fillEmptyPages).
function noteLeaving(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const { pathname } = location;
  const leads = link && isPlain(event) && link.target !== "_blank" && link.pathname !== pathname;
  globalThis.datelineLinks.leaving = leads ? { pathname, since: performance.now() } : null;
}

// Whether the viewer has followed a link to another page and that page has not come yet.
function isLeaving() {
  const { leaving } = globalThis.datelineLinks;
  return leaving?.pathname === location.pathname && performance.now() - leaving.since < LONGEST_WAY;
}

// The other page has come; the one that was left may do so again.
function noteArrival() {
  const { datelineLinks } = globalThis;
  if (datelineLinks.leaving?.pathname !== location.pathname) datelineLinks.leaving = null;
}

// ---- a session that was lost ---------------------------------------------------------------------

// The server forgets a session that has been away for long, and may start anew itself. The browser connects again, but
// to a session that has drawn nothing and knows no part of the page: until a run of all of it, clicks on map and list
// would be lost.
function watchConnection() {
  const app = document.querySelector("[data-testid='stApp']");
  const isConnected = () => app.dataset.testConnectionState === "CONNECTED";
  let wasConnected = isConnected();
  new MutationObserver(() => {
    if (isConnected() && !wasConnected) globalThis.datelineLinks.run();
    wasConnected = isConnected();
  }).observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
}

// Once for all pages. What the server knows of the map comes with every run; its path and its view the map tells
// itself, null until then.
if (!globalThis.datelineLinks) {
  globalThis.datelineLinks = { map: "", home: null, view: null, left: null, run: () => {},
    watching: 0, watched: null, runs: 0, leaving: null, isLeaving };
  document.addEventListener("click", noteLeaving, true); // before onClick changes the address
  document.addEventListener("click", onClick, true);
  holdView();
  watchConnection();
  fillEmptyPages();
}

export default function render({ data, setTriggerValue }) {
  const run = () => setTriggerValue("run", Date.now());
  Object.assign(globalThis.datelineLinks, { map: data.map, run });
  noteArrival();
  closeEmptySidebar(data.page, run);
  comeBack(data.article);
}
