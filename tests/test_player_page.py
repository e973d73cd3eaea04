"""A page that nbconvert made of a notebook: the Player plays there without a kernel.

Such a page takes the widgets' manager and require.js from the network; here they come from npm
packages, and nothing else is answered.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import nbformat
import pytest
from lab import browser_page, write_notebook
from nbclient import NotebookClient
from nbconvert import HTMLExporter

pytestmark = pytest.mark.browser

PACKAGES = {
    "@jupyter-widgets/html-manager": "@jupyter-widgets/html-manager@1.0.15",
    "requirejs": "requirejs@2.3.7",
    "anywidget": "anywidget@0.11.0",
}
CELL = """
from gochan import Chan, go, time
from gochan.widgets import Player, live

def packing(capacity, every):
    belt = Chan[int](capacity)
    def press():
        for box in range(6):
            time.sleep(every.value / 10)
            belt.send(box)
        belt.close()
    go(press)
    for box in belt:
        print("packed", box)

Player(packing, capacity=(0, 16), every=live(1, 9))
"""


def give_up(reason):
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def packages(tmp_path_factory):
    """The files of the npm packages that such a page loads, by name."""
    npm = shutil.which("npm")
    if npm is None:
        give_up("no npm found: a page without a kernel needs the widgets' manager from there")
    folder = tmp_path_factory.mktemp("npm")
    found = {}
    for name, wanted in PACKAGES.items():
        place = folder / name.replace("/", "_")
        place.mkdir()
        command = [npm, "pack", "--silent", wanted]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        archives = list(place.glob("*.tgz"))
        if done.returncode or not archives:
            give_up(f"npm could not fetch {wanted}: {done.stderr.strip()[-200:]}")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(place, filter="data")
        found[name] = place / "package"
    return found


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """The page, as `jupyter nbconvert --to html` writes it."""
    folder = tmp_path_factory.mktemp("page")
    write_notebook(folder / "packing.ipynb", [CELL])
    notebook = nbformat.read(folder / "packing.ipynb", as_version=4)
    client = NotebookClient(
        notebook, store_widget_state=True, resources={"metadata": {"path": str(folder)}}
    )
    client.execute()
    body, _ = HTMLExporter().from_notebook_node(notebook)
    path = folder / "packing.html"
    path.write_text(body, encoding="utf-8")
    return path


def file_for(url: str, packages: dict[str, Path]) -> Path | None:
    """The file that a page asks the network for, None if it isn't one that it needs."""
    if "/require.js/" in url or "/requirejs" in url:
        return packages["requirejs"] / "require.js"
    for name, folder in packages.items():
        if f"/{name}@" in url:
            inside = url.split(f"/{name}@", 1)[1].split("/", 1)[1].partition("?")[0]
            path = folder / inside
            return path if path.is_file() else path.with_name(f"{path.name}.js")
    return None


@pytest.fixture(scope="module")
def page(exported, packages):
    with browser_page() as page:
        refused = []

        def answer(route):
            url = route.request.url
            path = None if url.startswith(("file:", "blob:", "data:")) else file_for(url, packages)
            if url.startswith(("file:", "blob:", "data:")):
                route.continue_()
            elif path is not None and path.is_file():
                route.fulfill(path=path, headers={"access-control-allow-origin": "*"})
            else:
                refused.append(url)
                route.abort()

        page.route("**/*", answer)
        page.goto(exported.as_uri())
        page.wait_for_selector(".gochan-player .gochan-timeline")
        page.refused = refused
        yield page


def test_the_page_shows_the_player_and_hides_the_plain_picture(page, artefacts):
    page.wait_for_selector('img[alt^="Timeline of"]', state="hidden")
    assert page.locator(".gochan-sentence").text_content() == "main runs."
    assert page.locator(".gochan-who tbody tr").count() == 2
    assert page.problems == []
    page.screenshot(path=artefacts / "player_page.png")


def test_it_plays_and_is_scrubbed(page):
    page.get_by_label("Speed").select_option("8")
    page.get_by_label("Play", exact=True).click()
    page.wait_for_function("Number(document.querySelector('.gochan-player').dataset.stop) > 3")
    page.get_by_label("To the start").click()
    scrub = page.locator(".gochan-scrub")
    scrub.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.locator(".gochan-player").get_attribute("data-stop") == "4"
    page.keyboard.press("End")
    said = page.locator(".gochan-sentence").text_content()
    assert said == "main returns: the program is over."
    assert page.locator(".gochan-output").text_content().endswith("packed 5")


def test_what_needs_a_kernel_says_so_and_the_rest_works(page):
    assert page.locator(".gochan-note").text_content().startswith("This page has no kernel")
    page.locator(".gochan-knob input").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".gochan-note").is_visible()
    page.get_by_label("Save the run for Perfetto").click()
    assert "this page has none" in page.locator(".gochan-note").text_content()
    with page.expect_download() as waiting:
        page.get_by_label("Save the picture as SVG").click()
    assert waiting.value.suggested_filename == "packing.svg"
    page.get_by_label("Zoom in").click()
    page.wait_for_selector(".gochan-strip", state="visible")
    assert page.problems == []


def test_it_asks_for_nothing_that_it_needs_not(page):
    """MathJax is every exported page's own wish."""
    assert [url for url in page.refused if "mathjax" not in url.lower()] == []
