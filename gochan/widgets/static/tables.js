// The tables beside the picture: what the channels hold, and who waits on what.

const MOST_CHANNELS = 6;
const MOST_CHIPS = 4;
const MOST_CELLS = 16;
const NIL = "nil"; // what the channel is called that isn't there

function channelsHTML(story, stop) {
  const rows = story.channels.slice(0, MOST_CHANNELS).map(([name, cap]) => {
    const senders = queue(story, story.waiting(name, "chan send", stop));
    const receivers = queue(story, story.waiting(name, "chan receive", stop));
    const closed = story.closedAt.get(name) <= stop;
    return (
      `<tr><th scope="row">${escaped(name)}${closed ? " <i>closed</i>" : ""}</th>` +
      `<td class="gochan-senders">${senders}</td>` +
      `<td>${cells(held(story, name, cap, stop), cap, name)}</td><td>${receivers}</td></tr>`
    );
  });
  const more = story.channels.length - MOST_CHANNELS;
  const rest = more > 0 ? `<caption>and ${more} more channels</caption>` : "";
  return (
    `<thead><tr><th scope="col">channel</th><th scope="col">waiting to send</th>` +
    `<th scope="col">buffer</th><th scope="col">waiting to receive</th></tr></thead>` +
    `<tbody>${rows.join("")}</tbody>${rest}`
  );
}

function queue(story, lanes) {
  const shown = lanes.slice(0, MOST_CHIPS).map((lane) => chip(story, lane));
  const more = lanes.length - shown.length;
  return shown.join("") + (more > 0 ? ` and ${more.toLocaleString("en")} more` : "");
}

function chip(story, lane) {
  return `<span class="gochan-chip">${escaped(story.lanes[lane][1])}</span>`;
}

// The values in a buffer; of a large one only how many there are.
function held(story, channel, cap, stop) {
  if (cap <= MOST_CELLS) return story.inside(channel, stop).map((arrow) => arrow[VALUE]);
  const [, first, last] = story.filled(channel, stop);
  return { length: last - first };
}

// The buffer, the next value to leave on the right, as it flows from senders to receivers.
function cells(values, cap, name) {
  if (name === NIL) return `<span class="gochan-meet">no channel: nobody ever comes</span>`;
  if (!cap) return `<span class="gochan-meet">no buffer: they meet</span>`;
  if (cap > MOST_CELLS) return `${values.length} of ${cap}`;
  const empty = Array(Math.max(0, cap - values.length)).fill(`<span class="gochan-cell"></span>`);
  const full = values.map((value) => `<span class="gochan-cell gochan-full">${escaped(value)}</span>`);
  return `<span role="img" aria-label="${values.length} of ${cap}">${[...empty, ...full.reverse()].join("")}</span>`;
}

function whoHTML(story, stop) {
  const rows = story.visible.map((lane) => {
    const [, label] = story.lanes[lane];
    const bar = story.state(lane, stop);
    const cellsOf = bar ? whoCells(story, bar, lane, stop) : ["", "", "", ""];
    const state = bar ? story.looks[bar[STATE]][4] : notThere(story, lane, stop);
    const mark = bar ? `<span class="gochan-dot" style="background:${story.looks[bar[STATE]][0]}"></span>` : "";
    const rest = cellsOf.map((cell) => `<td>${escaped(cell)}</td>`).join("");
    return `<tr><th scope="row">${escaped(label)}</th><td>${mark}${state}</td>${rest}</tr>`;
  });
  const heads = ["goroutine", "state", "waits in", "on", "since", "who could wake it"];
  return (
    `<thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead>` +
    `<tbody>${rows.join("")}</tbody>`
  );
}

function notThere(story, lane, stop) {
  if (story.crashedAt.get(lane) <= stop) return "panicked";
  const first = story.barFrom[lane];
  return first < story.barFrom[lane + 1] && story.barFirst[first] > stop ? "not started" : "ended";
}

function whoCells(story, bar, lane, stop) {
  const word = story.looks[bar[STATE]][4];
  const since = duration(bar[START]);
  if (word === "running") return ["", "", "", ""];
  if (word === "runnable") return ["", bar[THING] ?? "", since, "its turn comes"];
  if (word === "sleeping" || word === "working") {
    return [bar[REASON], bar[THING] ?? "", since, `the clock, at ${duration(bar[END])}`];
  }
  const helpers = story.helpers(bar, lane, stop);
  const more = helpers.length > 4 ? ` and ${helpers.length - 3} more` : "";
  const named = helpers.slice(0, more ? 3 : 4).map((id) => story.name(id)).join(", ");
  return [bar[REASON], bar[THING] ?? "", since, named + more || "nobody"];
}
