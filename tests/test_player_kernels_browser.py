"""No widget callback runs programs in two threads at once, whatever the ipykernel."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from lab import errors, lab_page, open_notebook, run_all, settle, write_notebook

pytestmark = pytest.mark.browser

OLD = ["ipykernel==6.31.0", "nest-asyncio==1.6.0"]
PLAYERS = """
import threading
import ipykernel
from gochan import Chan, go, time
from gochan.widgets import Player

inside, most, threads, runs = set(), 0, set(), 0

def program(n):
    global most, runs
    me = object()
    inside.add(me)
    most, runs = max(most, len(inside)), runs + 1
    threads.add(threading.get_ident())
    threading.Event().wait(0.02)  # lets other threads in
    belt = Chan[int](3)
    def press():
        for number in range(50 + n):
            time.sleep(0.01)
            belt.send(number)
        belt.close()
    go(press)
    for _ in belt:
        pass
    inside.remove(me)

first = Player(program, n=(0, 500))
first
"""
SECOND = "second = Player(program, n=(0, 500))\nsecond"
BUSY = """
import time as clock
until, moves = clock.monotonic() + 3, 0
while clock.monotonic() < until:
    moves += 1
    second.children[0].value = 300 + moves % 100
"""
REPORT = """
values = [one.children[0].value for one in (first, second)]
shown = [one._shown["n"] for one in (first, second)]
print("kernel", ipykernel.__version__, "most", most, "runs", runs, "threads", len(threads),
      "values", *values, "shown", *shown)
"""
CELLS = [PLAYERS, SECOND, BUSY, REPORT]


@pytest.fixture(scope="module")
def old_ipykernel(tmp_path_factory):
    """A folder with ipykernel 6, which goes before the installed one."""
    folder = tmp_path_factory.mktemp("ipykernel6")
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--target",
        str(folder),
        *OLD,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        reason = f"pip could not fetch {OLD[0]}: {done.stderr.strip()[-200:]}"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(params=["6.31.0", "7"])
def page(request, lab):
    path = lab.room() / "two.ipynb"
    write_notebook(path, CELLS)
    if request.param == "6.31.0":
        use_kernel(path, lab.home, request.getfixturevalue("old_ipykernel"))
    with lab_page(lab) as page:
        open_notebook(page, lab, path)
        run_all(page, len(CELLS))
        page.wait_for_function("document.querySelectorAll('.gochan-player').length === 2")
        page.ipykernel = request.param
        yield page


def use_kernel(notebook, home, folder):
    """A kernel whose Python finds this folder's ipykernel first, for the notebook."""
    spec = home / "data_dir" / "kernels" / "gochan-old"
    spec.mkdir(parents=True)
    path = os.pathsep.join(part for part in (str(folder), os.environ.get("PYTHONPATH", "")) if part)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    text = {"argv": argv, "display_name": "old", "language": "python", "env": {"PYTHONPATH": path}}
    (spec / "kernel.json").write_text(json.dumps(text), encoding="utf-8")
    cells = json.loads(notebook.read_text(encoding="utf-8"))
    cells["metadata"]["kernelspec"] = {"name": "gochan-old", "display_name": "old"}
    notebook.write_text(json.dumps(cells), encoding="utf-8")


def slider(page, number):
    return page.locator(".jp-OutputArea .widget-vbox").nth(number).locator(".noUi-handle").first


def readout(page, number):
    box = page.locator(".jp-OutputArea .widget-vbox").nth(number)
    return int(box.locator(".widget-readout").text_content())


def run_cell(page, number):
    """Runs a cell again, without waiting for it."""
    page.locator(".jp-CodeCell").nth(number).locator(".jp-InputPrompt").click()
    page.keyboard.press("Control+Enter")


def report(page):
    settle(page)
    before = page.locator(".jp-CodeCell").nth(3).locator(".jp-InputPrompt").text_content()
    run_cell(page, 3)
    page.wait_for_function(
        """before => {
            const cell = document.querySelectorAll('.jp-CodeCell')[3];
            const prompt = cell.querySelector('.jp-InputPrompt').textContent;
            return /\\[\\d+\\]/.test(prompt) && prompt !== before;
        }""",
        arg=before,
    )
    settle(page)
    output = page.locator(".jp-CodeCell").nth(3).locator(".jp-OutputArea-output")
    return output.inner_text().split()


def test_two_players_never_run_their_programs_at_once(page, tell):
    for _ in range(12):
        for number in (0, 1):
            slider(page, number).focus()
            for _ in range(4):
                page.keyboard.press("ArrowRight")
    run_cell(page, 2)  # it moves the second slider for a while, and meanwhile the first one moves
    slider(page, 0).focus()
    for _ in range(25):
        page.keyboard.press("ArrowLeft")
        page.wait_for_timeout(60)
    words = report(page)
    told = " ".join(words)
    tell(told)
    assert words[1].startswith(page.ipykernel)
    assert "most 1 " in told
    values = [readout(page, number) for number in (0, 1)]
    assert told.endswith(f"values {values[0]} {values[1]} shown {values[0]} {values[1]}")
    assert errors(page) == []
