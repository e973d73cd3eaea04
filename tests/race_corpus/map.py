"""Maps: the cases of map_test.go.

A map is a `Var` that holds a dict. A big struct or array that serves as a key or a value is a list
of `Var`s, and to copy it is to read them all.
"""

from gochan import Chan, Var, go


def at_once(f, g):
    """A goroutine does `f`, main does `g`, and nothing orders the two."""
    done = Chan(1)

    def worker():
        f()
        done.send(None)

    go(worker)
    g()
    done.recv()


def put(m, key, value):
    m[key] = value


def delete(m, key):
    del m[key]


def go_through(m):
    for _ in m:
        pass


# -- two accesses to a map -------------------------------------------------------------------------


def race_map_rw():
    m = Var({1: 0})
    at_once(lambda: m[1], lambda: put(m, 1, 1))


def race_map_rw_2():
    m = Var({})
    at_once(lambda: 1 in m, lambda: put(m, 1, 1))


def race_map_rw_array():
    m = Var({1: (0, 0)})
    at_once(lambda: m[1][1], lambda: put(m, 2, (1, 2)))


def no_race_map_rr():
    m = Var({})
    at_once(lambda: 1 in m, lambda: 1 in m)


def race_map_range():
    m = Var({})
    at_once(lambda: go_through(m), lambda: put(m, 1, 1))


def race_map_range_2():
    m = Var({0: 0})
    at_once(lambda: put(m, 1, 1), lambda: go_through(m))


def no_race_map_range_range():
    m = Var({})
    m[0] = 0
    at_once(lambda: go_through(m), lambda: go_through(m))


def race_map_len():
    m = Var({})
    at_once(lambda: len(m), lambda: put(m, "", True))


def race_map_delete():
    m = Var({})
    at_once(lambda: delete(m, ""), lambda: put(m, "", True))


def race_map_len_delete():
    m = Var({})
    at_once(lambda: delete(m, "a"), lambda: len(m))


def race_map_assign_multiple_return():
    connections, error = Var({1: [Var(0)]}), Var(None)

    def connect():
        connections[1][0].value, error.value = 42, None

    at_once(connect, lambda: connections[1][0].value)


# -- the variable that holds it --------------------------------------------------------------------


def replace(m):
    m.value = {}


def race_map_variable():
    m = Var({})
    at_once(lambda: replace(m), lambda: replace(m))


def race_map_variable_2():
    m = Var({})
    at_once(lambda: put(m, 1, 1), lambda: replace(m))


def race_map_variable_3():
    m = Var({1: 1})
    at_once(lambda: m[1], lambda: replace(m))


# -- keys and values of many parts -----------------------------------------------------------------


def big():
    return [Var(0) for _ in range(17)]


def copied(parts):
    return tuple(part.value for part in parts)


def change(parts):
    parts[8].value = 1


def assign(parts, values):
    for part, value in zip(parts, values, strict=True):
        part.value = value


def race_map_lookup_part_key():
    m, key = Var({(0,) * 17: True}), big()
    at_once(lambda: change(key), lambda: m[copied(key)])


def race_map_lookup_part_key_2():
    m, key = Var({}), big()
    at_once(lambda: change(key), lambda: copied(key) in m)


def race_map_delete_part_key():
    m, key = Var({}), big()
    at_once(lambda: change(key), lambda: delete(m, copied(key)))


def race_map_insert_part_key():
    m, key = Var({}), big()
    at_once(lambda: change(key), lambda: put(m, copied(key), True))


def race_map_insert_part_val():
    m, value = Var({}), big()
    at_once(lambda: change(value), lambda: put(m, 1, copied(value)))


def race_map_big_key_access_1():
    m, key = Var({(0,) * 17: 1, (*(0,) * 8, 1, *(0,) * 8): 1}), big()
    at_once(lambda: m[copied(key)], lambda: change(key))


def race_map_big_key_access_2():
    m, key = Var({}), big()
    at_once(lambda: copied(key) in m, lambda: change(key))


def race_map_big_key_insert():
    m, key = Var({}), big()
    at_once(lambda: put(m, copied(key), 1), lambda: change(key))


def race_map_big_key_delete():
    m, key = Var({}), big()
    at_once(lambda: delete(m, copied(key)), lambda: change(key))


def race_map_big_val_insert():
    m, value = Var({}), big()
    at_once(lambda: put(m, 1, copied(value)), lambda: change(value))


def race_map_big_val_access_1():
    m, value = Var({1: (0,) * 17}), big()
    at_once(lambda: assign(value, m[1]), lambda: change(value))


def race_map_big_val_access_2():
    m, value = Var({1: (0,) * 17}), big()

    def worker():
        if 1 in m:
            assign(value, m[1])

    at_once(worker, lambda: change(value))
