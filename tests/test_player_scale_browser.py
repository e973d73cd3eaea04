"""The Player's view with many events and many goroutines: speed, lanes, zoom, search, saving."""

from __future__ import annotations

import json
import re
import struct
import time as clock
import xml.etree.ElementTree as ET

import pytest
from lab import browser_page
from view_page import show_view

from gochan import Chan, go, record, sync, time, work
from gochan.analysis.words import sentences
from gochan.widgets.payload import payload

pytestmark = pytest.mark.browser


def packing(boxes=6):
    belt = Chan[int](2)

    def press():
        for box in range(boxes):
            time.sleep(0.1)
            belt.send(box)
        belt.close()

    go(press)
    for box in belt:
        work(0.25)
        print("packed", box)


def presses(boxes):
    """Four senders and a receiver: some 23 events for each round of four boxes."""
    belt, done = Chan[int](4), sync.WaitGroup()

    def press():
        for box in range(boxes):
            time.sleep(0.001)
            belt.send(box)

    def pack():
        for _ in belt:
            pass

    go(pack)
    for _ in range(4):
        done.go(press)
    done.wait()


def crowd(workers=100):
    """Most are blocked for a while, the last one for ever."""
    gate, never, done = Chan[int](), Chan[int](), sync.WaitGroup()

    def worker(number):
        time.sleep(number / 100)
        gate.recv()

    def late():
        never.recv()

    for number in range(workers):
        done.go(worker, number)
    go(late)
    for number in range(workers):
        gate.send(number)
    done.wait()
    time.sleep(0.1)


@pytest.fixture(scope="module")
def page():
    with browser_page() as page:
        yield page


@pytest.fixture
def small(page):
    show_view(page, record(packing).trace)
    return page


def stop(page):
    return page.evaluate("view.stop")


def shown_window(page):
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    window = json.loads(page.locator(".gochan-player").get_attribute("data-window"))
    return round(window["from"], 6), round(window["to"], 6)


FRAMES = """([act, seconds]) => new Promise((done) => {
    const step = eval(act);
    let frames = 0;
    const began = performance.now();
    const tick = (now) => {
        const share = (now - began) / (1000 * seconds);
        if (share >= 1) return done(frames / seconds);
        frames++;
        step(Math.max(0, share));
        requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
})"""
SCRUB = """(share) => {
    view.scrub.value = Math.round(share * (view.story.count - 1));
    view.scrub.dispatchEvent(new Event("input"));
}"""
LEAP = """(share) => {
    view.scrub.value = Math.floor(((share * 97) % 1) * view.story.count);
    view.scrub.dispatchEvent(new Event("input"));
}"""


@pytest.mark.measured
def test_100_000_events_are_loaded_and_scrubbed(page, tell):
    trace = record(presses, 4_400, max_steps=10**6).trace
    assert len(trace.events) > 100_000
    began = clock.perf_counter()
    text = json.dumps(payload(trace), separators=(",", ":"))
    python = clock.perf_counter() - began
    show_view(page, trace)
    first = float(page.locator(".gochan-player").get_attribute("data-load-time"))
    assert page.evaluate("view.story.count") == len(trace.steps())
    figures = {
        name: page.evaluate(FRAMES, [act, 2]) for name, act in [("on", SCRUB), ("to and fro", LEAP)]
    }
    page.evaluate("view.go(0); view.zoomBy(1 / 400)")
    shown_window(page)
    zoomed = page.evaluate(FRAMES, [SCRUB, 2])
    tell(
        f"{len(trace.events):,} events: {python:.2f} s in Python, {len(text) / 1e6:.1f} MB, "
        f"from data to picture {first:.0f} ms; frames a second while scrubbing "
        + ", ".join(f"{name} {rate:.0f}" for name, rate in figures.items())
        + f", on while zoomed in {zoomed:.0f}"
    )
    assert page.problems == []


@pytest.mark.measured
def test_2_000_bars_are_played(page, tell):
    show_view(page, record(presses, 150).trace)
    bars = page.evaluate("view.story.barFirst.length")
    assert bars >= 2_000
    page.evaluate("view.setPlaying(true)")
    rate = page.evaluate(FRAMES, ["(share) => 0", 2])
    drawn = page.evaluate("Number(view.root.dataset.drawn)")
    assert drawn > 20
    tell(f"{bars:,} bars: {rate:.0f} frames a second while playing")


@pytest.mark.parametrize("program", [packing, crowd, lambda: presses(20)])
def test_the_sentences_are_those_of_python(page, program):
    trace = record(program).trace
    show_view(page, trace)
    said = "Array.from({ length: view.story.count }, (_, stop) => view.story.sentence(stop))"
    assert page.evaluate(said) == sentences(trace)


def test_scrubbing_to_and_fro_shows_what_stepping_shows(page):
    show_view(page, record(crowd, 30).trace)
    facts = "(stop) => { view.go(stop); return view.root.querySelector('.gochan-below').innerText }"
    order = [0, 40, 3, 90, 41, 39, 120, 2]
    there = {at: page.evaluate(facts, at) for at in sorted(order)}
    assert {at: page.evaluate(facts, at) for at in order} == there


def test_twelve_lanes_are_shown_and_the_others_counted(page, artefacts):
    show_view(page, record(crowd).trace)
    rows = page.locator(".gochan-who tbody th")
    names = rows.all_text_contents()
    assert (len(names), names[0], names[-1]) == (12, "main", "late")
    page.evaluate("view.go(Math.floor(view.story.count / 2))")
    text = page.locator(".gochan-folded").text_content()
    assert text.startswith("90 more goroutines: ")
    counts = [int(part.split()[0]) for part in text.split(": ")[1].split(", ")]
    assert sum(counts) == 90
    page.screenshot(path=artefacts / "player_many.png")


def test_folded_lanes_are_paged_and_named(page):
    show_view(page, record(crowd).trace)
    rows = page.locator(".gochan-who tbody th")
    first = rows.all_text_contents()
    page.get_by_label("More goroutines").click()
    second = rows.all_text_contents()
    assert len(second) == 12
    assert not set(first) & set(second)
    page.get_by_label("Goroutines before these").click()
    assert rows.all_text_contents() == first
    page.get_by_label("Show goroutines named").fill("g97")
    assert rows.all_text_contents() == ["worker g97"]


def test_zoom_by_buttons_keys_and_wheel_and_pan_by_keys_and_drag(small, artefacts):
    page = small
    page.locator(".gochan-player").focus()
    assert page.locator(".gochan-strip").is_hidden()
    page.keyboard.press("+")
    assert shown_window(page) == (0, 0.5)
    page.keyboard.press("Shift+ArrowRight")
    assert shown_window(page) == (0.125, 0.625)
    page.get_by_label("Zoom in").click()
    low, high = shown_window(page)
    assert high - low == 0.25
    assert page.locator(".gochan-strip").is_visible()
    page.screenshot(path=artefacts / "player_zoomed.png")
    box = page.locator(".gochan-timeline").bounding_box()
    middle = box["x"] + box["width"] / 2, box["y"] + 40
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] - 200, middle[1], steps=4)
    page.mouse.up()
    assert shown_window(page)[0] > low
    page.keyboard.press("0")
    assert shown_window(page) == (0, 1)
    page.mouse.wheel(0, 300)
    page.wait_for_function("window.scrollY > 100")
    assert shown_window(page) == (0, 1)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function("JSON.parse(view.root.dataset.window).to < 1")
    assert page.evaluate("scrollY") == 0


def test_the_window_follows_the_position(small):
    small.evaluate("view.go(0); view.zoomBy(0.1)")
    shown_window(small)
    small.locator(".gochan-player").focus()
    small.keyboard.press("End")
    low, high = shown_window(small)
    assert (round(high - low, 3), high) == (0.1, 1)


def test_a_chosen_bar_tells_what_ended_it_and_leads_there(small, artefacts):
    page = small
    wait = page.evaluate(
        """() => [...view.story.barFirst.keys()].find((bar) => view.story.barLane[bar] === 0
            && view.story.bar(bar)[1] === 'chan receive')"""
    )
    first, last = page.evaluate("bar => [view.story.barFirst[bar], view.story.barLast[bar]]", wait)
    page.evaluate("stop => view.go(stop)", first)
    page.locator(".gochan-player").focus()
    page.keyboard.press("ArrowDown")
    text = page.locator(".gochan-chosen-text").text_content()
    assert text.startswith("main: blocked in chan receive on belt, from 0s to 100ms")
    answers = page.locator(".gochan-answers button").all_text_contents()
    assert answers[1] == f"ended by press: step {last}"
    assert any(answer.startswith("0 came from press") for answer in answers)
    page.screenshot(path=artefacts / "player_chosen.png")
    page.keyboard.press("e")
    assert stop(page) == last
    said = page.locator(".gochan-sentence").text_content()
    assert said == "press sends 0 on belt; main receives 0 from belt; main can go on."
    page.keyboard.press("p")
    assert stop(page) < last
    page.keyboard.press("Escape")
    assert page.locator(".gochan-chosen").is_hidden()


def test_a_click_on_a_bar_chooses_it_and_moves_the_position(small):
    x, y = small.evaluate(
        """() => {
            const box = view.canvas.getBoundingClientRect();
            return [box.left + view.timeline.scene.xOf(30), box.top + view.timeline.y(1)];
        }"""
    )
    small.mouse.click(x + 2, y)
    assert small.locator(".gochan-chosen-text").text_content().startswith("press: ")
    assert stop(small) >= 30


def test_what_is_found_is_marked_and_visited_in_order(small):
    page = small
    page.locator(".gochan-player").focus()
    page.keyboard.press("/")
    page.keyboard.type("receives 3")
    found = page.locator(".gochan-found")
    assert found.text_content() == "1 found"
    page.keyboard.press("Enter")
    assert "main receives 3 from belt" in page.locator(".gochan-sentence").text_content()
    assert found.text_content() == "1 of 1 found"
    page.locator(".gochan-find").fill("press sends")
    seen = []
    page.evaluate("view.go(0)")
    for _ in range(7):
        page.get_by_label("Next one found").click()
        said = page.locator(".gochan-sentence").text_content()
        seen.append(re.search(r"press sends (\d)", said)[1])
    assert "".join(seen) == "0123450"
    page.locator(".gochan-find").fill("closes belt")
    assert found.text_content() == "1 found"
    page.locator(".gochan-find").fill("nonsense")
    assert found.text_content() == "not found"


def saved(page, label):
    with page.expect_download() as waiting:
        page.get_by_label(label).click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def test_the_picture_is_saved_as_png_and_svg(small, artefacts):
    name, png = saved(small, "Save the picture as PNG")
    assert (name, png[:8]) == ("packing.png", b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    name, svg = saved(small, "Save the picture as SVG")
    root = ET.fromstring(svg)
    assert (name, root.tag) == ("packing.svg", "{http://www.w3.org/2000/svg}svg")
    assert (width, height) == (2 * int(root.get("width")), 2 * int(root.get("height")))
    texts = [node.text for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"packing", "main", "press", "working", "0s"} <= set(texts)
    (artefacts / "player_saved.png").write_bytes(png)
    (artefacts / "player_saved.svg").write_bytes(svg)


def test_the_file_for_perfetto_comes_from_the_kernel(small):
    small.get_by_label("Save the run for Perfetto").click()
    assert small.evaluate("sent") == [{"kind": "perfetto"}]
    with small.expect_download() as waiting:
        small.evaluate("model.receive({ kind: 'perfetto', text: '{}' })")
    assert waiting.value.suggested_filename == "packing.perfetto.json"
    assert small.locator(".gochan-note").is_hidden()


def test_without_a_kernel_what_needs_one_says_so(page):
    knob = {"name": "every", "low": 1, "high": 9, "step": 1, "value": 3}
    show_view(page, record(packing).trace, kernel=False, knobs=[knob])
    note = page.locator(".gochan-note")
    assert note.text_content().startswith("This page has no kernel")
    page.get_by_label("Save the run for Perfetto").click()
    assert note.text_content().startswith("The kernel writes the file for Perfetto")
    page.locator(".gochan-knob input").focus()
    page.keyboard.press("ArrowRight")
    assert note.text_content().startswith("This page has no kernel")
    assert page.evaluate("sent") == []


def test_a_screen_reader_hears_where_the_reader_stops_and_not_what_goes_by(small):
    small.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => heard.push(view.said.textContent))
            .observe(view.said, { childList: true });
    }""")
    small.evaluate("for (let stop = 0; stop < 20; stop++) view.go(stop)")
    small.wait_for_function("heard.length > 0")
    assert small.evaluate("heard") == [small.evaluate("view.story.sentence(19)")]
    small.evaluate("heard.length = 0; view.speed = 8; view.setPlaying(true)")
    small.wait_for_function("!view.playing && heard.length")
    assert small.evaluate("heard") == ["main returns: the program is over."]
