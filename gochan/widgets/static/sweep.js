// Rows that hold for a while each, and which of them hold at a stop. It remembers where it was, so to
// go on by a step costs what that step changes, however many rows there are.

class Sweep {
  // `rows` are numbers; a row holds from the stop from(row) up to, not including, to(row).
  constructor(rows, from, to, stops) {
    this.from = from;
    this.to = to;
    this.opens = sortedByStop(rows, from, stops);
    this.closes = sortedByStop(rows, to, stops);
    this.opened = 0;
    this.closed = 0;
    this.holding = new Set();
  }

  at(stop) {
    const { opens, closes, from, to, holding } = this;
    while (this.opened < opens.length && from(opens[this.opened]) <= stop) holding.add(opens[this.opened++]);
    while (this.closed > 0 && to(closes[this.closed - 1]) > stop) holding.add(closes[--this.closed]);
    while (this.closed < closes.length && to(closes[this.closed]) <= stop) holding.delete(closes[this.closed++]);
    while (this.opened > 0 && from(opens[this.opened - 1]) > stop) holding.delete(opens[--this.opened]);
    return holding;
  }
}

// By counting: stops are small numbers, and there may be a hundred thousand rows.
function sortedByStop(rows, stopOf, stops) {
  const place = new Int32Array(stops + 3);
  const clamped = (row) => Math.max(0, Math.min(stops + 1, stopOf(row) + 1));
  for (const row of rows) place[clamped(row) + 1]++;
  for (let k = 1; k < place.length; k++) place[k] += place[k - 1];
  const sorted = new Int32Array(rows.length);
  for (const row of rows) sorted[place[clamped(row)]++] = row;
  return sorted;
}

// How many rows hold at each stop.
function countsAt(rows, from, to, stops) {
  const counts = new Int32Array(stops + 2);
  for (const row of rows) {
    counts[from(row)]++;
    counts[to(row)]--;
  }
  for (let k = 1; k < counts.length; k++) counts[k] += counts[k - 1];
  return counts;
}
