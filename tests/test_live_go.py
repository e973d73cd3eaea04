"""Go's own benchmarks in live timings: what reaches them, how they end, and that they do end."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
import uuid

import cloudpickle
import nbclient
import nbformat
import psutil
import pytest
from jupyter_client.manager import KernelManager

from gochan import go, golang, sync
from gochan.charts.timings import timings
from gochan.golang import toolchain
from gochan.golang.benchmark import READY, with_parameters
from gochan.golang.measurer import Measurer
from gochan.measuring.functions import Functions
from gochan.measuring.lines import Absent, Begins, Sample, read, written
from gochan.measuring.measurement import Measurement
from gochan.measuring.source import Command
from gochan.widgets import Live, timing
from gochan.widgets.timing_words import rows, status

pytestmark = pytest.mark.long

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # as a notebook's functions are

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX's")
NO_GO = "/no/where/go"
WITHOUT = f"GOCHAN_GO is {NO_GO}, which is no command"
OVENS = """
var ovens = 2
var loaves = make([]int, ovens)
var name string = "rye"
var hot, cold = 1, 2
const doors = 3

func BenchmarkBake(b *testing.B) {
	b.Log(name)
	fmt.Println("ovens", len(loaves), "processors", runtime.GOMAXPROCS(0))
}
"""


@pytest.fixture
def with_go():
    if toolchain.find() is None:
        if os.environ.get("CI") == "true":
            pytest.fail(toolchain.why_missing())
        pytest.skip(toolchain.why_missing())


@pytest.fixture
def without_go(monkeypatch):
    monkeypatch.setenv(toolchain.VARIABLE, NO_GO)


@pytest.fixture
def marked(monkeypatch):
    """What finds the processes that were started in this test."""
    mark = uuid.uuid4().hex
    monkeypatch.setenv("GOCHAN_MARK", mark)

    def found():
        alive = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("GOCHAN_MARK") == mark and process.pid != os.getpid():
                    alive.append(process)
            except psutil.Error:
                continue
        return alive

    return found


def with_mutex(n, goroutines=2):
    mutex, group = sync.Mutex(), sync.WaitGroup()
    group.add(goroutines)

    def add():
        for _ in range(n // goroutines):
            mutex.lock()
            mutex.unlock()
        group.done()

    for _ in range(goroutines):
        go(add)
    group.wait()


def with_threads(n, goroutines=2):
    lock = threading.Lock()

    def add():
        for _ in range(n // goroutines):
            with lock:
                pass

    threads = [threading.Thread(target=add) for _ in range(goroutines)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def empty(n):
    pass


def benchmark(body, before=""):
    return golang.Benchmark(f"{before}\nfunc BenchmarkBake(b *testing.B) {{\n{body}\n}}", "Bake")


def measured(contenders, seconds=0.01, **values):
    """A measurement that is over."""
    measurement = Measurement(Functions(contenders), values, seconds)
    measurement.start()
    while measurement.follow(0.05):
        pass
    return measurement


def are_gone(processes):
    return psutil.wait_procs(processes, timeout=30)[1] == []


# -- plain data ------------------------------------------------------------------------------------


def test_the_variables_of_a_program_are_its_parameters():
    bake = golang.Benchmark(OVENS, "Bake")
    assert bake.parameters == {"ovens": 2, "loaves": None, "name": "rye", "cpu": None}
    assert golang.Benchmark(OVENS, "Bake", cpu=2).parameters.get("cpu", "none") == "none"


def test_a_parameter_begins_with_the_value_that_it_has_in_go():
    source = Functions({"empty": lambda n: None, "bake": golang.Benchmark(OVENS, "Bake")})
    assert (source.default("ovens"), source.default("name")) == (2, "rye")


def test_lines_and_words_keep_their_places():
    text = with_parameters(OVENS, ["ovens", "name"]).split("\n")
    assert len(text) == OVENS.count("\n") + 1
    at = "/*line cell.go:2:13*/2)/*line cell.go:2:14*/"
    assert text[1] == f'var ovens = gochanParameter("ovens", {at}'
    assert text[3].startswith('var name string = gochanParameter[string]("name", ')
    assert text[4:] == OVENS.split("\n")[4:]


def test_every_benchmark_is_there_once_for_each_number_of_processors():
    assert list(golang.benchmarks("rwmutex")) == ["Go Mutex", "Go RWMutex"]
    several = golang.benchmarks("rwmutex", cpu=[1, 4], prefix="")
    assert list(several) == ["Mutex-1", "Mutex-4", "RWMutex-1", "RWMutex-4"]
    assert several["RWMutex-4"] == golang.Benchmark("rwmutex", "RWMutex", 4)


NO_MUTX = "there is no func BenchmarkMutx in the source; there are Mutex, RWMutex"
PROGRAMS_READY = "counters, crowd, handover, maps, routes, rwmutex, spawn"
NO_BREAD = f"there is no ready Go program 'bread'; there are {PROGRAMS_READY}"
TEST_MAIN = "func BenchmarkA(b *testing.B) {}\nfunc TestMain(m *testing.M) {}"
NO_MAIN = "the source has a func TestMain, but that is where the measuring begins"


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        (("rwmutex", "Mutx"), ValueError, NO_MUTX),
        (("bread", "Mutex"), ValueError, NO_BREAD),
        ((None, "Mutex"), TypeError, "a Go program is a str, not NoneType"),
        (("rwmutex", None), TypeError, "a benchmark's name is a str, not None"),
        (("rwmutex", "Mutex", 0), ValueError, "cpu is a number from 1 to 1,024, not 0"),
        (("rwmutex", "Mutex", "2"), TypeError, "cpu is a whole number, not '2'"),
        (("func main() {}", "A"), ValueError, "there is no benchmark in the source: func Benchm"),
        ((TEST_MAIN, "A"), ValueError, NO_MAIN),
    ],
)
def test_what_can_be_no_benchmark_is_refused_at_once(given, error, words):
    with pytest.raises(error, match=f"^{re.escape(words)}"):
        golang.Benchmark(*given)


@pytest.mark.parametrize("cpu", [2, "12", [], [0], [1.5]])
def test_a_list_of_processors_is_one(cpu):
    with pytest.raises((TypeError, ValueError), match=r"^cpu is a "):
        golang.benchmarks("counters", cpu=cpu)


CONST = "doors is a const in the Go source of 'Go Bake', and that keeps its value: write var doors"
LIST = "ovens reaches Go as a number, a bool or a text, not as [1]"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"doors": (1, 9)}, CONST),
        ({"hot": (1, 9)}, "no contender takes a parameter 'hot'"),
        ({"ovens": [[1], [2]]}, LIST),
        ({"cpu": [1.5]}, "cpu is a whole number, not 1.5"),
    ],
)
def test_what_can_be_no_parameter_is_refused_at_once(parameters, words):
    with pytest.raises(TypeError, match=f"^{re.escape(words)}"):
        Live(golang.Benchmark(OVENS, "Bake"), **parameters)


def test_lines_about_benchmarks_are_read_as_they_are_written():
    lines = [Absent("bake", "there is no oven"), Begins("bake", "it is compiled ... 3 s")]
    assert [read(written(line).encode()) for line in lines] == lines


# -- measured --------------------------------------------------------------------------------------


def test_go_gochan_and_threads_take_turns(with_go):
    contenders = {"gochan": with_mutex, "threads": with_threads}
    contenders.update(golang.benchmarks("counters"))
    measurement = measured(contenders, seconds=0.1, goroutines=4)
    assert measurement.phase == "done", measurement.words
    counts = [len(seconds) for seconds in measurement.samples.values()]
    assert min(counts) >= 1
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("name", sorted(one.stem for one in READY.glob("*.go")))
def test_each_ready_program_can_be_measured_with_each_of_its_parameters(with_go, name):
    contenders = golang.benchmarks(name, cpu=[1, 2])
    parameters = next(iter(contenders.values())).parameters
    measurement = measured(contenders, **{one: value + 1 for one, value in parameters.items()})
    assert measurement.phase == "done", measurement.words


def test_parameters_reach_go_before_anything_depends_on_them(with_go):
    measurement = measured(golang.Benchmark(OVENS, "Bake"), ovens=3, cpu=5)
    assert measurement.phase == "done", measurement.words
    assert set(measurement.printed.split("\n")[-5:]) == {"ovens 3 processors 5", ""}


@pytest.mark.parametrize(
    ("declared", "value", "shown"),
    [
        ("share = 0.5", 0.25, "0.25"),
        ("share float64 = 1", 2, "2"),
        ("share = false", True, "true"),
        ('share = "all"', "one or two", "one or two"),
        ("share = time.Second", 5, "5ns"),
    ],
)
def test_a_parameter_has_its_type(with_go, declared, value, shown):
    shows = benchmark("fmt.Println(share)", f"var {declared}")
    with Measurer(shows, {"share": value}) as measurer:
        measurer.seconds("Bake", 1)
        assert measurer._printed.decode().split("\n")[0] == shown


def test_another_value_needs_no_other_program(with_go):
    bake = golang.Benchmark(OVENS, "Bake")
    with Measurer(bake, {"ovens": 3}) as one, Measurer(bake, {"ovens": 4}) as other:
        assert one._program == other._program


def test_a_loop_and_parts_are_measured_as_go_does_it(with_go):
    loop = benchmark("for b.Loop() { time.Sleep(time.Millisecond) }")
    part = 'b.Run("part", func(b *testing.B) { for range b.N { time.Sleep(time.Millisecond) } })'
    for one in (loop, benchmark(part)):
        with Measurer(one, {}) as measurer:
            assert measurer.seconds("Bake", 3) >= 0.003


def test_a_benchmark_reads_nothing(with_go):
    asks = benchmark("count, err := fmt.Scan(new(int))\nfmt.Println(count, err)")
    with Measurer(asks, {}) as measurer:
        measurer.seconds("Bake", 1)
        assert measurer._printed.decode().split("\n")[0] == "0 EOF"


# -- what goes wrong -------------------------------------------------------------------------------

DEADLOCK = "fatal error: all goroutines are asleep - deadlock! (line 3 of the Go program)"
TOO_MANY = "panic: k is of type int in Go, and can't be 2.5 (line 1 of the Go program)"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("loaf()", "it doesn't compile, line 3: undefined: loaf"),
        ("loaf(); bread()", "it doesn't compile, line 3: undefined: loaf (and 1 more error)"),
        ("<-make(chan int)", DEADLOCK),
        ('panic("no flour")', "panic: no flour (line 3 of the Go program)"),
        ('b.Fatalf("%d loaves", 3)', "it failed, line 3: 3 loaves"),
        ('b.Skip("a holiday")', "it was skipped, line 3: a holiday"),
        ("b.FailNow()", "it failed, it doesn't say why"),
        ("os.Exit(3)", "it ended itself with exit code 3"),
    ],
)
def test_what_goes_wrong_in_go_is_a_sentence(with_go, body, words):
    measurement = measured({"bake": benchmark(body), "empty": empty})
    assert (measurement.phase, measurement.words) == ("failed", f"bake failed: {words}.")


def test_a_value_that_go_does_not_take_is_a_sentence(with_go):
    bake = benchmark("fmt.Sprint(k)", "var k = 3")
    assert measured({"bake": bake}, k=2.5).words == f"bake failed: {TOO_MANY}."


def test_what_a_benchmark_reports_as_bytes_is_its_memory_at_most(with_go):
    bake = benchmark(
        """
        baked++
        b.ReportMetric(float64(9000-baked), "bytes") // the first time it is the most
        """,
        "var baked = 0",
    )
    source = Functions({"bake": bake, "empty": empty}, memory=True)
    measurement = Measurement(source, {}, 0.01)
    measurement.start()
    while measurement.follow(0.05):
        pass
    assert measurement.phase == "done", measurement.words
    assert measurement.weights == {"bake": 8999.0}


def test_the_ready_crowd_tells_what_its_goroutines_need(with_go):
    crowd = golang.Benchmark("crowd", "Crowd")
    with Measurer(crowd, {"crowd": 1_000}) as measurer:
        assert measurer.seconds("Crowd", 1) > 0
        assert 1_000 * 2_000 < measurer.bytes["Crowd"] < 1_000 * 20_000


def test_without_go_the_others_go_on(without_go):
    measurement = measured({"empty": empty, "Go bake": golang.Benchmark(OVENS, "Bake")})
    assert measurement.phase == "done", measurement.words
    assert measurement.absent == {"Go bake": WITHOUT}
    assert status(measurement, "", measurement.samples).endswith(f" Not here: Go bake ({WITHOUT}).")
    told = rows(measurement.samples, measurement.absent)
    assert told[1] == ["Go bake", "", "", "not here", "0"]


def test_without_go_and_others_it_says_why_nothing_is_measured(without_go):
    measurement = measured(golang.Benchmark(OVENS, "Bake"))
    words = f"Nobody can be measured here: {WITHOUT}."
    assert (measurement.phase, measurement.words) == ("failed", words)


def test_the_chart_says_who_is_not_here():
    axes = timings({"a": [1e-6], "Go": []}, absent={"Go": "there is no Go"})
    assert "not here: there is no Go" in [text.get_text() for text in axes.texts]
    assert "Go: not here: there is no Go." in axes.get_figure().get_label()


def test_while_go_compiles_the_status_says_so(with_go):
    bake = benchmark(f'fmt.Println("{uuid.uuid4().hex}")')  # never compiled before
    measurement = Measurement(Functions({"Go bake": bake}), {}, 0.01)
    measurement.start()
    said = set()
    while measurement.follow(0.01):
        said.add(status(measurement, "", {}))
    assert measurement.phase == "done", measurement.words
    assert "Go bake: Go compiles it ... 0 s" in said


def test_a_cell_waits_while_go_compiles_and_says_so(tmp_path, monkeypatch):
    """The child goes on when that was said."""
    monkeypatch.setattr(timing, "LONGEST_FIRST", 0)
    monkeypatch.setattr(timing, "MORE_FOR_EACH", 0.01)
    oven = tmp_path / "oven"
    compiling = written(Begins("bake", "Go compiles it ... 3 s"))
    script = [
        "import os, time",
        f"print({compiling!r}, flush=True)",
        f"while not os.path.exists({str(oven)!r}): time.sleep(0.01)",
        f"print({written(Sample('bake', 1e-6))!r})",
    ]
    source = Functions({"bake": empty})
    source.command = lambda values, seconds: Command([sys.executable, "-c", "\n".join(script)])
    said = []

    def show(below, bundle):
        said.append(bundle["text/plain"])
        oven.touch()

    def wait(self, seconds):
        while not (self.doing or self.count or self.words):
            time.sleep(0.01)  # another process: there is nothing to wait on
        return self._is_over.wait(30 if said else seconds)

    monkeypatch.setattr(timing.Below, "show", show)
    monkeypatch.setattr(Measurement, "wait", wait)
    live = Live(source)
    assert said[0].startswith("bake: Go compiles it ... 3 s. The first time Go compiles its own")
    assert live.samples == {"bake": [1e-6]}


# -- no process stays ------------------------------------------------------------------------------

ENDLESS = benchmark("for { }")
RESTS = benchmark("for range b.N { }")


def at_work(contender, marked):
    """A measurement whose Go process runs, and all its processes."""
    measurement = Measurement(Functions({"Go bake": contender}), {}, 600)
    measurement.start()
    while not any("-test.run=^$" in process.cmdline() for process in alive(marked)):
        assert measurement.follow(0.05), measurement.words
    return measurement, marked()


def alive(marked):
    return [one for one in marked() if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("contender", [ENDLESS, RESTS], ids=["busy", "in turns"])
def test_stop_leaves_no_process(with_go, marked, contender):
    measurement, processes = at_work(contender, marked)
    assert len(processes) >= 3  # the measuring process, the keeper, the Go program
    measurement.stop()
    assert measurement.follow(1) is False
    assert are_gone(processes)


@POSIX
def test_a_killed_measuring_process_leaves_no_process(with_go, marked):
    measurement, processes = at_work(ENDLESS, marked)
    psutil.Process(measurement.pid).kill()
    assert are_gone([one for one in processes if one.pid != measurement.pid])
    while measurement.follow(0.05):
        pass
    assert measurement.words.startswith(
        "The process was killed (SIGKILL) while it measured Go bake"
    )


@POSIX
def test_a_killed_go_program_is_told(with_go, marked):
    measurement, processes = at_work(ENDLESS, marked)
    programs = [one for one in processes if one.cmdline()[0].endswith(".exe")]
    programs[0].kill()
    while measurement.follow(0.05):
        pass
    assert measurement.words == "Go bake failed: ended by the signal SIGKILL."
    assert are_gone(processes)


def test_a_measurement_that_is_over_leaves_no_process(with_go, marked):
    measurement = measured({"Go bake": RESTS, "empty": empty})
    assert measurement.phase == "done", measurement.words
    assert are_gone(marked())


# -- notebooks -------------------------------------------------------------------------------------

CELL = """
import threading
from gochan import go, golang, sync
from gochan.widgets import Live

def gochan_mutex(n, goroutines=4):
    mutex, group = sync.Mutex(), sync.WaitGroup()
    group.add(goroutines)
    def add():
        for _ in range(n // goroutines):
            mutex.lock()
            mutex.unlock()
        group.done()
    for _ in range(goroutines):
        go(add)
    group.wait()

live = Live({"gochan mutex": gochan_mutex, "threads mutex": "threads.mutex",
             **golang.benchmarks("counters", cpu=[1, 2])}, goroutines=(1, 64), seconds=600)
live
"""
GOES_ON = """
import time, psutil
live._on_message(None, {"kind": "hello", "number": 1}, None)
while not (live._measurement.seconds == 600 and live._measurement.count):
    time.sleep(0.01)
print([one.pid for one in psutil.Process(live._measurement.pid).children(recursive=True)])
"""


def test_a_headless_notebook_ends_by_itself_with_few_samples_and_a_picture(with_go):
    ends = "live._measurement.wait(60); print(live._measurement.phase, *live.samples.values())"
    cells = [CELL, ends]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    done = nbclient.execute(notebook)
    assert "Comparison of the time per operation" in done.cells[0].outputs[-1].data["text/html"]
    text = done.cells[1].outputs[0].text
    assert text.startswith("done [")
    assert "[]" not in text


@POSIX
@pytest.mark.parametrize("how", ["killed", "restarted"])
def test_no_go_program_outlives_its_kernel(with_go, how):
    manager = KernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        texts = []

        def note(message):
            if message["msg_type"] == "stream":
                texts.append(message["content"]["text"])

        for code in (CELL, GOES_ON):
            reply = client.execute_interactive(code, timeout=60, output_hook=note)
            assert reply["content"]["status"] == "ok", reply["content"]
        processes = [psutil.Process(pid) for pid in json.loads("".join(texts))]
        assert len(processes) >= 2  # the keeper and the Go program
        if how == "killed":
            psutil.Process(manager.provisioner.pid).kill()
        else:
            manager.restart_kernel()
        assert are_gone(processes)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
