"""start.py, run as a person would run it, in a copy whose path has a space and an accent.

Nothing is installed and no network is used: a stand-in for uv takes the place of the
installer, and puts small stand-ins for JupyterLab, pytest and the checks into .venv.
"""

import ast
import errno
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
START = ROOT / "start.py"

posix_only = pytest.mark.skipif(
    os.name != "posix", reason="the stand-in for uv is a shell script, and signals are POSIX's"
)

FAILED = (
    "The installation failed: uv ended with exit code 1, and the lines above say why "
    "(the network or the package index may be out of reach, or the disk full); nothing is "
    "half done, so run the same command again."
)

STAND_IN_UV = '''
import json, os, subprocess, sys, time
from pathlib import Path

with open(os.environ["UV_CALLS"], "a") as calls:
    calls.write(json.dumps(sys.argv[1:]) + "\\n")
if not os.path.exists("requirements.txt"):
    sys.exit("error: no requirements.txt in " + os.getcwd())
if os.environ.get("UV_DOES") == "fail":
    sys.exit("error: the index gave no answer")
if os.environ.get("UV_DOES") == "wait":
    print("waiting", flush=True)
    time.sleep(60)

python = Path(sys.argv[sys.argv.index("--python") + 1])
where = "import sysconfig; print(sysconfig.get_path('purelib'))"
site = Path(subprocess.check_output([python, "-c", where], encoding="utf-8").strip())

(site / "jupyterlab").mkdir(exist_ok=True)
(site / "jupyterlab" / "__init__.py").touch()
(site / "jupyterlab" / "labapp.py").write_text("""
import json, os, sys, time
def main():
    facts = {"argv": sys.argv[1:], "cwd": os.getcwd(), "venv": os.environ["VIRTUAL_ENV"]}
    print(json.dumps(facts), flush=True)
    if os.environ.get("LAB_DOES") == "wait":
        time.sleep(60)
""")
(site / "pytest.py").write_text("""
import os, sys
print("pytest", *sys.argv[1:])
print("3 passed in 0.01s")
sys.exit(int(os.environ.get("PYTEST_CODE", "0")))
""")
(site / "gochan").mkdir(exist_ok=True)
(site / "gochan" / "grading.py").write_text("""
import json, os, sys
print(json.dumps({"argv": sys.argv[1:], "cwd": os.getcwd()}))
sys.exit(int(os.environ.get("GRADING_CODE", "0")))
""")
for name in ("ruff", "mypy", "lint-imports"):
    program = python.parent / name
    code = "1" if name == os.environ.get("CHECK_FAILS") else "0"
    program.write_text('#!/bin/sh\\necho "%s $*"\\nexit %s\\n' % (name, code))
    program.chmod(0o755)
'''


def load_start(path=START):
    """Import start.py from this path, whatever sys.path holds."""
    spec = importlib.util.spec_from_file_location("start", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Copy:
    """A copy of the files that start.py needs, and a way to run it there."""

    def __init__(self, base):
        self.base = base
        self.folder = base / "two words é"
        self.venv = self.folder / ".venv"
        self.programs = base / "programs"  # all that PATH leads to
        self.calls_file = base / "uv-calls"
        (self.folder / "notebooks").mkdir(parents=True)
        self.programs.mkdir()
        shutil.copy(START, self.folder)
        (self.folder / "requirements.txt").write_text("a==1\n-e .\n")
        (self.folder / "pyproject.toml").write_text('[project]\nname = "a"\n')

    def add_uv(self):
        script = self.base / "stand_in_uv.py"
        script.write_text(STAND_IN_UV)
        uv = self.programs / "uv"
        uv.write_text(f"#!/bin/sh\nexec '{sys.executable}' '{script}' \"$@\"\n")
        uv.chmod(0o755)

    def environment(self, extra):
        names = ("SYSTEMROOT", "TMPDIR", "TEMP", "HOME")
        environment = {name: os.environ[name] for name in names if name in os.environ}
        environment.update(
            PATH=str(self.programs),
            VIRTUAL_ENV=str(self.base / "another-venv"),
            PYTHONUTF8="1",
            UV_CALLS=str(self.calls_file),
        )
        return {**environment, **extra}

    def command(self, *arguments):
        return [sys.executable, str(self.folder / "start.py"), *arguments]

    def start(self, *arguments, **extra):
        """Run start.py from another folder, with these variables added to its environment."""
        return subprocess.run(
            self.command(*arguments),
            check=False,
            capture_output=True,
            cwd=self.base,
            encoding="utf-8",
            env=self.environment(extra),
            stdin=subprocess.DEVNULL,
            timeout=60,
        )

    def interrupt_at(self, words, *arguments, **extra):
        """Run start.py, press Ctrl-C once a printed line has these words, return all it said."""
        with subprocess.Popen(
            self.command(*arguments),
            cwd=self.base,
            encoding="utf-8",
            env=self.environment(extra),
            start_new_session=True,  # a terminal sends Ctrl-C to the whole group
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process:
            seen = ""
            while words not in seen:
                line = process.stdout.readline()
                assert line, seen
                seen += line
            os.killpg(process.pid, signal.SIGINT)
            rest, _ = process.communicate(timeout=30)
            return seen + rest, process.returncode

    @property
    def calls(self):
        """What the stand-in for uv was asked for, call by call."""
        if not self.calls_file.exists():
            return []
        return [json.loads(line) for line in self.calls_file.read_text().splitlines()]

    @property
    def stamps(self):
        return sorted(path.name for path in self.venv.glob("installed-*"))


@pytest.fixture
def copy(tmp_path):
    return Copy(tmp_path)


@pytest.fixture
def copy_with_uv(copy):
    copy.add_uv()
    return copy


@pytest.fixture
def taken_port():
    with socket.socket() as owner:
        owner.bind(("127.0.0.1", 0))
        owner.listen()
        yield owner.getsockname()[1]


def lab_facts(done):
    """Return what the stand-in for JupyterLab printed about itself."""
    return json.loads(done.stdout.splitlines()[-1])


# --- the version of Python ------------------------------------------------------------


def older_pythons():
    """Return the interpreters older than 3.11 found on PATH or kept by pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    found = sorted(pyenv.glob("versions/3.*/bin/python"))
    found += [shutil.which(f"python3.{minor}") for minor in range(6, 11)]
    version = "import sys; print('.'.join(map(str, sys.version_info[:3])))"
    older = {}
    for python in filter(None, found):
        done = subprocess.run([python, "-c", version], check=False, capture_output=True)
        text = done.stdout.decode().strip()
        if done.returncode == 0 and tuple(map(int, text.split(".")[:2])) in [
            (3, minor) for minor in range(6, 11)
        ]:
            older[text] = python
    return older


def test_an_older_python_hears_in_one_sentence_that_it_is_too_old(copy):
    older = older_pythons()
    if not older:
        pytest.skip("no Python from 3.6 to 3.10 is installed here")
    for version, python in older.items():
        done = subprocess.run(
            [python, str(copy.folder / "start.py"), "lab"], check=False, capture_output=True
        )
        expected = f"Python 3.11 or newer is needed, this is {version}."
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode().splitlines() == [expected]


def test_the_syntax_is_that_of_an_old_python():
    # 3.7 is the oldest that ast.parse knows in every supported Python.
    ast.parse(START.read_text(encoding="utf-8"), feature_version=(3, 7))


def test_check_python_compares_major_and_minor():
    start = load_start()
    for version in [(3, 11, 0), (3, 12, 1), (4, 0, 0)]:
        start.check_python(version)
    for version in [(3, 10, 13), (3, 8, 18), (2, 7, 18)]:
        with pytest.raises(start.Problem) as caught:
            start.check_python(version)
        this = ".".join(map(str, version))
        assert str(caught.value) == f"Python 3.11 or newer is needed, this is {this}."


# --- the commands ---------------------------------------------------------------------


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_prints_the_usage_and_ends_well(copy, option):
    done = copy.start(option)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == load_start().USAGE + "\n"


def test_no_command_prints_the_usage_and_ends_with_2(copy):
    done = copy.start()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == load_start().USAGE + "\n"


def test_an_unknown_command_is_named(copy):
    done = copy.start("fly")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "There is no command 'fly'.\n" + load_start().USAGE + "\n"


@posix_only
def test_lab_starts_jupyterlab_in_notebooks_with_the_given_options(copy_with_uv):
    done = copy_with_uv.start("lab", "--no-browser", "--port", "0", "first.ipynb")
    facts = lab_facts(done)
    notebooks = str(copy_with_uv.folder / "notebooks")
    assert (done.returncode, done.stderr) == (0, "")
    assert facts["cwd"] == notebooks
    assert facts["venv"] == str(copy_with_uv.venv)
    assert facts["argv"][-4:] == ["--no-browser", "--port", "0", "first.ipynb"]
    assert "--ip=127.0.0.1" in facts["argv"]
    assert f"--ServerApp.root_dir={copy_with_uv.folder}" in facts["argv"]
    assert f"--FileContentsManager.preferred_dir={notebooks}" in facts["argv"]


def test_an_option_that_is_given_is_not_given_twice():
    start = load_start()
    own = start.own_options(8899, ["--ip", "::1", "--port=8899", "--allow-root"])
    names = [option.partition("=")[0] for option in own]
    assert names == [
        "--ServerApp.port_retries",
        "--ServerApp.root_dir",
        "--FileContentsManager.preferred_dir",
        "--LabApp.default_url",
        "--ServerApp.answer_yes",
    ]


def test_another_root_folder_gets_no_preferred_folder_and_no_first_page_outside_of_it():
    own = load_start().own_options(8899, ["--notebook-dir=/elsewhere"])
    assert not [option for option in own if "_dir" in option or "_url" in option]


@pytest.mark.parametrize("name", ["--LabApp.default_url", "--ServerApp.default_url"])
def test_lesson_00_is_open_at_the_start_unless_another_page_is_wanted(name):
    start = load_start()
    wanted = [option for option in start.own_options(8899, []) if "default_url" in option]
    assert wanted == ["--LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb"]
    assert (ROOT / start.FIRST_PAGE.removeprefix("/lab/tree/")).exists()
    assert not [o for o in start.own_options(8899, [f"{name}=/tree"]) if "default_url" in o]


@posix_only
def test_a_file_in_notebooks_does_not_hide_a_module_from_jupyterlab(copy_with_uv):
    (copy_with_uv.folder / "notebooks" / "json.py").write_text("raise SystemExit('hidden')")
    assert copy_with_uv.start("lab").returncode == 0


@posix_only
def test_ctrl_c_ends_jupyterlab_without_a_traceback(copy_with_uv):
    said, code = copy_with_uv.interrupt_at("argv", "lab", LAB_DOES="wait")
    assert code == 0
    assert said.splitlines()[-1].startswith('{"argv"')


@posix_only
def test_ctrl_c_during_the_installation_is_no_failure_and_leaves_no_stamp(copy_with_uv):
    said, code = copy_with_uv.interrupt_at("waiting", "lab", UV_DOES="wait")
    assert code == 130
    assert said.splitlines()[-1] == "Stopped."
    assert copy_with_uv.stamps == []


@posix_only
def test_test_runs_the_static_checks_and_pytest_last(copy_with_uv):
    done = copy_with_uv.start("test")
    assert done.returncode == 0
    checks = done.stdout[done.stdout.index("== ruff check ==") :].splitlines()
    assert checks == [
        *["== ruff check ==", "ruff check", "ruff check: passed"],
        *["== ruff format --check ==", "ruff format --check", "ruff format --check: passed"],
        *["== mypy gochan ==", "mypy gochan", "mypy gochan: passed"],
        *["== lint-imports ==", "lint-imports --no-logo", "lint-imports: passed"],
        "Static checks: all passed",
        *["== pytest ==", "pytest -n auto", "3 passed in 0.01s"],
    ]


@posix_only
def test_test_runs_everything_and_fails_when_one_static_check_fails(copy_with_uv):
    done = copy_with_uv.start("test", CHECK_FAILS="mypy")
    assert done.returncode == 1
    assert "mypy gochan: failed (exit code 1)\n" in done.stdout
    assert "Static checks: failed: mypy gochan\n" in done.stdout
    assert done.stdout.endswith(
        "lint-imports: passed\nStatic checks: failed: mypy gochan\n"
        "== pytest ==\npytest -n auto\n3 passed in 0.01s\n"
    )


@posix_only
def test_test_fails_when_pytest_fails(copy_with_uv):
    assert copy_with_uv.start("test", PYTEST_CODE="5").returncode == 5


@posix_only
def test_test_with_options_runs_pytest_only(copy_with_uv):
    done = copy_with_uv.start("test", "-k", "some words", CHECK_FAILS="mypy")
    assert done.returncode == 0
    assert "ruff" not in done.stdout
    assert done.stdout.endswith("== pytest ==\npytest -k some words\n3 passed in 0.01s\n")


@posix_only
@pytest.mark.parametrize("command", ["exercises", "grade"])
def test_the_commands_for_teachers_install_nbgrader_and_run_where_the_person_is(
    copy_with_uv, command
):
    done = copy_with_uv.start(command, "a folder", "--again", GRADING_CODE="3")
    assert done.returncode == 3
    assert copy_with_uv.stamps == ["installed-grade.txt", "installed-lab.txt"]
    assert copy_with_uv.calls[0][4:] == ["-r", "requirements.txt", "-e", ".[grade]"]
    facts = json.loads(done.stdout.splitlines()[-1])
    assert facts["argv"] == [command, "a folder", "--again"]
    assert facts["cwd"] == str(copy_with_uv.base)


# --- the port -------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["--port {}", "--port={}", "--ServerApp.port={}"])
def test_a_port_that_is_asked_for_and_taken_is_refused(copy, taken_port, form):
    done = copy.start("lab", *form.format(taken_port).split(" "))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Port {taken_port} on 127.0.0.1 cannot be used ({os.strerror(errno.EADDRINUSE)}); "
        "choose another one with --port.\n"
    )
    assert not copy.venv.exists()


@pytest.mark.parametrize("text", ["http", "", "-1", "65536", "²"])
def test_a_port_that_is_no_number_is_refused(copy, text):
    done = copy.start("lab", f"--port={text}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"--port needs a number from 0 to 65535, not {text!r}.\n"


def test_the_default_port_gives_way_to_the_next_free_one(monkeypatch, capsys, taken_port):
    start = load_start()
    monkeypatch.setattr(start, "DEFAULT_PORT", taken_port)
    chosen = start.choose_port(["--no-browser"])
    assert chosen > taken_port
    assert capsys.readouterr().out == (f"Port {taken_port} is taken, so port {chosen} is used.\n")


def test_a_free_default_port_is_used_without_a_word(monkeypatch, capsys):
    start = load_start()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        free = probe.getsockname()[1]
    monkeypatch.setattr(start, "DEFAULT_PORT", free)
    assert start.choose_port([]) == free
    assert capsys.readouterr().out == ""


# --- installing -----------------------------------------------------------------------


@posix_only
def test_the_second_start_does_not_install_again(copy_with_uv):
    python = str(copy_with_uv.venv / "bin" / "python")
    first = copy_with_uv.start("lab")
    assert first.returncode == 0
    assert "Installing with uv: -r requirements.txt ...\n" in first.stdout
    assert copy_with_uv.stamps == ["installed-lab.txt"]
    second = copy_with_uv.start("lab")
    assert second.returncode == 0
    assert "Installing" not in second.stdout
    assert "Making" not in second.stdout
    assert copy_with_uv.calls == [["pip", "install", "--python", python, "-r", "requirements.txt"]]


@posix_only
def test_what_the_tests_need_has_a_stamp_of_its_own(copy_with_uv):
    for _ in range(2):
        copy_with_uv.start("lab")
        copy_with_uv.start("test", "-x")
    assert copy_with_uv.stamps == ["installed-lab.txt", "installed-test.txt"]
    assert [call[4:] for call in copy_with_uv.calls] == [
        ["-r", "requirements.txt"],
        ["-r", "requirements.txt", "-e", ".[test,grade]"],
    ]


@posix_only
def test_what_the_tests_need_is_enough_for_the_lessons(copy_with_uv):
    copy_with_uv.start("test", "-x")
    done = copy_with_uv.start("lab")
    assert "Installing" not in done.stdout
    assert len(copy_with_uv.calls) == 1


@posix_only
@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_list_is_installed_again(copy_with_uv, name):
    copy_with_uv.start("lab")
    with open(copy_with_uv.folder / name, "a") as file:
        file.write("# changed\n")
    done = copy_with_uv.start("lab")
    assert "Installing with uv" in done.stdout
    assert "Making" not in done.stdout
    copy_with_uv.start("lab")
    assert len(copy_with_uv.calls) == 2


def test_another_version_of_python_needs_another_installation():
    start = load_start()
    assert start.fingerprint("3.11") != start.fingerprint("3.12")


@posix_only
def test_a_failed_installation_is_told_and_tried_again(copy_with_uv):
    failed = copy_with_uv.start("lab", UV_DOES="fail")
    assert failed.returncode == 2
    assert failed.stderr.splitlines() == ["error: the index gave no answer", FAILED]
    assert "Starting" not in failed.stdout
    assert copy_with_uv.stamps == []
    again = copy_with_uv.start("lab")
    assert again.returncode == 0
    assert copy_with_uv.stamps == ["installed-lab.txt"]
    assert len(copy_with_uv.calls) == 2


@posix_only
def test_a_failed_second_installation_takes_the_old_stamp_away(copy_with_uv):
    original = (copy_with_uv.folder / "requirements.txt").read_text()
    copy_with_uv.start("lab")
    (copy_with_uv.folder / "requirements.txt").write_text("b==2\n")
    copy_with_uv.start("lab", UV_DOES="fail")
    # What is installed may be half of each list, so the old list does not fit either.
    (copy_with_uv.folder / "requirements.txt").write_text(original)
    copy_with_uv.start("lab")
    assert len(copy_with_uv.calls) == 3


@posix_only
def test_a_venv_without_its_interpreter_is_made_anew(copy_with_uv):
    copy_with_uv.start("lab")
    for python in (copy_with_uv.venv / "bin").glob("python*"):
        python.unlink()
    done = copy_with_uv.start("lab")
    assert done.returncode == 0
    assert "Making .venv" in done.stdout
    assert len(copy_with_uv.calls) == 2


@posix_only
def test_a_venv_that_moved_with_its_folder_is_made_anew(copy_with_uv):
    copy_with_uv.start("lab")
    copy_with_uv.folder = copy_with_uv.folder.rename(copy_with_uv.base / "moved")
    copy_with_uv.venv = copy_with_uv.folder / ".venv"
    done = copy_with_uv.start("lab")
    assert lab_facts(done)["venv"] == str(copy_with_uv.venv)
    assert "Making .venv" in done.stdout
    assert len(copy_with_uv.calls) == 2


@posix_only
def test_a_venv_made_for_uv_is_made_anew_when_only_pip_is_there(copy_with_uv, monkeypatch):
    copy_with_uv.start("lab")
    start = load_start(copy_with_uv.folder / "start.py")
    made, commands = [], []
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.setattr(start, "make_venv", lambda **options: made.append(options))
    monkeypatch.setattr(start, "run", lambda command: commands.append(command) or 0)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    start.ensure_installed("test", start.TEST_NEEDS)
    assert made == [{"with_pip": True}]
    python = start.venv_program("python")
    options = ["--disable-pip-version-check", "--no-compile", "--quiet"]
    needs = ["-r", "requirements.txt", "-e", ".[test,grade]"]
    assert commands == [[python, "-m", "pip", "install", *options, *needs]]


def test_pip_is_watched_at_a_terminal(monkeypatch):
    start = load_start()
    commands = []
    monkeypatch.setattr(start, "run", lambda command: commands.append(command) or 0)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    start.install(None, start.LAB_NEEDS)
    assert "--quiet" not in commands[0]


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_missing_list_is_named(copy, name):
    (copy.folder / name).unlink()
    done = copy.start("lab")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{name} is missing: this copy of gochan is not complete.\n"


def test_a_missing_notebooks_folder_is_named(copy):
    (copy.folder / "notebooks").rmdir()
    done = copy.start("lab")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "The folder notebooks is missing: this copy of gochan is not complete.\n"
    )


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_its_venv_package_is_told_what_to_install(copy, module):
    missing = f"raise ModuleNotFoundError('No module named {module}', name='{module}')\n"
    (copy.base / "missing").mkdir()
    (copy.base / "missing" / f"{module}.py").write_text(missing)
    done = copy.start("lab", PYTHONPATH=str(copy.base / "missing"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"Python's module {module} is missing; on Debian and Ubuntu, install it with: "
        "sudo apt install python3-venv\n"
    )
    assert not copy.venv.exists()


@posix_only
def test_uv_needs_no_ensurepip(copy_with_uv):
    (copy_with_uv.base / "missing").mkdir()
    (copy_with_uv.base / "missing" / "ensurepip.py").write_text("raise ImportError")
    done = copy_with_uv.start("lab", PYTHONPATH=str(copy_with_uv.base / "missing"))
    assert (done.returncode, done.stderr) == (0, "")


def test_a_file_in_the_place_of_venv_is_one_sentence_on_an_ascii_terminal_too(copy):
    copy.venv.write_text("in the way")
    done = copy.start("lab", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 2
    assert done.stderr.startswith("start.py cannot go on: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_a_folder_that_cannot_be_written_is_one_sentence(monkeypatch, capsys, tmp_path, number):
    start = load_start()

    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number), str(tmp_path / ".venv"))

    monkeypatch.setattr(start, "VENV", tmp_path / ".venv")
    monkeypatch.setattr("venv.create", refuse)
    assert start.main(["test"]) == 2
    place = tmp_path / ".venv"
    expected = f"start.py cannot go on: {os.strerror(number)} ({place}).\n"
    assert capsys.readouterr().err == expected


def test_the_reason_is_found_in_the_output_of_a_failed_ensurepip():
    start = load_start()
    output = b"Looking in links\nERROR: No space left on device\nTraceback\n  long command\n"
    error = subprocess.CalledProcessError(1, ["python"], output)
    assert start.reason_in(error) == "ERROR: No space left on device"
    assert start.reason_in(subprocess.CalledProcessError(1, ["python"], b"a\nb\n")) == "b"
    assert "exit status 1" in start.reason_in(subprocess.CalledProcessError(1, ["python"]))
