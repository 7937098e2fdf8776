"""Where the calls come from: how fresh, how complete, what is missing, what could not be understood."""
