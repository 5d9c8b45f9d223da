"""Access to git: trees of commits and of the index, history, tags, hooks, new repositories."""
