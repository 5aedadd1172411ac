"""Gold: texts with what is right about them; reading, checking, and other tools' formats."""
