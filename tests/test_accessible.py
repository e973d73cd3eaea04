"""The check of a page's accessibility finds what is wrong, and nothing where all is well."""

from __future__ import annotations

import pytest
from accessible import problems
from lab import browser_page

pytestmark = pytest.mark.browser

GOOD = """
<div id="root" style="background:#fff; color:#222">
  <p>Text</p><button>Play</button><input aria-label="Position" type="range">
  <label>Find <input type="text" placeholder="a name"></label>
  <img alt="A line" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" width="20" height="20">
</div>"""


@pytest.fixture(scope="module")
def page():
    with browser_page() as page:
        yield page


def found(page, inside, style="background:#fff; color:#222"):
    page.set_content(f'<div id="root" style="{style}">{inside}</div>')
    return problems(page, "#root")


def test_a_good_page_has_no_problems(page):
    page.set_content(GOOD)
    assert problems(page, "#root") == []


@pytest.mark.parametrize(
    ("inside", "problem"),
    [
        ("<button></button><button style='width:30px;height:30px'></button>", "has no name"),
        ("<div tabindex='0'>text</div>", "has no role"),
        ("<canvas></canvas>", "has no"),
        ("<button tabindex='1'>One</button>", "tabindex above 0"),
        ("<button style='position:relative; top:90px'>A</button><br><button>B</button>", "back to"),
        ("<button style='float:right'>A</button><button>B</button>", "back to"),
        ("<button onkeydown='event.preventDefault()'>A</button>", "Tab reaches"),
        ("<p style='color:#999'>faint</p>", "contrast of 2.8"),
        ("<p style='opacity:0.4'>faint</p>", "contrast of"),
        ("<p style='background:rgba(0,0,0,0.8)'>dark</p>", "contrast of"),
        ("<p style='background:repeating-linear-gradient(#fff, #333)'>hatch</p>", "contrast of"),
        ("<input aria-label='Name' placeholder='hint' style='background:#777'>", "contrast of"),
        ("<button disabled>No</button>", "contrast of"),
        ("<style>b::before { content: 'x1'; color: #ccc }</style><b></b><b>x</b>", "contrast of"),
        ("<svg><rect width='90' height='30'/><text y='20'>x</text></svg>", "contrast of"),
    ],
)
def test_what_is_wrong_is_found(page, inside, problem):
    assert any(problem in sentence for sentence in found(page, inside))


def test_dark_paper_wants_light_words(page):
    assert found(page, "<p>text</p>", "background:#111; color:#eee") == []
    assert len(found(page, "<p>text</p>", "background:#111; color:#555")) == 1


def test_a_group_of_radio_buttons_is_one_stop(page):
    radios = "".join(f"<label><input type='radio' name='n'>{k}</label>" for k in range(3))
    assert found(page, radios + "<button>Next</button>") == []
