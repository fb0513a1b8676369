// A hint for the first visit. A module of the page; dateline-card.js stands before it in the same script.
const { element, follow, isPlain } = globalThis.datelineCard;

const KEY = "dateline-hint-read";

// A browser may refuse to remember; then the hint is gone until the page is loaded anew.
function isRead() {
  try {
    return Boolean(globalThis.datelineHintRead || localStorage.getItem(KEY));
  } catch {
    return Boolean(globalThis.datelineHintRead);
  }
}

function remember() {
  globalThis.datelineHintRead = true;
  try {
    localStorage.setItem(KEY, "1");
  } catch {
    // It has been said in this visit at least.
  }
}

function build(data) {
  const more = element("a", "", data.more);
  more.href = "about";
  more.addEventListener("click", (event) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    follow("about");
  });
  const close = element("button", "", "Got it");
  close.type = "button";
  const hint = element("aside", "dl-hint", element("p", "", data.words), element("div", "", more, close));
  hint.setAttribute("aria-label", "Hint for the first visit");
  const dismiss = () => {
    remember();
    hint.remove();
  };
  close.addEventListener("click", dismiss);
  hint.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    dismiss();
  });
  return hint;
}

export default function render({ data, parentElement }) {
  const shown = parentElement.querySelector(".dl-hint");
  // Who opens a link came to see what it shows; the hint would lie on it.
  if (!shown && !location.search && !isRead()) parentElement.append(build(data));
}
