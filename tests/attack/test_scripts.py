"""A script in every text of a municipality, and every page of it: shown as the text it is."""

import pytest

from jobformidler.core import db
from tests.attack.marks import MARK, mark_everything
from tests.attack.pages import opens, url


@pytest.fixture
def marked(target):
    with db.enter(target.world.municipality, reason="attack"):
        assert mark_everything() > 60
    return target


@pytest.mark.parametrize("who", sorted({who for _name, who in opens()}))
def test_every_page_shows_a_script_as_text(marked, who):
    client = marked.client(who)
    wrong, shown = [], 0
    for name, opener in opens():
        if opener == who:
            response = client.get(url(name, marked.scenes["own"]))
            html = response.content.decode(errors="replace") if not response.streaming else ""
            shown += "&lt;x-hit" in html
            if response.status_code >= 500 or (MARK in html and response["Content-Type"].startswith("text/html")):
                wrong.append(f"{name}: {response.status_code}")
    assert not wrong, "\n".join(wrong)
    assert shown
