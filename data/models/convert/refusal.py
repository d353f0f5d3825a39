"""What ends the program where something given cannot be used."""


class Refused(SystemExit):
    """Says what was being done and with which file, what was found, what was expected, and the way out; exit status 1."""
