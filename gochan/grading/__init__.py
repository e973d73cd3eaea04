"""For teachers: the students' exercises made from their sources, and submissions marked.

`python -m gochan.grading` is the command; `start.py exercises` and `start.py grade` install what it
needs and run it. The work is done by nbgrader, which is installed for teachers only.
"""
