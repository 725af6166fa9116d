"""One request: bounded in time and size, verified, never sent on."""

import shutil
import ssl
import subprocess
import time

import pytest

from api.webhooks import sending

pytestmark = pytest.mark.usefixtures("inside_allowed")


def test_a_redirect_is_not_followed(server, make_server):
    elsewhere = make_server()
    server.status, server.headers = 307, {"Location": elsewhere.url}
    answer = sending.post(server.url, b"{}", {})
    assert (answer.is_success, answer.status) == (False, 307)
    assert elsewhere.got == []


def test_an_answer_without_end_is_cut_off(server, monkeypatch):
    monkeypatch.setattr(sending, "DEADLINE", 0.5)

    def drip(handler):
        handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(1_000):
            handler.wfile.write(b"X-%d: a\r\n" % number)
            time.sleep(0.01)

    server.answer = drip
    started = time.monotonic()
    answer = sending.post(server.url, b"{}", {})
    assert not answer.is_success
    assert time.monotonic() - started < 3


def test_a_server_that_says_nothing_is_left_after_a_while(server, monkeypatch):
    monkeypatch.setattr(sending, "DEADLINE", 0.3)
    server.answer = lambda handler: time.sleep(1)
    assert sending.post(server.url, b"{}", {}).problem


def test_of_a_long_answer_only_the_beginning_is_read(server):
    def long(handler):
        handler.send_response(500)
        handler.end_headers()
        handler.wfile.write(b"a" * 10_000_000)

    server.answer = long
    answer = sending.post(server.url, b"{}", {})
    assert answer.problem == "a" * sending.MAX_ANSWER


def test_nobody_there_and_nonsense_are_problems_and_no_exceptions(server):
    closed = server.url
    server.answer = lambda handler: handler.wfile.write(b"SSH-2.0-nonsense\r\n")
    assert "BadStatusLine" in sending.post(server.url, b"{}", {}).problem
    server.shutdown()
    server.server_close()
    assert "ConnectionRefusedError" in sending.post(closed, b"{}", {}).problem


def test_an_address_with_letters_beyond_ascii_can_be_sent_to(server):
    assert sending.post(f"http://127.0.0.1:{server.server_port}/tin-tức?q=học", b"{}", {}).is_success


@pytest.fixture
def certificate(tmp_path):
    """A certificate for `receiver.test` alone, signed by itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    names = ["-subj", "/CN=receiver.test", "-addext", "subjectAltName=DNS:receiver.test"]
    make = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", key, "-out", cert]
    subprocess.run([*make, *names], check=True, capture_output=True)
    return key, cert


@pytest.fixture
def tls_server(server, certificate):
    key, cert = certificate
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    return server


def test_a_certificate_that_nobody_known_has_signed_is_refused(tls_server):
    answer = sending.post(f"https://127.0.0.1:{tls_server.server_port}/", b"{}", {})
    assert "CERTIFICATE_VERIFY_FAILED" in answer.problem
    assert tls_server.got == []


def test_a_certificate_must_be_for_the_name_and_not_for_the_address(tls_server, certificate, monkeypatch):
    monkeypatch.setattr(sending, "_tls", lambda: ssl.create_default_context(cafile=certificate[1]))
    monkeypatch.setattr(sending.addresses, "resolve", lambda host, port: "127.0.0.1")
    assert sending.post(f"https://receiver.test:{tls_server.server_port}/", b"{}", {}).is_success
    assert "CERTIFICATE_VERIFY_FAILED" in sending.post(f"https://other.test:{tls_server.server_port}/", b"", {}).problem
