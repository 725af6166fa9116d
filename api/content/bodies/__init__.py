"""The text of a page, as typed blocks and as HTML; both made from what is stored, without Wagtail's block values."""
