"""Measuring in another process, which streams its samples while this one goes on.

`source.py` says what a source of samples is: a command that prints them as lines of JSON, which
`lines.py` reads. `process.py` starts such a command and never leaves it behind, `measurement.py`
gathers what it prints until it is over. `functions.py` is the source for Python functions; their
child is `python -m gochan.measuring`, which is `__main__.py`, `rounds.py` and `lifeline.py`;
`go_programs.py` lets it measure Go benchmarks among them.
"""
