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
def test_a_spider_names_the_hosts_it_may_ask(loader, name):
    spider = loader.load(name)
    assert issubclass(spider, SourceSpider)
    assert spider.allowed_domains
    assert all("/" not in host and host == host.lower() for host in spider.allowed_domains)


@pytest.mark.parametrize("source", sources().values(), ids=lambda source: source.name)
def test_an_entry_says_what_to_expect(source):
    assert 0 < source.expect.min <= source.expect.max
    assert all(0 < share <= 1 for share in source.expect.filled.values())
    assert source.delay_seconds >= 1
    assert source.licence
