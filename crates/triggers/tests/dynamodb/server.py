"""A DynamoDB for the tests: moto's, on a free port of this machine, which it prints. It ends when its input does."""

import os
import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server


class Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments):
        pass


def end_with_input():
    sys.stdin.read()
    os._exit(0)


# One request after the other: what DynamoDB does to an item at once, moto does in several steps.
app = DomainDispatcherApplication(create_backend_app)
server = make_server("127.0.0.1", 0, app, threaded=False, request_handler=Quiet)
threading.Thread(target=end_with_input, daemon=True).start()
print(server.port, flush=True)
server.serve_forever()
