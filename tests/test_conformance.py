"""Small programs, each written in Go and in Python, do the same: every line, its time, the end."""

import pytest
from conformance import go_side, python_side
from conformance.pairs import all_pairs
from conformance.report import same

PAIRS = all_pairs()
RECORD = "to record it anew: python -m tests.conformance.record"


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_gochan_does_what_go_did(pair):
    go = pair.file(".txt").read_text()
    python = python_side.run(pair)
    assert same(go, python), f"{pair}\n-- Go\n{go}-- gochan\n{python}"


def test_go_still_does_what_was_recorded(tmp_path):
    go = go_side.find_go()
    if go is None:
        pytest.skip("no Go 1.25 or newer: set GOCHAN_GO to its go command")
    now = go_side.outputs(go, PAIRS, tmp_path)
    different = [str(pair) for pair in PAIRS if pair.file(".txt").read_text() != now[pair]]
    assert not different, f"Go does otherwise than recorded; {RECORD}"
