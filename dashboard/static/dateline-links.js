// Links between the pages, followed inside the session. A module of the page; dateline-card.js stands before it
// in the same script.
const { follow, isPlain } = globalThis.datelineCard;

// The links that the pages hold, and in the navigation the one to the map, which leads to it as it was left.
const INSIDE = "a[href^='articles?'], a[href^='./?']";
const MAP = ".st-key-navigation a, [data-testid^='stTopNav'] a, a[data-testid^='stTopNav']";

function target(link) {
  if (link.matches(INSIDE)) return link.getAttribute("href");
  const home = new URL("./", document.baseURI);
  // Streamlit leaves the address of its first page empty, which the browser takes for the present one.
  const path = link.getAttribute("href") ? new URL(link.href).pathname : home.pathname;
  if (!link.matches(MAP) || path !== home.pathname) return null;
  return location.pathname === home.pathname ? null : `./${withView(globalThis.datelineLinks.map)}`;
}

// The server made the link before the map was moved last.
function withView(search) {
  const view = globalThis.datelineView;
  if (view === undefined) return search;
  const kept = search.slice(1).split("&").filter((part) => part && !/^(at|layer)=/.test(part));
  const parts = view ? [...kept, view] : kept;
  return parts.length ? `?${parts.join("&")}` : "";
}

function onClick(event) {
  const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
  const href = link && isPlain(event) ? target(link) : null;
  if (href === null) return;
  event.preventDefault();
  event.stopPropagation();
  follow(href);
}

// Once for all pages; what it knows of the map comes with every run.
if (!globalThis.datelineLinks) document.addEventListener("click", onClick, true);
globalThis.datelineLinks = globalThis.datelineLinks || { map: "" };

export default function render({ data }) {
  globalThis.datelineLinks.map = data.map;
}
