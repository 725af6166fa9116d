from django.db import migrations

WELCOME = "Chào mừng bạn đến với Trang thông tin điện tử"


def replace_welcome_page(apps, schema_editor):
    """Turn the page that Wagtail begins with into our home page: its place in the tree and its site stay."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    HomePage = apps.get_model("home", "HomePage")
    page_type = ContentType.objects.filter(app_label="wagtailcore", model="page").first()
    page = Page.objects.filter(depth=2, slug="home", content_type=page_type, numchild=0).first()
    if page is None:
        return  # a database with pages of its own
    home_type, _created = ContentType.objects.get_or_create(app_label="home", model="homepage")
    Page.objects.filter(pk=page.pk).update(content_type=home_type, title="Trang chủ", draft_title="Trang chủ")
    HomePage(page_ptr_id=page.pk, welcome=WELCOME).save_base(raw=True, force_insert=True)
    Site.objects.filter(root_page_id=page.pk).update(site_name="Trang thông tin điện tử")


class Migration(migrations.Migration):
    dependencies = [("home", "0001_initial"), ("wagtailcore", "0098_apitoken"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(replace_welcome_page, migrations.RunPython.noop)]
