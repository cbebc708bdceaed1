"""The line that shows the progress of a search."""

import pytest

from edgewise._progress import Progress
from terminals import Terminal


@pytest.mark.parametrize("shown", [True, False])
def test_a_line_is_there_from_the_beginning_and_gone_at_the_end(shown):
    terminal = Terminal()
    with Progress("searching", 9.0, shown, terminal):
        assert ("searching" in terminal.getvalue()) is shown
    assert terminal.getvalue().endswith("\r") is shown
