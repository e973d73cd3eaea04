"""Predictions without a browser: questions, commitments, what a cell shows, a class's notebooks."""

from __future__ import annotations

import json
import math
import os
import threading
from collections import Counter

import nbformat
import pytest
from IPython.core.displaypub import CapturingDisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from lab import write_notebook
from matplotlib.figure import Figure
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from gochan import Chan, charts, record
from gochan.charts.guesses import Predicted
from gochan.widgets import Player, predict, predictions
from gochan.widgets.gates import OPEN_AFTER, WIDGET
from gochan.widgets.records import MIME

pytestmark = pytest.mark.long

QUESTION = "What does `main` print?"
OPTIONS = ["hello world", "world hello", "either"]


class Cell:
    """What the cells displayed: the outputs in order, with the updates that came later."""

    def __init__(self, publisher):
        self.publisher = publisher

    @property
    def outputs(self):
        shown = {}
        for number, output in enumerate(self.publisher.outputs):
            slot = (output.get("transient") or {}).get("display_id", number)
            assert output["update"] == (slot in shown), "only what is there can be replaced"
            shown[slot] = output["data"]
        return list(shown.values())

    @property
    def records(self):
        return [data[MIME] for data in self.outputs if MIME in data]

    def html(self):
        return "\n".join(data.get("text/html", "") for data in self.outputs)


@pytest.fixture
def cell():
    shell = InteractiveShell.instance()
    publisher, shell.display_pub = shell.display_pub, CapturingDisplayPublisher(parent=shell)
    try:
        yield Cell(shell.display_pub)
    finally:
        shell.display_pub = publisher
        InteractiveShell.clear_instance()


def shown_as_form(guess):
    guess._ipython_display_()
    return guess._form


def from_browser(guess, value):
    """As the form sends it."""
    guess._on_message(guess._form, {"kind": "commit", "value": value}, [])


def state(guess):
    return json.loads(guess._form.state)


# --- one question ---------------------------------------------------------------------


def test_a_choice_is_committed_once_and_replied_to():
    guess = predict(QUESTION, OPTIONS, answer="either", replies={"hello world": "Who says so?"})
    assert (guess.committed, guess.value, guess.is_right) == (False, None, None)
    guess.commit("hello world")
    guess.commit("either")
    assert (guess.committed, guess.value, guess.is_right) == (True, "hello world", False)
    assert guess._verdict.words() == "Not quite: Who says so?"
    assert repr(guess) == "<Prediction what-does-main-print: 'hello world'>"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("either", "Right."),
        ("world hello", "Not quite: Compare it with the result."),
    ],
)
def test_without_a_reply_the_verdict_says_enough(value, words):
    guess = predict(QUESTION, OPTIONS, answer="either")
    guess.commit(value)
    assert guess._verdict.words() == words


def test_without_an_answer_nothing_is_right_or_wrong():
    guess = predict(QUESTION, OPTIONS, replies={"either": "Let's see."})
    guess.commit("either")
    assert guess.is_right is None
    assert guess._verdict.words() == "Let's see."


def test_several_answers_may_be_right():
    for value, is_right in (("hello world", True), ("world hello", True), ("either", False)):
        guess = predict(QUESTION, OPTIONS, answer=["hello world", "world hello"])
        guess.commit(value)
        assert guess.is_right is is_right


def test_options_keep_their_type_and_are_told_apart_by_what_is_read():
    guess = predict("How many?", [1, True, 2.5], answer=True)
    guess.commit("True")  # the browser sends labels
    assert guess.value is True
    assert guess.is_right


def test_a_number_is_right_within_its_tolerance():
    for value, is_right in ((12, True), (12.5, True), (11.4, False)):
        guess = predict("When?", float, answer=12, tolerance=0.5)
        guess.commit(value)
        assert guess.is_right is is_right
    tenths = predict("When?", float, answer=0.1 + 0.2)
    tenths.commit(0.3)
    assert tenths.is_right


def test_numbers_are_replied_to_by_conditions_by_value_or_by_a_function():
    by_condition = [(lambda x: x < 12, "Too early."), (lambda x: x > 12, "Too late.")]
    by_function = {True: "Too early.", False: "Too late."}
    for replies in (
        by_condition,
        lambda x: by_function[x < 12],
        {3: "Too early.", 30: "Too late."},
    ):
        said = []
        for value in (3, 30):
            guess = predict("When?", (0, 60), answer=12, replies=replies)
            guess.commit(value)
            said.append(guess._verdict.words())
        assert said == ["Not quite: Too early.", "Not quite: Too late."]


def test_a_reply_that_fails_loses_no_prediction():
    guess = predict("When?", int, answer=1, replies=lambda x: 1 / 0)
    guess.commit(2)
    assert guess.value == 2
    words = "Not quite: (The reply to this failed: ZeroDivisionError: division by zero)"
    assert guess._verdict.words() == words


@pytest.mark.parametrize(
    ("value", "why"),
    [
        (2.5, "2.5 is no whole number"),
        (61, "61 lies outside of 0 to 60"),
        (math.nan, "nan is no number that can be predicted"),
        (math.inf, "inf is no number that can be predicted"),
        ("7", "'7' is no number"),
        (True, "True is no number"),
        (None, "None is no number"),
    ],
)
def test_what_is_no_such_number_is_refused_and_nothing_is_committed(value, why):
    guess = predict("When?", (0, 60), answer=12)
    with pytest.raises(ValueError, match=f"^{why}$"):
        guess.commit(value)
    assert not guess.committed


def test_an_order_is_right_if_it_is_one_of_those_accepted():
    names = ["worker", "closer", "main"]
    accepted = [("main", "worker", "closer"), ("main", "closer", "worker")]
    for value, is_right in ((accepted[1], True), (("closer", "main", "worker"), False)):
        guess = predict("Who first?", names, order=True, answer=accepted)
        guess.commit(list(value))
        assert (guess.value, guess.is_right) == (value, is_right)
    once = predict("Who first?", names, order=True, answer=accepted[0])
    with pytest.raises(ValueError, match=r"doesn't hold each of 'worker', 'closer', 'main' once$"):
        once.commit(["main", "main", "worker"])


@pytest.mark.parametrize(
    ("arguments", "error", "sentence"),
    [
        (("", OPTIONS), ValueError, "predict needs a question, and this one is empty"),
        ((7, OPTIONS), TypeError, "predict takes a question as text, not 7"),
        ((QUESTION, []), ValueError, r"options: there is nothing to choose from in \[\]"),
        ((QUESTION, ["one"]), ValueError, r"options: there is nothing to choose from in \['one'\]"),
        ((QUESTION, ["a", "b", "a"]), ValueError, "options: 'a' is there twice"),
        ((QUESTION, ["a", " "]), ValueError, "options: an empty text can't be chosen"),
        ((QUESTION, ["a", None]), TypeError, "options: None is neither text nor a number"),
        ((QUESTION, [1.0, math.nan]), ValueError, "options: nan can't be predicted"),
        (
            (QUESTION, "abc"),
            TypeError,
            r"options is a list, int, float or a range \(low, high\), not 'abc'",
        ),
        ((QUESTION, None), TypeError, "options is a list, .* not None"),
        (
            (QUESTION, (5, 1)),
            ValueError,
            "options: a range goes from low to high, not from 5 to 1",
        ),
        ((QUESTION, (0, math.inf)), ValueError, "options: a range goes from low to high"),
        ((QUESTION, (0, math.nan)), ValueError, "options: a range goes from low to high"),
    ],
)
def test_what_makes_no_question_is_refused(arguments, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        predict(*arguments)


@pytest.mark.parametrize(
    ("options", "more", "error", "sentence"),
    [
        (
            OPTIONS,
            {"answer": "neither"},
            ValueError,
            "answer: 'neither' is none of the options 'hello world', 'world hello', 'either'",
        ),
        (OPTIONS, {"answer": []}, ValueError, "answer is empty: leave it out"),
        (OPTIONS, {"replies": {"x": "y"}}, ValueError, "replies: 'x' is none of the options"),
        (OPTIONS, {"replies": {"either": ""}}, ValueError, "replies: a reply is empty"),
        (OPTIONS, {"replies": {"either": 3}}, TypeError, "replies: a reply is a text, not 3"),
        (OPTIONS, {"replies": "Well"}, TypeError, "replies is a dict, a list of .* not str"),
        (OPTIONS, {"replies": [("x", "y")]}, TypeError, r"replies: \('x', 'y'\) is no pair of a"),
        (OPTIONS, {"tolerance": 1}, ValueError, "tolerance is for numbers"),
        (int, {"tolerance": 1}, ValueError, "a tolerance needs an answer"),
        (int, {"answer": 1, "tolerance": -1}, ValueError, "tolerance is a number from 0 on"),
        (int, {"answer": 1, "tolerance": math.nan}, ValueError, "tolerance is a number from 0"),
        (int, {"answer": 1, "tolerance": "1"}, TypeError, "tolerance is a number, not '1'"),
        (int, {"answer": 1.5}, ValueError, "answer: 1.5 is no whole number"),
        ((0, 5), {"answer": 6}, ValueError, "answer: 6 lies outside of 0 to 5"),
        (float, {"answer": "soon"}, ValueError, "answer: 'soon' is no number"),
        (["a", "b"], {"order": True, "answer": ("a", "b")}, ValueError, "the options already st"),
        (["a", "b"], {"order": True, "answer": ("b",)}, ValueError, "answer: .* doesn't hold each"),
        (["a", "b"], {"order": True, "answer": "b"}, ValueError, "answer: 'b' is no order"),
        (["a", "b"], {"order": 1}, TypeError, "order is True or False, not 1"),
        (OPTIONS, {"name": 3}, TypeError, "name is a text, not 3"),
        (OPTIONS, {"name": " "}, ValueError, "name is empty"),
    ],
)
def test_answers_and_replies_that_fit_no_option_are_refused(options, more, error, sentence):
    with pytest.raises(error, match=f"^{sentence}"):
        predict(QUESTION, options, **more)


def test_the_name_comes_from_the_words_and_stays_short():
    assert predict("Who  prints\nfirst?", OPTIONS).name == "who-prints-first"
    assert predict("Who prints first?", OPTIONS, name="first").name == "first"
    long, other = (predict("word " * 40 + end, OPTIONS).name for end in ("one", "two"))
    assert len(long) < 70
    assert long != other


# --- what the cells show --------------------------------------------------------------


def test_the_form_gets_no_answer(cell):
    form = shown_as_form(predict(QUESTION, OPTIONS, answer="either", replies={"either": "secret"}))
    assert json.loads(form.data) == {"question": QUESTION, "kind": "choice", "options": OPTIONS}
    assert "secret" not in cell.html()
    assert form.state == "{}"


def test_the_form_replies_by_its_state_and_refuses_by_message(cell):
    guess = predict("When?", (0, 60), answer=12)
    sent = []
    shown_as_form(guess).send = sent.append
    from_browser(guess, 99)
    assert sent == [{"kind": "refused", "why": "99 lies outside of 0 to 60"}]
    from_browser(guess, 12)
    assert {**state(guess), "commitment": ""} == {
        "predicted": 12,
        "right": True,
        "said": "Right.",
        "commitment": "",
        "kept": False,
    }


def test_what_was_predicted_is_kept_in_the_output_as_data_and_words(cell):
    guess = predict(QUESTION, OPTIONS, answer="either", name="print")
    shown_as_form(guess)
    assert cell.records[0]["predicted"] is None
    from_browser(guess, "world hello")
    (kept,) = cell.records
    assert kept["commitment"]
    assert {**kept, "commitment": ""} == {
        "version": 1,
        "name": "print",
        "question": QUESTION,
        "kind": "choice",
        "options": OPTIONS,
        "right": ["either"],
        "tolerance": 0.0,
        "predicted": "world hello",
        "commitment": "",
    }
    assert "Predicted: world hello" in cell.html()
    assert "What does <code>main</code> print?" in cell.html()


def test_the_result_comes_in_its_place_with_the_commitment(cell):
    guess = predict(QUESTION, OPTIONS, answer="either")
    shown_as_form(guess)
    guess.reveal("the secret")
    lock, box = cell.outputs[-2:]
    assert WIDGET in lock
    assert box["text/html"].count("<details>") == 1
    assert OPEN_AFTER in box["text/html"]
    from_browser(guess, "either")
    assert cell.outputs[-2:] == [
        {"text/html": "<pre>the secret</pre>", "text/plain": "the secret"},
        {},
    ]


def test_after_the_commitment_the_result_is_simply_displayed(cell):
    guess = predict(QUESTION, OPTIONS, answer="either")
    shown_as_form(guess)
    guess.commit("either")
    before = len(cell.outputs)
    guess.reveal("the secret")
    assert [data["text/plain"] for data in cell.outputs[before:]] == ["the secret"]


def test_one_line_asks_and_reveals(cell):
    guess = predict(QUESTION, OPTIONS)
    guess.reveal("the secret")
    assert len(cell.records) == 1
    assert [WIDGET in data for data in cell.outputs] == [True, False, True, False]


def test_results_of_every_kind_are_revealed_in_order(cell):
    def program():
        print("printed")
        return Chan[int](1)

    def main():
        Chan[int](1).send(1)

    plain = Figure()
    plain.set_label("a plain figure")
    guess = predict(QUESTION, OPTIONS)
    guess.reveal(program, record(main), Player(main), plain)
    box = cell.outputs[3]["text/html"]
    assert "printed" in box
    assert box.count('alt="Timeline of 1 goroutine') == 2  # of the Result, and of the Player
    assert 'alt="a plain figure"' in box
    guess.commit("either")
    kinds = [sorted(data) for data in cell.outputs[2:]]
    html, image, text, widget = "text/html", "image/png", "text/plain", WIDGET
    assert kinds == [
        [html, text],  # printed
        [text],  # returned
        [html, text],  # the Result's summary
        [image, html, text],  # its timeline
        [widget, text],  # the Player
        [image, html, text],  # its still picture
        [image, html, text],
    ]


def test_a_program_that_fails_fails_at_once_and_needs_no_commitment(cell):
    guess = predict(QUESTION, OPTIONS)
    with pytest.raises(ZeroDivisionError):
        guess.reveal(lambda: 1 / 0)
    with pytest.raises(TypeError, match=r"^reveal needs a result, or a function that gives one$"):
        guess.reveal()


def test_one_commitment_opens_every_cell_that_waits_for_it(cell):
    guess = predict(QUESTION, OPTIONS)
    guess.reveal("one")
    guess.reveal("two")
    guess.commit("either")
    texts = [data.get("text/plain") for data in cell.outputs]
    assert "one" in texts
    assert "two" in texts
    assert OPEN_AFTER not in texts


def test_a_commitment_may_come_from_any_thread_and_twice_at_once(cell):
    guess = predict(QUESTION, OPTIONS)
    guess.reveal("the secret")
    threads = [threading.Thread(target=from_browser, args=(guess, one)) for one in OPTIONS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert cell.records[0]["predicted"] == guess.value
    assert [data.get("text/plain") for data in cell.outputs].count("the secret") == 1


# --- without a browser ----------------------------------------------------------------

ASK = """from gochan import Chan, charts, record
from gochan.widgets import predict

def main():
    Chan[int](1).send(42)

guess = predict("Does it end?", ["yes", "no"], answer="yes", replies={"no": "It has room."})
guess"""
REVEAL = "guess.reveal(record(main))"


def executed(path):
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=60).execute()
    return notebook


def test_a_notebook_runs_through_and_its_page_hides_the_result(tmp_path):
    write_notebook(tmp_path / "a.ipynb", [ASK, REVEAL])
    notebook = executed(tmp_path / "a.ipynb")
    page = [
        output["data"].get("text/html", "") for cell in notebook.cells for output in cell.outputs
    ]
    asked, box = page[1], page[3]
    assert "Does it end?" in asked
    assert "It has room" not in asked
    assert "<details><summary>Result: open after you have predicted</summary>" in box
    assert 'alt="Timeline of 1 goroutine' in box
    assert [text for text in page if "Timeline" in text] == [box]


def test_a_failing_program_fails_the_run_of_the_notebook(tmp_path):
    write_notebook(tmp_path / "a.ipynb", [ASK, "guess.reveal(lambda: 1 / 0)"])
    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        executed(tmp_path / "a.ipynb")


def test_a_prediction_is_withdrawn_by_running_its_cell_again_unless_the_cell_was_changed(cell):
    def run_cell(program, answer="either"):
        shell = InteractiveShell.instance()
        question = f"predict({QUESTION!r}, {OPTIONS!r}, answer={answer!r})"
        source = f"from gochan.widgets import predict\n{program}\nguess = {question}"
        assert shell.run_cell(source, store_history=True).success
        return shell.user_ns["guess"]

    first = run_cell("program = 1")
    first.commit("world hello")
    assert not run_cell("program = 1").committed  # as it was: asked again
    run_cell("program = 1").commit("either")
    changed = run_cell("program = 2")
    assert (changed.value, changed.is_right) == ("either", True)
    shown_as_form(changed)
    assert state(changed)["kept"]
    changed.reveal("the secret")
    assert cell.outputs[-1]["text/plain"] == "the secret"
    assert not run_cell("program = 3", answer="hello world").committed  # another question


# --- a class --------------------------------------------------------------------------


def kept(predicted, commitment="", name="print", **more):
    """A record as `predict` saves it."""
    return {
        "version": 1,
        "name": name,
        "question": QUESTION,
        "kind": "choice",
        "options": OPTIONS,
        "right": ["either"],
        "tolerance": 0.0,
        "predicted": predicted,
        "commitment": commitment,
        **more,
    }


def save(path, *records, age=0):
    """A notebook with these records in its outputs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    outputs = [nbformat.v4.new_output("display_data", data={MIME: one}) for one in records]
    cells = [nbformat.v4.new_code_cell("guess", outputs=[one]) for one in outputs]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    os.utime(path, (1e9 - age, 1e9 - age))


def test_the_predictions_of_a_class_are_counted_by_question(tmp_path):
    save(tmp_path / "ada" / "a.ipynb", kept("either", "1"), kept("either", "2", name="again"))
    save(tmp_path / "ben" / "deep" / "a.ipynb", kept("hello world", "3"))
    save(tmp_path / "cem.ipynb", kept("either", "4"))
    save(tmp_path / "dee.ipynb", kept(None))
    save(tmp_path / "empty.ipynb")
    found = predictions(tmp_path)
    assert list(found) == ["print", "again"] or list(found) == ["again", "print"]
    assert found["print"].counts == Counter({"either": 2, "hello world": 1})
    assert (found["print"].waiting, found["print"].learners) == (1, 3)
    assert found["again"].counts == Counter({"either": 1})
    assert found.summary() == "4 learners, 2 questions; 1 notebook without predictions"


def test_orders_and_numbers_are_counted_too(tmp_path):
    order = {"kind": "order", "right": [["either", "world hello", "hello world"]]}
    number = {"kind": "number", "options": [], "right": [3]}
    for at, (one, other) in enumerate([(OPTIONS, 3), (OPTIONS, 4.5), (OPTIONS[::-1], 3)]):
        records = [
            kept(one, f"a{at}", name="order", **order),
            kept(other, f"b{at}", name="number", **number),
        ]
        save(tmp_path / f"{at}.ipynb", *records)
    found = predictions(tmp_path)
    assert found["order"].counts == Counter({tuple(OPTIONS): 2, tuple(OPTIONS[::-1]): 1})
    assert found["number"].counts == Counter({3: 2, 4.5: 1})


def test_copies_of_one_learners_work_count_once_and_the_newest_counts(tmp_path):
    save(tmp_path / "a.ipynb", kept("either", "1"), kept("either", "2", name="again"), age=9)
    save(tmp_path / "a (1).ipynb", kept("hello world", "3"), kept("either", "2", name="again"))
    save(tmp_path / ".ipynb_checkpoints" / "a-checkpoint.ipynb", kept("world hello", "4"))
    found = predictions(tmp_path)
    assert found["print"].counts == Counter({"hello world": 1})
    assert found["again"].counts == Counter({"either": 1})
    assert found.summary() == "1 learner, 2 questions; 1 second copy counted once"


def test_a_cell_that_was_copied_counts_as_the_last_that_was_committed(tmp_path):
    save(tmp_path / "a.ipynb", kept("either", "1"), kept("world hello", "2"), kept(None))
    assert predictions(tmp_path)["print"].counts == Counter({"world hello": 1})


def test_broken_notebooks_are_left_out_and_named(tmp_path):
    save(tmp_path / "good.ipynb", kept("either", "1"))
    (tmp_path / "cut.ipynb").write_text('{"cells": [', encoding="utf-8")
    (tmp_path / "bytes.ipynb").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "list.ipynb").write_text("[]", encoding="utf-8")
    save(tmp_path / "damaged.ipynb", kept(7, "2"))
    save(tmp_path / "odd.ipynb", kept("either", "3", right=[3]))
    save(tmp_path / "newer.ipynb", kept("either", "4", version=2))
    found = predictions(tmp_path)
    assert found["print"].counts == Counter({"either": 1})
    assert found.skipped == (
        "bytes.ipynb was left out: it is no notebook, or was cut off",
        "cut.ipynb was left out: it is no notebook, or was cut off",
        "damaged.ipynb was left out: a prediction in it was damaged",
        "list.ipynb was left out: it is no notebook of format 4",
        "newer.ipynb was left out: its predictions were made with a newer gochan",
        "odd.ipynb was left out: a prediction in it was damaged",
    )
    assert found.summary() == "1 learner, 1 question; 6 notebooks left out"


def test_a_folder_that_is_none_is_refused_and_an_empty_one_is_empty(tmp_path, cell):
    with pytest.raises(NotADirectoryError, match=r"^predictions reads a folder of notebooks, and "):
        predictions(tmp_path / "nowhere")
    nothing = predictions(tmp_path)
    assert (len(nothing), nothing.text()) == (0, "0 learners, 0 questions")


def test_it_shows_itself_in_words_and_by_a_chart_with_alt_text(tmp_path, cell):
    save(tmp_path / "a.ipynb", kept("either", "1"))
    save(tmp_path / "b.ipynb", kept(None))
    found = predictions(tmp_path)
    assert found.text().splitlines() == [
        "2 learners, 1 question",
        "",
        QUESTION,
        "     0  hello world",
        "     0  world hello",
        "     1  either  (right)",
        "     1  not committed",
    ]
    found._ipython_display_()
    assert 'alt="What 1 learner predicted to' in cell.outputs[-1]["text/html"]


# --- the chart ------------------------------------------------------------------------


def asked(kind, counts, *, right=(), options=(), tolerance=0.0, waiting=0):
    return Predicted("q", "When?", kind, options, right, tolerance, Counter(counts), waiting)


def rows(predicted):
    return [(row.text, row.learners, row.is_right) for row in predicted.rows()]


def test_options_stand_in_the_authors_order_also_those_that_nobody_chose():
    predicted = asked("choice", {"c": 2, "a": 1, "old": 1}, right=("c",), options=("a", "b", "c"))
    assert rows(predicted) == [
        ("a", 1, False),
        ("b", 0, False),
        ("c", 2, True),
        ("old", 1, False),  # an option of an older version of the lesson
    ]


def test_few_numbers_stand_by_size_with_the_right_one_among_them():
    predicted = asked("number", {7: 2, 3.5: 1, 11.9: 1}, right=(12,), tolerance=0.5)
    assert rows(predicted) == [("3.5", 1, False), ("7", 2, False), ("11.9", 1, True)]
    assert rows(asked("number", {7: 1}, right=(12,))) == [("7", 1, False), ("12", 0, True)]


def test_many_numbers_are_joined_and_a_wild_one_doesnt_press_them_together():
    counts = dict.fromkeys(range(40), 1) | {12: 9, 10**9: 1}
    assert rows(asked("number", counts, right=(12,))) == [
        ("0 to 4", 5, False),
        ("5 to 9", 5, False),
        ("10 to 14, but not right", 4, False),
        ("12", 9, True),
        ("15 to 19", 5, False),
        ("20 to 24", 5, False),
        ("25 to 29", 5, False),
        ("30 to 34", 5, False),
        ("35 to 39", 5, False),
        ("40 or more", 1, False),
    ]


def test_every_prediction_is_in_exactly_one_row():
    numbers = [k * 0.37 for k in range(200)] + [-50.0, 4000.0]
    for kind, values in (("number", numbers), ("order", [(str(k), "x") for k in range(30)])):
        predicted = asked(kind, values, right=(values[20],))
        shown = predicted.rows()
        assert len(shown) <= 12
        assert sum(row.learners for row in shown) == len(values)
        assert [row.learners for row in shown if row.is_right] == [1]


def test_the_bars_are_as_long_as_the_counts_and_the_label_says_it_all():
    predicted = asked("choice", {"a": 3}, right=("a",), options=("a", "b"), waiting=2)
    axes = charts.predictions(predicted)
    assert [path.get_extents().width for bar in axes.collections for path in bar.get_paths()] == [
        3,
        0,
    ]
    assert axes.figure.get_label() == (
        "What 3 learners predicted to “When?”: 3 x a (right); 0 x b. 2 more have not committed."
    )
    assert "a ✓ right" in [text.get_text() for text in axes.texts]
    with pytest.raises(
        TypeError, match=r"^predictions draws one question of predictions\(folder\)"
    ):
        charts.predictions("submitted")
