"""A real JupyterLab in a real Chromium, for the tests that need to see what a reader sees."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Page, sync_playwright

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
ERRORS = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.error"]'
STDERR = '.jp-OutputArea-output[data-mime-type="application/vnd.jupyter.stderr"]'
IDLE = ".jp-NotebookPanel:visible .jp-Notebook-ExecutionIndicator[data-status=idle]"
TIMEOUT = 60_000  # milliseconds


class Lab:
    """A running JupyterLab server whose files lie in `folder`."""

    def __init__(self, folder: Path, url: str, token: str) -> None:
        self.folder = folder
        self.url = url
        self.token = token

    def address(self, notebook: str) -> str:
        """The page that shows one notebook in a workspace of its own."""
        name = secrets.token_hex(4)
        return f"{self.url}/lab/workspaces/{name}/tree/{notebook}?reset&token={self.token}"


@contextmanager
def lab_server(
    folder: Path, home: Path, dark: bool = False, options: Iterable[str] = ()
) -> Iterator[Lab]:
    """Starts JupyterLab with settings of its own and further options, and stops it."""
    write_settings(home, dark)
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
    with open(home / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=log, stderr=log, cwd=folder
        )
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for_server(f"{url}/api/status?token={token}", server)
            yield Lab(folder, url, token)
        finally:
            server.terminate()
            server.wait(timeout=20)


def write_settings(home: Path, dark: bool) -> None:
    """No news and no offers of updates, which need the network; the theme."""
    folder = home / "lab_settings_dir" / "@jupyterlab" / "apputils-extension"
    folder.mkdir(parents=True, exist_ok=True)
    news = {"fetchNews": "false", "checkForUpdates": False}
    theme = {"theme": "JupyterLab Dark" if dark else "JupyterLab Light"}
    (folder / "notification.jupyterlab-settings").write_text(json.dumps(news), encoding="utf-8")
    (folder / "themes.jupyterlab-settings").write_text(json.dumps(theme), encoding="utf-8")
    hide_teachers_tools(home)


def hide_teachers_tools(home: Path) -> None:
    """Students don't have nbgrader; its buttons push the kernel's state out of a narrow toolbar."""
    folder = home / "config_dir" / "labconfig"
    folder.mkdir(parents=True, exist_ok=True)
    off = {"@jupyter/nbgrader": True, "@jupyter-notebook/lab-extension": True}
    page = json.dumps({"disabledExtensions": off})
    (folder / "page_config.json").write_text(page, encoding="utf-8")


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
def browser_page(width: int = 1366, height: int = 768) -> Iterator[Page]:
    """A page in Chromium; what goes wrong in it is collected in `page.problems`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": height})
        page.set_default_timeout(TIMEOUT)
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.problems = problems  # type: ignore[attr-defined]
        try:
            yield page
        finally:
            browser.close()


def write_notebook(path: Path, cells: list[str]) -> None:
    """A notebook with these code cells."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    notebook.metadata["kernelspec"] = {
        "name": "python3",
        "display_name": "Python 3",
        "language": "python",
    }
    nbformat.write(notebook, path)


def open_notebook(page: Page, lab: Lab, name: str) -> None:
    """Opens a notebook and waits until its kernel has been idle for a second."""
    page.goto(lab.address(name))
    settle(page)


def settle(page: Page) -> None:
    """Acting on the first idle loses the request now and then: idle for a whole second counts."""
    page.wait_for_selector(IDLE)
    quiet_since = time.monotonic()
    while time.monotonic() - quiet_since < 1.0:
        page.wait_for_timeout(100)
        if not page.query_selector(IDLE):
            page.wait_for_selector(IDLE)
            quiet_since = time.monotonic()


def run_all(page: Page, cells: int) -> None:
    """Runs all cells by the menu, and waits until each code cell has a number.

    A cell whose code is hidden shows none: it has run when those after it have.
    """
    page.click("text=Run >> visible=true")
    page.click('[data-command="runmenu:run-all"]')
    numbered = """count => {
        const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
        const hidden = document.querySelectorAll('.jp-CodeCell .jp-InputPlaceholder').length;
        const shown = prompts.filter(p => /\\[\\d+\\]/.test(p.textContent)).length;
        return shown + hidden >= count;
    }"""
    page.wait_for_function(numbered, arg=cells)
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
