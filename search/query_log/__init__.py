"""What readers ask and click, as numbers: counted, kept for a while, suggested to others."""

from search.query_log.counting import asked, click_token, clicked, flush, forget
from search.query_log.past import past_queries
from search.query_log.tables import forget_old

__all__ = ["asked", "click_token", "clicked", "flush", "forget", "forget_old", "past_queries"]
