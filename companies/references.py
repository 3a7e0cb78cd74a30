"""References of published profiles, as they stand in addresses."""

from companies.choices import ProfileType

REFERENCE = f"TIBS-(?:{'|'.join(ProfileType.values)})[A-Z]{{2}}[0-9]{{8,14}}"


class ReferenceConverter:
    """Takes nothing but a reference: `TIBS-BOPL20260131001`."""

    regex = REFERENCE

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
