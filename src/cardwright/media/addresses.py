"""Decides which internet addresses a build may contact, and normalises addresses of images."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urldefrag

REMOTE = re.compile(r"https?:|//", re.IGNORECASE)
_PAGE = re.compile(r"\A(https?://github\.com/[^/?#]+/[^/?#]+)/blob/", re.IGNORECASE)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LOCAL_NAT64 = ipaddress.ip_network("64:ff9b:1::/48")


def address_of(target: str) -> str:
    """Return the address to fetch and pin an image by: with a scheme, without a fragment.

    The address of a file's page on GitHub becomes that of the file itself.
    """
    target = urldefrag(target.strip())[0]
    target = f"https:{target}" if target.startswith("//") else target
    return _PAGE.sub(r"\1/raw/", target)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet.

    These do not: private, loopback, link-local, multicast and unspecified addresses, those in
    IANA's special-purpose registries, and those that customers of a provider share (100.64/10).
    An IPv6 address does not either if it contains such an IPv4 address: mapped, NAT64 (RFC 6052)
    or 6to4.
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(ip.packed[-4:])
        if inner is not None:
            return is_public(str(inner))
        if ip in _LOCAL_NAT64 or ip.is_site_local:
            return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)
