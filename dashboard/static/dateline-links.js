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
  // What is shown already is no step for Back.
  if (new URL(href, document.baseURI).href !== location.href) follow(href);
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
  const kept = (url) => {
    const { home, view } = globalThis.datelineLinks;
    if (url === undefined || url === null || view === null) return url;
    const { origin, pathname, search, hash } = new URL(url, location.href);
    return origin === location.origin && pathname === home ? `${pathname}${withView(search, view)}${hash}` : url;
  };
  history.replaceState = (state, title, url) => replaceState.call(history, state, title, kept(url));
  history.pushState = (state, title, url) => {
    const wanted = kept(url);
    // Where nothing but the view was other there is no step for Back.
    const isNew = wanted === url || new URL(wanted, location.href).href !== location.href;
    (isNew ? pushState : replaceState).call(history, state, title, wanted);
  };
  // A step through the history leads to another view.
  addEventListener("popstate", () => {
    const { datelineLinks } = globalThis;
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
const LONGEST = 10000; // milliseconds for which a run is awaited
const MOST_RUNS = 3;
let watching = 0;

// Streamlit asks at a run's end whether the sidebar has anything in it, but takes the last page's parts out of it
// only afterwards; so it may leave it open and empty. The end of another run, which changes nothing, closes it.
function closeEmptySidebar(run) {
  const ends = performance.now() + LONGEST;
  let [since, runs] = [performance.now(), 0];
  cancelAnimationFrame(watching);
  const look = () => {
    const now = performance.now();
    const isEmpty = document.querySelector("[data-testid='stSidebarUserContent'] [data-testid='stVerticalBlock']:empty");
    if (!document.querySelector("[data-testid='stApp'][data-test-script-state='notRunning']")) since = now;
    if (now - since > RESTS) {
      if (!isEmpty || runs === MOST_RUNS) return;
      run();
      [since, runs] = [now, runs + 1];
    }
    if (now < ends) watching = requestAnimationFrame(look);
  };
  look();
}

// Once for all pages. What the server knows of the map comes with every run; its path and its view the map tells
// itself, null until then.
if (!globalThis.datelineLinks) {
  globalThis.datelineLinks = { map: "", home: null, view: null, left: null };
  document.addEventListener("click", onClick, true);
  holdView();
}

export default function render({ data, setTriggerValue }) {
  globalThis.datelineLinks.map = data.map;
  closeEmptySidebar(() => setTriggerValue("settle", Date.now()));
  comeBack(data.article);
}
