"""Views on the same findings and lessons for one task: preparing a talk, planning a dialogue."""
