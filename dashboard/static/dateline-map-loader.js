// The first script of the frame. streamlit-folium asks for one script after the other has run; this has the
// browser fetch all of them, named after "#" in its own address, at once.
(() => {
  "use strict";
  for (const url of document.currentScript.src.split("#")[1].split(",")) {
    const link = document.createElement("link");
    link.rel = "preload";
    link.as = url.includes(".json?") ? "fetch" : "script";
    if (link.as === "fetch") link.crossOrigin = "anonymous";
    link.href = url;
    document.head.append(link);
  }
})();
