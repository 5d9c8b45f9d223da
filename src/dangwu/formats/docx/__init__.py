"""``Paper`` → a Word document, and templates of Word filled in."""
