// Days in the words and marks of a time axis. Days are numbers since 1 January 1970; a period is a pair of first
// and last day, null where there is no bound.

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

// ---- days in words -------------------------------------------------------------------------------

const moment = (day) => new Date(day * 864e5);
const year = (day) => moment(day).getUTCFullYear();
const monthOf = (day) => MONTHS[moment(day).getUTCMonth()];
const dayWords = (day) => `${moment(day).getUTCDate()} ${monthOf(day)} ${year(day)}`;
const countWords = (count, noun) => `${count.toLocaleString("en")} ${count === 1 ? noun : `${noun}s`}`;

function spanWords([start, end], data) {
  if (start === null && end === null) {
    return data.first === data.last ? `All on ${dayWords(data.first)}`
      : `All dates, ${dayWords(data.first)} – ${dayWords(data.last)}`;
  }
  if (start === null) return `Until ${dayWords(end)}`;
  if (end === null) return `From ${dayWords(start)}`;
  return start === end ? dayWords(start) : `${dayWords(start)} – ${dayWords(end)}`;
}

function barWords(data, bar) {
  const day = data.edges[bar];
  if (data.unit === "week") return `Week of ${dayWords(day)}`;
  if (data.unit === "month") return `${monthOf(day)} ${year(day)}`;
  if (data.unit === "quarter") return `${monthOf(day)} – ${monthOf(data.edges[bar + 1] - 1)} ${year(day)}`;
  return data.unit === "year" ? String(year(day)) : dayWords(day);
}

// ---- the marks below the bars --------------------------------------------------------------------

// Days at which a mark may stand, from every day to every fifth century; the first that leaves room is taken.
const STEPS = [["day", 1], ["day", 7], ["day", 14], ["month", 1], ["month", 3], ["month", 6],
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map((years) => ["month", years * 12])];

function marks(first, end, width) {
  const room = (end - first) / Math.max(width / 74, 1); // days that a mark needs
  const [unit, step] = STEPS.find(([kind, count]) => (kind === "day" ? count : count * 30.4) >= room)
    || STEPS.at(-1);
  const days = unit === "day" ? everyDays(first, end, step) : everyMonths(first, end, step);
  return days.map((day, index) => [day, markWords(day, unit, step, index === 0)]);
}

function everyDays(first, end, step) {
  const from = step % 7 ? first : first + ((4 - first) % 7 + 7) % 7; // day 4 was a Monday
  const days = [];
  for (let day = from; day < end; day += step) days.push(day);
  return days;
}

function everyMonths(first, end, step) {
  const days = [];
  const start = moment(first);
  let month = Math.floor((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step;
  for (; days.length < 400; month += step) {
    const at = new Date(0);
    at.setUTCFullYear(Math.floor(month / 12), month % 12, 1);
    const day = Math.round(at / 864e5);
    if (day >= end) break;
    if (day >= first) days.push(day);
  }
  return days;
}

function markWords(day, unit, step, isFirst) {
  if (unit === "day") {
    const words = `${moment(day).getUTCDate()} ${monthOf(day)}`;
    return isFirst ? `${words} ${year(day)}` : words;
  }
  const january = moment(day).getUTCMonth() === 0;
  if (step >= 12 || january) return String(year(day));
  return isFirst ? `${monthOf(day)} ${year(day)}` : monthOf(day);
}

function niceBelow(most) {
  const power = 10 ** Math.floor(Math.log10(most));
  return [5, 2, 1].map((factor) => factor * power).find((value) => value <= most);
}
