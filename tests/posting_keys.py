"""The key that a form carries, read off its page as a browser reads it."""

import re


def key_on(client, path="/complaints/new/"):
    return re.search(r'name="form_key" value="([\w-]+)"', client.get(path).content.decode())[1]
