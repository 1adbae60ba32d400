"""The screen and the command line: no rule, no score and no advice text lives here."""
