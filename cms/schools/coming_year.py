"""A cluster's roles of one year, taken over for another: a draft that editors correct and publish."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Revision

from cms.schools.models import ClusterMember, ClusterPage


def take_over(cluster: ClusterPage, from_year: int, year: int, user: Any = None) -> Revision:
    """Keep a draft of the cluster in which each member of `from_year` has the same role in `year`.

    `cluster` is the page with its latest changes, which the draft keeps; `year` must have no members yet.
    """
    members = list(cluster.members.all())
    cluster.members.add(*_again(members, from_year, year))
    return cluster.save_revision(user=user, log_action=True, clean=False)  # nothing else is touched


def _again(members: list[ClusterMember], from_year: int, year: int) -> Iterable[ClusterMember]:
    behind = max((member.sort_order or 0 for member in members), default=0) + 1
    last_time = [member for member in members if member.year == from_year]
    for place, member in enumerate(last_time, behind):
        yield ClusterMember(year=year, school_id=member.school_id, role=member.role, sort_order=place)
