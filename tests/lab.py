"""A real JupyterLab in a real Chromium, for the tests that need to see what a reader sees."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import nbformat
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
NOTEBOOKS, ARTEFACTS = ROOT / "notebooks", ROOT / "test-artefacts"
CHROMIUM = next(
    (
        path
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (path := shutil.which(name))
    ),
    None,
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NBGRADER = ("formgrader", "validate_assignment", "assignment_list", "course_list")
ERRORS = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
STDERR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
IDLE = ".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]"
# The notebook looks idle already while its kernel starts, and a request would be lost then.
LISTENS = """() => {
    const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
    const kernel = session?.session?.kernel;
    return session?.isReady && kernel?.status === 'idle' && kernel.connectionStatus === 'connected';
}"""
TIMEOUT = 60_000  # milliseconds


class Screen(NamedTuple):
    """What a reader sees the notebooks on: a size in pixels, a theme."""

    width: int
    height: int
    dark: bool

    @property
    def theme(self) -> str:
        """As JupyterLab calls it."""
        return "JupyterLab Dark" if self.dark else "JupyterLab Light"


SCREENS = {"laptop": Screen(1366, 768, False), "projector": Screen(1024, 768, True)}


class Lab:
    """A running JupyterLab server whose files lie in `folder`, and its own ones in `home`."""

    def __init__(self, folder: Path, home: Path, url: str, token: str) -> None:
        self.folder = folder
        self.home = home
        self.url = url
        self.token = token

    def address(self, notebook: str) -> str:
        """The page that shows one notebook in a workspace of its own."""
        name = secrets.token_hex(4)
        return f"{self.url}/lab/workspaces/{name}/tree/{notebook}?reset&token={self.token}"

    def room(self) -> Path:
        """A new folder for somebody's notebooks."""
        return Path(tempfile.mkdtemp(dir=self.folder))

    def copied(self, notebook: Path) -> Path:
        """One of NOTEBOOKS among copies of all, so that what it links to and reads is there."""
        folder = self.room() / NOTEBOOKS.name
        shutil.copytree(NOTEBOOKS, folder)
        return folder / notebook.relative_to(NOTEBOOKS)

    def stop_kernels(self) -> None:
        """Ends all that runs, which takes memory and disturbs those who measure."""
        sessions = f"{self.url}/api/sessions"
        with urllib.request.urlopen(f"{sessions}?token={self.token}") as answer:
            running = json.load(answer)
        for session in running:
            address = f"{sessions}/{session['id']}?token={self.token}"
            urllib.request.urlopen(urllib.request.Request(address, method="DELETE")).close()


@contextmanager
def lab_server(folder: Path, home: Path, options: Iterable[str] = ()) -> Iterator[Lab]:
    """Starts JupyterLab with settings of its own and further options, and stops it."""
    write_settings(home)
    write_configuration(home)
    port, token = free_port(), secrets.token_hex(16)
    settings = {
        f"JUPYTER{name}": str(home / name.strip("_").lower())
        for name in (
            "_CONFIG_DIR",
            "_DATA_DIR",
            "_RUNTIME_DIR",
            "LAB_SETTINGS_DIR",
            "LAB_WORKSPACES_DIR",
        )
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={token}", "--ip=127.0.0.1"]
    command += ["--allow-root", f"--ServerApp.root_dir={folder}", *options]
    command += ["--LabApp.expose_app_in_browser=True"]  # as window.jupyterapp
    with open(home / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=folder
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_server(f"{url}/api/status?token={token}", server)
            yield Lab(folder, home, url, token)
        finally:
            server.terminate()
            server.wait(timeout=20)


def write_settings(home: Path, theme: str = "JupyterLab Light") -> None:
    """No news and no offers of updates, which need the network; the theme of the next page."""
    folder = home / "lab_settings_dir" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    (folder / "notification.jupyterlab-settings").write_text(json.dumps(news), encoding="utf-8")
    settings = folder / "themes.jupyterlab-settings"
    settings.write_text(json.dumps({"theme": theme}), encoding="utf-8")


def write_configuration(home: Path) -> None:
    """Leaves out what the tests and the teachers install, and a student's JupyterLab has not."""
    pages = {"@jupyter/nbgrader", "@jupyter-notebook/lab-extension", "ipyparallel-labextension"}
    servers = {"ipyparallel", "notebook"}
    servers |= {f"nbgrader.server_extensions.{name}" for name in NBGRADER}
    folder = home / "config_dir"
    (folder / "labconfig").mkdir(parents=True)
    text = json.dumps({"disabledExtensions": dict.fromkeys(pages, True)})
    (folder / "labconfig" / "page_config.json").write_text(text, encoding="utf-8")
    text = json.dumps({"ServerApp": {"jpserver_extensions": dict.fromkeys(servers, False)}})
    (folder / "jupyter_server_config.json").write_text(text, encoding="utf-8")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for_server(address: str, server: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(f"JupyterLab ended with status {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.1)  # another process starts: there is nothing to wait on
    raise RuntimeError("JupyterLab didn't answer within a minute")


@contextmanager
def browser_page(screen: Screen = SCREENS["laptop"]) -> Iterator[Page]:
    """A page in Chromium; what goes wrong in it is collected in `page.problems`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": screen.width, "height": screen.height})
        page.set_default_timeout(TIMEOUT)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.problems = problems  # type: ignore[attr-defined]
        try:
            yield page
        finally:
            browser.close()


@contextmanager
def lab_page(lab: Lab, screen: str = "laptop") -> Iterator[Page]:
    """A page for notebooks on one of the SCREENS, whose kernels end with it."""
    write_settings(lab.home, SCREENS[screen].theme)
    with browser_page(SCREENS[screen]) as page:
        page.screen = screen  # type: ignore[attr-defined]
        try:
            yield page
        except Exception:
            page.screenshot(path=ARTEFACTS / f"failed_{screen}_{os.getpid()}.png")
            raise
        finally:
            lab.stop_kernels()


def change_screen(page: Page, screen: str) -> None:
    """Shows the same page on another screen: its size and theme change, and nothing else."""
    width, height, _ = SCREENS[screen]
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate(
        "theme => jupyterapp.commands.execute('apputils:change-theme', { theme })",
        SCREENS[screen].theme,
    )
    dark = json.dumps(str(not SCREENS[screen].dark).lower())
    page.wait_for_function(f"document.body.dataset.jpThemeLight === {dark}")
    page.screen = screen  # type: ignore[attr-defined]


def write_notebook(path: Path, cells: list[str]) -> None:
    """A notebook with these code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


def open_notebook(page: Page, lab: Lab, path: Path) -> None:
    """Opens a notebook of the lab's and waits until its kernel listens."""
    page.goto(lab.address(path.relative_to(lab.folder).as_posix()))
    page.wait_for_function(LISTENS)


def run_cells(page: Page, lab: Lab, name: str, cells: list[str]) -> Path:
    """Opens a new notebook with these code cells and runs them; returns where it lies."""
    path = lab.room() / name
    write_notebook(path, cells)
    open_notebook(page, lab, path)
    run_all(page, len(cells))
    return path


def settle(page: Page) -> None:
    """Waits until the kernel has been idle for a second, so that widgets have their answers."""
    page.wait_for_function(LISTENS)
    page.wait_for_selector(IDLE)
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < 1.0:
        page.wait_for_timeout(100)
        if not page.query_selector(IDLE):
            page.wait_for_selector(IDLE)
            quiet_since = time.monotonic()


def run_all(page: Page, cells: int) -> None:
    """Runs all cells by the menu, and waits until each code cell has a number, or one has failed.

    A cell whose code is hidden shows none: it has run when those after it have.
    """
    page.click("text=Run >> visible=true")
    page.click('[data-command="runmenu:run-all"]')
    numbered = """([count, errors]) => {
        const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
        const hidden = document.querySelectorAll('.jp-CodeCell .jp-InputPlaceholder').length;
        const shown = prompts.filter(p => /\\[\\d+\\]/.test(p.textContent)).length;
        return shown + hidden >= count || document.querySelector(errors);
    }"""
    page.wait_for_function(numbered, arg=[cells, f"{ERRORS}, {STDERR}"])
    settle(page)


def errors(page: Page) -> list[str]:
    """What a reader would see go wrong: tracebacks, stderr, broken widgets, script errors."""
    found = [node.inner_text() for node in page.query_selector_all(f"{ERRORS}, {STDERR}")]
    broken = page.query_selector_all("text=/Error displaying widget|Error creating widget/")
    return [*found, *(node.inner_text() for node in broken), *page.problems]  # type: ignore[attr-defined]


def code_cells(path: Path) -> int:
    """How many code cells with text a notebook has."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return sum(
        cell["cell_type"] == "code" and bool("".join(cell["source"]).strip()) for cell in cells
    )
