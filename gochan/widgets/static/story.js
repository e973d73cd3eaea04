// What is known at a stop. Places are stops: stop k is the moment after the k-th step. A state holds
// from its first stop up to, not including, its last.
//
// A long run comes as columns (payload.py says which), and stays so: a bar or an arrow is a number,
// and `bar` and `arrow` make a row of it for whoever wants to look at one.

const [STATE, REASON, THING, START, END, FIRST, LAST] = [0, 1, 2, 3, 4, 5, 6]; // of a bar
const [FROM, TO, CHANNEL, VALUE, SENT, RECEIVED, SENT_STOP, RECEIVED_STOP] = [0, 1, 2, 3, 4, 5, 6, 7];
const NOBODY = -1;

class Story {
  constructor(data) {
    const plain = ["lanes", "shown", "waits", "places", "channels", "sources", "words", "doers", "wakers"];
    for (const name of [...plain, "end", "outcome", "ending", "alt", "looks"]) this[name] = data[name];
    this.times = sums(data.times, Float64Array);
    this.count = this.times.length;
    this.laneOf = new Map(this.lanes.map(([goroutine], lane) => [goroutine, lane]));
    this.visible = this.shown;
    this.readBars(data.bars);
    this.readArrows(data.arrows);
    this.readMarks(data.marks);
    this.readSentences(data.sentences);
    this.lineFrom = starts(data.lines.count);
    this.lineStops = sumsByGroup(data.lines.stop, this.lineFrom);
    this.linePlaces = data.lines.place;
    this.printStops = sums(data.prints.stop, Int32Array);
    this.printTexts = data.prints.text;
    this.pace = this.paceOf();
  }

  readBars({ count, gap, length, wait, by }) {
    this.barFrom = starts(count);
    this.barWait = Int32Array.from(wait);
    this.barBy = Int32Array.from(by);
    this.barFirst = new Int32Array(gap.length);
    this.barLast = new Int32Array(gap.length);
    this.barLane = new Int32Array(gap.length);
    for (let lane = 0; lane < count.length; lane++) {
      for (let k = this.barFrom[lane], at = 0; k < this.barFrom[lane + 1]; k++) {
        this.barFirst[k] = at + gap[k];
        this.barLast[k] = at = at + gap[k] + length[k];
        this.barLane[k] = lane;
      }
    }
  }

  readArrows({ from, to, channel, value, sent, took }) {
    Object.assign(this, { arrowFrom: from, arrowTo: to, arrowChannel: channel, arrowValue: value });
    this.arrowSent = sums(sent, Int32Array);
    this.arrowReceived = this.arrowSent.map((stop, k) => stop + took[k]);
    this.byChannel = new Map(); // in the order of sending, which is that of receiving too
    channel.forEach((word, k) => {
      const name = this.words[word];
      if (!this.byChannel.has(name)) this.byChannel.set(name, []);
      this.byChannel.get(name).push(k);
    });
  }

  readMarks({ lane, kind, stop, text }) {
    const stops = sums(stop, Int32Array);
    this.marks = lane.map((at, k) => [at, this.words[kind[k]], stops[k], this.words[text[k]]]);
    this.closedAt = new Map(this.marks.filter(([, is]) => is === "close").map(([, , when, name]) => [name, when]));
    this.crashedAt = new Map(this.marks.filter(([, is]) => is === "crash").map(([at, , when]) => [at, when]));
  }

  readSentences({ forms, form, words }) {
    this.forms = forms.map((one) => one.split("{}"));
    this.form = form;
    this.sentenceWords = words;
    this.wordFrom = starts(form.map((one) => this.forms[one].length - 1));
  }

  // The sentence of a stop: a form with its blanks filled.
  sentence(stop) {
    const form = this.forms[this.form[stop]] ?? [""];
    const word = (k) => this.words[this.sentenceWords[this.wordFrom[stop] + k]];
    return form.reduce((text, piece, k) => text + word(k - 1) + piece);
  }

  // Program time of a stop; one beyond the last is the end.
  time(stop) {
    return stop < this.count ? this.times[stop] : this.end;
  }

  // Seconds of playing until each stop: every step is seen, and waiting takes its share.
  paceOf() {
    const perStep = Math.min(0.7, Math.max(0.02, 24 / Math.max(1, this.count)));
    const stretch = this.end ? 10 / this.end : 0;
    const pace = new Float64Array(Math.max(1, this.count));
    for (let k = 1; k < this.count; k++) {
      pace[k] = pace[k - 1] + perStep + (this.times[k] - this.times[k - 1]) * stretch;
    }
    return pace;
  }

  // The bar that a lane is in, NOBODY if its goroutine isn't there.
  barAt(lane, stop) {
    const bar = lastIn(this.barFirst, this.barFrom[lane], this.barFrom[lane + 1], stop);
    return bar >= this.barFrom[lane] && this.barLast[bar] > stop ? bar : NOBODY;
  }

  bar(bar) {
    const [state, reason, thing] = this.waits[this.barWait[bar]];
    const [first, last] = [this.barFirst[bar], this.barLast[bar]];
    return [state, this.words[reason], this.words[thing] ?? null, this.time(first), this.time(last), first, last];
  }

  stateOf(bar) {
    return this.waits[this.barWait[bar]][STATE];
  }

  state(lane, stop) {
    const bar = this.barAt(lane, stop);
    return bar === NOBODY ? null : this.bar(bar);
  }

  arrow(k) {
    const lane = (number) => (number === NOBODY ? null : number);
    const [sent, received] = [this.arrowSent[k], this.arrowReceived[k]];
    const texts = [this.words[this.arrowChannel[k]], this.words[this.arrowValue[k]]];
    return [lane(this.arrowFrom[k]), lane(this.arrowTo[k]), ...texts, this.time(sent), this.time(received), sent, received];
  }

  // Whether an arrow goes from one lane to another one.
  travels(k) {
    return this.arrowFrom[k] !== NOBODY && this.arrowTo[k] !== NOBODY && this.arrowFrom[k] !== this.arrowTo[k];
  }

  // The values that are on their way at a stop, or leave with the next one.
  underway(stop) {
    this.flights ??= new Sweep(
      this.arrowFrom.map((_, k) => k).filter((k) => this.travels(k)),
      (k) => this.arrowSent[k] - 1,
      (k) => this.arrowReceived[k] + 1,
      this.count,
    );
    return this.flights.at(stop);
  }

  line(lane, stop) {
    const k = lastIn(this.lineStops, this.lineFrom[lane], this.lineFrom[lane + 1], stop);
    return k >= this.lineFrom[lane] ? [this.lineStops[k], ...this.places[this.linePlaces[k]]] : null;
  }

  // What was printed until a stop, and how many lines of it are left out in front.
  printed(stop, most) {
    const count = lastIn(this.printStops, 0, this.printStops.length, stop) + 1;
    const texts = this.printTexts.slice(Math.max(0, count - most), count).map((word) => this.words[word]);
    return { texts, before: Math.max(0, count - most) };
  }

  // The messages in a channel's buffer: from which to which of its messages.
  filled(channel, stop) {
    const messages = this.byChannel.get(channel) ?? [];
    const taken = lastAtMost(messages, stop, (k) => this.arrowReceived[k]) + 1;
    return [messages, taken, lastAtMost(messages, stop, (k) => this.arrowSent[k]) + 1];
  }

  inside(channel, stop) {
    const [messages, first, last] = this.filled(channel, stop);
    return messages.slice(first, last).map((k) => this.arrow(k));
  }

  // The lanes that wait at one end of a channel, who came first first.
  waiting(channel, reason, stop) {
    const bars = this.queues().get(`${reason} ${channel}`)?.at(stop) ?? [];
    return [...bars].sort((a, b) => this.barFirst[a] - this.barFirst[b]).map((bar) => this.barLane[bar]);
  }

  // For each end of a channel the bars that wait there; a select waits at several.
  queues() {
    if (this.queueOf) return this.queueOf;
    const ends = this.waits.map(([, reason, thing]) => this.endsOf(this.words[reason], this.words[thing]));
    const bars = new Map();
    this.barWait.forEach((wait, bar) => {
      for (const end of ends[wait]) bars.get(end)?.push(bar) ?? bars.set(end, [bar]);
    });
    const sweep = (rows) => new Sweep(rows, (k) => this.barFirst[k], (k) => this.barLast[k], this.count);
    this.queueOf = new Map([...bars].map(([end, rows]) => [end, sweep(rows)]));
    return this.queueOf;
  }

  endsOf(reason, thing) {
    if (!thing) return [];
    if (!thing.includes("<-")) return reason.startsWith("chan ") ? [`${reason} ${thing}`] : [];
    return thing.split(", ").map((one) =>
      one.startsWith("<-") ? `chan receive ${one.slice(2)}` : `chan send ${one.slice(0, -2)}`,
    );
  }

  // How many goroutines are in each state, with those without a bar under "ended" and "not started".
  counts(stop) {
    if (!this.perState) {
      const all = this.barWait.map((_, k) => k);
      const [from, to] = [(k) => this.barFirst[k], (k) => this.barLast[k]];
      const inState = this.looks.map(() => []);
      for (const bar of all) inState[this.stateOf(bar)].push(bar);
      this.perState = inState.map((bars) => countsAt(bars, from, to, this.count));
    }
    return this.perState.map((counts) => counts[stop]);
  }

  isThere(lane, stop) {
    const [first, beyond] = [this.barFrom[lane], this.barFrom[lane + 1]];
    return first < beyond && this.barFirst[first] <= stop && stop < this.barLast[beyond - 1];
  }

  // Who could wake a goroutine that waits: only those that are still there.
  helpers(bar, lane, stop) {
    const all = this.wakers[`${bar[REASON]}|${bar[THING]}`] ?? [];
    return all.filter((id) => {
      const other = this.laneOf.get(id);
      return other !== lane && (other === undefined || this.isThere(other, stop));
    });
  }

  name(id) {
    return this.lanes[this.laneOf.get(id)]?.[1] ?? (id ? `g${id}` : "the clock");
  }
}

// Numbers that were told as differences.
function sums(differences, Numbers) {
  const numbers = new Numbers(differences.length);
  for (let k = 0, sum = 0; k < numbers.length; k++) numbers[k] = sum += differences[k];
  return numbers;
}

function sumsByGroup(differences, from) {
  const numbers = new Int32Array(differences.length);
  for (let group = 0; group + 1 < from.length; group++) {
    for (let k = from[group], sum = 0; k < from[group + 1]; k++) numbers[k] = sum += differences[k];
  }
  return numbers;
}

// Where each group begins, and where the last one ends.
function starts(counts) {
  const from = new Int32Array(counts.length + 1);
  for (let k = 0; k < counts.length; k++) from[k + 1] = from[k] + counts[k];
  return from;
}

// The last of numbers[low] ... numbers[high - 1] that is at most x: its place, low - 1 if none is.
function lastIn(numbers, low, high, x) {
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
