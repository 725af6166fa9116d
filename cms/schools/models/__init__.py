from cms.schools.models.cluster import ClusterMember, ClusterPage
from cms.schools.models.group import SchoolGroup
from cms.schools.models.school import (
    Department,
    FormerName,
    SchoolAddress,
    SchoolContact,
    SchoolLeader,
    SchoolPage,
)

__all__ = [
    "ClusterMember",
    "ClusterPage",
    "Department",
    "FormerName",
    "SchoolAddress",
    "SchoolContact",
    "SchoolGroup",
    "SchoolLeader",
    "SchoolPage",
]
