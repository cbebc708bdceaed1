"""Networks in the explorer's page, driven in a real browser."""

import json

import torch

import edgewise as ew

ROOT = "document.getElementById('edgewise-explorer')"
SESSION = f"{ROOT}.explorer.session"
MAKE = """(payload => { const old = %s; const s = new old.constructor(payload); return %s; })(%s)"""


def ask(page, payload, expression):
    """The value of an expression of `s`, a session of that payload, in a page that is open."""
    script = MAKE % (SESSION, f"JSON.stringify({expression})", json.dumps(payload))
    return json.loads(page.run(script))


def session(page, expression):
    """The value of an expression of `s`, the session of the page."""
    return json.loads(page.run(f"(s => JSON.stringify({expression}))({SESSION})"))


def settle(page, frames=3):
    """Waits until so many frames were drawn."""
    page.run(
        f"new Promise(done => {{ let n = {frames}; const f = () => n-- > 0 ?"
        " requestAnimationFrame(f) : done(0); f(); })"
    )


def centre(page, selector, number=0):
    """Where an element is in the window."""
    return json.loads(
        page.run(
            f"(e => {{ e.scrollIntoView({{block: 'center'}}); const r = e.getBoundingClientRect();"
            " return JSON.stringify([r.x + r.width / 2, r.y + r.height / 2]); })"
            f"(document.querySelectorAll({json.dumps(selector)})[{number}])"
        )
    )


def mouse(page, kind, x, y, buttons=0):
    page.call(
        "Input.dispatchMouseEvent",
        type=kind,
        x=x,
        y=y,
        button="none" if kind == "mouseMoved" else "left",
        buttons=buttons,
        clickCount=int(kind != "mouseMoved"),
    )


def click(page, selector, number=0):
    x, y = centre(page, selector, number)
    mouse(page, "mousePressed", x, y, 1)
    mouse(page, "mouseReleased", x, y)
    settle(page)


def drag(page, start, end, steps=4):
    """From one point of the window to another, a frame a step."""
    mouse(page, "mouseMoved", *start)
    mouse(page, "mousePressed", *start, 1)
    for k in range(1, steps + 1):
        t = k / steps
        mouse(page, "mouseMoved", *(a + t * (b - a) for a, b in zip(start, end, strict=True)), 1)
        settle(page, 1)
    mouse(page, "mouseReleased", *end)
    settle(page)


def press(page, key):
    for kind in ("keyDown", "keyUp"):
        page.call("Input.dispatchKeyEvent", type=kind, key=key, code=key)
    settle(page)


def button(text):
    """A script that gives the button with that text."""
    return f"[...document.querySelectorAll('button')].find(b => b.textContent === {text!r})"


def press_button(page, text):
    page.run(f"{button(text)}.click()")
    settle(page)


def numbers(table):
    """A tensor that the page reads, one list a column."""
    return [list(column) for column in zip(*table.tolist(), strict=True)]


WIDTHS = [3, 4, 1]


def make_model(widths=WIDTHS, seed=0, **settings):
    generator = torch.Generator().manual_seed(seed)
    options = {"basis": "gaussian", "norm": None, "seed": generator} | settings
    return ew.KAN(widths, **options)


def make_rows(count=300, width=3):
    generator = torch.Generator().manual_seed(1)
    return torch.rand(count, width, generator=generator) * 3 - 1.5


CANDIDATES = """new Promise(done => { const f = () =>
  document.querySelector('.candidates li') ? done(0) : setTimeout(f, 10); f(); })"""


def choose(page, *edge, functions=False):
    """Chooses an edge, and waits for the functions that may be fixed on it."""
    clear = "document.querySelector('.candidates').replaceChildren();"
    page.run(f"{clear} {SESSION}.choose({json.dumps(edge)})")
    if functions:
        page.run(CANDIDATES)
    settle(page)


def pause(page, milliseconds):
    page.run(f"new Promise(done => setTimeout(done, {milliseconds}))")


def enter(page, script):
    """Presses a button that has the focus, as the Enter key does."""
    page.run(f"(b => (b.focus(), b.click()))({script})")
    settle(page)
