"""How a value is said: names, states, months, next steps. The only place where values are put into words."""
