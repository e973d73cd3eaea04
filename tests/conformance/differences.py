"""Where gochan does otherwise than Go, and why. A pair that agrees again must leave this list."""

FLOAT = "a float as a panic's value prints in Python's notation"
UNWOUND = "Go runs deferred calls on top of the stack that panicked; when Python runs an except "
UNWOUND += "clause, the inner frames have gone"
REPANICKED = "what gochan raises again on behalf of the program isn't told as [repanicked]"
TYPE_NAME = "the type in the text is Python's"

KNOWN = {
    "atomic/value_uncomparable": TYPE_NAME,
    "deadlock/awaited_before": "Go keeps a timer that was waited for once, and was set anew, among "
    "those that put a deadlock off",
    "maps/sync_map_bad_key": TYPE_NAME,
    "once/func_crash": REPANICKED,
    "once/func_crash_later": "gochan shows the stack of the first panic, Go that of the last call",
    "panics/deep_recursion": "Go shows the 50 innermost and the 50 outermost frames, gochan all",
    "panics/equal_number": UNWOUND,
    "panics/in_deferred": "Python does not tell a panic in `finally` from one in `except`: gochan "
    "says [recovered] of the first",
    "panics/large_float": FLOAT,
    "panics/other_error_between": "gochan looks for the earlier panic just one exception back",
    "panics/raise_again": "gochan shows a frame twice in which a panic was caught and raised again",
    "panics/three_panics": UNWOUND,
    "panics/whole_float": FLOAT,
}
