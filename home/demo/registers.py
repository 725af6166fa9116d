"""Making the demo content's schools, clusters, people, official documents and events."""

import re
from io import BytesIO
from typing import Any

from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont
from wagtail.models import Page

from cms.documents.models import DocumentFile, OfficialDocumentPage
from cms.events.models import AgendaItem, EventDocument, EventPage, EventParticipant
from cms.people.models import PersonPage, PersonPost
from cms.schools.models import (
    ClusterMember,
    ClusterPage,
    Department,
    FormerName,
    SchoolAddress,
    SchoolContact,
    SchoolLeader,
    SchoolPage,
)
from home.demo.bodies import Names
from home.demo.content_page import DemoPage
from home.demo.directory import DOCUMENTS, FILE_KINDS, PEOPLE
from home.demo.papers import FONT, docx, pdf
from home.demo.publishing import publish
from home.demo.rich_text import rich_text
from home.demo.tables import Table

_SCHOOL_PARTS = {
    "former_names": (FormerName, ("name", "until_year")),
    "leaders": (SchoolLeader, ("name", "role")),
    "departments": (Department, ("name", "tasks")),
    "addresses": (SchoolAddress, ("label", "address")),
    "contacts": (SchoolContact, ("label", "phone", "email")),
}
_PARAGRAPHS = re.compile(r"\n\s*\n")


def make_school(part: DemoPage, parent: Page, names: Names) -> Page:
    """A school, with everything but the leaders that have a page of their own."""
    table = part.table
    school = SchoolPage(
        short_name=table.text("short_name", ""),
        province=table.text("province", ""),
        website=table.text("website", ""),
        about=rich_text(table, "about", names.pages, default=""),
    )
    for relation, (model, fields) in _SCHOOL_PARTS.items():
        made = [
            model(sort_order=place, **{name: item.values[name] for name in fields if name in item.values})
            for place, item in enumerate(table.tables(relation))
        ]
        setattr(school, relation, made)
    return publish(school, part, parent, names)


def make_cluster(part: DemoPage, parent: Page, names: Names) -> Page:
    """The cluster: in every year each school has its role."""
    cluster = ClusterPage()
    schools = {page.slug: page for page in SchoolPage.objects.child_of(parent)}
    for year in part.table.tables("years"):
        roles = dict.fromkeys(year.texts("deputies"), ClusterMember.Role.DEPUTY)
        roles[year.text("lead")] = ClusterMember.Role.LEAD
        for slug, school in schools.items():
            role = roles.get(slug, ClusterMember.Role.MEMBER)
            cluster.members.add(ClusterMember(year=year.number("year"), school=school, role=role))
    return publish(cluster, part, parent, names)


def make_person(part: DemoPage, parent: Page, names: Names) -> Page:
    """A person, and the place among the leaders of a school."""
    table = part.table
    person = PersonPage(
        academic_title=table.text("academic_title", ""), about=rich_text(table, "about", names.pages, default="")
    )
    person.posts = [_post(post, place, names) for place, post in enumerate(table.tables("posts"))]
    publish(person, part, parent, names)
    if "leads" in table.values:
        leads = table.table("leads")
        if school := _of(SchoolPage, names, leads.text("school")):
            leader = SchoolLeader(name=person.full_name, role=leads.text("role"), person=person)
            school.leaders = [*school.leaders.all(), leader]
            school.save_revision().publish()
    return person


def make_document(part: DemoPage, parent: Page, names: Names) -> Page:
    """An official document, and its files, written anew from its text."""
    table = part.table
    document = OfficialDocumentPage(
        number=table.text("number", ""),
        kind=table.text("kind", ""),
        issuer=table.text("issuer", ""),
        signer_name=table.text("signer_name", ""),
        signer=_of(PersonPage, names, f"{PEOPLE}/{table.text('signer', '')}"),
        issued_on=table.day("issued_on"),
        effective_on=table.day("effective_on"),
    )
    document.files = [
        DocumentFile(file_id=names.files.add(part.title, f"{part.slug}.{kind}", data), sort_order=place)
        for place, (kind, data) in enumerate(_files(part))
    ]
    return publish(document, part, parent, names)


def make_event(part: DemoPage, parent: Page, names: Names) -> Page:
    """An event with its agenda, participants and documents."""
    table = part.table
    event = EventPage(
        starts_at=table.time("starts_at"),
        ends_at=table.time("ends_at"),
        is_all_day=table.flag("all_day"),
        venue=table.text("venue", ""),
        host=_of(SchoolPage, names, table.text("host", "")),
    )
    event.participants = [
        EventParticipant(
            sort_order=place,
            school=_of(SchoolPage, names, item.text("school", "")),
            name=item.text("name", ""),
            part=item.text("part", ""),
        )
        for place, item in enumerate(table.tables("taking_part"))
    ]
    event.agenda = [_agenda_item(item, place) for place, item in enumerate(table.tables("agenda"))]
    documents = [_of(OfficialDocumentPage, names, f"{DOCUMENTS}/{name}") for name in table.texts("documents")]
    event.documents = [
        EventDocument(document=document, sort_order=n) for n, document in enumerate(documents) if document
    ]
    text = rich_text(table, "body", names.pages, default="")
    return publish(event, part, parent, names, [{"type": "text", "value": text}] if text else [])


def _post(post: Table, place: int, names: Names) -> PersonPost:
    return PersonPost(
        sort_order=place,
        role=post.text("role"),
        department=post.text("department", ""),
        school=_of(SchoolPage, names, post.text("school", "")),
        organisation=post.text("organisation", ""),
        since=post.day("since"),
        until=post.day("until"),
    )


def _agenda_item(item: Table, place: int) -> AgendaItem:
    starts_at = item.time("starts_at") if "starts_at" in item.values else None
    return AgendaItem(sort_order=place, starts_at=starts_at, what=item.text("what"), who=item.text("who", ""))


def _of(model: type[Page], names: Names, name: str) -> Any:
    """The page of a name; None without a name, and where an editor has deleted it."""
    page_id = names.pages.get(name)
    return model.objects.filter(pk=page_id).first() if page_id else None


def _files(part: DemoPage) -> list[tuple[str, bytes]]:
    """Kind and bytes of each file."""
    table = part.table
    pages = [[" ".join(text.split()) for text in _PARAGRAPHS.split(page)] for page in table.texts("pages")]
    if table.flag("scanned"):
        return [("pdf", _scanned(part.title))]
    heading = f"{part.title} (số {table.text('number')})" if "number" in table.values else part.title
    made = {
        "pdf": lambda: pdf(heading, pages),
        "docx": lambda: docx(heading, [text for page in pages for text in page]),
    }
    return [(kind, made[kind]()) for kind in FILE_KINDS[table.text("file", "pdf")]]


def _scanned(text: str) -> bytes:
    """A PDF whose page is a picture of the text: what comes from a copier."""
    page = Pillow.new("L", (1240, 1754), 250)
    font = ImageFont.truetype(str(FONT), 36)
    ImageDraw.Draw(page).multiline_text((150, 200), text.replace(",", ",\n"), fill=40, font=font, spacing=18)
    made = BytesIO()
    page.save(made, "PDF", resolution=150)
    return made.getvalue()
