// What the map needs and did not get: said on the map, with a way to ask again.
(() => {
  "use strict";
  const dateline = window.dateline;
  const { element } = datelineCard;
  const notes = new Map();

  function take(what) {
    notes.get(what)?.remove();
    notes.delete(what);
  }

  function say(what, again) {
    const button = element("button", "", "Try again");
    button.type = "button";
    button.addEventListener("click", () => {
      take(what);
      dateline.map.getContainer().focus();
      again();
    });
    const note = element("div", "dl-missing", element("span", "", `The ${what} did not load.`), button);
    note.setAttribute("role", "alert");
    L.DomEvent.disableClickPropagation(note);
    L.DomEvent.on(note, "keydown", L.DomEvent.stopPropagation);
    notes.set(what, note);
    dateline.map.getContainer().append(note);
  }

  // A promise of what is needed. It is never broken: a viewer who is told may try again, and what waits then goes on.
  // what: as it reads after "The"; bring: gives a promise of it.
  dateline.need = (what, bring) => new Promise((resolve) => {
    const attempt = () => bring().then(resolve, (error) => {
      console.error(error);
      take(what);
      say(what, attempt);
    });
    attempt();
  });

  // Another of its kind is needed in its place.
  dateline.needNoMore = take;
})();
