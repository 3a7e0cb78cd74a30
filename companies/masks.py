"""Contact data as pages show them until somebody asks to see them."""


def masked_email(address: str) -> str:
    """The first letter and the domain: enough to tell two people apart, too little to write to them."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}" if name else "•••"


def masked_phone(number: str) -> str:
    """The last two digits."""
    return f"••• {number[-2:]}" if len(number) > 4 else "•••"
