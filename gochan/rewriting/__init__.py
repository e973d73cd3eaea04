"""Plain variables made visible: `@shared` and `%%shared` rewrite a program's accesses to them.

Always true:
- The values stay where Python keeps them, in the function's cell or among the globals. What isn't
  rewritten still reads and writes the same variable; it only isn't seen.
- A line of the program keeps its number, and its text in tracebacks.
"""

from .decorator import shared

__all__ = ["shared"]
