"""Where gochan does otherwise than Go, and why. A pair that agrees again must leave this list."""

KNOWN = {
    "panics/in_deferred": "Python does not tell a panic in `finally` from one in `except`: gochan "
    "says [recovered] of the first",
    "panics/large_float": "a float as a panic's value prints in Python's notation",
    "panics/three_panics": "Go runs deferred calls on top of the stack that panicked; when Python "
    "runs an except clause, the inner frames have gone",
    "panics/whole_float": "a float as a panic's value prints in Python's notation",
    "waitgroup/copied": "copy.copy of a WaitGroup shares the queue of those that wait",
    "waitgroup/go_panics": "WaitGroup.go does not say [recovered, repanicked]",
}
