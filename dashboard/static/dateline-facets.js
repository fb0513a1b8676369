// Themes with their counts; also the legend of the colours and glyphs. A module of the page;
// dateline-card.js stands before it in the same script.
const { element, swatch } = globalThis.datelineCard;

function facet([id, name, colour, ink, glyph], group) {
  const button = element("button", "dl-facet", swatch({ colour, ink, glyph }), element("span", "dl-name", name),
    element("span", "dl-count"));
  button.type = "button";
  button.setAttribute("role", "checkbox");
  button.dataset.theme = id;
  button.addEventListener("click", () => {
    button.setAttribute("aria-checked", String(!isChosen(button)));
    group.choose([...group.children].filter(isChosen).map((other) => other.dataset.theme));
  });
  return button;
}

const isChosen = (button) => button.getAttribute("aria-checked") === "true";

function update(button, [, name, , , , count, chosen]) {
  const words = count.toLocaleString("en");
  button.setAttribute("aria-checked", String(chosen));
  button.setAttribute("aria-label", `${name}, ${words} ${count === 1 ? "event" : "events"}`);
  button.classList.toggle("is-empty", !count && !chosen);
  button.lastChild.textContent = words;
}

function makeGroup(parentElement) {
  const group = element("div", "dl-facets");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Themes");
  group.number = 0;
  parentElement.append(group);
  return group;
}

// A choice that comes while the server answers another may get lost on the way; saying it twice changes nothing.
function askAgain(group, times) {
  clearTimeout(group.timer);
  group.timer = setTimeout(() => {
    if (group.heard >= group.number || !group.isConnected || !times) return;
    group.tell();
    askAgain(group, times - 1);
  }, 1500);
}

export default function render({ data, parentElement, setTriggerValue }) {
  const group = parentElement.querySelector(".dl-facets") || makeGroup(parentElement);
  group.heard = data.number;
  group.tell = () => setTriggerValue("chosen", { chosen: group.chosen, number: group.number });
  group.choose = (chosen) => {
    group.number = Math.max(group.number + 1, Date.now());
    group.chosen = chosen;
    group.tell();
    askAgain(group, 5);
  };
  // An answer to an older choice must not undo a newer one that is on its way; its counts are welcome.
  const late = data.number < group.number;
  const facets = data.facets.map((entry) =>
    late ? [...entry.slice(0, 6), group.chosen.includes(entry[0])] : entry);
  group.classList.toggle("has-choice", facets.some((entry) => entry[6]));
  // The same buttons stay, so that a click between two answers is not lost with its button.
  const held = [...group.children].map((button) => button.dataset.theme);
  if (held.join() !== facets.map(([id]) => id).join()) {
    group.replaceChildren(...facets.map((entry) => facet(entry, group)));
  }
  facets.forEach((entry, index) => update(group.children[index], entry));
}
