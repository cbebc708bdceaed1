"""A network to look at and to change: the page, the notebook's widget, and edits in Python."""
