"""The hooks of a repository: what they say, what state they are in, and how they are changed."""
