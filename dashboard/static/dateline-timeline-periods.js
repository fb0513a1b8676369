// Which period a choice means, in bars and in places on the plot, and how the page is told of it. Part of the
// timeline's script, after dateline-timeline-drawing.js.

// ---- choosing ------------------------------------------------------------------------------------

// The period of the bars from one to another, the last one not among them.
function barsRange({ data }, from, until) {
  if (from <= 0 && until >= data.edges.length - 1) return [null, null];
  return [Math.max(data.edges[from], data.first), Math.min(data.edges[until] - 1, data.last)];
}

// `within`: the period that is walked through; the range is then its window, and passes. `wait`: milliseconds before the
// page is told.
function choose(line, range, { within = null, wait = 0 } = {}) {
  line.range = range;
  line.home = location.pathname;
  drawRange(line, range, countBars(line, range));
  line.teller.tell({ start: range[0], end: range[1], within }, { wait });
}

// Whether the page that the last choice was made on is still there. The address changes before the page does.
const isHere = ({ root, home }) => root.isConnected && location.pathname === home;

// Events in the bars of a period: what is known before the server has counted to the day.
function countBars({ data, bars }, [start, end]) {
  if (start === null && end === null) return data.undated + bars.reduce((sum, stack) => sum + total(stack), 0);
  return bars.reduce((sum, stack, bar) => {
    const inside = (start === null || data.edges[bar + 1] > start) && (end === null || data.edges[bar] <= end);
    return sum + (inside ? total(stack) : 0);
  }, 0);
}

function barAt(line, place) {
  const { edges } = line.data;
  const day = edges[0] + (place / line.width) * (edges.at(-1) - edges[0]);
  const bar = edges.findIndex((edge) => edge > day) - 1;
  return bar < 0 ? (place <= 0 ? 0 : edges.length - 2) : bar;
}

// The edge between bars that is nearest to a place on the plot.
function edgeAt(line, place) {
  let best = 0;
  line.data.edges.forEach((edge, index) => {
    if (Math.abs(x(line, edge) - place) < Math.abs(x(line, line.data.edges[best]) - place)) best = index;
  });
  return best;
}

// Moves one end of a period to an edge between bars; at the end of the timeline there is no bound.
function moveEnd(line, which, edge) {
  const { edges, first, last } = line.data;
  const [start, end] = line.range;
  if (which === 0) {
    const until = end === null ? edges.length - 1 : edgeAfter(edges, end + 1);
    const at = Math.min(edge, until - 1);
    return [at <= 0 ? null : Math.max(edges[at], first), end];
  }
  const from = start === null ? 0 : edgeBefore(edges, start);
  const at = Math.max(edge, from + 1);
  return [start, at >= edges.length - 1 ? null : Math.min(edges[at] - 1, last)];
}

const edgeAfter = (edges, day) => {
  const found = edges.findIndex((edge) => edge >= day);
  return Math.max(found < 0 ? edges.length - 1 : found, 1);
};
const edgeBefore = (edges, day) => {
  const found = edges.findLastIndex((edge) => edge <= day);
  return Math.min(Math.max(found, 0), edges.length - 2);
};
