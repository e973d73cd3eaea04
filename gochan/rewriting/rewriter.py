"""Rewrites a program: where it uses a shared variable, it goes through that variable's Var.

`count += 1` becomes `VAR.value += 1`. The Var has the variable's name behind a word and a blank, so
that no name of a program can be the same, and is looked up as the variable itself is. Python knows
no such form for every way to give a name a value; the others use a temporary name, or a call.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TypeVar

from .scopes import Function, Scope, Walker, scopes_of

STORAGE = "gochan.rewriting.storage"
MAKER = "_cell variable"

N = TypeVar("N", bound=ast.AST)


def global_var(name: str) -> str:
    """Where the Var of a global variable is found among the globals.

    IPython's `%who` leaves out what begins with an underscore.
    """
    return f"_shared global {name}"


def _local_var(name: str) -> str:
    return f"_shared {name}"


def _temporary(name: str) -> str:
    return f"_unshared {name}"


def rewrite(tree: ast.Module, part: ast.AST) -> tuple[set[str], set[str]]:
    """Rewrites `part` of a program, a function or the whole, in place.

    Returns the names of the shared variables, which are those that `part` declares nonlocal or
    global, and the global ones among them, for whose Vars the caller has to care. At the top level
    of a program the names are left alone: no goroutine runs that.
    """
    scopes = scopes_of(tree)
    root = scopes[part]
    names = set()
    for scope in filter(lambda scope: scope.is_inside(root), scopes.values()):
        for name in scope.globals | scope.nonlocals:
            scope.owner(name).shared.add(name)
            names.add(name)
    rewriter = _Rewriter(scopes, root)
    if isinstance(part, Function):
        rewriter.visit_body(part)
    else:
        rewriter.generic_visit(part)
    return names, root.module().shared


def _like(new: N, old: ast.AST) -> N:
    """The new node at the place of the old one."""
    return ast.fix_missing_locations(ast.copy_location(new, old))


class _Rewriter(Walker):
    def __init__(self, scopes: dict[ast.AST, Scope], root: Scope) -> None:
        super().__init__(scopes, root)
        self._root = root
        self._captured: dict[str, None] = {}  # by the pattern that is being visited, in order

    # -- what stands for a name ------------------------------------------------------------------

    def _is_shared(self, name: str | None) -> bool:
        if name is None or self.scope.parent is None:
            return False
        stored = self.scope.stored(name)
        return stored in self.scope.owner(stored).shared

    def _var(self, name: str) -> ast.expr:
        stored = self.scope.stored(name)
        is_global = self.scope.owner(stored).parent is None
        return ast.Name(global_var(stored) if is_global else _local_var(stored), ast.Load())

    def _is_own(self, name: str) -> bool:
        return self.scope.owner(self.scope.stored(name)) is self.scope

    def _access(self, name: str, ctx: ast.expr_context) -> ast.expr:
        return ast.Attribute(self._var(name), "local" if self._is_own(name) else "value", ctx)

    def _call(self, name: str, method: str, *args: ast.expr) -> ast.Call:
        return ast.Call(ast.Attribute(self._var(name), method, ast.Load()), list(args), [])

    def _move(self, name: str) -> ast.stmt:
        """Writes what was put under the temporary name."""
        value = ast.Name(_temporary(name), ast.Load())
        return ast.Assign([self._access(name, ast.Store())], value)

    # -- names as such -----------------------------------------------------------------------------

    def visit_Name(self, node: ast.Name) -> ast.AST:  # noqa: N802 - the names are ast's
        return _like(self._access(node.id, node.ctx), node) if self._is_shared(node.id) else node

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.AST:  # noqa: N802
        node.value = self.visit(node.value)
        if not self._is_shared(node.target.id):
            return node
        return _like(self._call(node.target.id, "assign", node.value), node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:  # noqa: N802
        if node.value is None and isinstance(node.target, ast.Name):
            return node  # nothing but a declaration
        super().visit_AnnAssign(node)
        node.simple = int(bool(node.simple) and isinstance(node.target, ast.Name))
        return node

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:  # noqa: N802
        return [_like(self._deletion(target), node) for target in _flat(node.targets)]

    def _deletion(self, target: ast.expr) -> ast.stmt:
        if not (isinstance(target, ast.Name) and self._is_shared(target.id)):
            return ast.Delete([self.visit(target)])
        method = "delete_local" if self._is_own(target.id) else "delete"
        return ast.Expr(self._call(target.id, method))

    # -- statements that give a name a value -------------------------------------------------------

    def visit_FunctionDef(self, node: Function) -> ast.AST:  # noqa: N802
        super().visit_FunctionDef(node)
        self._announce(node)
        return node

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:  # noqa: N802
        super().visit_ClassDef(node)
        self._announce(node)
        return node

    def _announce(self, node: Function | ast.ClassDef) -> None:
        """Python calls the outermost decorator just before it writes the name."""
        if self._is_shared(node.name):
            announce = ast.Attribute(self._var(node.name), "announce", ast.Load())
            first = node.decorator_list[0] if node.decorator_list else node
            node.decorator_list.insert(0, _like(announce, first))

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:  # noqa: N802
        names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
        shared = [name for name in names if self._is_shared(name)]
        aliases: list[ast.alias] = []
        for alias, name in zip(node.names, names, strict=True):
            if name not in shared:
                aliases.append(alias)
                continue
            aliases.append(_like(ast.alias(alias.name, _temporary(name)), alias))
            if alias.asname is None and alias.name != name:  # `import a.b` gives `a` a value
                aliases.append(_like(ast.alias(name, _temporary(name)), alias))
        node.names = aliases
        return [node, *(_like(self._move(name), node) for name in shared)]

    visit_ImportFrom = visit_Import  # noqa: N815

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        if node.name is not None and self._is_shared(node.name):
            name, node.name = node.name, _temporary(node.name)
            end = ast.Expr(self._call(name, "end_except"))
            body = ast.Try([self._move(name), *node.body], [], [], [end])
            node.body = [_like(body, node)]
        return node

    # -- patterns ----------------------------------------------------------------------------------

    def visit_match_case(self, node: ast.match_case) -> ast.AST:
        self._captured = {}
        node.pattern = self.visit(node.pattern)
        names = list(self._captured)
        node.guard = node.guard and self.visit(node.guard)
        node.body = self.each(node.body)
        if names and node.guard is not None:  # it needs the names: they are written before
            values = [ast.Name(_temporary(name), ast.Load()) for name in names]
            written: list[ast.expr] = [
                self._call(name, "assign", value) for name, value in zip(names, values, strict=True)
            ]
            both = [ast.Tuple(written, ast.Load()), node.guard]  # a tuple with something in is true
            node.guard = _like(ast.BoolOp(ast.And(), both), node.pattern)
        else:
            node.body[:0] = [_like(self._move(name), node.pattern) for name in names]
        return node

    def _capture(self, name: str | None) -> str | None:
        if name is None or not self._is_shared(name):
            return name
        self._captured[name] = None
        return _temporary(name)

    def visit_MatchAs(self, node: ast.MatchAs) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        node.name = self._capture(node.name)
        return node

    def visit_MatchStar(self, node: ast.MatchStar) -> ast.AST:  # noqa: N802
        node.name = self._capture(node.name)
        return node

    def visit_MatchMapping(self, node: ast.MatchMapping) -> ast.AST:  # noqa: N802
        self.generic_visit(node)
        node.rest = self._capture(node.rest)
        return node

    # -- where the Vars come from ------------------------------------------------------------------

    def visit_body(self, node: Function) -> None:
        super().visit_body(node)
        scope = self.scopes[node]
        own = sorted(scope.shared)
        names = own + (sorted(self._shared_around()) if scope is self._root else [])
        if names:
            lines = [*map(_declaration, own), _import(), *map(_definition, names)]
            after = ast.get_docstring(node, clean=False) is not None  # it stays the first
            node.body[after:after] = [_like(line, node) for line in lines]

    def _shared_around(self) -> set[str]:
        """The shared variables that belong to functions around the rewritten one."""
        names: set[str] = set()
        scope = self._root.parent
        while scope is not None and scope.parent is not None:
            names |= scope.shared
            scope = scope.parent
        return names


def _declaration(name: str) -> ast.stmt:
    """Makes the name the function's own, also when nothing plain gives it a value any more."""
    return ast.AnnAssign(ast.Name(name, ast.Store()), ast.Constant(None), None, simple=1)


def _import() -> ast.stmt:
    return ast.ImportFrom(STORAGE, [ast.alias("cell_variable", MAKER)], 0)


def _definition(name: str) -> ast.stmt:
    nothing = ast.arguments([], [], None, [], [], None, [])
    reader = ast.Lambda(nothing, ast.Name(name, ast.Load()))
    call = ast.Call(ast.Name(MAKER, ast.Load()), [ast.Constant(name), reader], [])
    return ast.Assign([ast.Name(_local_var(name), ast.Store())], call)


def _flat(targets: Iterable[ast.expr]) -> Iterable[ast.expr]:
    for target in targets:
        if isinstance(target, ast.Tuple | ast.List):
            yield from _flat(target.elts)
        else:
            yield target
