"""Web domains that stand for one firm."""

import re
from urllib.parse import urlsplit

LONGEST = 300
LONGEST_DOMAIN = 253
HOST = re.compile(r"[a-z0-9.-]+")
# Under these anybody may register a name, so three labels make a firm's domain.
SECOND_LEVELS = frozenset(
    f"{second}.{top}"
    for top, seconds in {
        "pl": "com net org edu gov info biz waw shop sklep warszawa wroclaw poznan krakow katowice lodz gda gdansk "
        "gdynia szczecin lublin bialystok bydgoszcz olsztyn opole rzeszow slask mazury malopolska podlasie",
        "lv": "com net org edu gov asn id conf mil",
        "ee": "com org edu gov pri fie med aip lib riik",
        "lt": "gov",
        "de": "com",
        "dk": "co",
        "uk": "co org ac gov ltd plc",
    }.items()
    for second in seconds.split()
)
MAIL_PROVIDERS = """
    gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com mac.com aol.com
    proton.me protonmail.com pm.me zoho.com mail.com yandex.com yandex.ru mail.ru inbox.ru tutanota.com
    wp.pl o2.pl onet.pl onet.eu op.pl vp.pl interia.pl interia.eu poczta.fm gazeta.pl tlen.pl buziaczek.pl
    autograf.pl go2.pl int.pl luukku.com suomi24.fi elisanet.fi kolumbus.fi saunalahti.fi welho.com inet.fi
    netti.fi phnet.fi live.dk mail.dk jubii.dk ofir.dk stofanet.dk youmail.dk tele.dk gmx.de gmx.net gmx.com
    web.de t-online.de freenet.de arcor.de live.de posteo.de mailbox.org online.de email.de mail.de mail.ee hot.ee
    online.ee neti.ee starman.ee inbox.lv apollo.lv one.lv e-apollo.lv mail.lv tvnet.lv delfi.lv navigator.lv
    inbox.lt one.lt takas.lt delfi.lt mail.lt zebra.lt example.com example.org example.net
"""
NETWORKS_AND_BUILDERS = """
    facebook.com instagram.com linkedin.com youtube.com twitter.com x.com tiktok.com wa.me t.me linktr.ee google.com
    goo.gl bit.ly wordpress.com weebly.com squarespace.com business.site mozello.com jimdo.com jimdosite.com
    github.io myshopify.com allegro.pl olx.pl etsy.com amazon.de ebay.de ss.com ss.lv
"""
# Many firms share each of these.
SHARED = frozenset([*MAIL_PROVIDERS.split(), *NETWORKS_AND_BUILDERS.split()])
SHARED_FAMILIES = ("wixsite", "webnode", "blogspot", "mozello", "yahoo", "hotmail", "outlook")


def normalised_domain(text: str) -> str:
    """The registered domain in a web or mail address, such as `firma.com.pl`; empty where it tells no firm.

    Shared addresses (free mail, social networks, website builders), IP addresses and what is not an address
    give an empty text. Names outside ASCII come out in the form that the Internet uses (`xn--…`).
    """
    host = _host(text.strip()[:LONGEST])
    labels = [label for label in host.split(".") if label]
    if len(labels) < 2 or labels[-1].isdigit():
        return ""
    size = 3 if ".".join(labels[-2:]) in SECOND_LEVELS else 2
    domain = ".".join(labels[-size:])
    is_shared = domain in SHARED or domain in SECOND_LEVELS or labels[-size] in SHARED_FAMILIES
    return "" if is_shared or len(domain) > LONGEST_DOMAIN else domain


def _host(text: str) -> str:
    if "@" in text and "/" not in text.partition("@")[0]:
        text = text.rpartition("@")[2]
    address = text if "://" in text else f"http://{text}"
    try:
        host = urlsplit(address).hostname or ""
        ascii_host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:  # not an address, or letters that no domain may hold
        return ""
    return ascii_host if HOST.fullmatch(ascii_host) else ""
