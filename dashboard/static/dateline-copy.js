// A button that copies the page's address. A module of the page; dateline-card.js stands before it in the same
// script.
const { element } = globalThis.datelineCard;
const SHOWN = 2500; // milliseconds for which it says that it is done

async function copy(panel) {
  const address = location.href;
  // Without https the browser has no clipboard for pages; the older way may work, else a person can.
  try {
    await navigator.clipboard.writeText(address);
    return say(panel, "Copied");
  } catch {
    panel.field.hidden = false;
    panel.field.value = address;
    panel.field.focus();
    panel.field.select();
    if (!copySelected()) return say(panel, "Copy it from here");
    panel.field.hidden = true;
    panel.button.focus();
    return say(panel, "Copied");
  }
}

function copySelected() {
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  }
}

function say(panel, words) {
  panel.status.textContent = words;
  clearTimeout(panel.timer);
  panel.timer = setTimeout(() => { panel.status.textContent = ""; }, SHOWN);
}

function makePanel(parentElement) {
  const button = element("button", "dl-copy", "Copy link");
  const field = element("input", "dl-address");
  const status = element("span", "dl-copied");
  const panel = { button, field, status };
  button.type = "button";
  button.addEventListener("click", () => copy(panel));
  field.readOnly = true;
  field.hidden = true;
  field.setAttribute("aria-label", "Link to this view");
  field.addEventListener("blur", () => { field.hidden = true; });
  status.setAttribute("role", "status");
  const root = element("div", "dl-copying", button, field, status);
  parentElement.append(root);
}

export default function render({ parentElement }) {
  if (!parentElement.querySelector(".dl-copying")) makePanel(parentElement);
}
