"""One finder per kind of fact: pure functions from one sentence to findings."""
