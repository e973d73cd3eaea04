"""The Player without a browser: parameters, runs, live knobs, what it displays."""

from __future__ import annotations

import json
import threading
from itertools import accumulate

import ipywidgets
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell

from gochan import Chan, go, panic, record, time
from gochan.charts.layout import layout
from gochan.widgets import Player, live
from gochan.widgets.payload import STATES, payload


def packing(capacity=1, boxes=3, slow=False):
    belt = Chan[int](capacity)

    def press():
        for box in range(boxes):
            belt.send(box)
        belt.close()

    go(press)
    for _ in belt:
        time.sleep(1 if slow else 0.1)


def data(player):
    return json.loads(player._view.data)


def channels(player):
    return data(player)["channels"]


def times(player):
    return list(accumulate(data(player)["times"]))


def test_parameters_follow_interacts_abbreviations():
    player = Player(packing, capacity=(0, 16), boxes=[2, 3], slow=True)
    kinds = [type(child).__name__ for child in player.children]
    assert kinds == ["IntSlider", "Dropdown", "Checkbox", "View"]
    assert [child.description for child in player.children[:3]] == ["capacity", "boxes", "slow"]
    assert player.children[0].value == 1  # the program's own default


def test_any_widget_can_be_a_parameter():
    text = ipywidgets.BoundedIntText(value=2, min=0, max=5)
    player = Player(packing, capacity=text)
    assert player.children[0] is text
    text.value = 4
    assert channels(player) == [["belt", 4, "chan int"]]


def test_changing_a_parameter_runs_the_program_anew():
    player = Player(packing, capacity=(0, 16))
    assert channels(player) == [["belt", 1, "chan int"]]
    before = player.result
    player.children[0].value = 5
    assert channels(player) == [["belt", 5, "chan int"]]
    assert player.result is not before


def test_an_option_of_record_may_be_a_parameter_too():
    player = Player(packing, seed=(0, 9), until=0.15)
    assert [type(child).__name__ for child in player.children] == ["IntSlider", "View"]
    assert player.result.outcome == "cut"
    assert player.result.elapsed == 0.15


def test_parameters_that_the_program_does_not_take_are_refused():
    sentence = (
        "^Player can't call packing with these parameters: got an unexpected keyword argument"
    )
    with pytest.raises(TypeError, match=sentence):
        Player(packing, size=(0, 3))
    with pytest.raises(TypeError, match=r"^Player takes a program"):
        Player(7)
    with pytest.raises(TypeError, match="is no range, list, bool"):
        Player(packing, capacity=object())


@pytest.mark.parametrize(
    ("program", "outcome"),
    [
        (lambda: Chan().recv(), "deadlock"),
        (lambda: panic("boom"), "panic"),
        (lambda: 1 / 0, "panic"),
    ],
)
def test_programs_that_end_badly_are_shown_and_not_thrown(program, outcome):
    player = Player(program)
    assert player.result.outcome == outcome
    assert data(player)["outcome"] == outcome


def test_a_program_without_end_is_bounded():
    def for_ever():
        ticks = Chan[int](1)
        while True:
            ticks.send(1)
            ticks.recv()

    assert Player(for_ever, max_steps=500).result.outcome == "budget"


def ticking(every):
    ticks = Chan[int]()

    def clock():
        for tick in range(6):
            time.sleep(every.value)
            ticks.send(tick)
        ticks.close()

    go(clock)
    for _ in ticks:
        pass


def arrivals(player):
    return [message.received / 1e9 for message in player.result.trace.messages()]


def test_a_live_knob_changes_only_what_comes_after():
    player = Player(ticking, every=live(1, 10, value=2))
    assert arrivals(player) == [2, 4, 6, 8, 10, 12]
    before = times(player)
    stop = max(k for k, at in enumerate(before) if at <= 5e9)
    player.turn("every", 3, after=stop)
    assert arrivals(player) == [2, 4, 6, 9, 12, 15]
    assert times(player)[: stop + 1] == before[: stop + 1]


def test_turning_back_at_an_earlier_point_forgets_what_came_later():
    player = Player(ticking, every=live(1, 10, value=2))
    last = len(times(player)) - 1
    player.turn("every", 5, after=last // 2)
    player.turn("every", 1, after=0)
    assert arrivals(player) == [1, 2, 3, 4, 5, 6]


def test_a_turn_comes_by_message_from_the_browser():
    player = Player(ticking, every=live(1, 10, value=2))
    message = {"kind": "turn", "name": "every", "value": 1, "after": 0}
    player._on_message(player._view, message, [])
    assert arrivals(player) == [1, 2, 3, 4, 5, 6]


def test_live_values_stay_in_their_range_and_bad_ranges_are_refused():
    knob = live(1, 50)
    assert (knob.value, knob.step) == (25, 1)
    knob.turn(99, after_step=3)
    assert knob.value == 50
    assert live(0.0, 1.0).step == 0.01
    with pytest.raises(ValueError, match=r"^live needs a range from low to high, not 3 to 3$"):
        live(3, 3)
    with pytest.raises(ValueError, match=r"the value 9 lies outside$"):
        live(1, 3, value=9)


def test_callbacks_from_many_threads_run_one_program_at_a_time():
    running, most = 0, 0

    def program(n):
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _ in range(50):
            time.sleep(0.01)
        running -= 1

    player = Player(program, n=(0, 1000))

    def move(start):
        for value in range(start, start + 20):
            player.children[0].value = value

    threads = [threading.Thread(target=move, args=(k * 100,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert player._shown == {"n": player.children[0].value}


def crowd(workers=30):
    """main, workers that end at once, one that panics late and two that nobody wakes."""
    never = Chan[int](0, name="never")

    def fall():
        time.sleep(1)
        panic("boom")

    for _ in range(workers):
        go(time.sleep, 0.1)
    go(never.recv, name="stuck")
    go(never.recv, name="stuck")
    go(fall)
    time.sleep(2)


def rows_of_bars(facts):
    """The bars as rows: lane, state, reason, thing, first and last stop, who ended it."""
    bars, words, rows = facts["bars"], facts["words"], []
    cells = zip(bars["gap"], bars["length"], bars["wait"], bars["by"], strict=True)
    for lane, count in enumerate(bars["count"]):
        stop = 0
        for _ in range(count):
            gap, length, wait, by = next(cells)
            state, reason, thing = facts["waits"][wait]
            name = None if thing < 0 else words[thing]
            rows.append(
                (lane, STATES[state], words[reason], name, stop + gap, stop + gap + length, by)
            )
            stop += gap + length
    return rows


@pytest.mark.parametrize("program", [packing, crowd])
def test_the_columns_are_the_geometry(program):
    trace = Player(program).result.trace
    facts = payload(trace)
    geometry = layout(trace, most_lanes=len(trace.goroutines))
    assert facts["lanes"] == geometry.lanes
    wanted = sorted(
        (bar.lane, bar.state, bar.reason, bar.object, bar.first_step, bar.last_step)
        for bar in geometry.bars
    )
    assert sorted(row[:6] for row in rows_of_bars(facts)) == wanted
    moments = [*accumulate(facts["times"]), facts["end"]]
    for bar in geometry.bars:
        assert (moments[bar.first_step], moments[bar.last_step]) == (bar.start, bar.end)
    sent = list(accumulate(facts["arrows"]["sent"]))
    assert sent == [arrow.first_step for arrow in geometry.arrows]
    words = facts["words"]
    assert [words[k] for k in facts["arrows"]["value"]] == [a.value for a in geometry.arrows]


def test_each_wait_knows_who_ended_it():
    rows = rows_of_bars(payload(Player(packing, capacity=1).result.trace))
    ended = {(row[2], row[6]) for row in rows if row[1] in ("blocked", "sleeping") and row[6] >= 0}
    assert ended == {("chan receive", 2), ("sleep", 0), ("chan send", 1)}


def test_the_first_lanes_are_main_those_in_trouble_and_those_that_came_first():
    facts = payload(Player(crowd).result.trace)
    names = [facts["lanes"][lane][1] for lane in facts["shown"]]
    assert len(facts["lanes"]) == 34
    assert (len(names), names[0]) == (12, "main")
    assert [name.split()[0] for name in names[-3:]] == ["stuck", "stuck", "fall"]
    assert names[1:9] == [f"sleep g{number}" for number in range(2, 10)]


def test_the_file_for_perfetto_is_asked_for_by_message():
    player = Player(packing, capacity=2)
    sent = []
    player._view.send = sent.append
    player._on_message(player._view, {"kind": "perfetto"}, [])
    assert [message["kind"] for message in sent] == ["perfetto"]
    assert len(json.loads(sent[0]["text"])["traceEvents"]) > 10


def test_100_000_events_are_within_the_player_s_budget():
    def long():
        ticks = Chan[int](1)
        for tick in range(50_000):
            ticks.send(tick)
            ticks.recv()

    player = Player(long, timeout=60)
    assert player.result.outcome == "ok"
    assert len(player.result.trace.events) > 100_000


def test_the_payload_is_plain_json_and_repeats():
    player = Player(packing, capacity=2)
    again = payload(Player(packing, capacity=2).result.trace)
    assert data(player) == json.loads(json.dumps(again))
    assert set(data(player)) >= {"times", "sentences", "lanes", "bars", "arrows", "sources"}


def test_it_displays_the_widget_and_a_plain_picture_with_alt_text():
    shell = InteractiveShell.instance()
    publisher, shell.display_pub = shell.display_pub, CapturingDisplayPublisher(parent=shell)
    try:
        Player(packing, capacity=2)._ipython_display_()
        shown = shell.display_pub.outputs
    finally:
        shell.display_pub = publisher
        InteractiveShell.clear_instance()
    assert "application/vnd.jupyter.widget-view+json" in shown[0]["data"]
    assert shown[1]["data"]["image/png"].startswith(b"\x89PNG")
    assert shown[1]["metadata"]["image/png"]["alt"].startswith(
        "Timeline of 2 goroutines over 300ms"
    )
    assert 'alt="Timeline of 2 goroutines' in shown[1]["data"]["text/html"]


def test_a_trace_is_played_as_it_is():
    trace = record(packing).trace
    player = Player(trace)
    assert player.result is None
    assert repr(player) == "Player: recorded run"
    assert data(player) == data(Player(packing))


def test_a_trace_takes_no_parameters():
    with pytest.raises(TypeError, match="a Trace is played as it is: it takes no parameters"):
        Player(record(lambda: None).trace, seed=1)
