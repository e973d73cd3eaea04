// Which part of the run the timeline shows: zooming, panning, and the strip with the whole run.
// The page keeps its own scrolling: the wheel zooms with Ctrl (or a pinch) only.

const STRIP = 26; // pixels: height of the strip
const DRAG = 4; // pixels until a press is a drag

class Zoom {
  // `moved(stop)` is called for a place that the reader clicks on, `changed()` for another window.
  constructor(timeline, strip, { moved, changed }) {
    Object.assign(this, { timeline, strip, moved, changed });
    const { canvas } = timeline;
    canvas.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.onPress(event));
    canvas.addEventListener("pointermove", (event) => this.onDrag(event));
    canvas.addEventListener("pointerup", (event) => this.onRelease(event));
    canvas.addEventListener("pointercancel", () => (this.pressed = null));
    strip.addEventListener("pointerdown", (event) => {
      strip.setPointerCapture(event.pointerId);
      this.centre(event);
    });
    strip.addEventListener("pointermove", (event) => event.buttons && this.centre(event));
  }

  get span() {
    return this.timeline.window.to - this.timeline.window.from;
  }

  get isWhole() {
    return this.span >= 1;
  }

  set(from, span) {
    const { timeline } = this;
    const closest = Math.min(1, 5 / timeline.scene.whole);
    const width = Math.min(1, Math.max(closest, span));
    const start = Math.max(0, Math.min(1 - width, from));
    if (start === timeline.window.from && start + width === timeline.window.to) return;
    timeline.window = { from: start, to: start + width };
    this.changed();
  }

  // Another scale; the place at this share of the axis stays where it is on the screen.
  by(factor, share) {
    const { from, to } = this.timeline.window;
    const still = Math.max(from, Math.min(to, share));
    const span = Math.min(1, this.span * factor);
    this.set(still - ((still - from) / this.span) * span, span);
  }

  pan(windows) {
    this.set(this.timeline.window.from + windows * this.span, this.span);
  }

  whole() {
    this.set(0, 1);
  }

  // Turns the page when the moment that is shown has left the window.
  follow(x) {
    const { width } = this.timeline;
    if (this.isWhole || (x >= LABEL && x <= width - BEYOND)) return;
    this.set(this.timeline.share(x) - 0.15 * this.span, this.span);
  }

  onWheel(event) {
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (event.ctrlKey || event.metaKey) {
      this.by(Math.exp(event.deltaY * (event.deltaMode ? 0.05 : 0.002)), this.timeline.share(event.offsetX));
    } else if (sideways && !this.isWhole) {
      this.pan(event.deltaX / this.timeline.scene.plot);
    } else return;
    event.preventDefault();
  }

  onPress(event) {
    if (event.button) return;
    this.pressed = { x: event.offsetX, from: this.timeline.window.from, dragged: false };
    this.timeline.canvas.setPointerCapture(event.pointerId);
  }

  // A drag pans; where there is nothing to pan it moves the position.
  onDrag(event) {
    const { pressed } = this;
    if (!pressed) return;
    const by = event.offsetX - pressed.x;
    if (!pressed.dragged && Math.abs(by) < DRAG) return;
    pressed.dragged = true;
    if (this.isWhole) this.moved(event, false);
    else this.set(pressed.from - (by / this.timeline.scene.plot) * this.span, this.span);
  }

  onRelease(event) {
    if (this.pressed && !this.pressed.dragged) this.moved(event, true);
    this.pressed = null;
  }

  centre(event) {
    const scene = this.stripScene;
    this.set(scene.share(event.offsetX) - this.span / 2, this.span);
  }

  // The whole run, small; drawn anew only for another run, another width or another choice of lanes.
  drawStrip(story, colors) {
    const { strip, timeline } = this;
    strip.hidden = this.isWhole;
    if (strip.hidden) return;
    const key = [timeline.width, timeline.byStep, story.visible.join(), colors.paper].join("|");
    if (this.stripKey !== key || this.stripStory !== story) {
      [this.stripKey, this.stripStory] = [key, story];
      this.stripScene = new Scene(story, { ...timeline, colors, window: { from: 0, to: 1 } });
      this.stripPicture = this.paintStrip(story);
    }
    const pen = strip.getContext("2d");
    strip.width = this.stripPicture.width;
    strip.height = this.stripPicture.height;
    pen.drawImage(this.stripPicture, 0, 0);
    this.markWindow(pen, colors);
  }

  paintStrip(story) {
    const { stripScene: scene, timeline } = this;
    const picture = document.createElement("canvas");
    picture.width = timeline.width * timeline.ratio;
    picture.height = STRIP * timeline.ratio;
    const pen = picture.getContext("2d");
    pen.scale(timeline.ratio, timeline.ratio);
    const height = (STRIP - 6) / Math.max(1, story.visible.length);
    story.visible.forEach((lane, row) => {
      const columns = new Columns(scene.width, story.looks.length);
      const bottom = 3 + (row + 1) * height;
      const fill = (left, width, low, high, state) => {
        pen.fillStyle = story.looks[state][0];
        pen.fillRect(left, bottom - high * (height - 0.5), width, (high - low) * (height - 0.5));
      };
      const [first, beyond] = scene.barsOf(lane);
      for (let bar = first; bar < beyond; bar++) {
        const [left, right] = scene.ends(bar);
        if (right - left < COLUMN) columns.add(left, right, story.stateOf(bar));
        else fill(left, right - left, 0, 1, story.stateOf(bar));
      }
      columns.pieces(fill);
    });
    return picture;
  }

  markWindow(pen, colors) {
    const { timeline, stripScene: scene } = this;
    const edge = (share) => LABEL + share * scene.plot;
    const [left, right] = [edge(timeline.window.from), edge(timeline.window.to)];
    pen.scale(timeline.ratio, timeline.ratio);
    pen.fillStyle = colors.paper;
    pen.globalAlpha = 0.65;
    pen.fillRect(LABEL, 0, left - LABEL, STRIP);
    pen.fillRect(right, 0, timeline.width - right, STRIP);
    pen.globalAlpha = 1;
    pen.strokeStyle = colors.ink;
    pen.lineWidth = 2;
    pen.strokeRect(left, 1, Math.max(3, right - left), STRIP - 2);
  }
}
