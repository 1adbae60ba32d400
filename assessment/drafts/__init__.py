"""A text that is going to be sent, looked through before it leaves."""
