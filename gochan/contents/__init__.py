"""The table of contents, written from the lessons themselves.

A lesson says once what it is called, what one can do after it, how long it takes and for whom it
is. `python -m gochan.contents` reads that and writes it where readers look for it: the table of
lessons in the README and in `notebooks/index.ipynb`, the teacher's notes there, and the links from
lesson to lesson. All other words of those pages are written by hand, and stay.
"""

from .lesson import Lesson, lessons
from .notebook import BadPage
from .pages import write

__all__ = ["BadPage", "Lesson", "lessons", "write"]
