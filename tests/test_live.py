"""Live timings without a browser: what the processes print, how they end, and that they do end."""

from __future__ import annotations

import inspect
import json
import os
import re
import subprocess
import sys
import threading
import time

import cloudpickle
import nbclient
import nbformat
import psutil
import pytest
from jupyter_client.manager import KernelManager

from gochan import Chan, go
from gochan.charts.timings import timings
from gochan.measuring.functions import Functions
from gochan.measuring.lines import Begins, Failed, Sample, Weighs, read, written
from gochan.measuring.machine import Machine
from gochan.measuring.measurement import Measurement
from gochan.measuring.process import Process
from gochan.measuring.rounds import Contender, turns, warm_up
from gochan.measuring.source import Command
from gochan.widgets import Live, NotHere
from gochan.widgets.timing_words import columns, rows, status, verdict

pytestmark = pytest.mark.long

cloudpickle.register_pickle_by_value(sys.modules[__name__])  # as a notebook's functions are

SAMPLE = '{"contender": "mutex", "parameter": 8, "seconds": 1.5e-7}'


class Script:
    """A source whose command is a few lines of Python."""

    what = "time per operation"

    def __init__(self, *lines, contenders=("mutex",)):
        self.contenders = list(contenders)
        self._text = "\n".join(["import os, sys, time", *lines])

    def check(self, parameters):
        pass

    def default(self, parameter):
        return inspect.Parameter.empty

    def command(self, values, seconds):
        return Command([sys.executable, "-u", "-c", self._text])


def measured(source, seconds=0.01, values=None, **options):
    """A measurement that is over."""
    measurement = Measurement(source, values or {}, seconds, **options)
    measurement.start()
    while measurement.follow(0.05):
        pass
    return measurement


def ending(source, **options):
    """How it ended, in words."""
    measurement = measured(source, **options)
    return measurement.phase, measurement.words


def prints(*lines):
    return [f"print({line!r})" for line in lines]


def empty():
    pass


def hand_over(n):
    numbers = Chan()

    def producer():
        for number in range(n):
            numbers.send(number)

    go(producer)
    for _ in range(n):
        numbers.recv()


# -- lines -----------------------------------------------------------------------------------------


def test_lines_are_read_as_they_are_written():
    lines = [
        Sample("mutex", 1.5e-7, 8),
        Weighs("mutex", 8192.0),
        Begins("mutex"),
        Failed("mutex", "so", "a.py", 3),
    ]
    assert [read(written(line).encode()) for line in lines] == lines


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"hello", "The process printed what is no sample: 'hello'"),
        (b"[1]", "The process printed what is no sample: '[1]'"),
        (b"\xff\xfe", "The process printed what is no sample: '\ufffd\ufffd'"),
        (b'{"contender": 3}', "The process printed what is no sample: '{\"contender\": 3}'"),
    ],
)
def test_what_is_no_sample_is_quoted(line, words):
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        read(line)


@pytest.mark.parametrize("seconds", ["NaN", "Infinity", "0", "-1", "true", '"1"', "null"])
def test_a_sample_has_a_possible_time(seconds):
    with pytest.raises(ValueError, match="The process printed a sample"):
        read(f'{{"contender": "mutex", "seconds": {seconds}}}'.encode())


@pytest.mark.parametrize("size", ["NaN", "0", "-1", "true", '"1"', "null"])
def test_a_weight_has_a_possible_size(size):
    with pytest.raises(ValueError, match="The process printed a weight of no possible size: "):
        read(f'{{"contender": "mutex", "bytes": {size}}}'.encode())


# -- processes that go wrong -----------------------------------------------------------------------


def test_samples_are_gathered_until_the_process_ends():
    measurement = measured(Script(*prints(SAMPLE, SAMPLE)))
    assert (measurement.phase, measurement.samples) == ("done", {"mutex": [1.5e-7, 1.5e-7]})


def test_a_process_that_dies_shows_its_code_and_its_last_words():
    script = Script(*prints(SAMPLE), "print('no more bread', file=sys.stderr)", "sys.exit(3)")
    words = "The process ended with code 3 while it measured mutex. Its last words: no more bread"
    assert ending(script) == ("failed", words)


@pytest.mark.skipif(os.name != "posix", reason="signals end processes on POSIX only")
def test_a_process_that_is_killed_shows_by_what():
    script = Script(*prints(SAMPLE), "os.kill(os.getpid(), 9)")
    assert ending(script) == ("failed", "The process was killed (SIGKILL) while it measured mutex.")


@pytest.mark.skipif(os.name != "posix", reason="signals end processes on POSIX only")
def test_an_interrupt_is_no_failure():
    script = Script(
        "import signal; signal.signal(2, signal.SIG_DFL)",
        *prints(SAMPLE),
        "os.kill(os.getpid(), 2)",
    )
    assert ending(script) == ("stopped", "Interrupted.")


def test_a_process_that_says_nothing_is_stopped():
    script = Script(*prints('{"contender": "mutex", "begins": true}'), "time.sleep(1000)")
    words = "mutex has not answered for 0.3 s: stopped."
    assert ending(script, patience=0.3) == ("failed", words)


def test_a_process_that_closes_its_output_and_goes_on_is_stopped(monkeypatch):
    monkeypatch.setattr("gochan.measuring.measurement.AFTER_THE_END", 0.2)
    script = Script(*prints(SAMPLE), "os.close(1)", "time.sleep(1000)")
    assert ending(script) == ("failed", "The process prints no more, but didn't end: stopped.")


def test_garbage_is_quoted_and_ends_it():
    words = "The process printed what is no sample: 'loaves: 3'."
    script = Script(*prints(SAMPLE, "loaves: 3", SAMPLE), "time.sleep(1000)")
    measurement = measured(script)
    assert (measurement.phase, measurement.words, measurement.count) == ("failed", words, 1)


def test_an_endless_line_ends_it():
    script = Script("while True: sys.stdout.write('x' * 10000)")
    assert ending(script)[1].startswith("The process printed what is no sample: 'xxxxx")


def test_a_flood_of_samples_ends_it():
    script = Script(f"while True: print({SAMPLE!r})")
    assert ending(script) == ("stopped", "Stopped: 20,000 samples are enough.")


def test_a_flood_on_standard_error_is_cut():
    script = Script("print('x' * 10_000_000, file=sys.stderr)", *prints(SAMPLE))
    measurement = measured(script)
    assert (measurement.phase, len(measurement.printed)) == ("done", 4_000)


def test_a_process_that_ends_without_a_sample_of_somebody_has_failed():
    script = Script(*prints(SAMPLE), contenders=["mutex", "channel"])
    assert ending(script) == ("failed", "The process ended without a sample of channel.")


def test_an_unknown_contender_ends_it():
    script = Script(*prints(SAMPLE), contenders=["channel"])
    assert ending(script) == ("failed", "The process printed an unknown contender: 'mutex'.")


def test_a_command_that_does_not_exist_says_so():
    script = Script()
    script.command = lambda values, seconds: Command(["/no/such/bakery"])
    words = "/no/such/bakery can't be started: No such file or directory."
    assert ending(script) == ("failed", words)


def test_stop_ends_the_process_from_another_thread():
    measurement = Measurement(Script(*prints(SAMPLE), "time.sleep(1000)"), {}, 1.0)
    measurement.start()
    while not measurement.count:
        measurement.follow(0.05)
    threading.Thread(target=measurement.stop).start()
    while measurement.follow(0.05):
        pass
    assert (measurement.phase, measurement.words) == ("stopped", "Stopped.")
    assert not psutil.pid_exists(measurement.pid)


def test_a_process_that_measures_begins_without_what_draws():
    """Each would be half a second later."""
    loaded = "print({'matplotlib', 'IPython'} & set(sys.modules))"
    code = f"import sys, gochan.measuring.__main__; {loaded}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_process_that_reads_nothing_holds_nobody_up():
    command = Command([sys.executable, "-c", "import time; time.sleep(1000)"], b"x" * 10_000_000)
    process = Process(command)
    assert process.end() != 0


# -- Python functions ------------------------------------------------------------------------------


def test_functions_of_a_program_are_measured_in_turns():
    measurement = measured(Functions({"empty": empty, "hand over": hand_over}), seconds=0.1)
    assert measurement.phase == "done", measurement.words
    counts = [len(seconds) for seconds in measurement.samples.values()]
    assert min(counts) >= 1
    assert max(counts) - min(counts) <= 1


def test_ready_contenders_are_measured_by_name():
    measurement = measured(Functions(["gochan.mutex", "threads.mutex"]))
    assert measurement.phase == "done", measurement.words
    assert list(measurement.samples) == ["gochan.mutex", "threads.mutex"]
    assert measured(Functions({"a lock": "threads.mutex"})).phase == "done"


def test_what_a_contender_prints_is_kept_apart():
    def chatty():
        print("a loaf")
        os.write(1, b"another loaf\n")

    measurement = measured(Functions({"chatty": chatty}, as_main=False))
    assert measurement.phase == "done", measurement.words
    assert "another loaf" in measurement.printed


def test_a_contender_reads_nothing():
    def asks():
        input()

    phase, words = ending(Functions({"asks": asks}))
    assert phase == "failed"
    assert words.startswith("asks failed: EOFError: EOF when reading a line (test_live.py:")


def test_what_a_contender_raises_is_told_with_its_place():
    def broken():
        return 1 / 0

    line = broken.__code__.co_firstlineno + 1
    words = f"broken failed: ZeroDivisionError: division by zero (test_live.py:{line})."
    assert ending(Functions([broken])) == ("failed", words)


def test_a_deadlock_is_told_in_gos_words():
    def stuck():
        Chan().recv()

    phase, words = ending(Functions([stuck]))
    assert phase == "failed"
    assert words.startswith("stuck failed: fatal error: all goroutines are asleep - deadlock!")


def test_a_contender_that_exits_has_failed():
    assert ending(Functions({"leaves": sys.exit}, as_main=False))[1] == "leaves failed: SystemExit."


def test_a_contender_gets_the_parameters_it_takes():
    def with_capacity(capacity):
        assert capacity == 3

    source = Functions([with_capacity, empty])
    source.check({"capacity": None})
    measurement = Measurement(source, {"capacity": 3}, 0.01)
    measurement.start()
    while measurement.follow(0.05):
        pass
    assert measurement.phase == "done", measurement.words


def test_who_is_not_here_says_why_and_the_others_go_on():
    def small_oven(loaves):
        if loaves > 8:
            raise NotHere("eight loaves are all it holds")

    source = Functions([small_oven, empty])
    assert measured(source, values={"loaves": 8}).absent == {}
    measurement = measured(source, values={"loaves": 9})
    assert measurement.phase == "done", measurement.words
    assert measurement.absent == {"small_oven": "eight loaves are all it holds"}
    assert min(len(measurement.samples["empty"]), 1) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows isn't asked for it")
def test_memory_is_what_a_call_needs_at_most_in_a_process_of_its_own():
    def flour():
        sacks = bytearray(50_000_000)
        del sacks
        print("on the answer's pipe?")

    measurement = measured(Functions([flour, empty], memory=True))
    assert measurement.phase == "done", measurement.words
    assert 45e6 <= measurement.weights["flour"] < 60e6
    assert measurement.weights.get("empty", 0) < 5e6
    assert measured(Functions([flour])).weights == {}


def test_no_memory_is_told_for_what_takes_n_and_for_ready_ones():
    measurement = measured(Functions({"a": hand_over, "b": "gochan.mutex"}, memory=True))
    assert (measurement.phase, measurement.weights) == ("done", {})


def test_what_is_measured_is_what_the_axis_says():
    assert Functions([empty]).what == "time per call"
    assert Functions([hand_over, "gochan.mutex"]).what == "time per operation"
    assert Functions([hand_over, empty]).what == "time per operation or call"


def test_everybody_is_first_in_turn():
    a, b, c = (Contender(name, lambda count: count) for name in "abc")
    order = turns([a, b, c], 60)
    assert "".join(next(order).name for _ in range(9)) == "abcbcacab"


def test_everybody_has_a_turn_however_short_the_time():
    contenders = [Contender(name, lambda count: count) for name in "ab"]
    assert "".join(one.name for one in turns(contenders, 0)) == "ab"


def test_warming_up_finds_how_many_operations_last_long_enough():
    tried = []

    def measure(count):
        tried.append(count)
        return count * 1e-6

    contender = Contender("mutex", measure)
    warm_up(contender)
    assert (tried, contender.size) == ([1, 101, 10001, 10001], 10001)


def test_what_takes_very_long_is_warmed_up_once():
    tried = []
    warm_up(Contender("crowd", lambda count: tried.append(count) or 6.0))
    assert tried == [1]


# -- bad input -------------------------------------------------------------------------------------

LOCK = threading.Lock()


def locked():
    with LOCK:
        pass


async def coroutine():
    pass


NO_ASYNC = "contender 'coroutine' is an async function: it would only be created"
NO_ARGUMENT = (
    "<lambda> can't be called with these parameters: missing a required argument: 'loaves'"
)
NO_LOCK = (
    "locked can't be sent to the process that measures it: it uses LOCK, a lock "
    "(cannot pickle '_thread.lock' object). Make it inside the function"
)


@pytest.mark.parametrize(
    ("given", "parameters", "error", "words"),
    [
        ({}, {}, ValueError, "there is no contender to measure"),
        (None, {}, TypeError, "contenders are functions by name, not None"),
        ({"a": 3}, {}, TypeError, "contender 'a' is a function or the name of a ready one, not 3"),
        ({3: empty}, {}, TypeError, "a contender's name is a text, not 3"),
        ([coroutine], {}, TypeError, NO_ASYNC),
        ([empty], {"capacity": (0, 3)}, TypeError, "no contender takes a parameter 'capacity'"),
        ([lambda loaves: loaves], {}, TypeError, NO_ARGUMENT),
        ([empty], {"seconds": 0}, ValueError, "seconds lie between 0 and 600, not 0"),
        ([empty], {"seconds": float("nan")}, ValueError, "seconds lie between 0 and 600, not nan"),
        ([empty], {"seconds": "3"}, TypeError, "seconds is a number, not '3'"),
        ([locked], {}, TypeError, NO_LOCK),
    ],
)
def test_bad_input_is_refused_at_once(given, parameters, error, words):
    with pytest.raises(error) as caught:
        Live(given, **parameters)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    "name", ["gochan", "go.mutex", "gochan.blocked", "gochan.bread", "x.mutex"]
)
def test_an_unknown_ready_contender_is_refused_with_those_there_are(name):
    with pytest.raises(ValueError, match="there is no ready contender "):
        Live(name)


# -- the machine -----------------------------------------------------------------------------------


class Bakery:
    def __init__(self, name, log):
        self.name, self.log = name, log

    def begin(self):
        self.log.append(f"{self.name} begins")
        return object()

    def give_way(self):
        self.log.append(f"{self.name} waits")


def test_one_measures_at_a_time_and_the_last_asked_goes_first():
    log = []
    machine, rye, oat = Machine(), Bakery("rye", log), Bakery("oat", log)
    machine.take(rye)
    machine.ask(oat)
    machine.take(oat)
    assert log == ["rye begins", "oat waits", "rye waits", "oat begins"]
    machine.leave(oat)
    assert log[4:] == ["rye begins"]
    machine.over(object())  # an old job
    machine.leave(rye)
    machine.ask(oat)
    assert log[5:] == ["oat begins"]


def test_who_asks_while_at_work_begins_anew_when_that_is_over():
    log, jobs = [], []
    machine, rye = Machine(), Bakery("rye", log)
    rye.begin = lambda: jobs.append(object()) or jobs[-1]
    machine.take(rye)
    machine.ask(rye)
    assert (log, len(jobs)) == ([], 1)
    machine.over(jobs[0])
    machine.over(jobs[1])
    assert (log, len(jobs)) == ([], 2)


# -- the widget ------------------------------------------------------------------------------------


def over(live):
    """Waits until the measurement is over, and what it ended with was sent."""
    while state(live)["phase"] not in ("done", "stopped", "failed"):
        time.sleep(0.01)  # another process measures: there is nothing to wait on
    return live


def state(live):
    return json.loads(live._view.state)


@pytest.fixture(scope="module")
def belts():
    return over(Live({"hand over": hand_over, "empty": empty}))


def test_few_samples_are_there_when_the_cell_is_over(belts):
    assert [min(len(seconds), 1) for seconds in belts.samples.values()] == [1, 1]
    assert state(belts)["phase"] == "done"
    assert belts._view.image.startswith(b"\x89PNG")
    assert repr(belts) == "Live: hand over, empty"


def test_the_table_and_the_status_are_the_samples_in_words():
    samples = {"mutex": [1e-6, 2e-6, 3e-6], "channel": [4e-6], "none": []}
    assert rows(samples) == [
        ["mutex", "2.00 µs", "1.50 µs to 2.50 µs", "fastest", "3"],
        ["channel", "4.00 µs", "4.00 µs to 4.00 µs", "2.00x the fastest", "1"],
        ["none", "", "", "not measured yet", "0"],
    ]
    assert verdict(samples) == "mutex is the fastest, channel takes 2.00 times as long."
    assert verdict({"mutex": [1e-6]}) == ""


def test_memory_is_a_column_and_stands_beside_the_times():
    samples = {"mutex": [1e-6], "channel": [4e-6]}
    assert columns(True) == ["contender", "median", "middle half", "compared", "memory", "samples"]
    assert rows(samples, {}, {"mutex": "8.19 kB"}) == [
        ["mutex", "1.00 µs", "1.00 µs to 1.00 µs", "fastest", "8.19 kB", "1"],
        ["channel", "4.00 µs", "4.00 µs to 4.00 µs", "4.00x the fastest", "", "1"],
    ]
    axes = timings(samples, besides={"mutex": "8.19 kB"})
    assert "1.00 µs, fastest, 8.19 kB, 1 sample" in [text.get_text() for text in axes.texts]


def test_the_view_shows_what_each_needs():
    live = over(Live(Script(*prints(SAMPLE, '{"contender": "mutex", "bytes": 8192}')), memory=True))
    assert state(live)["columns"] == columns(True)
    assert state(live)["rows"][0][-2:] == ["8.19 kB", "1"]
    assert "8.19 kB" in state(live)["alt"]


def test_a_slider_restarts_with_the_new_parameter():
    def with_capacity(n, capacity):
        assert capacity != 5, "five"

    live = over(Live([with_capacity], capacity=(1, 5)))
    assert live._at == "capacity = 3"
    live.children[0].value = 5
    over(live)
    assert state(live)["status"].startswith("with_capacity failed: AssertionError: five (")
    live.children[0].value = 4
    over(live)
    assert state(live)["status"].startswith("Done: ")
    assert "with capacity = 4." in state(live)["status"]


def test_what_went_wrong_stands_on_the_chart():
    live = over(Live(Script("sys.exit(3)")))
    assert (
        state(live)["alt"].endswith("The process ended with code 3 while it measured mutex.")
        is False
    )
    assert "The process ended with code 3" in state(live)["alt"]
    assert "The process ended with code 3" in live._chart._axes.get_title(loc="left")


def test_a_view_begins_the_whole_measurement_and_stops_it():
    live = over(Live([empty], seconds=600))
    live._on_message(None, {"kind": "hello", "number": 1}, None)
    while not (state(live)["phase"] == "measuring" and state(live)["count"]):
        time.sleep(0.01)  # as above
    assert state(live)["seconds"] == 600
    live._on_message(None, {"kind": "stop", "number": 2}, None)
    over(live)
    assert state(live)["status"].startswith("Stopped. ")
    assert state(live)["heard"] == 2
    assert not psutil.pid_exists(live._measurement.pid)


def test_a_second_one_makes_the_first_wait():
    first = over(Live([empty], seconds=600))
    first._on_message(None, {"kind": "hello", "number": 1}, None)
    said = []
    first._view.observe(lambda _: said.append(state(first)["status"]), names="state")
    over(Live([hand_over]))
    while state(first)["phase"] != "measuring":
        time.sleep(0.01)  # as above
    begins = said.index("Starting a process ...")
    assert "Waits until the other measurement is over." in said[:begins]
    first.stop()
    over(first)


def test_a_measurement_that_starts_says_so():
    measurement = Measurement(Script(), {}, 1.0)
    assert status(measurement, "capacity = 3", {}) == "Starting a process with capacity = 3 ..."


# -- real kernels ----------------------------------------------------------------------------------

CELL = """
import os
from gochan import Chan, go
from gochan.charts.timings import timings
from gochan.widgets import Live, NotHere

BOXES = 10

def belt(n, capacity):
    boxes = Chan[int](capacity)
    def press():
        for box in range(n + BOXES):
            boxes.send(box)
    go(press)
    for _ in range(n + BOXES):
        boxes.recv()

live = Live([belt], capacity=(0, 9), seconds=600)
live
"""
GOES_ON = """
live._on_message(None, {"kind": "hello", "number": 1}, None)
import time
while not (live._measurement.seconds == 600 and live._measurement.count):  # not the short first one
    time.sleep(0.01)
print("pid", live._measurement.pid)
"""


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def test_a_headless_notebook_ends_by_itself_with_few_samples_and_a_picture():
    done = nbclient.execute(
        notebook(CELL, "live._measurement.wait(60)\nprint(live._measurement.phase, live.samples)")
    )
    outputs = done.cells[0].outputs
    assert ["image/png" in one.get("data", {}) for one in outputs] == [False, True]
    assert "Comparison of the time per operation" in outputs[1].data["text/html"]
    assert "Run the cell in JupyterLab to measure here." in outputs[1].data["text/html"]
    assert done.cells[1].outputs[0].text.startswith("done {'belt': [")


@pytest.fixture
def kernel():
    manager = KernelManager()
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    yield manager, client
    client.stop_channels()
    if manager.is_alive():
        manager.shutdown_kernel(now=True)


def execute(client, code):
    """What the code prints; raises what goes wrong."""
    texts = []

    def note(message):
        if message["msg_type"] == "stream":
            texts.append(message["content"]["text"])

    reply = client.execute_interactive(code, timeout=60, output_hook=note)
    assert reply["content"]["status"] == "ok", reply["content"]
    return "".join(texts)


def measuring_process(client):
    execute(client, CELL)
    process = psutil.Process(int(execute(client, GOES_ON).split()[-1]))
    assert "gochan.measuring" in process.cmdline()
    return process


def ways_to_end(manager):
    return {
        "killed": psutil.Process(manager.provisioner.pid).kill,
        "shut down": manager.shutdown_kernel,
        "restarted": manager.restart_kernel,
    }


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is there on POSIX only")
@pytest.mark.parametrize("how", ["killed", "shut down", "restarted"])
def test_no_process_outlives_its_kernel(kernel, how):
    manager, client = kernel
    process = measuring_process(client)
    ways_to_end(manager)[how]()
    assert psutil.wait_procs([process], timeout=30)[1] == []


@pytest.mark.skipif(os.name != "posix", reason="interrupts are signals on POSIX only")
def test_an_interrupt_of_the_kernel_ends_the_measurement(kernel):
    manager, client = kernel
    process = measuring_process(client)
    manager.interrupt_kernel()
    assert psutil.wait_procs([process], timeout=30)[1] == []
    client.wait_for_ready(timeout=30)
    wait = "while live._measurement.phase == 'measuring': time.sleep(0.01)"
    assert execute(client, f"{wait}\nprint(live._measurement.words)") == "Interrupted.\n"


def test_a_cell_that_runs_again_stops_what_its_earlier_run_measures(kernel):
    _, client = kernel
    first = with_cell(client, CELL)
    process = psutil.Process(int(execute(client, GOES_ON).split()[-1]))
    assert first == "ok"
    assert with_cell(client, CELL) == "ok"
    assert psutil.wait_procs([process], timeout=30)[1] == []


def with_cell(client, code):
    """Runs the code as a notebook's cell, whose id is told beside it."""
    content = {"code": code, "silent": False, "store_history": True, "user_expressions": {}}
    message = client.session.msg("execute_request", content, metadata={"cellId": "belt"})
    client.shell_channel.send(message)
    while True:
        reply = client.get_shell_msg(timeout=60)
        if reply["parent_header"].get("msg_id") == message["header"]["msg_id"]:
            return reply["content"]["status"]
