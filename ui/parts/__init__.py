"""What several screens share: questions, recommendations, scores, downloads."""
