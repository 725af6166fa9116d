// The latest articles, five at a time.
import { type Article, latest } from "./api";
import { day, element, find } from "./dom";

const FIELDS = ["id", "title", "url", "summary", "published_at", "cover"] as const;
type Shown = Pick<Article, (typeof FIELDS)[number]>;

const list = find("#news ul");
const more = find<HTMLButtonElement>("#news button");
let cursor: string | null = null;

export async function showMore(): Promise<void> {
  const part = await latest(FIELDS, cursor);
  list.append(...part.results.map(item));
  cursor = part.cursor;
  more.hidden = cursor === null;
}

function item(article: Shown): HTMLElement {
  return element(
    "li",
    {},
    article.cover && picture(article.cover),
    element("h3", {}, element("a", { href: article.url }, article.title)),
    day(article.published_at),
    element("p", {}, article.summary),
  );
}

function picture(cover: NonNullable<Shown["cover"]>): HTMLElement {
  const { avif, webp, fallback, width, height } = cover.renditions.thumbnail;
  return element(
    "picture",
    {},
    element("source", { type: "image/avif", srcset: avif }),
    element("source", { type: "image/webp", srcset: webp }),
    element("img", { src: fallback, alt: cover.alt, width: `${width}`, height: `${height}`, loading: "lazy" }),
  );
}
