"""Rewritten functions do what the plain ones do: same values, same errors, same lines."""

import ast
import symtable
import traceback
from pathlib import Path

import pytest
from listing import FILE, listing

from gochan import run, shared
from gochan.rewriting.scopes import scopes_of

# Each is a program of its own. Everything that it does with `x` goes through a Var once rewritten.
FORMS = {
    "an assignment": """
        def main():
            x = 1
            def f():
                nonlocal x
                x = 2
            f()
            return x
    """,
    "an assignment to several targets": """
        def main():
            x = y = 1
            def f():
                nonlocal x
                a = x = b = [3]
                return a is x is b
            return f(), x, y
    """,
    "an augmented assignment": """
        def main():
            x = [1]
            same = x
            def f():
                nonlocal x
                x += [2]
                x *= 2
            f()
            return x, same is x
    """,
    "an augmented assignment reads before it computes": """
        def main():
            x = 1
            def f():
                nonlocal x
                x = 100
                return 1
            x += f()
            return x
    """,
    "an assignment computes before it reads the target's object": """
        def main():
            x = [0, 0]
            def f():
                nonlocal x
                x = [1, 1]
                return 5
            x[0] = f()
            return x
    """,
    "an annotated assignment": """
        def main():
            x: int = 1
            def f():
                nonlocal x
                x = x + 1
            f()
            return x
    """,
    "a declaration without a value": """
        def main():
            x: undefined_name
            def f():
                nonlocal x
                x = 3
            f()
            return x
    """,
    "an annotation is not evaluated": """
        def main():
            x: undefined_name = 4
            def f():
                nonlocal x
                x += 1
            f()
            return x
    """,
    "an annotation in parentheses": """
        def main():
            (x): int = 4
            def f():
                nonlocal x
                x += 1
            f()
            return x
    """,
    "tuples, lists and stars as targets": """
        def main():
            [a, (x, *y)] = 1, (2, 3, 4)
            def f():
                nonlocal x, y
                (x, *y), b = [5, 6, 7], 8
                return b
            return a, f(), x, y
    """,
    "a target that needs the one before it": """
        def main():
            x, table = 0, {}
            def f():
                nonlocal x
                x, table[x] = 7, "seven"
            f()
            return x, table
    """,
    "the target of a loop": """
        def main():
            seen = []
            for x in range(3):
                seen.append(x)
            def f():
                nonlocal x
                for x, seen[x] in [(0, "a"), (2, "c")]:
                    pass
                else:
                    seen.append(x)
            f()
            return x, seen
    """,
    "a loop with break and continue": """
        def main():
            x = 0
            def f():
                nonlocal x
                while True:
                    x += 1
                    if x < 3:
                        continue
                    break
            f()
            return x
    """,
    "with ... as": """
        def main():
            import contextlib
            x = None
            def f():
                nonlocal x
                with contextlib.nullcontext(5) as x, contextlib.nullcontext((6, 7)) as (y, z):
                    return x + y + z
            return f(), x
    """,
    ":= in an expression": """
        def main():
            x = 0
            def f():
                nonlocal x
                return (x := 4) + x
            return f(), x
    """,
    ":= in the owner alone": """
        def main():
            def f():
                nonlocal x
                x += 1
            if (x := 5) > 4:
                f()
            return x
    """,
    ":= in a comprehension": """
        def main():
            x = 0
            def f():
                nonlocal x
                return [x := x + i for i in range(4)]
            return f(), x
    """,
    ":= in nested comprehensions": """
        def main():
            x = 0
            def f():
                nonlocal x
                return {i: [(x := x + j) for j in range(i) if x < 4] for i in range(4)}
            return f(), x
    """,
    "except ... as": """
        def main():
            x = "before"
            def f():
                nonlocal x
                try:
                    1 / 0
                except ZeroDivisionError as x:
                    return str(x)
            first = f()
            try:
                return first, x
            except NameError as error:
                return first, str(error)
    """,
    "except ... as, and the name is deleted inside": """
        def main():
            x = "before"
            def f():
                nonlocal x
                try:
                    1 / 0
                except ZeroDivisionError as x:
                    del x
                x = "after"
            f()
            return x
    """,
    "except ... as, left by another error": """
        def main():
            def f():
                nonlocal x
                x = 3
            try:
                try:
                    1 / 0
                except ZeroDivisionError as x:
                    raise KeyError(str(x)) from x
            except KeyError as error:
                said = str(error), type(error.__cause__).__name__
            f()
            return x, said
    """,
    "except* ... as": """
        def main():
            x = caught = None
            def f():
                nonlocal x, caught
                try:
                    raise ExceptionGroup("two", [ValueError(1), KeyError(2)])
                except* ValueError as x:
                    caught = [repr(e) for e in x.exceptions]
                except* KeyError:
                    pass
            f()
            return caught
    """,
    "del": """
        def main():
            x = 1
            def f():
                nonlocal x
                del x
                x = 2
            f()
            return x
    """,
    "del of several": """
        def main():
            x, a, b = 1, [1, 2, 3], 4
            def f():
                nonlocal x
                del a[x], (x, a[0])
            f()
            del b
            return a, x
    """,
    "del of what has no value": """
        def main():
            def f():
                nonlocal x
                x = 1
            del x
    """,
    "del of a free variable that has no value": """
        def main():
            def f():
                nonlocal x
                del x
            f()
            x = 1
    """,
    "a read of what has no value yet": """
        def main():
            def f():
                nonlocal x
                x = 1
            print(x)
            x = 2
    """,
    "a read of a free variable that has no value yet": """
        def main():
            def f():
                nonlocal x
                x = x + 1
            f()
            x = 2
    """,
    "an augmented assignment to what has no value": """
        def main():
            def f():
                nonlocal x
                x += 1
            x += 1
    """,
    "import": """
        def main():
            def f():
                nonlocal json, path, decode, x
                json = path = decode = x = None
            import json
            import os.path as path
            import os.path as x, sys as other
            from json import loads as decode, dumps
            before = json.__name__, path.basename("a/b"), decode("[1]"), dumps(2), other.__name__
            f()
            return before, json, path, decode, x
    """,
    "import of a module in a package": """
        def main():
            def f():
                nonlocal xml
                import xml.dom
            import xml.sax, os
            f()
            return xml.__name__, xml.sax.__name__, xml.dom.__name__, os.__name__
    """,
    "a function of that name": """
        def main():
            def mark(g):
                g.marked = True
                return g
            x = None
            def f():
                nonlocal x
                @mark
                def x(n):
                    "Doc."
                    return n and x(n - 1) + [n]
            f()
            return (x.__name__, x.__qualname__, x.__doc__, x.marked,
                    x.__code__.co_firstlineno)
    """,
    "a recursive function that is rebound": """
        def main():
            def x(n):
                return 1 if n < 2 else n * x(n - 1)
            def f():
                nonlocal x
                old = x
                x = lambda n: -old(n)
            before = x(4)
            f()
            return before, x(4)
    """,
    "a class of that name": """
        def main():
            x = None
            def f():
                nonlocal x
                class x:
                    y = 3
                    def me(self):
                        return x
            f()
            return x.__name__, x.__qualname__, x.y, x().me() is x
    """,
    "patterns": """
        def main():
            x = rest = stars = whole = None
            def f(subject):
                nonlocal x, rest, stars, whole
                match subject:
                    case {"a": x, **rest}:
                        return "mapping"
                    case [x, 2, *stars]:
                        return "sequence"
                    case ("p", x) | (x, "q"):
                        return "either"
                    case (int() | float()) as x:
                        return "number"
                    case whole:
                        return "whole"
            subjects = [{"a": 1, "b": 2}, [5, 2, 3, 4], ("p", 6), (7, "q"), 1.5, "text"]
            return [(f(s), x, rest, stars, whole) for s in subjects]
    """,
    "patterns with guards": """
        def main():
            x = y = None
            def f(subject):
                nonlocal x
                match subject:
                    case [x, y] if x > y and (z := x - y):
                        return "down", y, z
                    case [x, _] if x == 3:
                        return "three"
                    case _ if x:
                        return "else"
            return [(f(s), x, y) for s in ([2, 1], [3, 4], [1, 2], 5)]
    """,
    "a pattern whose guard fails has written": """
        def main():
            x = None
            def f():
                nonlocal x
                match 3:
                    case x if False:
                        pass
            f()
            return x
    """,
    "a parameter": """
        def main():
            def outer(x, /, y=2, *z, k, **rest):
                def f():
                    nonlocal x, y, z, k, rest
                    x, y, z, k, rest = y, x, z[::-1], -k, dict(rest, more=1)
                f()
                return x, y, z, k, rest
            return outer(1, 3, 4, 5, k=6, r=7), outer("x", k=0)
    """,
    "a read in a lambda and in a default": """
        def main():
            x = 1
            def f(now=x):
                nonlocal x
                x += 1
                return now
            read = lambda: x
            return f(), f(), read(), (lambda now=x: now)()
    """,
    "reads in comprehensions": """
        def main():
            x = 3
            def f():
                nonlocal x
                x += 1
                return ([x for _ in range(x)], {x + i for i in range(2) if x},
                        {x: i for i in range(x)}, list(x * i for i in range(x)))
            return f()
    """,
    "a comprehension's own name": """
        def main():
            x = 3
            def f():
                nonlocal x
                x += 1
                return [x for x in range(x)], x
            return f(), [[x for x in [x]] for x in "ab"], x
    """,
    "a name that is shadowed inside": """
        def main():
            x = 1
            def f():
                nonlocal x
                x += 1
                def g(x):
                    x += 10
                    return x
                def h():
                    x = 5
                    return (lambda x: x + 1)(x)
                return g(x), h()
            return f(), x
    """,
    "two variables of one name": """
        def main():
            x = 1
            def f():
                nonlocal x
                x += 1
                def g():
                    x = 100
                    def h():
                        nonlocal x
                        x += 1
                        return x
                    return h(), x
                return g()
            return f(), x
    """,
    "a variable over several levels": """
        def main():
            x = 0
            def a():
                def b():
                    def c():
                        nonlocal x
                        x += 1
                        return lambda: [x for _ in "ab"]
                    return c()
                return b()
            return a()(), x
    """,
    "nonlocal declared in the middle": """
        def main():
            x = 0
            def a():
                nonlocal x
                def b():
                    nonlocal x
                    x += 1
                b()
                x += 10
            a()
            return x
    """,
    "a class body reads it": """
        def main():
            x = 1
            def f():
                nonlocal x
                x = 2
            f()
            class C:
                y = x
                def m(self):
                    return x
            x = 3
            return C.y, C().m()
    """,
    "a class body has its own": """
        def main():
            x = 1
            def f():
                nonlocal x
                x = 2
            class C:
                x = 5
                def m(self):
                    return x
                y = [x for _ in range(2)]
            f()
            return C.x, C().m(), C.y
    """,
    "a class body declares it nonlocal": """
        def main():
            x = 1
            class C:
                nonlocal x
                x = 5
                def x2(self):
                    return x
            return x, hasattr(C, "x"), C().x2()
    """,
    "a method declares it nonlocal": """
        def main():
            x = 1
            class C:
                def add(self, n=x):
                    nonlocal x
                    x += n
                    return super().__init__()
            C().add()
            C().add(5)
            return x
    """,
    "a private name": """
        class Bank:
            def total(self, __n=0):
                __x = self.__rate = 2
                def f():
                    nonlocal __x, __n
                    __x += 1
                    __n += __x
                f()
                return __x, __n, sorted(vars(self)), self.__rate
        def main():
            return Bank().total()
        shared_one = Bank, "total"
    """,
    "super() without arguments": """
        class Base:
            def total(self):
                return 10
        class Bank(Base):
            def total(self):
                x = 1
                def f():
                    nonlocal x
                    x += super(Bank, self).total()
                f()
                return x + super().total(), __class__.__name__
        def main():
            return Bank().total()
        shared_one = Bank, "total"
    """,
    "a generator": """
        def main():
            x = 0
            def count():
                nonlocal x
                while x < 3:
                    x += 1
                    got = yield x
                    if got:
                        x = got
            numbers = count()
            return next(numbers), numbers.send(1), list(numbers), x
    """,
    "a function that is a generator itself": """
        def total():
            x = 0
            def f():
                nonlocal x
                x += 1
            for _ in range(3):
                f()
                yield x
        def main():
            return list(total())
        shared_one = globals, "total"
    """,
    "async functions": """
        async def total(n):
            x = 0
            async def f():
                nonlocal x
                x += n
                async for i in g():
                    x += i
                async with c() as x:
                    pass
                return [x async for x in g()], x
            async def g():
                yield x
            class c:
                async def __aenter__(self):
                    return x + 1
                async def __aexit__(self, *e):
                    pass
            return await f(), x
        def main():
            try:
                total(2).send(None)
            except StopIteration as end:
                return end.value
        shared_one = globals, "total"
    """,
    "a docstring stays": """
        def main():
            "Doc."
            x = 0
            def f():
                "Inner."
                nonlocal x
                x = 1
            f()
            def g():
                "Inner, with a variable of its own."
                y = 1
                def h():
                    nonlocal y
                    y = 2
                h()
                return y
            return main.__doc__, f.__doc__, x, g.__doc__, g()
    """,
    "except ... as with a global that is deleted inside": """
        x = 1
        def main():
            global x
            try:
                1 / 0
            except ZeroDivisionError as x:
                del x
            return "x" in globals()
    """,
    "globals": """
        x = 0
        def main():
            global x, y
            x += 1
            y = x
            def f():
                global x
                x = x + y
                return [x, max(x, 0)]
            return f(), globals()["x"], x
    """,
    "a global that is missing": """
        def main():
            global x
            x += 1
    """,
    "a global that is deleted": """
        x = 1
        def main():
            global x
            del x
            try:
                x
            except NameError as error:
                print(error.name)
                raise
    """,
    "a global that hides a builtin": """
        def main():
            global max
            before = max(1, 2)
            max = min
            after = max(1, 2)
            del max
            return before, after, max(1, 2)
    """,
    "a global def, class, import and loop": """
        def main():
            global f, C, math, i
            def f():
                return C
            class C:
                pass
            import math
            for i in range(3):
                pass
            return f() is C, C.__qualname__, math.floor(2.5), i, "f" in globals()
    """,
    "a global and a local of one name": """
        x = "global"
        def main():
            x = "local"
            def f():
                global x
                x += "!"
                return x
            def g():
                nonlocal x
                x += "?"
                return x
            return f(), g(), x, globals()["x"]
    """,
    "a global declared by the function around": """
        x = 1
        def main():
            global x
            def f():
                x2 = x
                def g():
                    return x + x2
                return g()
            x = 5
            return f()
    """,
    "locals, eval and exec see plain values": """
        def main():
            x = 1
            def f():
                nonlocal x
                x += 1
                return eval("x"), locals()["x"]
            return f(), eval("x"), locals()["x"]
    """,
    "names that could be those of the rewriting": """
        _shared = shared_x = 1
        def main():
            x = value = local = _shared
            def f():
                nonlocal x, value, local
                x, value, local = value + 1, local + 2, x + 3
            f()
            return x, value, local, _shared, shared_x
    """,
    "f-strings": """
        def main():
            x = 1.5
            def f():
                nonlocal x
                x *= 2
                return f"{x:>{int(x)}.1f} {x=} {x!r}"
            return f()
    """,
    "try, finally and return": """
        def main():
            x = 0
            def f():
                nonlocal x
                try:
                    return x
                finally:
                    x += 1
            return f(), f(), x
    """,
    "an error in the middle of a line": """
        def main():
            x = 0
            def f():
                nonlocal x
                x = (
                    1 +
                    x +
                    x / 0
                )
            f()
    """,
    "a wrong type": """
        def main():
            x = 0
            def f():
                nonlocal x

                x += "one"
            f()
    """,
    "several statements in one line": """
        def main():
            x = 0; y = 1
            def f(): nonlocal x, y; x += 1; y, x = x, y
            f(); f()
            return x, y
    """,
    "chained comparisons, conditions, slices and calls": """
        def main():
            x = 2
            def f(*a, **k):
                nonlocal x
                x += 1
                return a, k
            return (1 < x < 3, x if x else -x, "abcd"[x:], f(x, *[x], k=x, **{"z": x}), not x,
                    x and x or x, [*range(x)], {**{x: x}}, x.real, -x, (lambda: (yield x)))[:-1]
    """,
    "assert": """
        def main():
            x = 2
            def f():
                nonlocal x
                x = 0
            f()
            assert x, f"{x} is nothing"
    """,
    "a nested function that is shared itself": """
        def main():
            x = 0
            @shared
            def f():
                nonlocal x
                x += 1
                def g():
                    nonlocal x
                    x += 1
                g()
            f()
            return x
    """,
}


def prepared(text, rewritten):
    """The main function of a program; one function of it rewritten, main unless it says another."""
    program = listing(text)
    program["shared"] = shared
    holder, name = program.get("shared_one", (None, "main"))
    if rewritten and isinstance(holder, type):
        setattr(holder, name, shared(getattr(holder, name)))
    elif rewritten:
        program[name] = shared(program[name])
    return program["main"]


def ended(main):
    """What came of it: a value, or an error, its text and its lines."""
    try:
        value = main()
    except Exception as error:  # noqa: BLE001 - that is the question
        frames = traceback.extract_tb(error.__traceback__)
        lines = [(frame.lineno, frame.name) for frame in frames if frame.filename == FILE]
        return type(error), str(error), getattr(error, "name", None), lines
    return value


@pytest.mark.parametrize("form", FORMS)
def test_rewritten_it_does_what_the_plain_one_does(form):
    plain = ended(prepared(FORMS[form], rewritten=False))
    assert ended(prepared(FORMS[form], rewritten=True)) == plain


@pytest.mark.parametrize("form", FORMS)
def test_it_also_does_so_when_it_is_watched(form):
    plain = ended(lambda: run(prepared(FORMS[form], rewritten=False)).value)
    main = prepared(FORMS[form], rewritten=True)
    assert ended(lambda: run(main, seed=1, trace=True).value) == plain


# -- scopes ----------------------------------------------------------------------------------------

LIBRARY = Path(ast.__file__).parent
MODULES = ["ast", "argparse", "asyncio/tasks", "dataclasses", "enum", "functools", "inspect"]
MODULES += ["typing", "threading", "contextlib", "collections/__init__", "unittest/mock", "pdb"]


def tables(table):
    yield table
    for child in table.get_children():
        yield from tables(child)


@pytest.mark.parametrize("module", MODULES)
def test_each_name_belongs_to_the_scope_that_python_says(module):
    text = (LIBRARY / f"{module}.py").read_text(encoding="utf-8")
    scopes = {}
    for node, scope in scopes_of(ast.parse(text)).items():
        if hasattr(node, "name"):
            scopes.setdefault((node.name, node.lineno), []).append(scope)
    compared = 0
    for table in tables(symtable.symtable(text, module, "exec")):
        (scope, *others) = scopes.get((table.get_name(), table.get_lineno()), [None])
        if scope is None or others or table.get_type() not in ("function", "class"):
            continue
        for symbol in table.get_symbols():
            if symbol.get_name() == "__class__":
                continue  # Python gives it to methods, unseen
            owner = scope.owner(symbol.get_name())
            expected = "global" if symbol.is_global() else "free" if symbol.is_free() else "local"
            found = "global" if owner.parent is None else "local" if owner is scope else "free"
            assert found == expected, (module, table, symbol)
            compared += 1
    assert compared > 100
