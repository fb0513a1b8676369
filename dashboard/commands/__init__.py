"""One module a command of ``dateline``; each holds a command of the name of its module."""
