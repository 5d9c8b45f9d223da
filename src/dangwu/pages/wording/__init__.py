"""Values as words: names, states, periods, numbers, next steps. Forms, sheets and the board take theirs from here."""
