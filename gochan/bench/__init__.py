"""Measuring: what gochan's operations cost, beside real Go and Python's other ways.

`work.py` lists what is measured, `contenders/` how each library does it, `runner.py` starts the
processes, `table.py` prints the figures, and `limits.py` says which of them must hold.
"""
