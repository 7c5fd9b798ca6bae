"""The loop: questions that found nothing good, clustered, answered by an article, and whether that helped."""
