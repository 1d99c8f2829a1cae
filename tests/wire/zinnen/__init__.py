"""The table of phrases: what people write, in the mails that their programs make of it."""
