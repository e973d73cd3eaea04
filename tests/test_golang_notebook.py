"""`%%go` in a real kernel: output as it comes, interrupts, and kernels that are killed."""

import contextlib
import json
import os
import re
import signal
import time
import uuid
from queue import Empty

import psutil
import pytest
from jupyter_client.manager import KernelManager

from gochan.golang import recording, toolchain
from gochan.golang.options import parse

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(os.name != "posix", reason="signals and forks are POSIX's"),
]
PATIENCE = 60  # seconds for anything to happen

FOR_EVER = """
exec.Command("sh", "-c", "sleep 1000 & setsid sleep 1000 &").Run()
fmt.Println("started")
time.Sleep(time.Hour)
"""


class Kernel:
    """A kernel whose processes all carry a mark."""

    def __init__(self, folder, **environment):
        self.mark = uuid.uuid4().hex
        self.manager = KernelManager()
        env = {**os.environ, **environment, "GOCHAN_KERNEL": self.mark}
        self.manager.start_kernel(env=env, cwd=str(folder))
        self.client = self.manager.blocking_client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.outputs = []

    def start(self, code):
        self.outputs = []
        self.request = self.client.execute(code)

    def next(self):
        """The next output; None when the cell is done."""
        while True:
            try:
                message = self.client.get_iopub_msg(timeout=PATIENCE)
            except Empty:
                pytest.fail(f"nothing came; until now: {self.text()}")
            if message["parent_header"].get("msg_id") != self.request:
                continue
            content = message["content"]
            if content.get("execution_state") == "idle":
                return None
            if message["msg_type"] in ("stream", "display_data", "update_display_data", "error"):
                self.outputs.append((message["msg_type"], content))
                return self.outputs[-1]

    def until(self, text):
        while text not in self.text():
            assert self.next() is not None, self.text()

    def finish(self):
        while self.next() is not None:
            pass
        return self.text()

    def run(self, code):
        self.start(code)
        return self.finish()

    def text(self):
        """All that is shown, as plain text."""
        return "".join(plain(kind, content) for kind, content in self.outputs)

    def processes(self):
        """All that carry the mark, the kernel among them."""
        found = []
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("GOCHAN_KERNEL") == self.mark:
                    found.append(process)
        return found

    def all_of(self, number):
        """The processes, when there are so many."""
        until = time.monotonic() + PATIENCE
        while len(found := self.processes()) < number and time.monotonic() < until:
            pass
        assert len(found) >= number
        return found

    def others(self):
        return [one for one in self.processes() if one.pid != self.manager.provisioner.pid]

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def plain(kind, content):
    if kind == "stream":
        assert content["name"] == "stdout", content
        return content["text"]
    if kind == "error":
        return "\n".join(content["traceback"]) + "\n"
    return content["data"]["text/plain"] + "\n"


def gone(processes):
    return psutil.wait_procs(processes, timeout=PATIENCE)[1] == []


@pytest.fixture(scope="module")
def go():
    found = toolchain.find()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(toolchain.why_missing())
        pytest.skip(toolchain.why_missing())
    return found


@pytest.fixture(scope="module")
def kernel(go, tmp_path_factory):
    kernel = Kernel(tmp_path_factory.mktemp("notebook"))
    assert kernel.run("%load_ext gochan.golang") == ""
    yield kernel
    kernel.stop()


@pytest.fixture
def own_kernel(go, tmp_path):
    kernel = Kernel(tmp_path)
    kernel.run("%load_ext gochan.golang")
    yield kernel
    kernel.stop()


def test_a_cell_prints_and_shows_how_it_ended(kernel):
    assert kernel.run('%%go\nfmt.Println("hello")') == "hello\n"
    assert kernel.run("%%go\nch := make(chan int)\nfmt.Print(1)\nch <- 1") == (
        "1\n"
        "fatal error: all goroutines are asleep - deadlock!\n"
        "goroutine 1 [chan send]\n"
        "    in main.main\n"
        "    3  fmt.Print(1)\n"
        "▸   4  ch <- 1\n"
        "exit code 2, as after a panic or a fatal error\n"
    )
    kind, content = kernel.outputs[-1]
    assert (kind, "<details>" in content["data"]["text/html"]) == ("display_data", True)


def test_many_runs_are_shown_as_a_table(kernel):
    shown = kernel.run("%%go --times 3\nfmt.Print(7)")
    assert re.search(r"3 runs, 1 different end\n +3  #+ 100 %  7  \(ran to its end\)\n$", shown)


def test_benchmarks_are_shown_as_a_table_that_grows(kernel):
    cell = "func BenchmarkNone(b *testing.B) {\n\tfor b.Loop() {\n\t}\n}\n"
    cell += cell.replace("None", "Other")
    kernel.run(f"%%go --bench --benchtime 5x --cpu 1\n{cell}")
    rows = [plain(*output).count("\n") - 1 for output in kernel.outputs if "Bench" not in output]
    assert rows[-1] == 2
    assert "update_display_data" in [kind for kind, _ in kernel.outputs]
    assert kernel.text().splitlines()[0].split()[0] in ("benchmark", "compiling")


def test_a_trace_is_drawn_below_what_was_printed(kernel):
    shown = kernel.run("%%go --trace\ngo fmt.Println(1)\ntime.Sleep(time.Millisecond)")
    assert "1\n" in shown
    picture = kernel.outputs[-1][1]["data"]
    assert "image/png" in picture
    assert picture["text/plain"].startswith("Timeline of 2 goroutines over ")
    shown = kernel.run("%%go --trace\nos.Exit(3)")
    assert shown.startswith("exit code 3\nThere is no execution trace: ")
    shown = kernel.run("%%go --trace\nx :=")
    assert shown.startswith("it doesn't compile: 1 error\n")
    assert "execution trace" not in shown


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("%%go --fast\nx", "%%go has no option --fast; there are --race"),
        ("%%go --timeout 0\nx", "timeout is more than 0 and at most 86,400 s, not 0.0"),
        ("%%go\n\n", "the cell is empty: below %%go stands a Go program"),
        ("%%go --bench\nfmt.Println()", "--bench needs a benchmark in the cell"),
    ],
)
def test_a_cell_that_cant_be_meant_fails_with_one_sentence(kernel, code, sentence):
    shown = kernel.run(code)
    assert shown.startswith(sentence)
    assert shown.count("\n") == 1


def test_an_empty_cell_is_named(kernel):
    kernel.start("%%go")
    kind, content = kernel.next()
    assert (kind, content["text"]) == (
        "stream",
        "UsageError: %%go is a cell magic, but the cell body is empty.\n",
    )
    kernel.outputs.clear()
    kernel.finish()


def test_output_streams_and_an_interrupt_ends_all_of_it(kernel):
    kernel.start(f"%%go --timeout 3600\n{FOR_EVER}")
    kernel.until("started")
    kernel.all_of(5)  # this kernel, the keeper, the program, and two that it started
    kernel.manager.interrupt_kernel()
    shown = kernel.finish()
    assert re.fullmatch(r"started\nstopped by the interrupt after [\d.]+ s\n", shown)
    assert kernel.others() == []
    assert kernel.run("print('alive')") == "alive\n"


def test_an_interrupt_ends_the_compiler_too(kernel, tmp_path):
    slow = tmp_path / "go"
    slow.write_text(
        '#!/bin/sh\ncase $1 in version) echo "go version go1.27.3 linux/amd64";;\n'
        f"env) echo go1.27.3; echo {tmp_path}/cache; echo cc;;\n*) sleep 1000;; esac\n"
    )
    slow.chmod(0o755)
    kernel.run(f"import os; os.environ['GOCHAN_GO'] = {str(slow)!r}")
    try:
        kernel.start("%%go\nfmt.Println()")
        kernel.until("compiling ... ")
        kernel.manager.interrupt_kernel()
        assert "stopped by the interrupt" in kernel.finish()
        assert kernel.others() == []
    finally:
        kernel.run("del os.environ['GOCHAN_GO']")


def test_a_go_that_is_too_old_is_mentioned_once(own_kernel, tmp_path):
    old = tmp_path / "go"
    old.write_text('#!/bin/sh\necho "go version go1.21.5 linux/amd64"\n')
    old.chmod(0o755)
    own_kernel.run(
        "import os\nos.environ.pop('GOCHAN_GO', None)\n"
        f"os.environ['PATH'] = '{tmp_path}:' + os.environ['PATH']"
    )
    cell = '%%go\nfmt.Println("new")'
    note = f"Note: the go on the PATH ({old}) is Go 1.21, and 1.25 or newer is needed.\n"
    shown = own_kernel.run(cell)
    assert shown.startswith(note)
    if toolchain.installed() is not None:
        assert (shown, own_kernel.run(cell)) == (f"{note}new\n", "new\n")


def test_a_kernel_that_is_killed_leaves_no_process(own_kernel):
    own_kernel.start(f"%%go --timeout 3600\n{FOR_EVER}")
    own_kernel.until("started")
    alive = own_kernel.all_of(5)
    os.kill(own_kernel.manager.provisioner.pid, signal.SIGKILL)
    own_kernel.manager.provisioner.process.wait()
    assert gone(alive)


def test_a_kernel_that_is_restarted_leaves_no_process(own_kernel):
    own_kernel.start(
        "%%go --timeout 3600\n"
        f"signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)\n{FOR_EVER}"
    )
    own_kernel.until("started")
    alive = own_kernel.all_of(5)
    own_kernel.manager.restart_kernel(now=True)
    assert gone(alive)


def test_without_go_a_cell_shows_what_is_recorded(go, tmp_path):
    program = "ch := make(chan int)\nfmt.Println(1)\n<-ch"
    cell = {"cell_type": "code", "id": "a", "source": f"%%go\n{program}"}
    (tmp_path / "lesson.ipynb").write_text(json.dumps({"cells": [cell]}))
    recording.write(tmp_path / "lesson.ipynb")
    recorded = recording.find(program, parse(""), tmp_path)
    kernel = Kernel(tmp_path, GOCHAN_GO="/no/where/go")
    try:
        kernel.run("%load_ext gochan.golang")
        shown = kernel.run(f"%%go\n{program}")
        changed = kernel.run(f"%%go\n{program} // changed")
    finally:
        kernel.stop()
    why = "GOCHAN_GO is /no/where/go, which is no command"
    assert shown.startswith("1\nfatal error: all goroutines are asleep - deadlock!\n")
    assert shown.endswith(f"Recorded with {recorded.result.go}, because {why}.\n")
    assert changed == f"The output of this cell isn't recorded, and it can't be run: {why}.\n"


def test_without_go_a_recorded_trace_is_drawn(go, tmp_path):
    program = "go fmt.Println(1)\ntime.Sleep(time.Millisecond)"
    cell = {"cell_type": "code", "id": "a", "source": f"%%go --trace\n{program}"}
    (tmp_path / "lesson.ipynb").write_text(json.dumps({"cells": [cell]}))
    recording.write(tmp_path / "lesson.ipynb")
    recorded = recording.find(program, parse("--trace"), tmp_path)
    assert [one.name for one in recorded.trace.goroutines] == ["main", "fmt.Println"]
    kernel = Kernel(tmp_path, GOCHAN_GO="/no/where/go")
    try:
        kernel.run("%load_ext gochan.golang")
        kernel.run(f"%%go --trace\n{program}")
        pictures = [
            content for _, content in kernel.outputs if "image/png" in content.get("data", ())
        ]
    finally:
        kernel.stop()
    assert len(pictures) == 1


@pytest.mark.measured
def test_a_cached_run_costs_little_more_than_the_program(kernel, tell):
    kernel.run('%%go\nfmt.Println("x")')
    begun = time.perf_counter()
    for _ in range(5):
        assert kernel.run('%%go\nfmt.Println("x")') == "x\n"
    tell(f"a cached run of a cell takes {(time.perf_counter() - begun) / 5:.3f} s")
