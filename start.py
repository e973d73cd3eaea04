"""Set gochan up and start it: `python3 start.py lab` or `python3 start.py test`.

The first start makes a virtual environment in the folder .venv beside this file and
installs what requirements.txt lists. A later start installs again only when that list
has changed or the last installation did not finish.

Only the standard library is used, and no syntax newer than Python 3.6, so that an old
Python gets as far as the sentence that says it is too old.
"""

import argparse
import hashlib
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

OLDEST_PYTHON = (3, 11)
DEFAULT_PORT = 8888  # JupyterLab's own default

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
NOTEBOOKS = ROOT / "notebooks"
FIRST_PAGE = "/lab/tree/notebooks/00_start_here.ipynb"  # where a newcomer begins
REQUIREMENTS = ROOT / "requirements.txt"
PYPROJECT = ROOT / "pyproject.toml"
# The scripts in a virtual environment hold its full path, so a .venv that was moved or
# copied along with the folder is only half right. This file tells where it was made.
MADE_IN = VENV / "made-in.txt"

USAGE = """\
python3 start.py lab [options of jupyter lab]   open the notebooks in JupyterLab
python3 start.py test                           run all checks and all tests
python3 start.py test [options of pytest]       run pytest only, with these options

For teachers, explained in notebooks/teacher/README.md:
python3 start.py exercises [options]            make the students' exercises from their sources
python3 start.py grade [folder or .zip]          mark what students have handed in

For example: python3 start.py lab --no-browser --port 8899"""

# What the installer is asked for. The others need what the lessons need, and more.
LAB_NEEDS = ["-r", "requirements.txt"]
TEST_NEEDS = ["-r", "requirements.txt", "-e", ".[test,grade]"]
GRADE_NEEDS = ["-r", "requirements.txt", "-e", ".[grade]"]

ALL_TESTS = ["-n", "auto"]  # several processes share them: see tests/workers.py

# A Ctrl-C while JupyterLab is still loading its modules would show a traceback.
RUN_JUPYTERLAB = """
try:
    from jupyterlab.labapp import main
    main()
except KeyboardInterrupt:
    pass
"""

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    }
}

STATIC_CHECKS = [
    ("ruff check", "ruff", ["check"]),
    ("ruff format --check", "ruff", ["format", "--check"]),
    ("mypy gochan", "mypy", ["gochan"]),
    ("lint-imports", "lint-imports", ["--no-logo"]),
]


class Problem(Exception):
    """Why start.py cannot go on, as one sentence for the person who started it."""


def main(arguments):
    """Run the command, turn what goes wrong into a sentence, return the exit code."""
    try:
        check_python(sys.version_info)
        return run_command(arguments)
    except Problem as problem:
        say(str(problem), sys.stderr)
        return 2
    except OSError as error:
        say(sentence_for(error), sys.stderr)
        return 2
    except KeyboardInterrupt:
        say("Stopped.", sys.stderr)
        return 130  # what a shell reports for a program ended by Ctrl-C


def run_command(arguments):
    """Do what the first argument says and return the exit code."""
    command, options = (arguments[0], arguments[1:]) if arguments else (None, [])
    if command == "lab":
        return lab(options)
    if command == "test":
        return test(options)
    if command in ("exercises", "grade"):
        return teach(command, options)
    if command in ("-h", "--help"):
        say(USAGE)
        return 0
    if command is not None:
        say("There is no command {!r}.".format(command), sys.stderr)
    say(USAGE, sys.stderr)
    return 2


def say(text, stream=None):
    """Print a line at once, so that it stands before what a started program prints."""
    print(text, file=stream or sys.stdout, flush=True)


def sentence_for(error):
    """Return the sentence for an OSError, such as a full disk or a read-only folder."""
    place = " ({})".format(error.filename) if error.filename else ""
    return "start.py cannot go on: {}{}.".format(error.strerror or error, place)


def check_python(version):
    """Raise Problem if `version`, as in sys.version_info, is older than OLDEST_PYTHON."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        oldest = ".".join(str(number) for number in OLDEST_PYTHON)
        this = ".".join(str(number) for number in version[:3])
        raise Problem("Python {} or newer is needed, this is {}.".format(oldest, this))


# --- the commands -------------------------------------------------------------------


def lab(options):
    """Start JupyterLab in notebooks/, on this machine only, and return its exit code."""
    port = choose_port(options)
    if not NOTEBOOKS.is_dir():
        raise Problem("The folder notebooks is missing: this copy of gochan is not complete.")
    ensure_installed("lab", LAB_NEEDS)
    write_lab_settings()
    command = [str(venv_program("python")), "-P", "-c", RUN_JUPYTERLAB]
    command += own_options(port, options) + options
    say("Starting JupyterLab on port {}; Ctrl-C ends it.".format(port))
    return become(command, NOTEBOOKS)


def write_lab_settings():
    """Spare a class JupyterLab's question about news, which would cover the lesson."""
    settings = VENV / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(LAB_SETTINGS, indent=2), encoding="utf-8")


def own_options(port, options):
    """Return start.py's own options for JupyterLab, less those given in `options`.

    JupyterLab refuses an option that is given twice.
    """
    root_dir = ("--ServerApp.root_dir", "--notebook-dir")
    preferred_dir = ("--FileContentsManager.preferred_dir", "--ServerApp.preferred_dir")
    preferred_dir += ("--preferred-dir",)
    own = [
        (("--ip", "--ServerApp.ip"), "127.0.0.1"),
        (("--port", "--ServerApp.port"), port),
        # The port is known to be free. JupyterLab shall not move on to another one.
        (("--ServerApp.port_retries",), 0),
        # The files shown are those in notebooks/; its links to the README stay within reach.
        (root_dir, ROOT),
        (preferred_dir + root_dir, NOTEBOOKS),
        # A file that is named in `options` is opened in its place.
        (("--LabApp.default_url", "--ServerApp.default_url", *root_dir), FIRST_PAGE),
        # One Ctrl-C ends it, without a question.
        (("--ServerApp.answer_yes", "-y"), True),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Containers run as root, where JupyterLab otherwise refuses to start.
        own.append((("--ServerApp.allow_root", "--allow-root"), True))
    given = {option.partition("=")[0] for option in options}
    return ["{}={}".format(names[0], value) for names, value in own if not given & set(names)]


def test(options):
    """Run the tests; without options the static checks too. Return the exit code."""
    ensure_installed("test", TEST_NEEDS)
    failed = [] if options else run_static_checks()
    say("== pytest ==")
    # pytest comes last, so that its summary is the last thing on the screen.
    code = run([venv_program("python"), "-m", "pytest", *(options or ALL_TESTS)])
    return code or (1 if failed else 0)


def teach(command, options):
    """Run one of the commands for teachers, in the folder where the person is."""
    ensure_installed("grade", GRADE_NEEDS)
    python = [str(venv_program("python")), "-P", "-m", "gochan.grading", command]
    return run(python + options, Path.cwd())


def run_static_checks():
    """Run every static check, print each result, return the names of those that failed."""
    failed = []
    for name, program, options in STATIC_CHECKS:
        say("== {} ==".format(name))
        code = run([venv_program(program), *options])
        if code:
            failed.append(name)
        say("{}: {}".format(name, "failed (exit code {})".format(code) if code else "passed"))
    say("Static checks: {}".format("failed: " + ", ".join(failed) if failed else "all passed"))
    return failed


# --- the port -----------------------------------------------------------------------


def choose_port(options):
    """Return the port asked for in `options`, or else the first free one from 8888 on.

    A port that was asked for and cannot be had is a Problem: JupyterLab on its own would
    take another one, and the address that the person expects would lead elsewhere.
    """
    asked = asked_port(options)
    if asked is not None:
        reason = why_port_fails(asked)
        if reason:
            raise Problem(
                "Port {} on 127.0.0.1 cannot be used ({}); choose another one with --port.".format(
                    asked, reason
                )
            )
        return asked
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        if why_port_fails(port) is None:
            if port != DEFAULT_PORT:
                say("Port {} is taken, so port {} is used.".format(DEFAULT_PORT, port))
            return port
    raise Problem("The ports {} to {} are all taken.".format(DEFAULT_PORT, port))


def asked_port(options):
    """Return the number in `--port N` or `--port=N`, or None where there is no such option."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", "--ServerApp.port", dest="port", nargs="?", const="")
    text = parser.parse_known_args(options)[0].port
    if text is None:
        return None
    if not text.isdecimal() or int(text) > 65535:
        raise Problem("--port needs a number from 0 to 65535, not {!r}.".format(text))
    return int(text)


def why_port_fails(port):
    """Return why nobody can listen on this port of 127.0.0.1 now, or None if one can."""
    with socket.socket() as probe:
        if os.name == "posix":
            # As JupyterLab does: a port whose last user has just ended counts as free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.strerror or str(error)
    return None


# --- the virtual environment --------------------------------------------------------


def ensure_installed(name, needs):
    """Make .venv if it is missing or broken, and install `needs` unless that is done.

    The stamp file of this name is written after a successful installation only, and
    holds the fingerprint of what was installed. So is that of the lessons, since all
    `needs` begin with theirs.
    """
    for path in (REQUIREMENTS, PYPROJECT):
        if not path.is_file():
            raise Problem("{} is missing: this copy of gochan is not complete.".format(path.name))
    stamp, lessons = (VENV / "installed-{}.txt".format(each) for each in (name, "lab"))
    version = venv_version()
    if version and stamp.is_file() and stamp.read_bytes() == fingerprint(version):
        return
    uv = shutil.which("uv")
    if version is None or not (uv or venv_has_pip()):
        make_venv(with_pip=not uv)
    for each in (stamp, lessons):
        each.unlink(missing_ok=True)
    install(uv, needs)
    for each in (stamp, lessons):
        each.write_bytes(fingerprint(venv_version()))


def fingerprint(version):
    """Return a hash of all that decides what is installed."""
    parts = [version.encode(), REQUIREMENTS.read_bytes(), PYPROJECT.read_bytes()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest().encode()


def venv_program(name):
    """Return the path of a program in .venv."""
    if os.name == "nt":
        return VENV / "Scripts" / (name + ".exe")
    return VENV / "bin" / name


def venv_version():
    """Return the version of .venv's Python, such as "3.11", or None if .venv is no use."""
    if MADE_IN.is_file() and MADE_IN.read_bytes() != os.fsencode(str(ROOT)):
        return None
    version = output_of_venv_python("import sys; print('%d.%d' % sys.version_info[:2])")
    if version is None or tuple(map(int, version.split("."))) < OLDEST_PYTHON:
        return None
    return version


def venv_has_pip():
    """Tell whether .venv has pip; one that was made for uv has none."""
    return output_of_venv_python("import pip") is not None


def output_of_venv_python(code):
    """Run a line in .venv's Python; return what it prints, or None if that fails."""
    command = [str(venv_program("python")), "-c", code]
    try:
        done = subprocess.run(
            command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    return done.stdout.decode().strip() if done.returncode == 0 else None


def make_venv(with_pip):
    """Make .venv afresh, in place of what is there."""
    venv = import_venv(with_pip)
    say("Making .venv with Python {}.{}.{} ...".format(*sys.version_info[:3]))
    try:
        venv.create(VENV, clear=True, symlinks=os.name != "nt", with_pip=with_pip)
    except ValueError as error:
        raise Problem("Making .venv failed: {}.".format(error)) from error
    except subprocess.CalledProcessError as error:
        raise Problem("Putting pip into .venv failed: {}".format(reason_in(error))) from error
    MADE_IN.write_bytes(os.fsencode(str(ROOT)))


def reason_in(error):
    """Return the line of a failed program's output that tells why it failed."""
    lines = (error.output or b"").decode(errors="replace").strip().splitlines()
    reasons = [line for line in lines if line.startswith("ERROR:")]
    return (reasons or lines[-1:] or [str(error)])[0]


def import_venv(with_pip):
    """Return the module venv; Debian keeps it, or the pip that goes with it, apart."""
    try:
        import venv

        if with_pip:
            import ensurepip  # noqa: F401  (venv runs it in .venv's Python)
    except ImportError as error:
        raise Problem(
            "Python's module {} is missing; on Debian and Ubuntu, install it with: "
            "sudo apt install python3-venv".format(error.name or "venv")
        ) from error
    return venv


def install(uv, needs):
    """Install `needs` into .venv, with uv if its path is given, else with pip."""
    python = venv_program("python")
    if uv:
        command = [uv, "pip", "install", "--python", python]
    else:
        # What is used is compiled when it is imported first; pip would compile all there is.
        command = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-compile"]
        if not sys.stdout.isatty():
            command.append("--quiet")  # nobody watches; what goes wrong is told all the same
    installer = "uv" if uv else "pip"
    say("Installing with {}: {} ...".format(installer, " ".join(needs)))
    code = run(command + needs)
    if code:
        raise Problem(
            "The installation failed: {} ended with exit code {}, and the lines above say "
            "why (the network or the package index may be out of reach, or the disk full); "
            "nothing is half done, so run the same command again.".format(installer, code)
        )


# --- running programs ---------------------------------------------------------------


def run(command, folder=ROOT):
    """Run a program of .venv in a folder, wait for it, and return its exit code.

    A Ctrl-C reaches the program too. It is given the time to tidy up before start.py ends.
    """
    command = [str(part) for part in command]
    process = subprocess.Popen(command, cwd=str(folder), env=activated())
    interrupted = False
    while process.returncode is None:
        try:
            process.wait()
        except KeyboardInterrupt:
            interrupted = True
    if interrupted:
        raise KeyboardInterrupt
    return process.returncode


def activated():
    """Return the environment in which .venv counts as activated, whatever was before."""
    environment = dict(os.environ)
    environment.pop("PYTHONHOME", None)
    environment["VIRTUAL_ENV"] = str(VENV)
    programs = str(venv_program("python").parent)
    environment["PATH"] = programs + os.pathsep + environment.get("PATH", os.defpath)
    return environment


def become(command, folder):
    """Let the program take this one's place, so that every signal goes straight to it."""
    if os.name == "posix":
        os.chdir(str(folder))
        os.execve(command[0], command, activated())
    return run(command, folder)  # Windows cannot replace a running program


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
