"""The readers' search and the counts of what readers do."""

from . import env
from .places import DATA_DIR

SEARCH_DIR = DATA_DIR / "search"
SEARCH_PAGE = "search"  # the name of the address where readers search
# The steps that read a question (`search.understanding.understand.STEPS`); each can be left out.
SEARCH_UNDERSTANDING = ["numbers", "keystrokes", "spelling", "abbreviations", "synonyms", "time"]
# Whether this process looks for a newer vocabulary by itself.
SEARCH_VOCABULARY_REFRESH = True
SEARCH_ENGINE = env.one_of("SEARCH_ENGINE", "tantivy", "elasticsearch")
ELASTICSEARCH = {
    "urls": tuple(env.words("ELASTICSEARCH_URL", "http://127.0.0.1:9200")),
    "api_key": env.text("ELASTICSEARCH_API_KEY"),
    "username": env.text("ELASTICSEARCH_USERNAME"),
    "password": env.text("ELASTICSEARCH_PASSWORD"),
    "ca_certs": env.text("ELASTICSEARCH_CA_CERTS"),
    "alias": env.text("ELASTICSEARCH_INDEX", "trang"),
    "shards": env.whole("ELASTICSEARCH_SHARDS", 1),
    "replicas": env.whole("ELASTICSEARCH_REPLICAS", 0),
    "refresh_interval": env.text("ELASTICSEARCH_REFRESH_INTERVAL", "1s"),
}
SEARCH_PAGE_SIZE = 10
# For how many days readers' questions are kept, as numbers without anything personal; 0 for not at all.
SEARCH_LOG_DAYS = env.whole("SEARCH_LOG_DAYS", 180)
# Seconds for which counts of questions and of reads wait in memory, to be written together.
COUNTS_WRITTEN_EVERY = 10
