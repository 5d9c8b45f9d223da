"""The page for whoever keeps the records without a terminal: requests in, pages out, on this machine alone."""
