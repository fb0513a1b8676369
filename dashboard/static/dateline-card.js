// An event in words: the content of a pin's popup and of the list's card.
// Loaded as a classic script in the map's frame and as part of the list's module on the page, so it only
// sets one global. Everything is built from text nodes; no value is ever parsed as HTML.
globalThis.datelineCard = (() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  function element(tag, className, ...content) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    node.append(...content.filter((part) => part !== null && part !== ""));
    return node;
  }

  // Texts come in any script; each is set in its own direction and cannot reverse its neighbours.
  function text(tag, className, ...words) {
    const node = element(tag, className, ...words);
    node.dir = "auto";
    return node;
  }

  function svg(tag, attributes, ...content) {
    const node = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...content);
    return node;
  }

  // theme: {name, colour, ink, glyph}
  function swatch(theme) {
    return svg("svg", { viewBox: "0 0 24 24", class: "dl-swatch", "aria-hidden": "true" },
      svg("rect", { width: 24, height: 24, rx: 5, fill: theme.colour }),
      svg("path", { d: theme.glyph, fill: theme.ink, "fill-rule": "evenodd",
        transform: "translate(5 5) scale(.875)" }));
  }

  function themeRow(themes) {
    const row = element("div", "dl-themes");
    for (const theme of themes) row.append(element("span", "dl-theme", swatch(theme), theme.name));
    return row;
  }

  // Only addresses of the web become links; the server has checked, the browser checks again.
  function outsideLink(words, url, title) {
    if (!/^https?:\/\//i.test(url)) return text("span", "", words);
    const link = text("a", "", words);
    link.href = url;
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    // Who speaks to the browser says what is to be read, so the name begins with that.
    link.setAttribute("aria-label", [words, title, "opens in a new tab"].filter(Boolean).join(", "));
    if (title) link.title = title;
    link.append(element("span", "dl-out", "\u00a0↗"));
    return link;
  }

  const isPlain = (event) =>
    event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);

  // What of an address is the map's own, as it stands there: position, layer and base map.
  const partsOf = (search) => search.replace(/^\?/, "").split("&").filter(Boolean);
  const isView = (part) => /^(at|layer|base)=/.test(part);
  const viewOf = (search) => partsOf(search).filter(isView).join("&");

  // The address with another view, "" for none; everything else stays letter by letter.
  function withView(search, view) {
    const parts = [...partsOf(search).filter((part) => !isView(part)), ...(view ? [view] : [])];
    return parts.length ? `?${parts.join("&")}` : "";
  }

  // Opens another page of the app in this session: to Streamlit it is a step through the history, which it
  // answers without loading anything anew, so that Back takes one step as well.
  function follow(href) {
    const page = globalThis.dateline ? window.parent : window; // the map's frame stands in the page
    const before = page.location.pathname;
    const { href: address, pathname, search } = new URL(href, document.baseURI);
    // A link to the map says which view it wants, and be it none.
    if (page.datelineLinks?.home === pathname) page.datelineLinks.view = viewOf(search);
    page.history.pushState({}, "", address);
    page.dispatchEvent(new page.PopStateEvent("popstate"));
    const main = page.document.querySelector('[data-testid="stMain"]');
    // Streamlit keeps how far the page was scrolled, and the new one would begin in its middle.
    main?.scrollTo(0, 0);
    // The link goes with its page: keys and screen readers go on at the beginning of the new one.
    if (page.location.pathname === before || !main) return;
    main.classList.add("dl-arrived");
    main.addEventListener("blur", () => main.classList.remove("dl-arrived"), { once: true });
    main.focus({ preventScroll: true });
  }

  function articleLink(card, className, ...words) {
    const link = text("a", className, ...words);
    link.href = card.href;
    link.target = "_top";
    link.addEventListener("click", (event) => {
      // A plain click stays in the app; with a modifier the browser opens a tab as with every link.
      if (!isPlain(event)) return;
      event.preventDefault();
      event.stopPropagation();
      follow(card.href);
    });
    return link;
  }

  // A text comes in parts, of which every second one is what was searched.
  function marked(parts) {
    return parts.map((part, index) => (index % 2 ? element("mark", "dl-hit", part) : part));
  }

  function evidence([before, name, after]) {
    const isEmpty = (parts) => parts.every((part) => !part);
    if ([before, name, after].every(isEmpty)) return null;
    const place = isEmpty(name) ? "" : element("mark", "", ...marked(name));
    const quote = element("blockquote", "dl-evidence", ...marked(before), place, ...marked(after));
    quote.dir = "auto";
    return quote;
  }

  function summaryOf(parts) {
    if (parts.every((part) => !part)) return null;
    const node = element("p", "dl-summary", ...marked(parts));
    node.dir = "auto";
    return node;
  }

  // Why a search has found the event, where nothing above says so: [where, marked parts].
  function foundIn(snippet) {
    if (!snippet) return null;
    const [place, parts] = snippet;
    return element("p", "dl-found", element("b", "", `${place}: `), text("bdi", "", ...marked(parts)));
  }

  function why(words) {
    return words ? element("p", "dl-why", element("b", "", "Why here: "), text("bdi", "", words)) : null;
  }

  function sources(entries) {
    if (!entries.length) return null;
    const list = element("p", "dl-sources", element("b", "", entries.length > 1 ? "Sources: " : "Source: "));
    entries.forEach(([label, url, title], index) => {
      if (index) list.append(" · ");
      list.append(outsideLink(label, url, title));
    });
    return list;
  }

  // What an event says beyond its title and place; arrives later where it was too much to send at once.
  function texts(card) {
    if (!card.texts) return [element("p", "dl-waiting", "Loading …")];
    const { summary, evidence: sentence, found, why: reasons, sources: entries } = card.texts;
    return [summaryOf(summary), evidence(sentence), foundIn(found), why(reasons), sources(entries)].filter(Boolean);
  }

  // What is searched is marked in it as soon as the texts are there.
  const titleOf = (card) => (card.texts ? marked(card.texts.title) : [card.title]);

  // card: {themes, title, href, place, precision, date, role, texts: {title, summary, evidence, found, why, sources}};
  // `found` is the list's alone.
  // In the list the row above has the title already; the link then comes last and in words of its own.
  function build(card, { titled = true } = {}) {
    const facts = element("p", "dl-facts", text("span", "dl-place", card.place));
    for (const fact of [card.precision, card.date ? `published ${card.date}` : "no date", card.role]) {
      if (fact) facts.append(element("span", "dl-fact", element("span", "dl-dot", " · "), fact));
    }
    const content = element("div", "dl-texts", ...texts(card));
    return titled
      ? element("article", "dl-card", themeRow(card.themes), articleLink(card, "dl-title", ...titleOf(card)), facts,
        content)
      : element("article", "dl-card", facts, themeRow(card.themes), content,
        articleLink(card, "dl-more-link", "Read the article"));
  }

  return { build, element, follow, isPlain, marked, svg, swatch, text, texts, viewOf, withView };
})();
