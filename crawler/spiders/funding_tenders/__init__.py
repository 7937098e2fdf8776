"""The EU Funding & Tenders Portal: topics, external actions, sub-grants of funded projects, and news on topics."""

from crawler.spiders.funding_tenders.spider import FundingTendersSpider

__all__ = ["FundingTendersSpider"]
