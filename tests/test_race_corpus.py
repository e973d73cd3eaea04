"""Go's own race tests, on gochan: what Go calls a race is one here, and nothing else is."""

import importlib
import re
import subprocess
from pathlib import Path

import pytest

from gochan import record
from gochan.golang import toolchain

FOLDER = Path(__file__).parent / "race_corpus"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
FILES = sorted(path.stem for path in FOLDER.glob("*.py"))
PROGRAMS = {
    (file, name): program
    for file in FILES
    for name, program in vars(importlib.import_module(f"race_corpus.{file}")).items()
    if name.startswith(("race_", "no_race_"))
}
RACES = {case: program for case, program in PROGRAMS.items() if case[1].startswith("race_")}
NO_RACES = {case: program for case, program in PROGRAMS.items() if case not in RACES}
SCHEDULES = [{}, *({"seed": seed} for seed in range(1, 6))]


@pytest.mark.parametrize("options", SCHEDULES, ids=str)
@pytest.mark.parametrize("case", RACES, ids="/".join)
def test_a_race_is_found(case, options):
    assert record(RACES[case], race=True, **options).races


@pytest.mark.parametrize("options", SCHEDULES, ids=str)
@pytest.mark.parametrize("case", NO_RACES, ids="/".join)
def test_what_is_ordered_is_no_race(case, options):
    result = record(NO_RACES[case], race=True, **options)
    assert [one.text() for one in result.races] == []
    assert result.outcome == "ok"


# -- the list of cases -----------------------------------------------------------------------------


def listed(title):
    """Go's names under a heading of the README."""
    _, _, below = README.partition(f"# {title}\n")
    return re.findall(r"Test(?:No)?Race\w+", below.partition("\n#")[0])


def plain(name):
    """A name without what Go and Python write differently."""
    return name.removeprefix("Test").replace("_", "").lower()


def count(cases, file):
    return sum(case[0] == file for case in cases)


@pytest.mark.parametrize("file", FILES)
def test_the_list_names_the_programs_of_each_module(file):
    names = [name for module, name in PROGRAMS if module == file]
    assert sorted(map(plain, listed(f"{file}.py"))) == sorted(map(plain, names))


def test_the_counts_are_those_of_the_modules():
    rows = re.findall(r"^\| `(\w+)_test.go` .* (\d+) \| (\d+) \| (\d+) \|$", README, re.MULTILINE)
    assert {file: (int(race), int(none)) for file, race, none, _ in rows} == {
        file: (count(RACES, file), count(NO_RACES, file)) for file in [*FILES, "synctest"]
    }
    left = len(listed("Not expressed"))
    assert sum(int(row[3]) for row in rows) == left
    assert f"| all | | {len(RACES)} | {len(NO_RACES)} | {left} |" in README
    done = len(PROGRAMS)
    assert f"Of Go's {done + left} cases in these files, {done} are expressed" in README
    assert f"and {left} are not." in README


def test_the_list_is_gos():
    command = toolchain.find()
    if command is None:
        pytest.skip(toolchain.why_missing())
    root = subprocess.run([command, "env", "GOROOT"], capture_output=True, text=True, check=True)
    folder = Path(root.stdout.strip(), "src/runtime/race/testdata")
    if toolchain.version(command) != (1, 27) or not folder.exists():
        pytest.skip("the list is that of Go 1.27, whose sources are not here")
    gos = [
        name
        for file in [*FILES, "synctest"]
        for name in re.findall(
            r"^func (Test(?:No)?Race\w+)\(", (folder / f"{file}_test.go").read_text(), re.MULTILINE
        )
    ]
    ours = [name for file in FILES for name in listed(f"{file}.py")] + listed("Not expressed")
    assert sorted(ours) == sorted(gos)
