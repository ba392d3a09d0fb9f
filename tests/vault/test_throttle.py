"""A throttle keeps its rate over all threads, and makes nobody wait who reads more slowly."""

from liuhen.vault.throttle import Throttle


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now = 100.0

    def clock(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def test_so_many_bytes_take_so_long():
    time = Time()
    throttle = Throttle(1000, time.clock, time.sleep)
    for _ in range(50):
        throttle(100)
    assert 4.9 < time.now - 100 <= 5


def test_who_was_slow_does_not_catch_up_at_once():
    time = Time()
    throttle = Throttle(1000, time.clock, time.sleep)
    time.now += 60
    throttle(1000)
    throttle(1000)
    assert time.now - 160 > 1.9


def test_who_is_slower_than_the_rate_never_waits():
    time = Time()
    throttle = Throttle(1000, time.clock, time.sleep)
    for n in range(10):
        time.now = 200 + n
        throttle(10)
        assert time.now == 200 + n
