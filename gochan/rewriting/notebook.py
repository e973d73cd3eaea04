"""`%%shared`: a whole cell is rewritten.

IPython runs the cell as any other, so its last line is shown and its errors name its lines. Two
hooks do it: the line `%%shared` becomes a string, and a program that begins with it is rewritten.
"""

from __future__ import annotations

import ast
import sys
from typing import Any

from .decorator import MARK, NOTHING_SHARED, add_globals
from .rewriter import rewrite

MAGIC = "%%shared"


def mark_cell(lines: list[str]) -> list[str]:
    """Replaces the line `%%shared` by a string, so that all lines keep their numbers."""
    words = lines[0].split() if lines else []
    if words[:1] != [MAGIC]:
        return lines
    if words[1:]:
        raise SyntaxError(f"{MAGIC} stands alone in its line, without {' '.join(words[1:])}")
    return [MARK + "\n", *lines[1:]]


class CellRewriter:
    """Rewrites the cells that are marked."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def visit(self, tree: ast.AST) -> ast.AST:
        """What IPython calls with the program of every cell."""
        if not (isinstance(tree, ast.Module) and tree.body and _is_mark(tree.body[0])):
            return tree
        del tree.body[0]
        if not self._is_correct(tree):
            return tree  # IPython will say so
        names, global_names = rewrite(tree, tree)
        if not names:
            raise _rejection(NOTHING_SHARED.format(what="this cell"))
        add_globals(self._shell.user_ns, global_names)
        return tree

    def _is_correct(self, tree: ast.Module) -> bool:
        """Whether the plain program can be compiled; the rewritten one could hide its errors."""
        flags = self._shell.compile.flags | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        try:
            compile(tree, "<cell>", "exec", flags, dont_inherit=True)
        except (SyntaxError, ValueError):
            return False
        return True


def _is_mark(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Expr) else None
    return isinstance(value, ast.Constant) and value.value == MAGIC


def _rejection(text: str) -> Exception:
    from IPython.core.error import InputRejected  # noqa: PLC0415 - only there inside IPython

    class NothingSharedError(InputRejected):
        def _render_traceback_(self) -> list[str]:
            return [str(self)]

    return NothingSharedError(text)


def load_ipython_extension(shell: Any) -> None:
    """Gives an IPython shell the cell magic `%%shared`; more than once does no harm."""
    if mark_cell not in shell.input_transformers_cleanup:
        shell.input_transformers_cleanup.append(mark_cell)
        shell.ast_transformers.append(CellRewriter(shell))


def register_here() -> None:
    """Where gochan is imported inside IPython, nobody has to load the extension."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is not None:
        load_ipython_extension(shell)
