"""The rules for lessons find nothing wrong with a good one, and what is wrong with a bad one."""

from __future__ import annotations

import nbformat
import pytest
from lesson_rules import broken_rules

STEM, NAME = "03_bread", "03 Bread"
EXERCISES = f"{STEM}/03_exercises.ipynb"
OVERVIEW = """The picture.

**You will be able to**
- bake;
- pack;
- eat.

**Time:** about 20 minutes. **Level:** core. **You should know:** flour."""
CODE = ["%%go\nfunc main() {}", "%%go\nfunc main() {}", "Seat(LEVELS['a'])", "Player(bake)"]
CODE += ["predict('a')", "guess = predict('b')", "predict('c').reveal(run(main))"]
LAST = """## Recap

- One.
- Two.
- Three.
- Four.
- Five.

Two questions for every program: will proceed? will exit?

[← 02 Flour](02_flour.ipynb) · [Contents](index.ipynb) · [04 Jam →](04_jam.ipynb)"""
TASKS = [f"## {k}. Bake · {tier} · 2 points" for k, tier in enumerate(("warm up", "build"), 1)]
TASKS.append("## 3. Repair · from production · 4 points")


def write(path, markdown, code=()):
    cells = [*map(nbformat.v4.new_markdown_cell, markdown)]
    cells[1:1] = map(nbformat.v4.new_code_cell, code)
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)


@pytest.fixture
def broken(tmp_path):
    """A function that writes a lesson, good but for what is given, and returns what it breaks."""
    write(tmp_path / "02_flour.ipynb", ["# 02 Flour"])
    write(tmp_path / "04_jam.ipynb", ["# 04 Jam\n\nWhich?"])

    def check(
        *, name=NAME, overview=OVERVIEW, code=CODE, last=LAST, tasks=TASKS, notes=NAME, stem=STEM
    ):
        link = f"[Exercises of this lesson](exercises/{EXERCISES})"
        write(tmp_path / f"{stem}.ipynb", [f"# {name}\n\nWhy?", overview, link, last], code)
        for folder in ("exercises", "teacher/source"):
            write(tmp_path / folder / EXERCISES, [f"# {NAME}: exercises", *tasks])
        text = f"# {notes}: teacher's notes\n\nFirst"
        (tmp_path / "teacher" / f"{STEM}.md").write_text(text, encoding="utf-8")
        return broken_rules(tmp_path / f"{stem}.ipynb")

    return check


def test_a_good_lesson_breaks_no_rule(broken):
    assert broken() == []


def test_a_title_without_a_number_asks_for_nothing(broken):
    assert broken(name="Bread", last="", code=[]) == []


LONG = LAST.replace("- Five.", "- Five.\n- Six.")
NO_TIME = "there is no `**Time:** about 35 minutes. **Level:** first steps.`"
NOTES = "the teacher's notes begin with \"# 03 Jam: teacher's notes\", not "
TWO_TASKS = "has 2 exercises, at least 3 are wanted"


@pytest.mark.parametrize(
    ("given", "sentences"),
    [
        ({"overview": OVERVIEW.replace("20", "19")}, ["it takes 19 minutes, not 20 to 45"]),
        ({"overview": OVERVIEW.replace("core", "easy")}, ["the level is easy, not first steps"]),
        ({"overview": OVERVIEW.replace("**Time", "Time")}, [NO_TIME]),
        ({"overview": OVERVIEW.replace("- pack;\n", "")}, ["`**You will be able to**` has 2 "]),
        ({"code": CODE[1:]}, ["1 of ^%%go\\b, at least 2 are wanted"]),
        ({"code": CODE[:-1]}, ["2 of \\bpredict\\(, at least 3 are wanted"]),
        ({"code": [*CODE[:2], *CODE[3:]]}, ["0 of \\bSeat\\(, at least 1 "]),
        ({"code": [*CODE[:3], *CODE[4:]]}, ["0 of \\bPlayer\\(, at least 1 "]),
        ({"last": LONG}, ["the recap has 6 lines, at most 5 are wanted"]),
        ({"last": LAST.replace("Recap", "End")}, ["the last cell has no `## Recap` "]),
        ({"last": LAST.replace("index", "contents")}, ["the last line has no [Contents](index"]),
        ({"last": LAST.replace("02 Flour", "02 Water")}, ["beside [Contents] there is [('← 02 W"]),
        ({"last": LAST.replace(" · [04 Jam →](04_jam.ipynb)", "")}, ["beside [Contents] there "]),
        ({"notes": "03 Jam"}, [NOTES]),
        (
            {"tasks": TASKS[:2]},
            [f"exercises/{EXERCISES} {TWO_TASKS}", "teacher/"],
        ),
        ({"tasks": [one.replace("build", "hard") for one in TASKS]}, ["exercises/", "teacher/"]),
        ({"stem": "05_bread"}, ["the title says 03, the file is 05_bread.ipynb", "", "", "", ""]),
    ],
)
def test_what_is_wrong_is_named(broken, given, sentences):
    found = broken(**given)
    assert len(found) == len(sentences), found
    for sentence, beginning in zip(found, sentences, strict=True):
        assert sentence.startswith(beginning)


def test_the_first_lesson_needs_one_of_each_only(broken):
    code = ["%%go\nfunc main() {}", "Seat(x)", "Player(y)", "predict(z)"]
    assert [one for one in broken(name="00 Bread", code=code) if "wanted" in one] == []
    assert len([one for one in broken(code=code) if "wanted" in one]) == 2
