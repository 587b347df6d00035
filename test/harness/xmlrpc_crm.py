"""A CRM that was written for Voicenter, as Python's own XML-RPC server runs it: for our tests.

Three servers that differ in what they answer. The first line on standard output names their ports; each further line is a
request as it came, with what Python read in it. Ends with its standard input.
"""
import json
import sys
import threading
import xmlrpc.client
from socketserver import ThreadingMixIn
from xmlrpc.server import SimpleXMLRPCRequestHandler, SimpleXMLRPCServer

saying = threading.Lock()


def say(value):
    with saying:
        print(json.dumps(value), flush=True)


class Handler(SimpleXMLRPCRequestHandler):
    def decode_request_content(self, data):
        params, method = xmlrpc.client.loads(data)
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = {"path": self.path, "headers": headers, "body": data.decode(), "method": method, "params": params}
        say({"server": self.server.name, **request})
        return super().decode_request_content(data)


class Server(ThreadingMixIn, SimpleXMLRPCServer):
    daemon_threads = True

    def __init__(self, name, cdr):
        super().__init__(("127.0.0.1", 0), requestHandler=Handler, logRequests=False)
        self.name = name
        self.register_function(cdr, "CDR")
        hangup = {"STATUS": 0, "ACTION": "HANGUP", "LANGUAGE": "HE", "DATA": {"HANGUP_CAUSE": 16}}
        self.register_function(lambda question: hangup, "GET_IVR_ACTION")
        self.register_function(lambda question: {"STATUS": 1}, "IVR_LAYER_INPUT")
        self.register_function(lambda end: {"STATUS": 0}, "HANGUP_CALL")


def faults(cdr):
    raise xmlrpc.client.Fault(7, "the database is away")


servers = [
    Server("takes", lambda cdr: {"err": 0, "errdesc": "OK"}),
    Server("refuses", lambda cdr: {"err": "2", "errdesc": "Customer <code> exception"}),
    Server("faults", faults),
]
for server in servers:
    threading.Thread(target=server.serve_forever, daemon=True).start()
say({server.name: server.server_address[1] for server in servers})
sys.stdin.read()
