"""What another answer would change: what-if, the smallest change, the next question, two assessments side by side."""
