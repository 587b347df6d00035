"""Reads requests as a CRM in Python would, for our tests: a list of them from standard input, what was read to standard output."""
import base64
import hashlib
import hmac
import json
import sys
import xmlrpc.client
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree


def pairs(text):
    return dict(parse_qsl(text, keep_blank_values=True, strict_parsing=True, encoding="utf-8", errors="strict"))


READERS = {
    "json": lambda request: json.loads(request["body"]),
    "form": lambda request: pairs(request["body"]),
    "query": lambda request: pairs(urlsplit(request["path"]).query),
    "xml": lambda request: {field.tag: field.text or "" for field in ElementTree.fromstring(request["body"].encode())},
    "xmlrpc": lambda request: xmlrpc.client.loads(request["body"].encode())[0][0],
}


def is_signed(request):
    """Standard Webhooks, by its specification and none of its libraries."""
    headers = request["headers"]
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{request['body']}"
    key = base64.b64decode(request["secret"].removeprefix("whsec_"))
    signature = base64.b64encode(hmac.new(key, signed.encode(), hashlib.sha256).digest()).decode()
    return f"v1,{signature}" in headers.get("webhook-signature", "").split(" ")


json.dump(
    [{"fields": READERS[request["how"]](request), "signed": is_signed(request)} for request in json.load(sys.stdin)],
    sys.stdout,
)
