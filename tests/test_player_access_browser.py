"""The Player on the screens of a class: what is seen without scrolling, and by whom."""

from __future__ import annotations

import pytest
from accessible import assert_accessible, forget_texts, texts_on_canvas, watch_canvases
from lab import SCREENS, errors, lab_page, run_cells

pytestmark = pytest.mark.browser

FOUR = """
from gochan import Chan, go, sync, time, work
from gochan.widgets import Player, live

def packing(capacity, boxes):
    belt = Chan[int](capacity)
    presses = sync.WaitGroup()
    def press(pause):
        for box in range(boxes):
            time.sleep(pause)
            belt.send(box)
    def closer():
        presses.wait()
        belt.close()
    presses.go(press, 0.1)
    presses.go(press, 0.2)
    go(closer)
    for box in belt:
        work(0.25)

Player(packing, capacity=(0, 16), boxes=(1, 9))
"""
ALL = """
def crowd(workers, pause):
    gate = Chan[int]()
    def worker():
        time.sleep(pause.value / 10)
        gate.recv()
    for number in range(workers):
        go(worker)
    for number in range(workers - 1):
        gate.send(number)
        print("sent", number)
    {}[0]

Player(crowd, workers=(15, 40), pause=live(1, 9))
"""
ESSENTIAL = (
    ".gochan-toolbar",
    ".gochan-scrub",
    ".gochan-sentence",
    ".gochan-timeline",
    ".gochan-channels",
    ".gochan-who tbody tr:last-child",
)


@pytest.fixture(scope="module", params=SCREENS)
def screen(request, lab):
    with lab_page(lab, request.param) as page:
        watch_canvases(page)
        run_cells(page, lab, "players.ipynb", [FOUR, ALL])
        page.wait_for_function("document.querySelectorAll('.gochan-player').length === 2")
        yield request.param, page


def test_the_essential_parts_are_seen_without_scrolling(screen, artefacts):
    name, page = screen
    page.evaluate("document.querySelector('.widget-vbox').scrollIntoView({ block: 'start' })")
    page.wait_for_timeout(300)
    page.locator(".gochan-player").first.get_by_label("One step forward").click()
    page.screenshot(path=artefacts / f"player_{name}.png")
    panel = page.locator(
        ".jp-WindowedPanel-outer:visible, .jp-Notebook:visible"
    ).first.bounding_box()
    for part in ESSENTIAL:
        box = page.locator(f".gochan-player >> nth=0 >> {part} >> nth=0").bounding_box()
        assert box["y"] >= panel["y"] - 1, part
        assert box["y"] + box["height"] <= panel["y"] + panel["height"] + 1, part
        assert box["x"] + box["width"] <= panel["x"] + panel["width"] + 1, part


def test_every_part_can_be_used_without_a_mouse_and_read(screen):
    _, page = screen
    player = page.locator(".gochan-player").nth(1)
    player.scroll_into_view_if_needed()
    player.focus()
    for key in ("End", "ArrowUp", "+", "Home"):
        page.keyboard.press(key)
    player.get_by_role("button", name="Keys").click()
    player.get_by_label("Find a moment").fill("sends")
    player.get_by_label("Show goroutines named").fill("worker")
    assert player.locator(".gochan-strip").is_visible()
    assert player.locator(".gochan-chosen").is_visible()
    assert_accessible(page, ".gochan-view", nth=1)
    player.get_by_label("Find a moment").fill("")
    player.get_by_label("Show goroutines named").fill("")
    player.get_by_label("Whole run").click()
    assert_accessible(page, ".gochan-view", nth=1)


@pytest.mark.parametrize("key", ["Home", "End"])
def test_the_words_on_the_picture_stand_out_where_it_is_faint_and_where_it_is_strong(screen, key):
    _, page = screen
    player = page.locator(".gochan-player").first
    player.focus()
    page.keyboard.press(key)
    forget_texts(page)
    player.get_by_label("Axis by time or by step").click()
    words = texts_on_canvas(page, ".gochan-timeline")
    texts = {text for text, _ in words}
    assert "main" in texts
    assert texts & {"0", "0s"}
    assert any("WaitGroup" in text for text, _ in words)
    assert [row for row in words if row[1] < 4.5] == []
    assert errors(page) == []
