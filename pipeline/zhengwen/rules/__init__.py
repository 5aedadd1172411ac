"""Rules for kinds of entity of one's own: read, match, check, explain, learn."""
