"""What the records add up to: counts, sums and likenesses that checks, duties and pages share."""
