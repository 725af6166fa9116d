"""The home page, standing pages, and what surrounds every page: navigation and site settings."""

from home.pages import FeaturedPage, HomePage, HomeSection, StandardPage
from home.surroundings import Navigation, SiteSettings

__all__ = ["FeaturedPage", "HomePage", "HomeSection", "Navigation", "SiteSettings", "StandardPage"]
