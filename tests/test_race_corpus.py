"""Go's own race tests, on gochan: what Go calls a race is one here, and nothing else is."""

import importlib
import inspect

import pytest

from gochan import record

FILES = (
    "atomic", "chan", "map", "mutex", "pool", "rwmutex", "select", "sync", "time", "waitgroup",
)  # fmt: skip
CASES = {
    f"{file}/{name}": case
    for file in FILES
    for name, case in inspect.getmembers(importlib.import_module(f"race_corpus.{file}"))
    if name.startswith(("race_", "no_race_"))
}
SCHEDULES = [{}, {"seed": 1}, {"seed": 2}, {"seed": 3}]


@pytest.mark.parametrize("options", SCHEDULES, ids=str)
@pytest.mark.parametrize("name", [name for name in CASES if "/race" in name])
def test_a_race_is_found(name, options):
    assert record(CASES[name], race=True, **options).races


@pytest.mark.parametrize("options", SCHEDULES, ids=str)
@pytest.mark.parametrize("name", [name for name in CASES if "/no_race" in name])
def test_what_is_ordered_is_no_race(name, options):
    result = record(CASES[name], race=True, **options)
    assert [one.text() for one in result.races] == []
    assert result.outcome == "ok"
