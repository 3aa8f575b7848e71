"""Where the browser tests find Chromium, and how they start it."""

import subprocess
from functools import cache
from pathlib import Path

ENSURE = Path(__file__).resolve().parents[2] / "scripts" / "ensure-chromium"
# Without a sandbox, as containers have none to offer; and silent, so that every request that is
# seen is the product's.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]
# What lies under the address bar are two pages of the browser's own, made anew with each context:
# they took twice the processor time of an empty page. The last list counts, so Playwright's own
# (chromiumSwitches.ts) comes first.
WITHOUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,"
    "HttpsFirstBalancedModeAutoEnable,LensOverlay,MediaRouter,PaintHolding,"
    "ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect,TcpPortRandomizationWin,"
    "OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch,"
    "msForceBrowserSignIn,msEdgeUpdateLaunchServicesPreferredVersion,"
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup"
)


@cache
def executable() -> str:
    """Path of the browser: $CHROMIUM, or the machine's; RuntimeError says what to install."""
    found = subprocess.run([ENSURE], capture_output=True, text=True)
    if found.returncode:
        raise RuntimeError(found.stderr.strip().splitlines()[-1])
    return found.stdout.strip()


def launch_options() -> dict[str, object]:
    """Keyword arguments for Playwright's `launch` and `launch_persistent_context`."""
    return {"executable_path": executable(), "args": [*ARGUMENTS, f"--disable-features={WITHOUT}"]}
