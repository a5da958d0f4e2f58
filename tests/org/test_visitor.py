"""Who a visitor is: what a named proxy says, and nothing that anybody else says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiwang.org.networks import read_address, read_networks, together
from yiwang.org.proxies import Proxies

NGINX = Proxies(read_networks("10.9.9.9"))
PRIVATE = Proxies(read_networks("loopback,private"))
TWO = Proxies(read_networks("10.9.9.9, 10.8.8.0/24, 2001:db8:f::/48"), hops=2)


@pytest.mark.parametrize(
    ("proxies", "peer", "forwarded", "visitor"),
    [
        (Proxies(), "127.0.0.1", "", "127.0.0.1"),  # the demo: nobody stands between
        (Proxies(), "127.0.0.1", "203.0.113.1", "127.0.0.1"),
        (NGINX, "10.9.9.9", "203.0.113.1", "203.0.113.1"),
        (NGINX, "10.9.9.8", "203.0.113.1", "10.9.9.8"),  # not the one that is named
        (NGINX, "198.51.100.4", "203.0.113.1", "198.51.100.4"),
        (NGINX, "10.9.9.9", "1.1.1.1, 8.8.8.8, 203.0.113.1", "203.0.113.1"),  # what the visitor wrote stands left
        (NGINX, "10.9.9.9", "203.0.113.1,198.51.100.2", "198.51.100.2"),  # two headers, joined in their order
        (NGINX, "10.9.9.9", "", "10.9.9.9"),
        (NGINX, "10.9.9.9", "unknown", "10.9.9.9"),
        (NGINX, "10.9.9.9", "203.0.113.1, _hidden", "10.9.9.9"),
        (NGINX, "10.9.9.9", "203.0.113.1, ", "10.9.9.9"),
        (NGINX, "10.9.9.9", "203.0.113.1:51544", "203.0.113.1"),
        (NGINX, "10.9.9.9", '"[2001:db8::7]:443"', "2001:db8::7"),
        (NGINX, "10.9.9.9", "[2001:DB8::7]", "2001:db8::7"),
        (NGINX, "10.9.9.9", "::ffff:203.0.113.1", "203.0.113.1"),
        (NGINX, "10.9.9.9", "fe80::1%eth0", "fe80::1"),
        (NGINX, "10.9.9.9", "203.0.113.1\x00", "10.9.9.9"),
        (NGINX, "10.9.9.9", "203.0.113.0001", "10.9.9.9"),
        (NGINX, "10.9.9.9", "２０３.0.113.1", "10.9.9.9"),
        (NGINX, "::ffff:10.9.9.9", "203.0.113.1", "203.0.113.1"),  # a socket that speaks both families
        (PRIVATE, "10.9.9.9", "10.1.2.3", "10.1.2.3"),  # somebody at a desk of the same network
        (PRIVATE, "127.0.0.1", "203.0.113.1, 10.1.2.3", "10.1.2.3"),
        (TWO, "10.9.9.9", "203.0.113.1, 10.8.8.1", "203.0.113.1"),
        (TWO, "10.9.9.9", "203.0.113.1, 198.51.100.2", "198.51.100.2"),  # past the first proxy only
        (TWO, "10.9.9.9", "1.1.1.1, 203.0.113.1, 10.8.8.1", "203.0.113.1"),
        (TWO, "10.9.9.9", "1.1.1.1, 10.8.8.2, 10.8.8.1", "10.8.8.2"),  # two hops are two hops
        (TWO, "10.9.9.9", "203.0.113.1, 2001:db8:f::1", "203.0.113.1"),
        (TWO, "", "203.0.113.1", "-"),
    ],
)
def test_who_it_is(proxies: Proxies, peer: str, forwarded: str, visitor: str) -> None:
    assert proxies.visitor(peer, forwarded) == visitor


@given(st.text(max_size=200))
def test_a_stranger_changes_nothing_by_what_he_says(said: str) -> None:
    assert NGINX.visitor("198.51.100.4", said) == "198.51.100.4"


@given(st.text(max_size=200))
def test_what_is_written_left_of_the_proxys_word_changes_nothing(said: str) -> None:
    assert NGINX.visitor("10.9.9.9", f"{said}, 203.0.113.1") == "203.0.113.1"


@given(st.text(max_size=100) | st.ip_addresses().map(str))
def test_garbage_is_the_last_known_hop_and_never_an_error(said: str) -> None:
    found = NGINX.visitor("10.9.9.9", said)
    assert read_address(found) is not None


@given(st.ip_addresses())
def test_an_address_is_read_however_it_is_written(address) -> None:  # type: ignore[no-untyped-def]
    want = getattr(address, "ipv4_mapped", None) or address
    written = [str(address), f"[{address}]:80" if address.version == 6 else f"{address}:80", f' "{address}" ']
    assert {read_address(one) for one in written} == {want}


def test_an_ipv6_household_is_one_visitor() -> None:
    assert together("2001:db8:1:2::1") == together("2001:db8:1:2:ffff::9") != together("2001:db8:1:3::1")
    assert together("203.0.113.1") == "203.0.113.1"
    assert together("-") == "-"


@pytest.mark.parametrize("said", ["10.0.0.0/33", "proxy.example", "10.0.0.1;10.0.0.2", "anything"])
def test_a_proxy_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        read_networks(said)


def test_a_wrong_setting_is_said_at_the_start(tmp_path) -> None:  # type: ignore[no-untyped-def]
    import os
    import subprocess
    import sys

    for name, value, says in (
        ("YIWANG_PROXIES", "proxy.example", "YIWANG_PROXIES holds proxy.example"),
        ("YIWANG_PROXY_HOPS", "none", "YIWANG_PROXY_HOPS is none"),
    ):
        environment = {
            **os.environ,
            name: value,
            "YIWANG_VAR": str(tmp_path),
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/x",
        }
        done = subprocess.run(
            [sys.executable, "-c", "import yiwang.settings"], env=environment, capture_output=True, text=True
        )
        assert says in done.stderr
