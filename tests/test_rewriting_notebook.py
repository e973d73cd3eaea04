"""%%shared: whole cells, in a notebook that runs headless and in a shell in a terminal."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from gochan.rewriting.decorator import NOTHING_SHARED
from gochan.rewriting.notebook import mark_cell

ROOT = Path(__file__).parent.parent

# Each cell with what it shows: its output, or the error that it ends with.
CELLS = [
    ("from gochan import *\nfrom gochan import sync", ""),
    (
        """%%shared
count = 0

def increment():
    global count
    count += 1

def main():
    wg = sync.WaitGroup()
    for _ in range(2):
        wg.go(increment)
    wg.wait()
    return count

run(main).value""",
        "2",
    ),
    ("count", "2"),
    ("print(count, globals()['count'])", "2 2"),
    (
        """seen = set()
for seed in range(100):
    count = 0
    seen.add(record(main, seed=seed, trace=False).value)
seen""",
        "{1, 2}",
    ),
    (
        """count = 0
result = record(main, race=True)
for race in result.races:
    print(race.object, race.first.file, race.first.line, race.second.line)""",
        "count Cell In[2] 6 6\ncount Cell In[2] 6 6",
    ),
    (
        """[f"{event.line} {event.kind} {event.value}" for event in result.trace.events
 if event.object == "count"]""",
        "['6 read 0', '6 write 1', '6 read 1', '6 write 2', '13 read 2']",
    ),
    (
        """%%shared
def main():
    total = 0
    def add():
        nonlocal total
        total += 1
    go(add)
    add()
    return total
sorted({record(main, seed=seed).value for seed in range(50)})""",
        "[1, 2]",
    ),
    (
        """@shared
def main():
    total = 0
    def add():
        nonlocal total
        total += 1
    go(add)
    add()
    return total
[(race.first.line, race.second.line) for race in record(main, race=True, seed=1).races]""",
        "[(6, 6), (6, 6)]",
    ),
    ("%%shared\n@shared\ndef f():\n    global count\n    count = 7\nf()\ncount", "7"),
    ("%%shared\n%time n = 1\ndef f():\n    global n\n    n += 1\nf();\nn;", None),
    ("%%time\n%%shared\ndef f():\n    global n\n    n += 1\nf()\nassert n == 3", None),
    (
        "%%shared\nasync def f():\n    global n\n    n += 1\n    return n\nawait f()",
        "4",
    ),
    ("import inspect\nprint(inspect.getsource(increment))", """def increment():
    global count
    count += 1
"""),
    ("%who_ls int", "['count', 'n', 'seed']"),
    ("%load_ext gochan\nlen(get_ipython().ast_transformers)", "1"),
    (
        "%%shared\nn = 1\ndef f():\n    global n\n    n += 'one'\nf()",
        "TypeError: unsupported operand type(s) for +=: 'int' and 'str'",
    ),
    (
        "%%shared\nprint(1)",
        f"NothingSharedError: {NOTHING_SHARED.format(what='this cell')}",
    ),
    (
        "%%shared count\nprint(1)",
        "SyntaxError: %%shared stands alone in its line, without count",
    ),
    (
        "%%shared\ndef f():\n    print(n)\n    global n",
        "SyntaxError: name 'n' is used prior to global declaration",
    ),
    ("%%shared\nn = = 1", "SyntaxError: invalid syntax"),
    ("print('n + 1 =', n + 1)  # all is well for other cells", "n + 1 = 2"),
]  # fmt: skip


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(text) for text, _ in CELLS]
    client = NotebookClient(
        notebook, timeout=60, allow_errors=True, resources={"metadata": {"path": str(ROOT)}}
    )
    client.execute()
    return notebook.cells


def shown(cell):
    text = ""
    for output in cell.outputs:
        if output.output_type == "error":
            return f"{output.ename}: {output.evalue}".split(" (", 1)[0]
        text += output.text if output.output_type == "stream" else output.data["text/plain"]
    return text.rstrip("\n")


@pytest.mark.parametrize("number", range(len(CELLS)))
def test_each_cell_shows_what_it_should(executed, number):
    text, expected = CELLS[number]
    found = shown(executed[number])
    if expected is None:
        assert found.startswith("CPU times"), found
    else:
        assert found == expected.rstrip("\n"), text


def test_an_error_shows_the_lines_of_the_cell(executed):
    (output,) = next(cell.outputs for cell in executed if "n += 'one'" in cell.source)
    text = "\n".join(output.traceback)
    assert "storage.py" not in text
    assert "rewriting" not in text


def test_a_shell_in_a_terminal_has_it_once_gochan_is_imported(tmp_path):
    script = """
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
shell.run_cell("from gochan import *")
cell = "%%shared\\nx = 1\\ndef f():\\n    global x\\n    x += 1\\n    return x\\nrun(f).value"
shell.run_cell(cell)
event = shell.run_cell("record(f).trace.events[1]").result
print(event.kind, event.object, event.value, event.line)
"""
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "IPYTHONDIR": str(tmp_path)},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].endswith("2")
    assert done.stdout.splitlines()[-1] == "read x 2 5"


def test_only_the_first_line_is_looked_at():
    assert mark_cell(["%%shared\n", "x\n"]) == ['"%%shared"\n', "x\n"]
    for lines in ([], ["\n"], ["x = 1\n", "%%shared\n"], ["%%sharedx\n"], ["%%time\n"]):
        assert mark_cell(lines) == lines
