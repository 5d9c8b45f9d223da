"""dangwu (党务): the records of a Party branch as plain text in git, checked and reported."""

__version__ = "0.1.0"
