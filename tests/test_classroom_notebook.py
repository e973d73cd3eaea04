"""`check` in a kernel: what stands below the cell, and that the next cell runs clean."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).parent.parent

BEGIN = """from gochan import *
from gochan.classroom import case, check
CASES = case([1, 2], [3], expect=[1, 2, 3]), case([], [5], expect=[5])"""
RIGHT = """def merge(a, b):
    out = Chan()
    def feed(values):
        for value in values:
            out.send(value)
    go(feed, a)
    go(feed, b)
    return sorted(out.recv() for _ in a + b)"""
DEADLOCK = RIGHT.replace("out.recv() for _ in a + b", "out")
ENDLESS = "def merge(a, b):\n    while True:\n        try: a = b\n        except: pass"
HARD_CODED = "def merge(a, b):\n    return [1, 2, 3]"
RACE = """%%shared
def merge(a, b):
    count = 0
    def inc():
        nonlocal count
        count += 1
    group = sync.WaitGroup()
    group.go(inc)
    group.go(inc)
    group.wait()
    return sorted(a + b) if count == 2 else []"""
LOUD = RIGHT.replace("out = Chan()", "import sys; print('oops', file=sys.stderr); out = Chan()")
CHECK = "check(merge, *CASES)"
CELLS = [
    *(BEGIN, RIGHT, CHECK, DEADLOCK, CHECK, ENDLESS, CHECK, RIGHT, CHECK),
    *(HARD_CODED, CHECK, RACE, CHECK, "merge = None", CHECK, LOUD, CHECK),
    "import threading; 'watchdog' in [one.name for one in threading.enumerate()]",
]
RIGHT_LINE = "Right under every schedule: 2 cases, 16 schedules.\n"


def executed(cells, folder):
    codes = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(cells=codes)
    options = {"kernel_name": "python3", "allow_errors": True, "timeout": 120}
    NotebookClient(notebook, resources={"metadata": {"path": folder}}, **options).execute()
    return notebook.cells


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    return executed(CELLS, tmp_path_factory.mktemp("class"))


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    before = os.environ.get("NBGRADER_EXECUTION")
    os.environ["NBGRADER_EXECUTION"] = "autograde"
    try:
        return executed([BEGIN, DEADLOCK, CHECK], tmp_path_factory.mktemp("grade"))[2]
    finally:
        del os.environ["NBGRADER_EXECUTION"]
        if before is not None:
            os.environ["NBGRADER_EXECUTION"] = before


def kinds(cell):
    """`stdout`, `error`, or the richest form of what is shown."""
    order = ("application/vnd.jupyter.widget-view+json", "image/png", "text/html", "text/plain")
    return [
        output.get("name") or next((one for one in order if one in output.get("data", ())), "error")
        for output in cell.outputs
    ]


def error(cell):
    (found,) = [output for output in cell.outputs if output.output_type == "error"]
    return found


def test_nothing_is_ever_written_to_standard_error(cells):
    assert all("stderr" not in kinds(cell) for cell in cells)


def test_what_is_right_prints_one_line(cells):
    assert [(one.name, one.text) for one in cells[2].outputs] == [("stdout", RIGHT_LINE)]


def test_a_failure_shows_its_text_its_player_and_its_picture_and_then_one_short_error(cells):
    deadlock = cells[4]
    widget = "application/vnd.jupyter.widget-view+json"
    assert kinds(deadlock) == ["text/html", widget, "image/png", "error"]
    assert deadlock.outputs[0].data["text/plain"].splitlines() == [
        "merge([1, 2], [3]) ends in a deadlock: all goroutines are asleep (in every schedule)",
        "goroutine 1 (main) is still blocked receiving from `out`, line 8: "
        "nobody else sends, and nobody closes it",
        "    8 | return sorted(out)",
    ]
    assert deadlock.outputs[0].data["text/html"].startswith("<div")
    assert "<code>out</code>, line 8" in deadlock.outputs[0].data["text/html"]
    assert deadlock.outputs[2].metadata["image/png"]["alt"].startswith("Timeline of 3 goroutines")
    assert error(deadlock).ename == "NotYet"
    assert error(deadlock).traceback == [
        "NotYet: merge([1, 2], [3]) ends in a deadlock: all goroutines are asleep "
        "(in every schedule)"
    ]


def test_an_endless_loop_is_ended_and_the_next_cell_runs_clean(cells):
    assert error(cells[6]).traceback == [
        "NotYet: merge([1, 2], [3]) does not end: nothing ends the loop on line 2",
        "    2 | while True:",
        "Nobody else can run meanwhile: it comes to no send, receive, lock or sleep",
    ]
    assert [one.text for one in cells[8].outputs] == [RIGHT_LINE]
    assert cells[-1].outputs[0].data["text/plain"] == "False"


def test_a_hard_coded_answer_is_told_in_a_sentence(cells):
    assert error(cells[10]).traceback == [
        "NotYet: The answer is [1, 2, 3] whatever merge is given: "
        "right for merge([1, 2], [3]), but not for merge([], [5]), where [5] is expected"
    ]


def test_lines_of_a_shared_cell_are_those_that_the_student_sees(cells):
    assert "    6 | count += 1" in cells[12].outputs[0].data["text/plain"].splitlines()


def test_what_is_no_function_is_told(cells):
    assert error(cells[14]).traceback == ["NotYet: the solution is None: it should be a function"]


def test_what_a_solution_writes_to_standard_error_costs_no_points(cells):
    assert [(one.name, one.text) for one in cells[16].outputs] == [("stdout", RIGHT_LINE)]


def test_no_output_shows_a_line_of_the_library(cells):
    for cell in cells:
        for output in cell.outputs:
            if output.output_type == "error":
                assert "gochan/" not in "\n".join(output.traceback)


def test_while_grading_there_is_a_picture_but_no_player(graded):
    assert kinds(graded) == ["text/html", "image/png", "error"]


PROGRAM = """
import sys
sys.path.insert(0, {tests!r})
from students import said_to
from gochan.classroom import case
print(said_to('''
def names(people):
    out = Chan()
    for one in people:
        go(out.send, one)
    return {{out.recv() for _ in people}} - {{"eve"}}
''', case(["ann", "bob", "eve"], expect={{"ann", "bob", "eve"}}), case([], expect=set())))
"""


def test_the_verdict_and_its_text_are_the_same_in_every_process():
    texts = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(tests=str(ROOT / "tests"))],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        texts.add(done.stdout)
    assert texts == {
        "names(['ann', 'bob', 'eve']) returned {'ann', 'bob'} instead of {'ann', 'bob', 'eve'}: "
        "'eve' is missing (in every schedule)\n"
    }


def test_a_check_that_passes_loads_no_pictures_and_no_widgets():
    code = (
        "import sys; from gochan.classroom import case, check\n"
        "check(lambda n: n, case(1, expect=1), case(2, expect=2))\n"
        "print([name for name in ('matplotlib', 'ipywidgets', 'IPython') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[1:] == ["[]"]
