"""Any number of assessments at once: a table or a folder of answer files in, a table of scores and advice out."""
