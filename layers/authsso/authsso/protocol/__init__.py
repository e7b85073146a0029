"""What the specifications and our own rules demand, as pure functions.

No clock, randomness, environment or network in here: time, random values and what came over the
wire are arguments. A check returns a frozen record that the next step requires.
"""
