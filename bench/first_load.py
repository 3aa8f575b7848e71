"""What the first visit of a page costs: requests and compressed bytes, headers not counted."""

import re
import urllib.request

PAGES = ("/", "/session")
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+|/manifest\.json)"')
WORKED = re.compile(r'importScripts\("([^"]+)"\)')
IMPORTED = re.compile(r'(?:import|from)\s*"(\./[^"]+)"')


def show(url: str, cookie: str) -> None:
    """Print requests and bytes for each page, with nothing in the cache."""
    print("first load, compressed (budget: 40 kB, 8 requests)")
    for page in PAGES:
        sizes = _load(url, page, cookie)
        print(f"  {page:12}{sum(sizes.values()):8} bytes in {len(sizes)} requests")
    carried = _worker(url, cookie)
    print(f"  the worker, its views and templates (budget: 30 kB){sum(carried):8} bytes")
    print()


def _load(url: str, page: str, cookie: str) -> dict[str, int]:
    text = _get(url + page, cookie, "identity").decode()
    wanted = [page, *dict.fromkeys(LINKED.findall(text))]
    # A browser takes one icon: the vector, not the one for the home screen.
    wanted = [each for each in wanted if "apple-touch" not in each]
    for script in [each for each in wanted if each.endswith(".js")]:
        source = _get(url + script, cookie, "identity").decode()
        folder = script.rpartition("/")[0]
        wanted += [f"{folder}/{name[2:]}" for name in IMPORTED.findall(source)]
    return {each: len(_get(url + each, cookie, "br, gzip")) for each in dict.fromkeys(wanted)}


def _worker(url: str, cookie: str) -> list[int]:
    """The bytes of the service worker and of what it brings along."""
    text = _get(f"{url}/worker.js", cookie, "identity").decode()
    wanted = ["/worker.js", *WORKED.findall(text)]
    return [len(_get(url + each, cookie, "br")) for each in wanted]


def _get(address: str, cookie: str, encoding: str) -> bytes:
    headers = {"Cookie": f"setlog={cookie}", "Accept": "text/html", "Accept-Encoding": encoding}
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - loopback
    with urllib.request.urlopen(asked) as answer:  # noqa: S310
        body: bytes = answer.read()
        return body
