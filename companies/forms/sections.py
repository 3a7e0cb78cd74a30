"""The sections of the public registration in their order."""

from companies.forms.registration import AboutSection, CompanySection, PlaceSection
from companies.forms.registration_business import (
    ActivitySection,
    ConsentsSection,
    SizeSection,
    WishesSection,
)
from companies.forms.section import Section

SECTIONS: dict[str, type[Section]] = {
    section.code: section
    for section in (
        AboutSection,
        CompanySection,
        PlaceSection,
        ActivitySection,
        SizeSection,
        WishesSection,
        ConsentsSection,
    )
}
