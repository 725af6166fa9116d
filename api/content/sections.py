"""/api/v1/sections/"""

from api.content import examples, filters, orders
from api.content.bodies.shapes import BodySerializer
from api.content.common import LEFT_OUT, CitedDocuments, PageSerializer
from api.content.described import described
from api.content.views import PageViewSet
from cms.news.models import NewsIndexPage


class SectionSerializer(PageSerializer):
    """A section of news. Its articles: `/api/v1/articles/?section=` with its id."""

    cited_documents = CitedDocuments()
    body = BodySerializer(source="intro")


@described("section", "sections", "In the editors' order, unless sorted otherwise.", examples.SECTION)
class SectionViewSet(PageViewSet):
    kind = "section"
    model = NewsIndexPage
    body = "intro"
    serializer = SectionSerializer
    left_out_of_lists = LEFT_OUT
    filters = filters.OF_PAGES
    orders = orders.OF_PAGES
