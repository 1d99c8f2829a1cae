"""OpenPGP and sealed fields: two engines behind one contract, each in a process of its own."""
