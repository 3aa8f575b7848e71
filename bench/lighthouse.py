"""`make lighthouse`: what Lighthouse says of the pages on a middling phone, signed in.

Each page is looked at a few times and the quickest look counts: what else the machine does only
ever adds. Lighthouse is no dependency: npm brings it into .venv/lighthouse the first time.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from bench.visits import begin
from bench.world import SECRET, make
from tests.support.chromium import ARGUMENTS, executable
from tests.support.serving import setlog_process
from webapp.settings import ROOT

LIGHTHOUSE, VERSION = ROOT / ".venv" / "lighthouse", "12.8.2"
PAGES = {"Today": "/", "Session": "/session", "History": "/workouts", "Progress": "/stats"}
CATEGORIES = ("performance", "accessibility", "best-practices")
LOOKS = 3
FIGURES = {
    "LCP ms": ("largest-contentful-paint", 1200),
    "TBT ms": ("total-blocking-time", 50),
    "CLS": ("cumulative-layout-shift", 0.02),
}


def main() -> None:
    """Print a line a page, and every audit that is not passed; exit 1 where a budget is broken."""
    command = installed()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        world = make(folder, 2_400)
        environment = {"SETLOG_DATABASE_URL": world.database_url, "SETLOG_SECRET_KEY": SECRET}
        with setlog_process(folder, **environment) as url:
            begin(world, int(url.rpartition(":")[2]))
            headers = folder / "headers.json"
            headers.write_text(json.dumps({"Cookie": f"setlog={world.cookie}"}))
            looks = {
                page: [report(command, url + path, headers) for _ in range(LOOKS)]
                for page, path in PAGES.items()
            }
    sys.exit(not all([_shown(page, min(each, key=_slowness)) for page, each in looks.items()]))


def installed() -> Path:
    """The command, brought by npm when it is not there. Raises CalledProcessError."""
    command = LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse"
    if not command.exists():
        LIGHTHOUSE.mkdir(parents=True, exist_ok=True)
        wanted = f"lighthouse@{VERSION}"
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run(["npm", "install", *quiet, "--prefix", LIGHTHOUSE, wanted], check=True)
    return command


def report(command: Path, url: str, headers: Path) -> Any:
    """Lighthouse's report of one page, as it tells it in JSON, for its usual mobile phone."""
    asked = [f"--only-categories={','.join(CATEGORIES)}", "--output=json", "--quiet"]
    asked += [f"--extra-headers={headers}", "--no-enable-error-reporting"]
    asked += [f"--chrome-flags={' '.join(['--headless=new', *ARGUMENTS])}"]
    environment = {**os.environ, "CHROME_PATH": executable()}
    ran = subprocess.run(
        [command, url, *asked], env=environment, stdout=subprocess.PIPE, check=True
    )
    return json.loads(ran.stdout)


def _slowness(found: Any) -> float:
    return sum(float(found["audits"][audit]["numericValue"]) for audit, _ in FIGURES.values())


def _shown(page: str, found: Any) -> bool:
    scores = [round(100 * (found["categories"][each]["score"] or 0)) for each in CATEGORIES]
    values = {name: found["audits"][audit]["numericValue"] for name, (audit, _) in FIGURES.items()}
    figures = "".join(f"{name} {value:<10.4g}" for name, value in values.items())
    print(f"{page:10}{' / '.join(map(str, scores)):20}{figures}")
    for each in _failed(found):
        print(f"    {each['id']}: {each['title']} {each.get('displayValue', '')}")
    kept = [values[name] <= most for name, (_, most) in FIGURES.items()]
    return min(scores) == 100 and all(kept)


def _failed(found: Any) -> list[Any]:
    """The audits that count for a score and are not passed."""
    weighty = {
        audit["id"]
        for each in CATEGORIES
        for audit in found["categories"][each]["auditRefs"]
        if audit["weight"] > 0
    }
    audits = (found["audits"][each] for each in sorted(weighty))
    return [each for each in audits if each["score"] is not None and each["score"] < 1]


if __name__ == "__main__":
    main()
