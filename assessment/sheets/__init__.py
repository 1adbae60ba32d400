"""The advice sheet, as PDF and as plain text: the same contents, in Dutch or English."""
