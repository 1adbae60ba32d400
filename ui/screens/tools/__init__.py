"""The four advisers on the answers of one assessment."""
