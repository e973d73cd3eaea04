// What is known at a stop. Places are stops: stop k is the moment after the k-th step. A state holds
// from its first stop up to, not including, its last.

const [STATE, REASON, THING, START, END, FIRST, LAST] = [0, 1, 2, 3, 4, 5, 6]; // of a bar
const [FROM, TO, CHANNEL, VALUE, SENT, RECEIVED, SENT_STOP, RECEIVED_STOP] = [0, 1, 2, 3, 4, 5, 6, 7];

class Story {
  constructor(data) {
    Object.assign(this, data);
    this.count = data.times.length;
    this.pace = this.paceOf();
    this.sentBy = this.messagesBy(SENT_STOP);
    this.receivedBy = this.messagesBy(RECEIVED_STOP);
  }

  // Seconds of playing until each stop: every step is seen, and waiting takes its share.
  paceOf() {
    const perStep = Math.min(0.7, Math.max(0.02, 24 / Math.max(1, this.count)));
    const stretch = this.end ? 10 / this.end : 0;
    const pace = [0];
    for (let k = 1; k < this.count; k++) {
      pace.push(pace[k - 1] + perStep + (this.times[k] - this.times[k - 1]) * stretch);
    }
    return pace;
  }

  // For each channel its messages in order of sending (or of receiving; both orders are the same).
  messagesBy(stop) {
    const of = new Map(this.channels.map(([name]) => [name, []]));
    for (const arrow of this.arrows) of.get(arrow[CHANNEL])?.push(arrow);
    for (const rows of of.values()) rows.sort((a, b) => a[stop] - b[stop]);
    return of;
  }

  state(lane, stop) {
    const bars = this.bars[lane];
    const bar = bars[lastAtMost(bars, stop, (row) => row[FIRST])];
    return bar && bar[LAST] > stop ? bar : null;
  }

  line(lane, stop) {
    const lines = this.lines[lane];
    return lines[lastAtMost(lines, stop, (row) => row[0])] ?? null;
  }

  // The values in a channel's buffer.
  inside(channel, stop) {
    const sent = this.sentBy.get(channel);
    const received = this.receivedBy.get(channel);
    const first = lastAtMost(received, stop, (row) => row[RECEIVED_STOP]) + 1;
    return sent.slice(first, lastAtMost(sent, stop, (row) => row[SENT_STOP]) + 1);
  }

  // The lanes that wait at one end of a channel, who came first first.
  waiting(channel, reason, stop) {
    const mark = reason === "chan send" ? `${channel}<-` : `<-${channel}`;
    const rows = [];
    this.lanes.forEach((_, lane) => {
      const bar = this.state(lane, stop);
      if (!bar || !bar[THING]) return;
      const plain = bar[REASON] === reason && bar[THING] === channel;
      if (plain || bar[THING].split(", ").includes(mark)) rows.push([bar[FIRST], lane]);
    });
    return rows.sort((a, b) => a[0] - b[0]).map(([, lane]) => lane);
  }

  // Who could wake a goroutine that waits: only those that are still there.
  helpers(bar, lane, stop) {
    const all = this.wakers[`${bar[REASON]}|${bar[THING]}`] ?? [];
    return all.filter((id) => {
      const other = this.lanes.findIndex(([goroutine]) => goroutine === id);
      return other !== lane && (other < 0 || this.state(other, stop));
    });
  }

  name(id) {
    return this.lanes.find(([goroutine]) => goroutine === id)?.[1] ?? `g${id}`;
  }
}
