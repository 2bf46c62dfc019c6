"""The vocabulary: what a graph may say."""
