"""HTML and SVG as tests read them."""

from html.parser import HTMLParser

VOID = {"meta", "br", "img", "hr", "input", "link", "wbr"}


class Page(HTMLParser):
    """Tags with attributes, and the text; fails where tags aren't closed in order."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.words, self.open, self.texts = [], [], [], {}
        self.feed(text)
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)
        for tag in set(self.open):
            self.texts[tag][-1] += data

    def all(self):
        return " ".join("".join(self.words).split())

    def labels(self):
        return [a["aria-label"] for _, a in self.tags if a.get("role") == "img"]
