// The table of a collection: fetched once, read column by column; an event becomes an object when it is needed.
(() => {
  "use strict";
  const dateline = window.dateline;
  const PATIENCE = [0, 150, 400, 1000, 2500, 5000];

  class Table {
    constructor([themes, articles, places, roles, events, articleUrl]) {
      this.themes = themes.map(([name, colour, ink, glyph], index) => ({ index, name, colour, ink, glyph }));
      [this.articleIds, this.titles, this.dates, this.articleThemes] = articles;
      [this.labels, this.precisions, this.shapes, this.latitudes, this.longitudes, this.radii, this.countries] = places;
      this.roles = roles;
      [this.ids, this.articles, this.places, this.roleNumbers, this.doubtful] = events;
      this.articleUrl = articleUrl;
      this.count = this.ids.length;
      this.events = new Map();
      this.asked = new Set();
    }

    latitude(row) { return this.latitudes[this.places[row]]; }
    longitude(row) { return this.longitudes[this.places[row]]; }
    shape(row) { return this.shapes[this.places[row]]; }

    // An event's leading theme colours everything that stands for it: the first of its article's themes that the filter
    // asks for, else the first. It is the rule of leading.py, by which list and timeline go. asked: positions of themes.
    lead(asked) {
      if (asked.length !== this.asked.size || !asked.every((theme) => this.asked.has(theme))) this.asked = new Set(asked);
    }

    theme(row) {
      const themes = this.articleThemes[this.articles[row]];
      return this.asked.size ? themes.find((theme) => this.asked.has(theme)) ?? themes[0] : themes[0];
    }

    // The themes of an article, the leading one first.
    ordered(article) {
      const themes = this.articleThemes[article];
      if (!this.asked.size) return themes;
      return [...themes.filter((theme) => this.asked.has(theme)), ...themes.filter((theme) => !this.asked.has(theme))];
    }

    rowOf(id) {
      if (!this.rows) this.rows = new Map(this.ids.map((each, row) => [each, row]));
      return this.rows.has(id) ? this.rows.get(id) : -1;
    }

    // All rows of the article that a row belongs to.
    story(row) {
      if (!this.stories) {
        this.stories = this.titles.map(() => []);
        this.articles.forEach((article, each) => this.stories[article].push(each));
      }
      return this.stories[this.articles[row]];
    }

    event(row) {
      if (!this.events.has(row)) this.events.set(row, this.read(row));
      return this.events.get(row);
    }

    read(row) {
      const [roleId, role] = this.roles[this.roleNumbers[row]];
      return { row, id: this.ids[row], role, roleId, doubtful: Boolean(this.doubtful[row]), texts: null,
        article: this.article(this.articles[row]), place: this.place(this.places[row]) };
    }

    article(index) {
      const id = this.articleIds[index];
      const table = this;
      // What stands open while the filter changes is told anew which theme leads.
      return { title: this.titles[index], date: this.dates[index], href: this.articleUrl + encodeURIComponent(id),
        get themes() { return table.ordered(index).map((theme) => table.themes[theme]); } };
    }

    place(index) {
      return { index, label: this.labels[index], precision: this.precisions[index], shape: this.shapes[index],
        latitude: this.latitudes[index], longitude: this.longitudes[index], radius: this.radii[index],
        country: this.countries[index] };
    }
  }

  // A run that was interrupted may have let go of the file; the run that follows names it again.
  async function fetchTable(url) {
    for (const wait of PATIENCE) {
      await new Promise((resolve) => { setTimeout(resolve, wait); });
      const values = await fetch(url).then(unpack).catch(() => null);
      if (values) return new Table(values);
    }
    throw new Error(`The events did not load from ${url}`);
  }

  function unpack(response) {
    if (!response.ok) return null;
    return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
  }

  dateline.unpack = unpack;

  // The collection changes seldom: one table is kept.
  let kept = { url: "", table: null };
  dateline.loadTable = (url) => {
    if (kept.url !== url) {
      dateline.needNoMore("events");
      kept = { url, table: dateline.need("events", () => fetchTable(url)) };
    }
    return kept.table;
  };

  // Rows whose bit is set, the first one in the lowest bit of the first byte; no bits at all mean every row.
  dateline.readRows = (count, bits) => {
    if (!bits) return Uint32Array.from({ length: count }, (_, row) => row);
    const bytes = atob(bits);
    const rows = new Uint32Array(count);
    let found = 0;
    for (let row = 0; row < count; row += 1) {
      if ((bytes.charCodeAt(row >> 3) >> (row & 7)) & 1) rows[found++] = row;
    }
    return rows.subarray(0, found);
  };
})();
