"""What tests of several rooms share."""

import pytest

import browser


@pytest.fixture(scope="module")
def chromium():
    """A page of a real browser, one for the tests of a file."""
    program = browser.find_browser()
    if program is None:
        pytest.skip("there is no Chromium here to open the pages in: install chromium to run this")
    with browser.Browser(program) as opened:
        yield opened
