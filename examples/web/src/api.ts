// The portal's API, typed by its own description (docs/openapi.json): a field that goes breaks this build.
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/api";

declare const PORTAL: string; // put in by build.mjs

type Schemas = components["schemas"];
export type Suggestion = Schemas["Suggestion"];
export type Results = Schemas["SearchResults"];

// With `fields` an answer leaves out the others, so that the description can promise none but the id.
// Who names the fields has them all: this says so to the compiler.
type Whole<T> = T extends (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Name in keyof T]-?: Whole<T[Name]> }
    : T;
export type Article = Whole<Schemas["Article"]>;

export interface Part<T> {
  results: T[];
  cursor: string | null;
}

/** What the portal answers instead: a problem (RFC 9457), in the language that was asked for. */
export class Refusal extends Error {
  constructor(readonly problem: Schemas["Problem"]) {
    super([problem.detail, ...(problem.errors ?? []).map((wrong) => `${wrong.parameter}: ${wrong.detail}`)].join(" "));
  }
}

const client = createClient<paths>({ baseUrl: PORTAL, headers: { "Accept-Language": "vi" } });

function taken<T>(answer: { data?: T; error?: Schemas["Problem"] | undefined }): T {
  if (answer.data === undefined) {
    throw answer.error ? new Refusal(answer.error) : new Error("The portal gave no answer.");
  }
  return answer.data;
}

export async function portalName(): Promise<string> {
  const answer = await client.GET("/api/v1/site/", { params: { query: { fields: "name" } } });
  return taken(answer).name ?? "";
}

/** The newest articles with the fields named, from `cursor` on. */
export async function latest<Name extends keyof Article>(
  fields: readonly Name[],
  cursor: string | null,
): Promise<Part<Pick<Article, Name>>> {
  const query = { fields: fields.join(), page_size: 5, ...(cursor === null ? {} : { cursor }) };
  const page = taken(await client.GET("/api/v1/articles/", { params: { query } }));
  const next = page.next === null ? null : new URL(page.next).searchParams.get("cursor");
  return { results: page.results as Article[], cursor: next };
}

export async function suggest(q: string, signal: AbortSignal): Promise<Suggestion[]> {
  return taken(await client.GET("/api/v1/search/suggest/", { params: { query: { q } }, signal })).suggestions;
}

export async function search(q: string): Promise<Results> {
  return taken(await client.GET("/api/v1/search/", { params: { query: { q } } }));
}
