"""Live timings in a real JupyterLab in a real Chromium: they grow, stop, and leave nothing."""

from __future__ import annotations

import time

import psutil
import pytest
from accessible import assert_accessible
from conftest import ARTEFACTS
from lab import SCREENS, errors, lab_page, run_cells

pytestmark = pytest.mark.browser

BELTS = """
import os
from gochan import Chan, go
from gochan.widgets import Live

def belt(n, capacity):
    boxes = Chan[int](capacity)
    def press():
        for box in range(n):
            boxes.send(box)
    go(press)
    for _ in range(n):
        boxes.recv()

def unbuffered(n):
    belt(n, 0)

belts = Live({"buffered": belt, "unbuffered": unbuffered}, seconds=4, memory=True, capacity=(1, 16))
belts
"""
PID = "print('kernel', os.getpid())"
ANSWER = "sum(range(10))"
BROKEN = """
def broken(n):
    if n > 1:
        os._exit(7)

Live({"breaks": broken, "unbuffered": unbuffered})
"""
BUSY = """
import time
while belts._measurement.phase == "measuring":
    time.sleep(0.01)
"""
CELLS = [BELTS, PID, BROKEN, ANSWER, BUSY]
ANSWER_AT, BUSY_AT = 3, 4
BELTS_AT, BROKEN_AT = range(2)


@pytest.fixture(scope="module", params=SCREENS)
def page(request, lab):
    with lab_page(lab, request.param) as page:
        run_cells(page, lab, "live.ipynb", CELLS)
        yield page


def view(page, number=BELTS_AT):
    return page.locator(".gochan-timing").nth(number)


def wait_for(page, what, number=BELTS_AT, **more):
    """Waits until a JavaScript condition on the view's node holds."""
    page.wait_for_function(
        f"([n, more]) => {{ const root = document.querySelectorAll('.gochan-timing')[n];"
        f" return root && ({what}); }}",
        arg=[number, more],
    )


def wait_for_phase(page, *phases, number=BELTS_AT):
    wait_for(page, "more.phases.includes(root.dataset.phase)", number, phases=list(phases))


def press(page, name):
    view(page).get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def measure_anew(page):
    """Begins a measurement, which is under way then; the last one is over."""
    press(page, "Stop")
    wait_for_phase(page, "done", "stopped")
    press(page, "Restart")
    wait_for_phase(page, "measuring")


def slider(page):
    handle = page.locator(".jp-OutputArea .noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()


def kernel(page):
    text = page.locator("text=/kernel \\d+/").last.text_content()
    return psutil.Process(int(text.split()[-1]))


def measuring(kernel):
    """The processes that measure."""
    found = []
    for child in kernel.children(recursive=True):
        try:
            if "gochan.measuring" in child.cmdline():
                found.append(child)
        except psutil.Error:
            continue
    return found


def is_gone(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def test_it_grows_by_itself_and_the_others_wait_for_their_turn(page, artefacts):
    wait_for_phase(page, "done")
    wait_for_phase(page, "failed", number=BROKEN_AT)
    assert errors(page) == []
    assert view(page).locator(".gochan-status").text_content().startswith("Done: ")
    rows = view(page).locator("tbody tr")
    assert [rows.nth(k).locator("th").text_content() for k in range(2)] == [
        "buffered",
        "unbuffered",
    ]
    heads = view(page).locator("thead th")
    assert heads.all_text_contents() == [
        "contender",
        "median",
        "middle half",
        "compared",
        "memory",
        "samples",
    ]
    view(page).scroll_into_view_if_needed()
    page.screenshot(path=artefacts / f"live_done_{page.screen}.png")


def test_the_plain_picture_is_hidden_while_the_view_lives(page):
    stills = page.locator('.jp-OutputArea img[alt^="Comparison"]:not(.gochan-timing img)')
    assert stills.count() == 2
    for k in range(2):
        stills.nth(k).wait_for(state="hidden")


def test_the_picture_has_the_paper_of_the_theme(page):
    pixel = """async n => {
        const image = document.querySelectorAll('.gochan-timing > img')[n];
        await image.decode();
        const canvas = document.createElement('canvas').getContext('2d');
        canvas.drawImage(image, 0, 0);
        return [...canvas.getImageData(1, 1, 1, 1).data];
    }"""
    red, green, blue, alpha = page.evaluate(pixel, BELTS_AT)
    assert alpha == 255
    assert (max(red, green, blue) < 60) == SCREENS[page.screen].dark


@pytest.mark.measured
def test_how_often_it_draws_and_what_that_costs(page, tell):
    measure_anew(page)
    process = kernel(page)
    drawn = int(view(page).get_attribute("data-drawn"))
    begun, cpu = time.monotonic(), process.cpu_times()
    wait_for_phase(page, "done")
    seconds, after = time.monotonic() - begun, process.cpu_times()
    pictures = int(view(page).get_attribute("data-drawn")) - drawn
    share = (after.user + after.system - cpu.user - cpu.system) / seconds
    tell(
        f"{page.screen}, {pictures / seconds:.1f} pictures a second for {seconds:.1f} s; "
        f"the kernel takes {share:.2f} of a processor"
    )
    assert pictures > 3


def test_stop_keeps_what_was_measured_and_restart_begins_anew(page):
    measure_anew(page)
    wait_for(page, "Number(root.dataset.count) > 20")
    page.screenshot(path=page_artefact(page, "measuring"))
    press(page, "Stop")
    wait_for_phase(page, "stopped")
    count = int(view(page).get_attribute("data-count"))
    assert count > 20
    assert view(page).locator(".gochan-status").text_content().startswith("Stopped. ")
    assert measuring(kernel(page)) == []
    assert view(page).get_by_role("button", name="Stop").get_attribute("aria-disabled") == "true"
    press(page, "Restart")
    wait_for(
        page,
        "root.dataset.phase === 'measuring' && Number(root.dataset.count) < more.count",
        count=count,
    )
    press(page, "Stop")
    wait_for_phase(page, "stopped")


def page_artefact(page, name):
    return ARTEFACTS / f"live_{name}_{page.screen}.png"


@pytest.mark.measured
def test_a_slider_restarts_with_the_new_parameter(page, tell):
    slider(page)
    page.evaluate("window.begun = performance.now()")
    page.keyboard.press("ArrowRight")
    starts = "root.querySelector('.gochan-status').textContent.endsWith('with capacity = 9 ...')"
    wait_for(page, starts)
    said = page.evaluate("performance.now() - window.begun")
    wait_for(page, f"{starts} && Number(root.dataset.count) > 0")
    first = page.evaluate("performance.now() - window.begun")
    assert "capacity = 9" in view(page).locator("> img").get_attribute("alt")
    assert len(measuring(kernel(page))) == 1
    tell(f"{page.screen}, slider to its word {said:.0f} ms, to the first sample {first:.0f} ms")


def test_a_slider_that_moves_on_leaves_one_process(page):
    slider(page)
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    wait_for(page, "root.querySelector('.gochan-status').textContent.includes('capacity = 4')")
    wait_for(page, "Number(root.dataset.count) > 0")
    assert len(measuring(kernel(page))) == 1


def run_cell(page, number):
    """Runs a cell, and returns the number that it had before."""
    cell = page.locator(".jp-CodeCell").nth(number)
    before = cell.locator(".jp-InputPrompt").text_content()
    cell.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    return before


def wait_for_number(page, number, before):
    """Waits until a cell has run again."""
    page.wait_for_function(
        """([n, before]) => {
            const cell = document.querySelectorAll('.jp-CodeCell')[n];
            const text = cell.querySelector('.jp-InputPrompt').textContent;
            return text !== before && /\\d/.test(text);
        }""",
        arg=[number, before],
    )


def test_another_cell_is_answered_meanwhile(page):
    measure_anew(page)
    before = run_cell(page, ANSWER_AT)
    wait_for_number(page, ANSWER_AT, before)
    assert view(page).get_attribute("data-phase") == "measuring"


def test_it_grows_and_can_be_stopped_while_another_cell_is_busy(page):
    measure_anew(page)
    before = run_cell(page, BUSY_AT)  # it runs until the measurement is over
    count = int(view(page).get_attribute("data-count"))
    wait_for(page, "Number(root.dataset.count) > more.count + 20", count=count)
    assert "*" in page.locator(".jp-CodeCell .jp-InputPrompt").nth(BUSY_AT).text_content()
    press(page, "Stop")
    wait_for_phase(page, "stopped")
    wait_for_number(page, BUSY_AT, before)


def test_it_can_be_read_and_used_by_everybody(page):
    press(page, "Stop")
    wait_for_phase(page, "done", "stopped")
    assert_accessible(page, ".gochan-timing", BELTS_AT)
    assert_accessible(page, ".gochan-timing", BROKEN_AT)


def test_a_process_that_dies_says_so_on_the_chart(page):
    one = view(page, BROKEN_AT)
    words = "The process ended with code 7 while it measured breaks."
    assert words in one.locator(".gochan-status").text_content()
    assert words in one.locator("> img").get_attribute("alt")
    one.scroll_into_view_if_needed()
    page.screenshot(path=page_artefact(page, "failed"))


def test_a_killed_kernel_leaves_no_process_and_the_view_says_so(page):
    measure_anew(page)
    process = kernel(page)
    children = measuring(process)
    assert len(children) == 1
    process.kill()
    while not is_gone(children[0]):
        page.wait_for_timeout(50)
    words = "root.querySelector('.gochan-status').textContent"
    wait_for(page, f"{words} === 'The kernel is gone: run the cell again.'")
    press(page, "Restart")
    page.wait_for_timeout(200)
    wait_for(page, f"{words} === 'The kernel is gone: run the cell again.'")
    page.screenshot(path=page_artefact(page, "gone"))
