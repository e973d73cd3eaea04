"""Random scripts do the same on gochan as on real Go: each goroutine's log, the times, the end."""

import re

import pytest
from conformance.random_scripts import compare, on_go, on_gochan, recorded
from conformance.random_scripts.generate import generate
from conformance.random_scripts.log import End, Entry, log_text

from gochan.golang import toolchain

pytestmark = pytest.mark.long

SHOWN = 3  # scripts that differ, in a failure
FRESH = range(100_000, 100_500)  # two in three draw no lots


@pytest.fixture(scope="module")
def recordings():
    return recorded.read()


@pytest.mark.parametrize("variant", on_gochan.VARIANTS)
def test_gochan_does_what_go_did(recordings, variant):
    differences = []
    for seed, _, log in recordings:
        script = generate(seed)
        gochan = on_gochan.run(script, variant)
        if gochan != log:
            differences.append(compare.side_by_side(f"seed {seed}", script, log, gochan))
    assert not differences, "\n".join([f"{len(differences)} differ", *differences[:SHOWN]])


def test_the_generator_still_writes_the_scripts_that_were_recorded(recordings):
    assert len(recordings) == recorded.COUNT
    other = [seed for seed, digest, _ in recordings if recorded.digest(generate(seed)) != digest]
    assert not other, "record them anew: python -m tests.conformance.random_scripts --record"


# -- with a Go ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real_go():
    command = toolchain.find()
    if command is None:
        pytest.skip(toolchain.why_missing())
    with on_go.built(command) as built:
        yield built


def test_go_still_does_what_was_recorded(real_go, recordings):
    samples = [compare.Sample(seed, generate(seed), log) for seed, _, log in recordings]
    assert told(real_go, compare.different(real_go, samples)) == ""


def test_go_does_what_gochan_does_with_fresh_scripts(real_go):
    samples = list(compare.samples(FRESH))
    assert len(samples) > 250
    assert told(real_go, compare.different(real_go, samples)) == ""


def told(real_go, different):
    return "\n".join(
        compare.side_by_side(f"seed {seed}", script, real_go.run(script), log)
        for seed, script, log in different[:SHOWN]
    )


# -- the scripts -------------------------------------------------------------------------------


def test_a_script_does_what_it_says_in_the_slots_of_its_goroutines():
    script = """\
unit 1000
channel 0
timer 4300
0: sleep 50000
1: send c0 5; panic 7, recv t0
2: select recv c0 | recv nil; close c0, close c0, recv c0
3: recv_ok c0; bare send c0 6
"""
    assert on_gochan.run(script) == (
        "1: 2000 -; 11000 panic: 7; 11000 4300\n"
        "2: 2000 0 5 true; 12000 -; 12000 panic: close of closed channel; 12000 0\n"
        "3: 12000 0 false\n"
        "end: panic at 13000 us, send on closed channel\n"
    )


def test_a_script_that_is_stuck_tells_what_its_goroutines_wait_for():
    script = "unit 100\nchannel 1\n0: forever\n1: lock m0, lock m0\n2: send c0 1; send c0 2\n"
    assert on_gochan.run(script) == (
        "1: 1000 -\n2: 2000 -\n"
        "end: deadlock at 1200 us, chan send, select (no cases), sync.Mutex.Lock\n"
    )


def test_a_select_that_draws_lots_is_not_compared():
    assert on_gochan.run("unit 100\nchannel 2\n0: select send c0 1 | recv c0, len c0\n") is not None
    drawn = "unit 100\nchannel 2\n0: send c0 1; select send c0 1 | recv c0\n"
    assert on_gochan.run(drawn) is None


def test_in_the_instant_of_a_crash_nobody_s_last_words_count():
    script = "unit 1000\n0: sleep 1\n"
    entries = [Entry("1", 0, 5, "-"), Entry("2", 0, 6, "-")]
    crash = End("panic", 6_000, "7")
    assert log_text(script, entries, crash) == "1: 5 -\nend: panic at 6 us, 7\n"
    assert log_text(script, entries, End("ok")) == "1: 5 -\n2: 6 -\nend: ok\n"


def test_the_scripts_have_all_kinds_of_operations_and_ends(recordings):
    scripts = "".join(generate(seed) for seed, *_ in recordings)
    operations = set(re.findall(r"(?:[:;,|]|select|o\d) ([a-z_]+)", scripts))
    of_themes = {"send", "lock", "rlock", "wait", "once", "broadcast", "cas", "reset", "cancel"}
    assert of_themes | {"panic", "select", "default", "close", "sleep"} <= operations
    ends = {log.rpartition("end: ")[2].split()[0] for *_, log in recordings}
    assert ends == {"ok", "deadlock", "panic", "fatal"}


def test_a_script_that_differs_is_made_small():
    script = """\
unit 1000
channel 0
channel 1
timer 5300
ticker 7001
context cancel background
0: forever
1: lock m0, once o0 select recv c1 | recv c0 | send c0 5 | default; panic 7
2: len c0
3: recv c0; recv t0, close c1
"""
    small = compare.smallest(script, lambda text: "recv c0 | send" in text and ", close" in text)
    assert small == (
        "unit 1000\nchannel 0\nchannel 1\ntimer 5300\n"
        "0: forever\n1: select recv c0 | send c0 5\n2: recv t0, close c1\n"
    )
