// Themes with their counts; also the legend of the colours and glyphs. A module of the page;
// dateline-card.js stands before it in the same script.
const { element, swatch } = globalThis.datelineCard;

function facet([id, name, colour, ink, glyph, count, chosen], send) {
  const button = element("button", "dl-facet", swatch({ colour, ink, glyph }),
    element("span", "dl-name", name), element("span", "dl-count", count.toLocaleString("en")));
  button.type = "button";
  button.setAttribute("role", "checkbox");
  button.setAttribute("aria-checked", String(chosen));
  button.setAttribute("aria-label", `${name}, ${count} events`);
  button.dataset.theme = id;
  button.classList.toggle("is-empty", !count && !chosen);
  button.addEventListener("click", () => {
    const checked = button.getAttribute("aria-checked") !== "true";
    button.setAttribute("aria-checked", String(checked));
    // All that is chosen, not what has changed: of two quick clicks the page may hear the last one only.
    const all = [...button.parentElement.querySelectorAll("[aria-checked='true']")];
    send("chosen", all.map((other) => other.dataset.theme));
  });
  return button;
}

export default function render({ data, parentElement, setTriggerValue }) {
  let group = parentElement.querySelector(".dl-facets");
  if (!group) {
    group = element("div", "dl-facets");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", "Themes");
    parentElement.append(group);
  }
  const focused = parentElement.activeElement?.dataset?.theme;
  group.classList.toggle("has-choice", data.facets.some((entry) => entry[6]));
  group.replaceChildren(...data.facets.map((entry) => facet(entry, setTriggerValue)));
  if (focused) group.querySelector(`[data-theme="${CSS.escape(focused)}"]`)?.focus();
}
