"""The numbers of ``ranking``, worked out by ``python -m bench.fit_answers DIR --write``; docs/knowledge.md says how."""

ORDER = (2.05, 0.01, 3.69, 14.05)
"""Of words asked, echoed and covered, and of nearness."""
BELIEF = (-5.09, 0.0, 0.86, 0.66, 5.3, 0.48)
"""Bias; of words asked, elsewhere in the article and echoed, of the lead, and of nearness as a logarithm."""
ORDER_BY_WORDS = (1.4, 1.4, 1.87, 4.68, 1.87, 0.47)
"""Of words asked, echoed and covered, and of BM25 by question, article and passage."""
BELIEF_BY_WORDS = (-4.53, 1.03, 1.96, 1.67, 3.92)
"""The same without nearness."""
