"""The benchmark runs, says what it could not measure, and leaves nothing behind. No times here."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import pytest

from gochan.bench import __main__ as command_line
from gochan.bench import limits, runner, table
from gochan.bench.contender import Contender
from gochan.bench.contenders import BY_KEY as CONTENDERS
from gochan.bench.contenders import CONTENDERS as ALL
from gochan.bench.contenders import GO, GOCHAN, PEERS
from gochan.bench.runner import Figures
from gochan.bench.work import BY_KEY as WORK
from gochan.bench.work import TABLE, WORKS
from gochan.golang import toolchain

pytestmark = pytest.mark.long

BENCH = [sys.executable, "-m", "gochan.bench"]


@dataclass(frozen=True)
class Printing(Contender):
    """A contender whose process is a line of Python."""

    line: str = ""

    def command(self, folder, work, quick):
        return [sys.executable, "-c", self.line]


def measured(contender, work="mutex", rounds=1):
    return runner.measure([WORK[work]], [contender], rounds, quick=True)


def bench(*arguments, **environment):
    return subprocess.run(
        [*BENCH, *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
        check=False,
    )


# -- the whole -------------------------------------------------------------------------------------


def test_a_quick_run_gives_every_row_and_its_json_names_versions_but_no_machine():
    options = "--quick --rounds 1 --json --contenders gochan,asyncio,threads"
    done = bench(*options.split())
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["failed"], told["skipped"], told["limits"]) == ([], {}, [])
    assert list(told["figures"]) == [work.key for work in WORKS]
    for work in WORKS:
        for contender in map(CONTENDERS.get, ("gochan", "asyncio", "threads")):
            rounds = told["figures"][work.key].get(contender.key)
            if contender.is_asked(work) and work.key not in contender.cannot:
                assert all(len(rounds[name]) == 1 and rounds[name][0] >= 0 for name in rounds)
                assert rounds.keys() >= set(work.measured) - {"bytes"}
            else:
                assert rounds is None
    assert os.uname().nodename not in json.dumps(told["machine"]) if os.name == "posix" else True


@pytest.mark.parametrize("key", [*(peer.key for peer in PEERS), "gochan-trace", "gochan-seeded"])
def test_a_contender_has_a_function_for_each_work_that_it_does_not_refuse(key):
    contender = CONTENDERS[key]
    if contender.missing():
        pytest.skip(contender.missing())
    works = {work.key for work in WORKS if work.section == TABLE}
    functions = contender.works()
    assert works - functions.keys() == contender.cannot.keys()
    for work in works & functions.keys():
        functions[work](200)


def test_real_go_has_a_benchmark_for_each_work_of_the_table():
    if GO.missing():
        pytest.skip(GO.missing())
    works = [work for work in WORKS if work.section == TABLE]
    figures = runner.measure(works, [GO], 1, quick=True)
    assert (figures.failed, figures.skipped) == ({}, {})
    assert list(figures.rounds) == [work.key for work in works]
    assert figures.versions["go"].startswith("go1.")


def test_figures_of_go_are_read_as_seconds_and_bytes():
    printed = "BenchmarkBlocked \t 1\t 7218000 ns/op\t 5.51e+06 bytes\nPASS\n"
    assert GO.read(printed) == {"seconds": 0.007218, "bytes": 5.51e6}
    with pytest.raises(ValueError, match="no time"):
        GO.read("PASS\n")


# -- what is not there, and what goes wrong --------------------------------------------------------


def test_a_peer_that_is_not_installed_is_named_as_skipped_and_is_no_failure():
    missing = Contender("absent", "Absent", "absent_", "no_such_package")
    figures = measured(missing)
    assert figures.rounds == figures.failed == {}
    assert table.text(figures, [WORK["mutex"]], [missing], []) == (
        'skipped: Absent: no_such_package is not installed: pip install -e ".[bench]"'
    )


def test_go_is_found_by_its_variable_and_is_skipped_if_that_leads_nowhere(monkeypatch):
    monkeypatch.setenv("GOCHAN_GO", sys.executable)
    assert toolchain.find() == sys.executable
    done = bench("--quick", "--contenders", "go", "--only", "mutex", GOCHAN_GO="/no/where/go")
    assert done.returncode == 0
    last = done.stdout.splitlines()[-1]
    assert last == "skipped: Go: GOCHAN_GO is /no/where/go, which is no command"


def test_go_that_cannot_compile_is_skipped_with_its_reason(monkeypatch):
    monkeypatch.setenv("GOCHAN_GO", sys.executable)  # it is no go command at all
    figures = measured(GO)
    assert figures.skipped["go"].startswith("it can't be prepared: ")
    assert "Traceback" not in figures.skipped["go"]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("raise ValueError('no luck')", "ValueError: no luck"),
        ("raise SystemExit(3)", "it ended with code 3"),
        ("print('hello')", "it printed 'hello\\n' instead of figures"),
        ("print('[1]')", "it printed '[1]\\n' instead of figures"),
    ],
)
def test_a_child_that_fails_is_reported_in_a_sentence_and_not_tried_again(line, why):
    failing = Printing("failing", "Failing", line=line)
    figures = measured(failing, rounds=3)
    assert figures.rounds == {}
    sentence = f"Failing failed at mutex, lock and unlock: {why}"
    assert list(figures.failed.values()) == [sentence]
    text = table.text(figures, [WORK["mutex"]], [failing], [])
    assert text.splitlines()[1].split()[-1] == "failed"
    assert text.splitlines()[-1] == sentence


def test_a_child_without_an_answer_is_given_up(monkeypatch):
    monkeypatch.setattr(runner, "TOO_LONG", 0.2)
    silent = Printing("silent", "Silent", line="import signal; signal.pause()")
    (sentence,) = measured(silent).failed.values()
    assert sentence == "Silent failed at mutex, lock and unlock: no figure after 0 s"


def test_a_failure_makes_the_exit_code_1(monkeypatch, capsys):
    failing = Printing("gochan", "gochan", alone=True, line="raise SystemExit('broken')")
    monkeypatch.setattr(command_line, "GOCHAN", failing)
    assert command_line.main(["core", "--quick", "--rounds", "1", "--only", "pair"]) == 1
    assert "gochan failed at bare greenlet switch pair: broken" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--only", "mutex,lunch"], "there is no work 'lunch'; there are unbuffered, buffered"),
        (["--contenders", "twisted"], "there is no contender 'twisted'; there are gochan, "),
        (["--rounds", "0"], "a whole number from 1 on, not '0'"),
        (["--rounds", "many"], "a whole number from 1 on, not 'many'"),
    ],
)
def test_a_wrong_option_is_answered_with_a_sentence(arguments, sentence, capsys):
    with pytest.raises(SystemExit) as ended:
        command_line.main(arguments)
    assert ended.value.code == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.skipif(os.name != "posix", reason="os.kill sends signals on POSIX only")
def test_executions_a_second_are_measured_of_each_program_and_search(capsys):
    assert command_line.main(["explore", "--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    for program in ("counter", "workers"):
        for search in ("sleep", "plain"):
            for races in ("races off", "races on"):
                assert f"{program:<16}{search:<8}{races}" in printed
    assert "of 8 make 2,000 executions a second or more" in printed


@pytest.mark.skipif(importlib.util.find_spec("psutil") is None, reason="psutil is not installed")
def test_ctrl_c_leaves_no_child():
    import psutil  # noqa: PLC0415

    parent = subprocess.Popen(
        [*BENCH, "--only", "blocked", "--contenders", "gochan"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        children = []
        while not children and parent.poll() is None:
            children = psutil.Process(parent.pid).children(recursive=True)
        os.kill(parent.pid, signal.SIGINT)
        printed, complaint = parent.communicate(timeout=60)
    finally:
        parent.kill()
    assert (parent.returncode, printed) == (130, "")
    assert complaint.endswith("interrupted: no figures\n")
    assert "Traceback" not in complaint
    assert children
    assert not any(child.is_running() for child in children)


# -- the table and the limits ----------------------------------------------------------------------


def given(**cells):
    """Figures in seconds, `work__contender=[rounds]`."""
    figures = Figures()
    for cell, rounds in cells.items():
        work, contender = cell.split("__")
        for seconds in rounds:
            figures.add(work, contender.replace("_", "-"), {"seconds": seconds})
    return figures


def test_the_table_has_a_unit_a_row_and_its_columns_end_in_line():
    figures = given(
        unbuffered__gochan=[5e-7, 6e-7, 5.5e-7],
        unbuffered__go=[1.5e-7, 1.6e-7, 1.7e-7],
        unbuffered__trio=[61e-6, 1.2e-5, 1.3e-5],
        mutex__gochan=[2e-7],
        mutex__go=[1.05e-8],
        mutex__trio=[1.5e-5],
    )
    figures.add("blocked", "gochan", {"seconds": 1.5, "bytes": 700_000_000})
    figures.add("select", "gochan", {"seconds": 3e-6})
    works = [WORK[key] for key in ("unbuffered", "select", "mutex", "blocked")]
    shown = [CONTENDERS[key] for key in ("gochan", "go", "trio")]
    assert table.text(figures, works, shown, []).splitlines() == [
        "median (min-max)                           gochan           Go              trio",
        "unbuffered hand-over, a value [µs]           0.55         0.16             13.0",
        "                                      (0.50-0.60)  (0.15-0.17)      (12.0-61.0)",
        "select over 4 channels, a value [µs]         3.00            -                -¹",
        "                                      (3.00-3.00)",
        "mutex, lock and unlock [ns]                   200         10.5           15,000",
        "                                        (200-200)  (10.5-10.5)  (15,000-15,000)",
        "100,000 blocked, time [s]                    1.50            -                -",
        "                                      (1.50-1.50)",
        "100,000 blocked, memory [MB]                  700            -                -",
        "                                        (700-700)",
        "¹ none: its channels can't be waited for together",
    ]


def test_the_ratio_is_taken_within_each_round_and_its_median_judged():
    figures = given(unbuffered__gochan=[3.0, 8.0, 3.3], unbuffered__go=[1.0, 2.0, 1.0])
    (verdict,) = limits.verdicts(figures)
    assert verdict.what == "gochan / Go: unbuffered hand-over, a value"
    assert (verdict.ratio, verdict.least, verdict.most) == (3.3, 3.0, 4.0)
    assert (verdict.limit, verdict.kept) == (3.5, True)


def test_in_each_row_the_closest_peer_counts_and_gevent_may_be_equal_in_buffered():
    figures = given(
        buffered__gochan=[1.04],
        buffered__gevent=[1.0],
        buffered__trio=[9.0],
        mutex__gochan=[1.04],
        mutex__gevent=[1.0],
    )
    verdicts = limits.verdicts(figures)
    assert [(one.what, one.limit, one.kept) for one in verdicts] == [
        ("gochan / gevent: buffered (64), a value", 1.05, True),
        ("gochan / gevent: mutex, lock and unlock", 1.0, False),
    ]


def test_every_limit_has_its_line_with_figure_limit_and_kept_or_over():
    figures = given(
        unbuffered__gochan=[2.0],
        unbuffered__gochan_trace=[6.0],
        unbuffered__gochan_seeded=[3.0],
        pair__gochan=[0.5],
    )
    for work in ("timers", "set"):
        figures.add(work, GOCHAN.key, {"few": 1.0, "many": 2.0})
    text = table.text(figures, [], ALL, limits.verdicts(figures))
    assert text.splitlines() == [
        "limits: ratios, median (min-max)                     figure               limit",
        "trace on / off: unbuffered hand-over, a value          3.00  (3.00-3.00)   2.50  over",
        "seeded / first come: unbuffered hand-over, a value     1.50  (1.50-1.50)   2.00  kept",
        "100,000 / 10: a value among timers                     2.00  (2.00-2.00)   1.30  over",
        "100,000 / 10: setting a timer among timers             2.00  (2.00-2.00)   5.00  kept",
        "gochan / switch pair: unbuffered hand-over, a value    4.00  (4.00-4.00)   2.00  over",
    ]


def test_a_limit_that_is_over_makes_the_exit_code_1(monkeypatch, capsys):
    found = given(unbuffered__gochan=[9.0], unbuffered__go=[1.0])
    monkeypatch.setattr(runner, "measure", lambda *_: found)
    assert command_line.main(["--only", "unbuffered"]) == 1
    assert capsys.readouterr().out.rstrip().endswith("3.50  over")
    found = given(unbuffered__gochan=[3.0], unbuffered__go=[1.0])
    assert command_line.main(["--only", "unbuffered"]) == 0
    assert capsys.readouterr().out.rstrip().endswith("3.50  kept")
