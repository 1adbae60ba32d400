"""What stands around every page: login, reading only, and the server being away."""
