"""The documentation site: its pages made of the program itself, its search, and how it is built."""
