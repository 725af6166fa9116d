from cms.news.models.article import ArticleAuthor, ArticlePage, ArticleSchool, ArticleTag
from cms.news.models.index import ARTICLES_PER_PAGE, NewsIndexPage

__all__ = [
    "ARTICLES_PER_PAGE",
    "ArticleAuthor",
    "ArticlePage",
    "ArticleSchool",
    "ArticleTag",
    "NewsIndexPage",
]
