"""Independent client of our tests: Python's own XML-RPC reads a call from standard input and writes an answer."""
import json
import sys
import xmlrpc.client

params, method = xmlrpc.client.loads(sys.stdin.buffer.read())
answers = {
    "taken": xmlrpc.client.dumps(({"err": 0, "errdesc": "OK"},), methodresponse=True),
    "refused": xmlrpc.client.dumps(({"err": "2", "errdesc": "Customer <code> exception"},), methodresponse=True),
    "fault": xmlrpc.client.dumps(xmlrpc.client.Fault(7, "no such method"), methodresponse=True),
}
json.dump({"method": method, "params": params, "answers": answers}, sys.stdout)
