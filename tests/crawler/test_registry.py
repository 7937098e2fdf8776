"""Every source that is said to be crawled has its spider, and every spider its source."""

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from crawler.run import crawled_sources
from crawler.source import sources
from crawler.spider import SourceSpider


@pytest.fixture(scope="module")
def loader() -> SpiderLoader:
    return SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["crawler.spiders"]}))


def test_spiders_and_crawled_sources_are_the_same(loader):
    assert sorted(loader.list()) == sorted(crawled_sources())


@pytest.mark.parametrize("name", crawled_sources())
def test_the_registry_names_the_hosts_a_spider_may_ask(loader, name):
    assert issubclass(loader.load(name), SourceSpider)
    hosts = sources()[name].hosts
    assert hosts
    assert all("/" not in host and host == host.lower() for host in hosts)


@pytest.mark.parametrize("source", sources().values(), ids=lambda source: source.name)
def test_an_entry_says_what_to_expect(source):
    may_be_empty = any("no further call" in gap or "may name none" in gap for gap in source.gaps)
    assert (0 if may_be_empty else 1) <= source.expect.min <= source.expect.max
    assert all(0 < share <= 1 for share in source.expect.filled.values())
    assert source.delay_seconds >= 1
    assert source.licence
