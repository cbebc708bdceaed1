"""A real browser, headless, over the pipe of the DevTools protocol: no driver is needed.

The page is opened from a file, at the width of a phone or any other.
"""

import json
import os
import shutil
import subprocess
import tempfile
import time
from base64 import b64decode
from pathlib import Path
from select import select

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
PATIENCE = 60.0


def find_browser():
    """The browser's program, or None."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def open_browser():
    """A browser, or a skipped test where there is none."""
    import pytest  # benchmarks and pictures do without it

    program = find_browser()
    if program is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    return Browser(program)


class Browser:
    """One page of headless Chromium.

    Attributes:
        messages: what came to the console, exceptions and refused requests included.
        requests: addresses that the page asked for.
    """

    def __init__(self, program):
        self.folder = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        to_browser, self.write_end = os.pipe()
        self.read_end, from_browser = os.pipe()
        flags = [
            *("--headless", "--disable-gpu", "--remote-debugging-pipe", "--no-first-run"),
            *("--disable-background-networking", "--disable-dev-shm-usage", "--disable-extensions"),
            f"--user-data-dir={self.folder.name}",
        ]
        if os.geteuid() == 0:  # the sandbox refuses root
            flags.append("--no-sandbox")

        # The protocol is read from descriptor 3 and written to 4. The shell moves them there.
        move = f'exec "$@" 3<&{to_browser} 4>&{from_browser}'
        self.process = subprocess.Popen(
            ["bash", "-c", move, "bash", program, *flags, "about:blank"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.rest, self.number, self.session = b"", 0, None
        self.messages, self.requests = [], []
        self.events = []
        self._attach()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        os.close(self.write_end)
        os.close(self.read_end)
        self.folder.cleanup()

    def _attach(self):
        pages = self.call("Target.getTargets")["targetInfos"]
        target = next(p["targetId"] for p in pages if p["type"] == "page")
        answer = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self.session = answer["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        # Several browsers run at once, of which a system lets one have the focus.
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method, **parameters):
        """One command of the protocol, and its answer."""
        self.number += 1
        message = {"id": self.number, "method": method, "params": parameters}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self._note(answer)

    def _receive(self):
        until = time.monotonic() + PATIENCE
        while b"\0" not in self.rest:
            ready, _, _ = select([self.read_end], [], [], max(0.0, until - time.monotonic()))
            more = os.read(self.read_end, 1 << 20) if ready else b""
            if not more:
                raise TimeoutError(f"the browser said nothing for {PATIENCE:.0f} s, or ended")
            self.rest += more
        first, _, self.rest = self.rest.partition(b"\0")
        return json.loads(first)

    def _note(self, event):
        name, about = event.get("method"), event.get("params", {})
        self.events.append(name)
        if name == "Runtime.consoleAPICalled":
            self.messages.append(" ".join(str(a.get("value")) for a in about["args"]))
        elif name == "Runtime.exceptionThrown":
            self.messages.append(about["exceptionDetails"]["text"])
        elif name == "Log.entryAdded":
            self.messages.append(about["entry"]["text"])
        elif name == "Network.requestWillBeSent":
            self.requests.append(about["request"]["url"])

    def open(self, path, width=1200, height=900, dark=False, media="screen"):
        """Load a file, and wait until it is there."""
        self.messages, self.requests, self.events = [], [], []
        mobile = width < 500
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2 if mobile else 1,
            mobile=mobile,
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])
        self._go_to(Path(path).resolve().as_uri())
        self.run("document.fonts.ready.then(() => 0)")

    def leave(self):
        """Show an empty page."""
        self.events = []
        self._go_to("about:blank")

    def _go_to(self, address):
        answer = self.call("Page.navigate", url=address)
        if "errorText" in answer:
            raise FileNotFoundError(f"{address}: {answer['errorText']}")
        while "Page.loadEventFired" not in self.events:
            self._note(self._receive())

    def run(self, script):
        """The value of a script in the page."""
        answer = self.call(
            "Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return answer["result"].get("value")

    def picture(self, path):
        """The whole page as PNG."""
        made = self.call("Page.captureScreenshot", format="png", captureBeyondViewport=True)
        Path(path).write_bytes(b64decode(made["data"]))

    def print(self, path):
        """The whole page as PDF."""
        made = self.call("Page.printToPDF", printBackground=True)
        Path(path).write_bytes(b64decode(made["data"]))
