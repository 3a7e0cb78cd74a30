"""Where a request comes from, as far as that can be trusted."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

# One customer of a provider holds a whole /64, so counting single addresses would count nothing.
IPV6_CUSTOMER = 64


def address_of(request: HttpRequest) -> IPv4Address | IPv6Address | None:
    """The address that a request came from; None where none is known.

    Behind our proxy the last entry of X-Forwarded-For is the one that the proxy wrote. Everything before it, and
    the whole header where there is no proxy, is the sender's own claim and is ignored.
    """
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    written = forwarded.rpartition(",")[2].strip() or request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(written)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def network_of(request: HttpRequest) -> str:
    """The network to count a visitor by: an IPv4 address or an IPv6 /64; '' where no address is known."""
    address = address_of(request)
    if isinstance(address, IPv6Address):
        return str(ip_network((address.packed, IPV6_CUSTOMER), strict=False))
    return str(address or "")
