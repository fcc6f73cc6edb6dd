"""The page about states says what the tables say."""

from jobformidler.core.management.commands.states import page, target


def test_the_states_page_is_current():
    assert target().read_text() == page(), "run: jobformidler manage states --write"
