"""An independent answer to what each duty of system 3 comes out as, and the comparison with the tool's."""
