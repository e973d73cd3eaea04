"""Random small programs, with which the searches of `explore` are compared.

`program.py` is a program as data, `generate.py` writes random ones, `source.py` makes Python of
them, `compare.py` runs the searches, `minimise.py` makes small what they disagree about, and
`campaign.py` does that with many. Start it with `python -m gochan.fuzz`.
"""
