"""The teacher's side, with the real nbgrader: exercises made and tried, submissions marked."""

from __future__ import annotations

import csv
import html
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook
from submission import prepared

from gochan.grading.__main__ import main
from gochan.grading.collecting import collect
from gochan.grading.course import Problem, assignments, chosen
from gochan.grading.marking import Course, mark
from gochan.grading.marks import marks_of
from gochan.grading.releasing import STUB, released, released_notebook
from gochan.grading.restoring import restored
from gochan.grading.validating import validate

pytestmark = pytest.mark.long

ASSIGNMENTS = assignments()
PREPARED = prepared()


def names(assignment):
    return assignment.name


# --- the exercises --------------------------------------------------------------------


def test_the_students_notebooks_are_those_made_from_the_sources():
    for assignment, text in released(ASSIGNMENTS):
        assert assignment.release.read_text(encoding="utf-8") == text, assignment.name
    made = {path.parent.name for path in ASSIGNMENTS[0].release.parents[1].glob("*/*.ipynb")}
    assert made == {assignment.name for assignment in ASSIGNMENTS}


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=names)
def test_a_students_notebook_holds_no_solution(assignment):
    source = nbformat.read(assignment.source, as_version=4)
    text = assignment.release.read_text(encoding="utf-8")
    assert "SOLUTION" not in text
    assert "HIDDEN TESTS" not in text
    students = {cell.id: cell.source for cell in released_notebook(assignment).cells}
    for cell in source.cells:
        before, marker, rest = cell.source.partition("### BEGIN SOLUTION\n")
        solution, _, after = rest.partition("### END SOLUTION")
        if marker:
            assert solution.strip()
            assert students[cell.id] == before + STUB + after, cell.id
        else:
            assert students[cell.id] == cell.source, cell.id


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=names)
def test_an_assignment_has_at_least_three_exercises_each_with_an_answer_and_a_check(assignment):
    source = nbformat.read(assignment.source, as_version=4)
    marks = [cell.metadata.nbgrader for cell in source.cells if "nbgrader" in cell.metadata]
    assert len(assignment.exercises) >= 3
    assert len({one.answer for one in assignment.exercises} - {""}) == len(assignment.exercises)
    assert len({one.grade_id for one in marks}) == len(marks)
    assert all(re.fullmatch(r"[a-z][a-z0-9-]*", one.grade_id) for one in marks)
    for cell in source.cells:
        one = cell.metadata.get("nbgrader")
        if one is None:
            assert "SOLUTION" not in cell.source, cell.id
            continue
        is_answer = one.solution and not one.grade and not one.locked
        is_check = one.grade and one.locked and not one.solution
        assert is_answer or is_check or (one.locked and not one.grade and not one.solution)
        assert not is_answer or re.search("### BEGIN SOLUTION\n.+### END", cell.source, re.DOTALL)
        assert not is_check or len(cell.source.splitlines()) <= 30, cell.id


@pytest.mark.parametrize("assignment", ASSIGNMENTS, ids=names)
def test_the_points_in_a_title_are_those_of_its_check(assignment):
    cells = released_notebook(assignment).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    titles = re.findall(
        r"^## (\d+)\. (.+?) · (warm up|build|from production) · (\d+) points$", text, re.MULTILINE
    )
    assert [(int(number), title, float(points)) for number, title, _, points in titles] == [
        (number, exercise.title, exercise.points)
        for number, exercise in enumerate(assignment.exercises, start=1)
    ]


def test_every_check_passes_on_its_solution_and_fails_on_what_students_get():
    tried = list(validate(ASSIGNMENTS))
    for one in tried:
        print(f"{one.assignment.name}: the slowest check took {one.slowest:.1f} s")
    assert [problem for one in tried for problem in one.problems] == []
    assert [len(one.starts) for one in tried] == [len(one.exercises) for one in ASSIGNMENTS]


def test_a_lesson_is_chosen_by_its_number():
    [lesson] = chosen(ASSIGNMENTS, ["02"])
    assert lesson.name == "02_unbuffered_and_buffered_channels"
    assert chosen(ASSIGNMENTS, []) == ASSIGNMENTS
    with pytest.raises(Problem, match=r"^There are no exercises called '99'; there are 0"):
        chosen(ASSIGNMENTS, ["99"])


# --- submissions, marked in one go ----------------------------------------------------


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course in which all prepared submissions have been marked, out of a folder of downloads."""
    downloads = tmp_path_factory.mktemp("downloads")
    by_name = {assignment.name: assignment for assignment in ASSIGNMENTS}
    for one in PREPARED:
        assignment = by_name[one.assignment]
        path = downloads / one.student / f"{assignment.notebook}.ipynb"
        path.parent.mkdir()
        nbformat.write(one.notebook(released_notebook(assignment)), path)
    course = Course(tmp_path_factory.mktemp("a course [2] é"))
    found = collect(course.submitted, ASSIGNMENTS, downloads)
    assert found.notes == []
    assert [problem for _, problem in mark(course, found.submissions) if problem] == []
    course.found = {one.submission.student: one for one in marks_of(course, found.submissions)}
    return course


def students(one):
    return one.student


def said(course, one, number):
    """All that a check says in the notebook as it was marked."""
    submission = course.found[one.student].submission
    path = course.root / "autograded" / one.student / one.assignment
    notebook = nbformat.read(path / f"{submission.assignment.notebook}.ipynb", as_version=4)
    check = submission.assignment.exercises[number - 1].check
    [cell] = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == check
    ]
    text = [output.get("text", "") + output.get("evalue", "") for output in cell.outputs]
    return "\n".join(text)


@pytest.mark.parametrize("one", PREPARED, ids=students)
def test_a_submission_gets_its_marks(course, one):
    print([said(course, one, number + 1) for number in range(len(one.marks))])
    assert course.found[one.student].points == one.marks


@pytest.mark.parametrize("one", [one for one in PREPARED if one.says], ids=students)
def test_a_check_says_what_is_wrong(course, one):
    for number, words in one.says.items():
        assert words in said(course, one, number)


@pytest.mark.parametrize("one", PREPARED, ids=students)
def test_the_teacher_is_told_what_is_odd(course, one):
    remarks = course.found[one.student].remarks
    assert len(remarks) == len(one.remarks), remarks
    for expected, remark in zip(one.remarks, remarks, strict=True):
        assert expected in remark


@pytest.mark.parametrize("one", PREPARED, ids=students)
def test_the_feedback_is_a_page_with_what_the_checks_say(course, one):
    page = course.feedback_of(course.found[one.student].submission).read_text(encoding="utf-8")
    assert f"Score: {sum(one.marks)} / 9.0" in page
    for words in one.says.values():
        assert words.replace("`", "") in html.unescape(page).replace("`", "")
    if one.student == "unchanged":
        assert page.count("<img") == 3  # the failing schedules


def test_marking_again_marks_nothing_and_prints_the_same_table(course, capsys):
    assert main(["grade", "--course", str(course.root)]) == 0
    output = capsys.readouterr().out
    assert f"{len(PREPARED)} notebooks marked before, and unchanged since." in output
    for one in PREPARED:
        row = re.search(rf"^  {one.student}(( +\d+)+)(   .*)?$", output, re.MULTILINE)
        assert [float(points) for points in row[1].split()] == [*one.marks, sum(one.marks)]
    with course.csv.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["student"]: float(row["points"]) for row in rows} == {
        one.student: sum(one.marks) for one in PREPARED
    }


def test_points_that_a_teacher_gave_by_hand_count(course, capsys):
    submission = course.found["empty"].submission
    assignment = submission.assignment
    with Gradebook(course.database, "gochan") as gradebook:
        grade = gradebook.find_grade(
            assignment.exercises[1].check, assignment.notebook, assignment.name, "empty"
        )
        grade.manual_score = 1.5
        gradebook.db.commit()
    assert marks_of(course, [submission])[0].points == [0, 1.5, 0]


# --- a submission's cells -------------------------------------------------------------


def cell(name, source="", kind="code"):
    """A cell with nbgrader's marks; its name ends in -answer, -check, or is a locked cell's."""
    made = nbformat.v4.new_code_cell(source or name)
    made.metadata["nbgrader"] = {
        "grade_id": name,
        "solution": name.endswith("-answer"),
        "grade": name.endswith("-check"),
        "locked": not name.endswith("-answer"),
    }
    return made


def plain(source):
    return nbformat.v4.new_code_cell(source)


ORIGINAL = ["given", "a-answer", "a-check", "b-answer", "b-check"]


def after_restoring(*cells):
    """The sources of the cells, "mine" or names of originals."""
    mended = restored(list(cells), [plain("imports"), *map(cell, ORIGINAL)])
    return [one.source for one in mended]


def test_cells_in_their_places_stay_and_locked_ones_get_their_text_back():
    changed = [plain("imports"), *(cell(name, "mine") for name in ORIGINAL)]
    assert after_restoring(*changed) == ["imports", "given", "mine", "a-check", "mine", "b-check"]


def test_a_deleted_check_comes_below_its_answer_and_the_cells_added_there():
    kept = [cell("given"), cell("a-answer", "mine"), plain("more"), cell("b-answer", "mine")]
    assert after_restoring(*kept) == ["given", "mine", "more", "a-check", "mine", "b-check"]


def test_a_check_above_its_answer_is_moved_below_it():
    cells = [cell("given"), cell("a-check"), cell("a-answer", "mine"), cell("b-check")]
    assert after_restoring(*cells) == ["given", "mine", "a-check", "b-check"]


def test_of_several_copies_the_last_answer_counts_and_a_check_is_there_once():
    cells = [*map(cell, ORIGINAL[:3]), cell("a-check"), cell("a-answer", "later"), cell("a-check")]
    mended = restored(cells, [*map(cell, ORIGINAL)])
    sources = [one.source for one in mended]
    assert sources == ["given", "a-answer", "later", "a-check", "b-check"]
    assert ["nbgrader" in one.metadata for one in mended] == [True, False, True, True, True]


def test_of_an_empty_notebook_the_checks_fail_one_by_one():
    assert after_restoring() == ["given", "a-check", "b-check"]


def test_metadata_of_any_kind_is_overwritten():
    odd = cell("a-check")
    odd.metadata["tags"] = ["skip-execution"]
    odd.metadata["nbgrader"] |= {"grade": False, "points": 100}
    odder = plain("mine")
    odder.metadata["nbgrader"] = ["a-answer"]
    mended = restored([odd, odder], [*map(cell, ORIGINAL)])
    [check] = [one for one in mended if one.source == "a-check"]
    assert dict(check.metadata) == dict(cell("a-check").metadata)


# --- whose notebook is whose ----------------------------------------------------------

LESSON = "02_unbuffered_and_buffered_channels"


@pytest.fixture
def downloads(tmp_path):
    """A function that puts files, by default an unchanged notebook, into a folder."""
    [assignment] = chosen(ASSIGNMENTS, ["02"])
    text = assignment.release.read_bytes()

    def put(*paths, data=text, when=2_000_000_000):
        for path in paths:
            place = tmp_path / "downloads" / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)
            os.utime(place, (when, when))
        return tmp_path / "downloads"

    return put


def collected(folder):
    """Who handed in what, and what is said about the rest; all is in its place then."""
    submitted = folder.parent / "submitted"
    found = collect(submitted, ASSIGNMENTS, folder)
    for one in found.submissions:
        assert one.path == submitted / one.student / LESSON / "02_exercises.ipynb"
        assert one.path.is_file()
    return [one.student for one in found.submissions], found.notes


@pytest.mark.parametrize(
    ("path", "student"),
    [
        ("anna/02_exercises.ipynb", "anna"),
        ("anna/my work, final.ipynb", "anna"),
        (f"anna/{LESSON}/02_exercises.ipynb", "anna"),
        (f"anna/gochan/notebooks/exercises/{LESSON}/02_exercises.ipynb", "anna"),
        (f"{LESSON}/anna/02_exercises.ipynb", "anna"),
        (f"{LESSON}/anna.ipynb", "anna"),
        ("anna.ipynb", "anna"),
        ("Anna Maria O'Neil - 02_exercises (1).ipynb", "Anna Maria O'Neil"),
        ("02_exercises-1_anna.ipynb", "anna"),
        ("02_exercises_anna.ipynb.txt", "anna"),
        ("Anna Lee_1234567_assignsubmission_file_/02_exercises.ipynb", "Anna Lee"),
        ("Anna Lee_1234567_assignsubmission_file_02_exercises.ipynb", "Anna Lee"),
        ("leeanna_12345_678901_02_exercises-2.ipynb", "leeanna"),
        ("leeanna_LATE_12345_678901_02_exercises.ipynb", "leeanna"),
        ("Ánna Łee/02_exercises.ipynb", "Ánna Łee"),
        ("a*[b]?c/02_exercises.ipynb", "a__b__c"),
    ],
)
def test_a_students_name_is_found(downloads, path, student):
    assert collected(downloads(path)) == ([student], [])


def test_a_zip_is_read_like_a_folder_also_with_a_folder_round_all(downloads):
    folder = downloads("class/anna/02_exercises.ipynb", "class/ben/02_exercises.ipynb")
    assert collected(folder) == (["anna", "ben"], [])
    archive = Path(shutil.make_archive(str(folder), "zip", folder))
    shutil.rmtree(folder.parent / "submitted")
    assert collected(archive) == (["anna", "ben"], [])


@pytest.mark.parametrize(
    ("paths", "students"),
    [
        (["class/2A/anna/02_exercises.ipynb", "class/2A/ben/work.ipynb"], ["anna", "ben"]),
        (["class/anna_02_exercises.ipynb", "class/ben_02_exercises.ipynb"], ["anna", "ben"]),
        (["anna/02_exercises.ipynb", "anna/old/02_exercises.ipynb"], ["anna"]),
        (["anna/a.ipynb", "anna/b.ipynb"], ["anna"]),
        ([f"exercises/{LESSON}/anna.ipynb", f"exercises/{LESSON}/ben.ipynb"], ["anna", "ben"]),
    ],
)
def test_folders_round_the_students_are_nobodys_name(downloads, paths, students):
    assert collected(downloads(*paths)) == (students, [])


def test_of_several_notebooks_the_one_changed_last_counts(downloads):
    folder = downloads("anna/02_exercises.ipynb", when=2_000_000_001)
    first = (folder / "anna/02_exercises.ipynb").read_bytes()
    downloads("anna/02_exercises (1).ipynb", data=first + b"\n", when=2_000_000_002)
    downloads("anna/02_exercises (2).ipynb", data=first + b"\n\n", when=2_000_000_000)
    students, [note] = collected(folder)
    assert students == ["anna"]
    assert f"{folder}/anna/02_exercises (1).ipynb was changed last." in note
    place = folder.parent / "submitted" / "anna" / LESSON / "02_exercises.ipynb"
    assert place.read_bytes() == first + b"\n"
    assert collected(folder) == (students, [note])


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("anna/02_exercises.ipynb", b"", "is empty"),
        ("anna/02_exercises.ipynb", b"PK\x03\x04\xff", "is not a notebook"),
        ("anna/02_exercises.ipynb", b"[1, 2]", "is not a notebook"),
        ("anna/02_exercises.ipynb", b'{"cells": 3, "nbformat": 4}', "is not a notebook"),
        (
            "anna/lesson.ipynb",
            b'{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}',
            "holds no",
        ),
        ("02_exercises.ipynb", None, "doesn't say whose it is"),
        ("anna/answers.docx", b"PK", "being no notebooks"),
    ],
)
def test_what_cannot_be_marked_is_named_in_a_sentence(downloads, name, data, sentence):
    folder = downloads(name) if data is None else downloads(name, data=data)
    students, [note] = collected(folder)
    assert students == []
    assert str(folder / name) in note
    assert sentence in note


def test_what_a_system_adds_is_passed_over_in_silence(downloads):
    junk = ["__MACOSX/anna/02_exercises.ipynb", "anna/.ipynb_checkpoints/02_exercises.ipynb"]
    folder = downloads("anna/02_exercises.ipynb", *junk, "anna/.DS_Store", "anna/timestamp.txt")
    assert collected(folder) == (["anna"], [])


def test_a_path_that_is_neither_folder_nor_zip_is_refused(tmp_path, capsys):
    (tmp_path / "marks.txt").write_text("none")
    for name, sentence in [("marks.txt", "is neither a folder nor a .zip."), ("no", "There is no")]:
        arguments = ["grade", str(tmp_path / name), "--course", str(tmp_path / "course")]
        assert main(arguments) == 2
        assert sentence in capsys.readouterr().err


def test_without_submissions_the_teacher_is_told_where_they_go(tmp_path, capsys):
    assert main(["grade", "--course", str(tmp_path), "--assignment", "02"]) == 0
    output = capsys.readouterr().out
    assert f"{tmp_path}/submitted/STUDENT/{LESSON}/02_exercises.ipynb" in output
    assert "python3 start.py grade ~/Downloads" in output
