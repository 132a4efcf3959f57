import type { Connection, HostKind } from '../connection/connection';
import type { ImageSize } from '../image/imageSize';
import type { TokenPrices } from '../model/capability';
import type { Problem } from '../problem';

/** An estimate before anything is sent. What was really paid comes from the host's `usage`. */
export type Price =
	| { readonly kind: 'free' }
	/** US dollars for the whole run; `minUsd` equals `maxUsd` unless size or quality is left to the model. */
	| { readonly kind: 'estimate'; readonly minUsd: number; readonly maxUsd: number; readonly outputTokens: readonly [number, number] }
	| { readonly kind: 'unknown'; readonly reason: string };

/** What is asked of the model, in the words of the file format. Absent: left to the host. */
export interface RequestedParameters {
	readonly size?: 'auto' | ImageSize;
	readonly quality?: string;
	readonly format?: string;
	readonly compression?: number;
	readonly background?: string;
	readonly moderation?: string;
	/** Candidates. */
	readonly n: number;
	readonly tier?: string | number;
}

/** One HTTP request. `body` holds exactly the fields that are sent, under the names of the wire. */
export interface PlannedRequest {
	/** Zero-based indices of the candidates that this request is to bring. */
	readonly candidates: readonly number[];
	readonly stream: boolean;
	readonly body: Readonly<Record<string, string | number | boolean>>;
}

/** Everything that a run will do, decided before it starts. The one source of the price, the panel and the request. */
export interface Plan {
	readonly operation: 'generate';
	readonly connection: Connection;
	readonly model: string;
	/** The prompt as it is sent: comments dropped, variables filled. */
	readonly prompt: string;
	readonly requested: RequestedParameters;
	readonly requests: readonly PlannedRequest[];
	readonly price: Price;
	/** What the model's tokens cost, so that the host's `usage` can be turned into money. Absent: not known. */
	readonly prices?: TokenPrices;
	/** Sentences about how the plan meets the request, such as «4 candidates are asked for in one request, without a stream.» */
	readonly notices: readonly string[];
	/** Warnings and information; a plan has no errors. */
	readonly problems: readonly Problem[];
	/** Path template with variables filled, but `{{index}}` and `{{ext}}` still open. */
	readonly output?: string;
	readonly alt?: string;
	readonly typicalSeconds?: readonly [number, number];
}

/** `invalid`: at least one error. The problems of a valid plan are inside it. */
export type PlanOutcome =
	{ readonly kind: 'ready'; readonly plan: Plan } | { readonly kind: 'invalid'; readonly problems: readonly Problem[] };

/** User settings that a plan depends on; each is the value behind the keys that a file leaves out. */
export interface PlanSettings {
	readonly model?: string;
	readonly size: string;
	readonly quality: string;
	readonly format: string;
	readonly background: string;
	readonly moderation: string;
	readonly n: number;
	/** 0 to 3. */
	readonly partialImages: number;
}

/** How a plan's connection was found, or why not. */
export type ConnectionChoice =
	| { readonly kind: 'found'; readonly connection: Connection }
	| { readonly kind: 'unknown'; readonly name: string; readonly known: readonly string[] }
	/** Several connections and none chosen: a person is asked, code gets a `notConfigured` failure. */
	| { readonly kind: 'ambiguous'; readonly known: readonly string[] };

export type { HostKind };
