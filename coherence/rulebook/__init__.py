"""Rules for people: read them, try them, write them."""
