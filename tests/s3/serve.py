"""A server that speaks S3, for the journeys: moto's, which keeps what it is given in memory.

Prints its address on a line of its own and serves until its standard input ends. `PUT /-/fault/KIND/N` has the next N
requests fail: `error` answers 500, `parts` does so to parts of a file alone, `slow` says nothing for a minute. `PUT /-/fault/none/0` has it work again, and
`GET /-/uploads` answers how many uploads in parts were begun and neither finished nor given up.
"""

import sys
import threading
import time

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

ERROR = b'<?xml version="1.0"?><Error><Code>InternalError</Code><Message>It is broken.</Message></Error>'

served = DomainDispatcherApplication(create_backend_app)
fault = {"kind": "none", "left": 0}
turn = threading.Lock()


def failing(query):
    """The fault this request is to have."""
    with turn:
        if fault["left"] <= 0 or (fault["kind"] == "parts" and "partNumber" not in query):
            return "none"
        fault["left"] -= 1
        return fault["kind"]


def unfinished():
    """Uploads in parts that are nothing yet."""
    backends = [backend for regions in s3_backends.values() for backend in regions.values()]
    return sum(len(bucket.multiparts) for backend in backends for bucket in backend.buckets.values())


def application(environ, start_response):
    """Answers as S3 does, or as it does on a bad day."""
    path = environ["PATH_INFO"].split("/")
    if path[1] == "-":
        if path[2] == "fault":
            with turn:
                fault.update(kind=path[3], left=int(path[4]))
        start_response("200 OK", [("content-type", "text/plain")])
        return [str(unfinished()).encode()]
    kind = failing(environ.get("QUERY_STRING", ""))
    if kind == "slow":
        time.sleep(60)
    if kind in ("error", "parts"):
        # What was sent is read, as a server does that fails afterwards.
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        start_response("500 Internal Server Error", [("content-type", "application/xml")])
        return [ERROR]
    return served(environ, start_response)


server = make_server("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 0, application, threaded=True)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(f"http://127.0.0.1:{server.server_port}", flush=True)
sys.stdin.read()
