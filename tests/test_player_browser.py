"""The Player in a real JupyterLab in a real Chromium, as a reader uses it."""

from __future__ import annotations

import statistics

import pytest
from lab import errors, lab_page, run_cells

pytestmark = pytest.mark.browser

PACKER = """
from gochan import Chan, go, time, work
from gochan.widgets import Player, live

def packing(capacity, boxes=6):
    belt = Chan[int](capacity)
    def press():
        for box in range(boxes):
            time.sleep(0.1)
            belt.send(box)
        belt.close()
    go(press)
    for box in belt:
        work(0.25)
        print("packed", box)

Player(packing, capacity=(0, 16))
"""
STUCK = """
from gochan import nil

def stuck(boxes):
    belt = Chan[int]()
    go(belt.recv)
    go(nil.recv)
    for box in range(boxes):
        belt.send(box)

Player(stuck, boxes=(1, 5))
"""
KNOB = """
def ticking(every):
    ticks = Chan[int]()
    def clock():
        for tick in range(10):
            time.sleep(every.value / 10)
            ticks.send(tick)
        ticks.close()
    go(clock)
    for tick in ticks:
        pass

Player(ticking, every=live(1, 10, value=2))
"""
LONG = """
def long(capacity):
    belt = Chan[int](capacity)
    def press():
        for box in range(215):
            time.sleep(0.01)
            belt.send(box)
        belt.close()
    go(press)
    for box in belt:
        work(0.02)

player = Player(long, capacity=(0, 100))
player
"""
COUNT = "print('events:', len(player.result.trace.events))"
CELLS = [PACKER, STUCK, KNOB, LONG, COUNT]
PACKER_AT, STUCK_AT, KNOB_AT, LONG_AT = range(4)


@pytest.fixture(scope="module")
def page(lab):
    with lab_page(lab) as page:
        run_cells(page, lab, "players.ipynb", CELLS)
        page.wait_for_function("document.querySelectorAll('.gochan-player').length === 4")
        yield page


def player(page, number):
    """The Player of one cell."""
    return page.locator(".gochan-player").nth(number)


def sentence(page, number):
    return player(page, number).locator(".gochan-sentence").text_content()


def stop(page, number):
    return int(player(page, number).get_attribute("data-stop"))


def slider(page, number):
    """The handle of the cell's first slider, ready for keys."""
    handle = page.locator(".jp-OutputArea .widget-vbox").nth(number).locator(".noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    return handle


def press_and_wait(page, number, key):
    """Presses a key on a slider and waits for the changed picture."""
    before = player(page, number).get_attribute("data-loaded")
    page.keyboard.press(key)
    page.wait_for_function(
        "([n, before]) => document.querySelectorAll('.gochan-player')[n].dataset.loaded !== before",
        arg=[number, before],
    )


def test_nothing_goes_wrong_and_every_player_shows_its_program(page, artefacts):
    assert errors(page) == []
    assert sentence(page, PACKER_AT) == "main runs."
    page.screenshot(path=artefacts / "player_opened.png")


def test_the_plain_picture_is_hidden_while_the_player_lives(page):
    images = page.locator('.jp-OutputArea img[alt^="Timeline of"]')
    assert images.count() == 4
    for k in range(4):
        images.nth(k).wait_for(state="hidden")  # it is shown until its Player is there


def test_a_key_on_the_slider_changes_the_text_and_the_picture(page, artefacts):
    buffer = player(page, PACKER_AT).locator(".gochan-channels [aria-label$='of 8']")
    assert buffer.count() == 1
    pixels = "n => document.querySelectorAll('.gochan-timeline')[n].toDataURL()"
    before = page.evaluate(pixels, PACKER_AT)
    slider(page, PACKER_AT)
    press_and_wait(page, PACKER_AT, "ArrowRight")
    assert player(page, PACKER_AT).locator("[aria-label='0 of 9']").count() == 1
    for _ in range(9):
        press_and_wait(page, PACKER_AT, "ArrowLeft")
    assert player(page, PACKER_AT).locator(".gochan-meet").text_content() == "no buffer: they meet"
    assert page.evaluate(pixels, PACKER_AT) != before
    player(page, PACKER_AT).screenshot(path=artefacts / "player_capacity_0.png")


def test_steps_go_forward_and_back_by_button_and_by_key(page):
    one = player(page, PACKER_AT)
    one.get_by_label("To the start").click()
    one.get_by_label("One step forward").click()
    assert (stop(page, PACKER_AT), sentence(page, PACKER_AT)) == (1, "main starts press.")
    one.focus()
    page.keyboard.press("ArrowRight")
    assert sentence(page, PACKER_AT) == "main has to wait: nothing to receive from belt."
    page.keyboard.press("ArrowLeft")
    assert stop(page, PACKER_AT) == 1
    page.keyboard.press("End")
    assert sentence(page, PACKER_AT) == "main returns: the program is over."
    assert one.locator(".gochan-output").text_content().split("\n")[-1] == "packed 5"
    page.keyboard.press("Home")
    assert stop(page, PACKER_AT) == 0


def test_play_moves_the_position_and_a_step_back_pauses(page):
    one = player(page, PACKER_AT)
    one.get_by_label("To the start").click()
    one.get_by_label("Play", exact=True).click()
    page.wait_for_function(
        "n => Number(document.querySelectorAll('.gochan-player')[n].dataset.stop) >= 3",
        arg=PACKER_AT,
    )
    assert one.get_by_label("Pause", exact=True).count() == 1
    one.get_by_label("One step back").click()
    assert one.get_by_label("Play", exact=True).count() == 1
    reached = stop(page, PACKER_AT)
    page.wait_for_timeout(300)
    assert stop(page, PACKER_AT) == reached


def test_the_position_stays_when_a_parameter_changes(page):
    one = player(page, PACKER_AT)
    one.get_by_label("To the start").click()
    for _ in range(5):
        one.get_by_label("One step forward").click()
    slider(page, PACKER_AT)
    press_and_wait(page, PACKER_AT, "ArrowRight")
    assert stop(page, PACKER_AT) == 5


def test_the_line_that_runs_is_lit_with_its_goroutine(page):
    one = player(page, PACKER_AT)
    one.get_by_label("To the start").click()
    one.get_by_label("One step forward").click()
    lit = one.locator(".gochan-lit")
    assert [lit.nth(k).locator("code").text_content().strip() for k in range(lit.count())] == [
        "go(press)"
    ]
    assert lit.first.locator(".gochan-chip").text_content() == "main"


def test_the_table_says_who_waits_on_what_and_who_could_wake_it(page):
    one = player(page, PACKER_AT)
    one.get_by_label("To the start").click()
    for _ in range(3):
        one.get_by_label("One step forward").click()
    rows = one.locator(".gochan-who tbody tr")
    table = [rows.nth(k).locator("th, td").all_text_contents() for k in range(rows.count())]
    assert table == [
        ["main", "blocked", "chan receive", "belt", "0s", "press"],
        ["press", "sleeping", "sleep", "", "0s", "the clock, at 100ms"],
    ]


def test_a_deadlock_is_shown_and_not_thrown(page, artefacts):
    one = player(page, STUCK_AT)
    one.scroll_into_view_if_needed()
    one.focus()
    page.keyboard.press("End")
    assert "deadlock" in one.locator(".gochan-badge").text_content()
    rows = one.locator(".gochan-who tbody tr")
    assert rows.first.locator("th, td").all_text_contents()[-1] == "nobody"
    buffers = one.locator(".gochan-meet").all_text_contents()
    assert buffers == ["no buffer: they meet", "no channel: nobody ever comes"]
    one.screenshot(path=artefacts / "player_deadlock.png")


def test_a_live_knob_changes_only_what_comes_after(page):
    one = player(page, KNOB_AT)
    one.scroll_into_view_if_needed()
    one.get_by_label("To the start").click()
    for _ in range(13):
        one.get_by_label("One step forward").click()
    moment = one.locator(".gochan-clock").text_content()
    said = []
    for _ in range(13):
        one.get_by_label("One step back").click()
        said.append(sentence(page, KNOB_AT))
    for _ in range(13):
        one.get_by_label("One step forward").click()
    knob = one.locator(".gochan-knob input")
    assert knob.get_attribute("aria-label") == "every"
    knob.focus()
    for _ in range(6):
        press_and_wait(page, KNOB_AT, "ArrowRight")
    assert one.locator(".gochan-clock").text_content().split(" of ")[0] == moment.split(" of ")[0]
    again = []
    for _ in range(13):
        one.get_by_label("One step back").click()
        again.append(sentence(page, KNOB_AT))
    assert again == said
    one.focus()
    page.keyboard.press("End")
    assert "t = 2s" not in one.locator(".gochan-clock").text_content()  # as it was before the turn


def percentile(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


WATCH = """n => {
    const root = document.querySelectorAll('.gochan-player')[n];
    window.latencies = [];
    document.addEventListener('keydown', () => (window.pressed = performance.now()), true);
    new MutationObserver(() => requestAnimationFrame(() =>
        window.latencies.push(performance.now() - window.pressed)
    )).observe(root, { attributes: true, attributeFilter: ['data-loaded'] });
}"""


@pytest.mark.measured
def test_from_a_key_on_the_slider_to_the_picture(page, tell):
    events = page.locator("text=/events: \\d+/").last.text_content().strip()
    page.evaluate(WATCH, LONG_AT)
    slider(page, LONG_AT)
    for key in ["ArrowRight"] * 20 + ["ArrowLeft"] * 20:
        press_and_wait(page, LONG_AT, key)
        page.wait_for_timeout(20)
    times = page.evaluate("window.latencies")
    tell(
        f"slider to picture, {events}: median {statistics.median(times):.0f} ms, "
        f"95th percentile {percentile(times, 0.95):.0f} ms, most {max(times):.0f} ms"
    )
    assert len(times) >= 40


@pytest.mark.measured
def test_holding_a_key_down_leaves_no_backlog(page, tell):
    slider(page, LONG_AT)
    for _ in range(60):
        page.keyboard.down("ArrowRight")
        page.wait_for_timeout(15)
    page.keyboard.up("ArrowRight")
    shown = page.evaluate("performance.now()")
    page.wait_for_function(
        """n => {
            const value = document.querySelectorAll('.jp-OutputArea .widget-vbox')[n]
                .querySelector('.widget-readout').textContent;
            const root = document.querySelectorAll('.gochan-player')[n];
            return root.querySelector('.gochan-channels').textContent.includes(`of ${value}`);
        }""",
        arg=LONG_AT,
    )
    settled = page.evaluate("performance.now()") - shown
    loaded = player(page, LONG_AT).get_attribute("data-loaded")
    page.wait_for_timeout(500)
    assert player(page, LONG_AT).get_attribute("data-loaded") == loaded
    tell(f"after 60 keys in a row the picture is up to date within {settled:.0f} ms")
