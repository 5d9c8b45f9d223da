"""Records → the registers of the year's report; ``registry`` lists them."""
