"""The console's routes about the knowledge base, each with its permission on its line."""

from console.auth.guard import Guarded
from console.handlers.articles import ArticleHandlers
from console.handlers.beside import BesideHandlers
from console.handlers.brands import brand_handlers
from console.handlers.categories import CategoryHandlers
from console.handlers.editorial import EditorialHandlers
from console.handlers.filing import FilingHandlers
from console.handlers.flags import FlagHandlers
from console.handlers.gaps import GapHandlers
from console.handlers.listing import ListingHandlers
from console.handlers.proposals import ProposalHandlers
from console.handlers.reusables import ReusableHandlers
from console.handlers.setup import Collection
from console.handlers.synonyms import TrialHandlers, synonym_handlers
from console.handlers.transfer import TransferHandlers
from console.handlers.use import UseHandlers
from console.handlers.writing import WritingHandlers
from console.parts import Parts
from core.agent import Permission

ANSWER = Permission.ANSWER
READ = Permission.READ
EDIT = Permission.EDIT
REVIEW = Permission.REVIEW
PUBLISH = Permission.PUBLISH

_Line = tuple[str, str, Permission, Guarded]


def knowledge_lines(parts: Parts) -> list[_Line]:
    """All of them."""
    return [
        *_beside(BesideHandlers(parts), ProposalHandlers(parts)),
        *_flags(FlagHandlers(parts), UseHandlers(parts)),
        *_articles(ArticleHandlers(parts)),
        *_listing(ListingHandlers(parts)),
        *_filing(CategoryHandlers(parts), FilingHandlers(parts)),
        *_editorial(EditorialHandlers(parts)),
        *_brands(brand_handlers(parts)),
        *_gaps(GapHandlers(parts)),
        *_synonyms(synonym_handlers(parts), TrialHandlers(parts)),
        *_transfer(TransferHandlers(parts)),
        *_writing(WritingHandlers(parts), ReusableHandlers(parts)),
    ]


def _articles(articles: ArticleHandlers) -> list[_Line]:
    return [
        ("POST", "/api/articles", EDIT, articles.add),
        ("GET", "/api/articles/{id}", READ, articles.show),
        ("PUT", "/api/articles/{id}/{language}", EDIT, articles.edit),
        ("POST", "/api/articles/{id}/{language}/publish", PUBLISH, articles.publish),
        ("POST", "/api/articles/{id}/{language}/unpublish", PUBLISH, articles.unpublish),
    ]


def _beside(beside: BesideHandlers, proposals: ProposalHandlers) -> list[_Line]:
    return [
        ("GET", "/api/conversations/{id}/messages/{message}/proposal", ANSWER, proposals.look),
        ("POST", "/api/conversations/{id}/messages/{message}/proposal", ANSWER, proposals.add),
        ("GET", "/api/conversations/{id}/articles", ANSWER, beside.suggest),
        ("POST", "/api/conversations/{id}/insertions", ANSWER, beside.insert),
        ("GET", "/api/knowledge/search", READ, beside.search),
        ("POST", "/api/knowledge/misses", ANSWER, beside.miss),
    ]


def _flags(flags: FlagHandlers, use: UseHandlers) -> list[_Line]:
    return [
        ("GET", "/api/articles/{id}/flags", READ, flags.of_article),
        ("POST", "/api/articles/{id}/flags", READ, flags.add),
        ("GET", "/api/flags", EDIT, flags.open),
        ("POST", "/api/flags/{id}/resolve", EDIT, flags.resolve),
        ("GET", "/api/articles/{id}/use", READ, use.show),
        ("GET", "/api/articles/{id}/votes", READ, use.votes),
    ]


def _listing(listing: ListingHandlers) -> list[_Line]:
    return [
        ("GET", "/api/articles", READ, listing.list),
        ("GET", "/api/knowledge/counts", EDIT, listing.counts),
    ]


def _filing(categories: CategoryHandlers, filing: FilingHandlers) -> list[_Line]:
    return [
        ("GET", "/api/articles/{id}/filing", READ, filing.show),
        ("PATCH", "/api/articles/{id}", EDIT, filing.change),
        ("POST", "/api/articles/{id}/{language}/right", EDIT, filing.mark_right),
        ("GET", "/api/articles/{id}/{language}/source-changes", EDIT, filing.source_changes),
        ("PUT", "/api/articles/{id}/filing/slug", PUBLISH, filing.rename),
        ("POST", "/api/knowledge/redirects", PUBLISH, filing.redirect),
        ("DELETE", "/api/knowledge/redirects/{slug}", PUBLISH, filing.forget_redirect),
        ("GET", "/api/knowledge/choices", READ, filing.choices),
        ("GET", "/api/categories", READ, categories.list),
        ("POST", "/api/categories", PUBLISH, categories.add),
        ("PUT", "/api/categories/{id}", PUBLISH, categories.change),
        ("PUT", "/api/categories/{id}/place", PUBLISH, categories.place),
        ("DELETE", "/api/categories/{id}", PUBLISH, categories.remove),
    ]


def _writing(writing: WritingHandlers, reusables: ReusableHandlers) -> list[_Line]:
    return [
        ("POST", "/api/knowledge/preview", READ, writing.preview),
        ("POST", "/api/knowledge/comparison", EDIT, writing.compare),
        ("POST", "/api/knowledge/images", EDIT, writing.add_image),
        ("GET", "/api/knowledge/links", EDIT, writing.links),
        ("GET", "/api/articles/{id}/{language}/working-copy", EDIT, writing.copies),
        ("PUT", "/api/articles/{id}/{language}/working-copy", EDIT, writing.keep),
        ("DELETE", "/api/articles/{id}/{language}/working-copy", EDIT, writing.drop),
        ("GET", "/api/knowledge/reusables", EDIT, reusables.list),
        ("POST", "/api/knowledge/reusables", PUBLISH, reusables.add),
        ("PUT", "/api/knowledge/reusables/{name}", PUBLISH, reusables.put),
        ("DELETE", "/api/knowledge/reusables/{name}", PUBLISH, reusables.remove),
    ]


def _editorial(editorial: EditorialHandlers) -> list[_Line]:
    return [
        ("GET", "/api/knowledge/work", EDIT, editorial.work),
        ("GET", "/api/articles/{id}/{language}/review", EDIT, editorial.show),
        ("POST", "/api/articles/{id}/{language}/review/ask", EDIT, editorial.ask),
        ("POST", "/api/articles/{id}/{language}/review/withdraw", EDIT, editorial.withdraw),
        ("POST", "/api/articles/{id}/{language}/review/decision", REVIEW, editorial.decide),
        ("POST", "/api/articles/{id}/{language}/review/comments", EDIT, editorial.comment),
        ("PUT", "/api/articles/{id}/{language}/review/comments/{comment}", EDIT, editorial.settle),
        ("GET", "/api/articles/{id}/{language}/comparison", EDIT, editorial.compare),
        ("POST", "/api/articles/{id}/{language}/schedule", PUBLISH, editorial.schedule),
        ("DELETE", "/api/articles/{id}/{language}/schedule", PUBLISH, editorial.unschedule),
        ("PUT", "/api/articles/{id}/{language}/end", PUBLISH, editorial.end),
        ("POST", "/api/articles/{id}/{language}/roll-back", PUBLISH, editorial.roll_back),
        ("POST", "/api/articles/{id}/archive", PUBLISH, editorial.archive),
        ("DELETE", "/api/articles/{id}/archive", PUBLISH, editorial.bring_back),
        ("DELETE", "/api/articles/{id}", EDIT, editorial.delete),
    ]


def _synonyms(synonyms: Collection, trials: TrialHandlers) -> list[_Line]:
    return [
        ("GET", "/api/knowledge/trial", EDIT, trials.search),
        ("GET", "/api/synonyms", EDIT, synonyms.list),
        ("POST", "/api/synonyms", PUBLISH, synonyms.add),
        ("PUT", "/api/synonyms/{id}", PUBLISH, synonyms.put),
        ("DELETE", "/api/synonyms/{id}", PUBLISH, synonyms.remove),
    ]


def _brands(brands: Collection) -> list[_Line]:
    return [
        ("GET", "/api/brands", EDIT, brands.list),
        ("POST", "/api/brands", PUBLISH, brands.add),
        ("PUT", "/api/brands/{id}", PUBLISH, brands.put),
        ("DELETE", "/api/brands/{id}", PUBLISH, brands.remove),
    ]


def _gaps(gaps: GapHandlers) -> list[_Line]:
    return [
        ("GET", "/api/knowledge/gaps", EDIT, gaps.list),
        ("GET", "/api/knowledge/gaps/{id}", EDIT, gaps.show),
        ("POST", "/api/knowledge/gaps/{id}/merge", EDIT, gaps.merge),
        ("POST", "/api/knowledge/gaps/{id}/split", EDIT, gaps.split),
        ("POST", "/api/knowledge/gaps/{id}/ignore", EDIT, gaps.ignore),
        ("POST", "/api/knowledge/gaps/{id}/reopen", EDIT, gaps.reopen),
        ("POST", "/api/knowledge/gaps/{id}/close", EDIT, gaps.close),
        ("POST", "/api/knowledge/gaps/{id}/draft", EDIT, gaps.draft),
        ("POST", "/api/knowledge/gaps/{id}/link", EDIT, gaps.link),
        ("GET", "/api/articles/{id}/sources", EDIT, gaps.sources),
        ("GET", "/api/knowledge/findings", EDIT, gaps.findings),
        ("PUT", "/api/knowledge/findings/{id}", EDIT, gaps.settle),
    ]


def _transfer(transfer: TransferHandlers) -> list[_Line]:
    return [
        ("GET", "/api/knowledge/imports", PUBLISH, transfer.progress),
        ("POST", "/api/knowledge/imports", PUBLISH, transfer.bring),
        ("GET", "/api/knowledge/export", PUBLISH, transfer.take),
    ]
