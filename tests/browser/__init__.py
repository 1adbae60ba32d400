"""The application in Chromium."""
