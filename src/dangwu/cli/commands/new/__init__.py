"""``dangwu new``: one file for each command of the group, and what they share."""
