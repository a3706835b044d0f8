"""A native shell around WebKitGTK, for native.test.mjs: it passes messages between a page and its own stdin and stdout.

shell.py apple|android

stdout: one JSON line for each message: {"said": ...} of the page to its host, {"told": ...} of the test's code in the page, {"loaded": true}.
stdin:  one JSON line for each command: {"send": message, "as": "object"|"text"}, {"run": code}, {"open": url}.
WebKitGTK's message signal names no origin, so this shell cannot check it, unlike the ones of docs/native-hosts.md.
"""

import json
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

ANDROID = """window.selasarHost = {
  onmessage: null,
  postMessage: (text) => webkit.messageHandlers.android.postMessage(String(text)),
};"""

# WebKit's own signal may come before the page has run its modules.
LOADED = 'addEventListener("load", () => webkit.messageHandlers.loaded.postMessage(true));'


def tell(name, value):
    print(json.dumps({name: value}), flush=True)


class Shell:
    def __init__(self, kind):
        self.content = WebKit2.UserContentManager()
        self.hear("loaded", lambda _: tell("loaded", True))
        self.inject(LOADED)
        self.hear("told", lambda value: tell("told", json.loads(value.to_json(0))))
        if kind == "apple":
            self.hear("selasar", lambda value: tell("said", json.loads(value.to_json(0))))
        else:
            self.hear("android", lambda value: tell("said", json.loads(value.to_string())))
            self.inject(ANDROID)
        self.kind = kind
        self.view = WebKit2.WebView(user_content_manager=self.content)
        self.view.get_settings().set_hardware_acceleration_policy(WebKit2.HardwareAccelerationPolicy.NEVER)
        window = Gtk.Window(default_width=390, default_height=844)
        window.add(self.view)
        window.show_all()

    def hear(self, name, listener):
        self.content.connect("script-message-received::" + name, lambda _, result: listener(result.get_js_value()))
        self.content.register_script_message_handler(name)

    def inject(self, code):
        top, start = WebKit2.UserContentInjectedFrames.TOP_FRAME, WebKit2.UserScriptInjectionTime.START
        self.content.add_script(WebKit2.UserScript(code, top, start, None, None))

    def obey(self, line):
        command = json.loads(line)
        if "send" in command:
            text = json.dumps(command["send"])
            value = json.dumps(text) if command["as"] == "text" else text
            self.run("selasarReceive?.(%s)" % value if self.kind == "apple" else "selasarHost.onmessage?.({ data: %s })" % value)
        elif "run" in command:
            self.run(command["run"])
        else:
            self.view.load_uri(command["open"])

    def run(self, code):
        self.view.evaluate_javascript(code, -1, None, None, None, None)


def main():
    shell = Shell(*sys.argv[1:])
    stdin = GLib.IOChannel.unix_new(0)

    def read(channel, condition):
        line = channel.readline() if condition & GLib.IOCondition.IN else ""
        if not line:
            Gtk.main_quit()
            return False
        shell.obey(line)
        return True

    GLib.io_add_watch(stdin, GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN | GLib.IOCondition.HUP, read)
    Gtk.main()


Gtk.init([])
main()
