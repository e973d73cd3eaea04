"""Go, gochan and threads side by side in a real JupyterLab in a real Chromium."""

from __future__ import annotations

import psutil
import pytest
from conftest import ARTEFACTS
from lab import SCREENS, errors, lab_page, run_cells

from gochan.golang import toolchain

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(toolchain.find() is None, reason="there is no Go"),
]

PROGRAMS = """
import os, threading
from gochan import Chan, go, golang, sync
from gochan.widgets import Live

def mutex(n, goroutines=8):
    lock, group = sync.Mutex(), sync.WaitGroup()
    count = 0
    def add(times):
        nonlocal count
        for _ in range(times):
            lock.lock()
            count += 1
            lock.unlock()
    for number in range(goroutines):
        group.go(add, (n + number) // goroutines)
    group.wait()
    assert count == n

def channel(n, goroutines=8):
    adds = Chan[int](64)
    def add(times):
        for _ in range(times):
            adds.send(1)
    for number in range(goroutines):
        go(add, (n + number) // goroutines)
    assert sum(adds.recv() for _ in range(n)) == n

def threads_mutex(n, goroutines=8):
    lock = threading.Lock()
    count = 0
    def add(times):
        nonlocal count
        for _ in range(times):
            with lock:
                count += 1
    threads = [threading.Thread(target=add, args=((n + number) // goroutines,))
               for number in range(goroutines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count == n

print("kernel", os.getpid())
"""
SIDE_BY_SIDE = """
Live({"gochan mutex": mutex, "gochan channel": channel, "threads mutex": threads_mutex,
      **golang.benchmarks("counters")}, goroutines=(1, 64), cpu=[1, 2], seconds=3)
"""
BROKEN = '''
Live({"gochan mutex": mutex, "Go mutex": golang.Benchmark("""
func BenchmarkMutex(b *testing.B) {
    lock.Lock()
}""", "Mutex")})
'''
WITHOUT = """
from dataclasses import replace
from gochan.measuring.functions import Functions

class WithoutGo(Functions):
    def command(self, values, seconds):
        there = super().command(values, seconds)
        return replace(there, environment={**there.environment, "GOCHAN_GO": "/no/where/go"})

go_mutex = golang.Benchmark("counters", "Mutex")
Live(WithoutGo({"gochan mutex": mutex, "Go mutex": go_mutex}), seconds=1)
"""
CELLS = [PROGRAMS, SIDE_BY_SIDE, BROKEN, WITHOUT]
SIDE_BY_SIDE_AT, BROKEN_AT, WITHOUT_AT = range(3)
MISSING = "GOCHAN_GO is /no/where/go, which is no command"


@pytest.fixture(scope="module", params=SCREENS)
def page(request, lab):
    with lab_page(lab, request.param) as page:
        run_cells(page, lab, "live_go.ipynb", CELLS)
        for number in range(3):
            wait_for(page, "['done', 'failed'].includes(root.dataset.phase)", number)
        yield page


def view(page, number):
    return page.locator(".gochan-timing").nth(number)


def wait_for(page, what, number=SIDE_BY_SIDE_AT, **more):
    """Waits until a JavaScript condition on the view's node holds."""
    page.wait_for_function(
        f"([n, more]) => {{ const root = document.querySelectorAll('.gochan-timing')[n];"
        f" return root && ({what}); }}",
        arg=[number, more],
    )


def picture(page, number, name):
    view(page, number).scroll_into_view_if_needed()
    page.screenshot(path=ARTEFACTS / f"live_go_{name}_{page.screen}.png")


def press(page, name):
    view(page, SIDE_BY_SIDE_AT).get_by_role("button", name=name).focus()
    page.keyboard.press("Enter")


def go_programs(page):
    """The Go programs that the kernel's descendants run."""
    text = page.locator("text=/kernel \\d+/").last.text_content()
    found = []
    for child in psutil.Process(int(text.split()[-1])).children(recursive=True):
        try:
            if child.cmdline()[1:] == ["-test.run=^$"]:
                found.append(child)
        except psutil.Error:
            continue
    return found


def test_all_are_measured_side_by_side(page, artefacts):
    assert errors(page) == []
    names = view(page, SIDE_BY_SIDE_AT).locator("tbody th").all_text_contents()
    gos = ["Go Mutex", "Go Channel", "Go Atomic", "Go Sharded"]
    assert names == ["gochan mutex", "gochan channel", "threads mutex", *gos]
    status = view(page, SIDE_BY_SIDE_AT).locator(".gochan-status").text_content()
    assert status.startswith("Done: ")
    assert "Not here" not in status
    assert "with goroutines = 8, cpu = 1" in status
    picture(page, SIDE_BY_SIDE_AT, "done")


def test_what_does_not_compile_says_where(page):
    words = "Go mutex failed: it doesn't compile, line 3: undefined: lock."
    assert view(page, BROKEN_AT).locator(".gochan-status").text_content().startswith(words)
    assert words in view(page, BROKEN_AT).locator("> img").get_attribute("alt")
    picture(page, BROKEN_AT, "broken")


def test_without_go_the_others_are_measured(page):
    status = view(page, WITHOUT_AT).locator(".gochan-status").text_content()
    assert status.endswith(f"Not here: Go mutex ({MISSING}).")
    assert f"not here: {MISSING}" in view(page, WITHOUT_AT).locator("> img").get_attribute("alt")
    picture(page, WITHOUT_AT, "without")


def test_a_slider_and_stop_leave_no_go_program(page):
    handle = page.locator(".jp-OutputArea .noUi-handle").first
    handle.scroll_into_view_if_needed()
    handle.focus()
    page.keyboard.press("ArrowRight")
    status = "root.querySelector('.gochan-status').textContent"
    wait_for(page, f"{status}.includes('goroutines = 9')")
    wait_for(page, "Number(root.dataset.count) > 20")
    assert len(go_programs(page)) == 1
    picture(page, SIDE_BY_SIDE_AT, "measuring")
    press(page, "Stop")
    wait_for(page, "root.dataset.phase === 'stopped'")
    while go_programs(page):
        page.wait_for_timeout(20)
