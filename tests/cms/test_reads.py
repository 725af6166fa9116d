from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cms.core.models import ReadCount, total_reads


def test_reads_of_all_days_and_of_the_old_portal_add_up(make_article, django_assert_num_queries):
    read, unread = make_article(), make_article()
    ReadCount.objects.set_imported(read.pk, 3000)
    ReadCount.objects.create(page=read, day=date(2024, 1, 1), count=70)
    ReadCount.objects.create(page=read, day=date(2024, 1, 2), count=3)
    with django_assert_num_queries(1):
        assert total_reads([read.pk, unread.pk]) == {read.pk: 3073}


def test_importing_again_sets_the_old_total_and_keeps_the_days(make_article):
    article = make_article()
    ReadCount.objects.create(page=article, day=date(2024, 1, 1), count=5)
    ReadCount.objects.set_imported(article.pk, 100)
    ReadCount.objects.set_imported(article.pk, 120)
    assert total_reads([article.pk]) == {article.pk: 125}


@pytest.mark.parametrize("day", [None, date(2024, 1, 1)])
def test_a_page_is_counted_once_a_day(make_article, day):
    article = make_article()
    ReadCount.objects.create(page=article, day=day, count=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReadCount.objects.create(page=article, day=day, count=1)


def test_reads_go_with_their_page_and_survive_an_older_draft(make_article):
    article = make_article()
    older = article.save_revision()
    ReadCount.objects.set_imported(article.pk, 9)
    older.publish()
    assert total_reads([article.pk]) == {article.pk: 9}
    article.delete()
    assert not ReadCount.objects.exists()
