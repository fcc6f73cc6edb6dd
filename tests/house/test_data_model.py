"""The page about the tables says what the code says."""

from jobformidler.core.management.commands.data_model import page, target


def test_the_data_model_page_is_current():
    assert target().read_text() == page(), "run: jobformidler manage data_model --write"
