"""The forms that people print, fill in and sign: one record → a ``Paper``, each family of forms in its own module."""
