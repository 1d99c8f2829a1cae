"""Pure codecs between bytes and facts. What cannot be read is a value that says why."""
