import type { HostKind } from '../connection/connection';
import type { ImageSize } from '../image/imageSize';

/** Every field of an image request that any of our hosts takes (OpenAI API reference, read 2026-11-20), by its name on the wire. */
export const wireFields = [
	'prompt',
	'model',
	'n',
	'size',
	'quality',
	'output_format',
	'output_compression',
	'background',
	'moderation',
	'stream',
	'partial_images',
	'response_format',
] as const;

/** What a size must obey. `free`: any multiple of the step inside the limits; `fixed`: one of a list; `any`: not known, sent as written. */
export type SizeRule =
	| { readonly kind: 'free'; readonly limits: SizeLimits }
	| { readonly kind: 'fixed'; readonly sizes: readonly ImageSize[] }
	| { readonly kind: 'any' };

/** Limits of a freely chosen size. Edges in pixels; the ratio is long edge to short edge. */
export interface SizeLimits {
	readonly step: number;
	readonly maxEdge: number;
	readonly maxRatio: number;
	readonly minPixels: number;
	readonly maxPixels: number;
	/** Above this many pixels the vendor calls the size experimental. */
	readonly experimentalAbovePixels?: number;
}

/** How output tokens are counted for an estimate. */
export type TokenRule =
	| { readonly kind: 'grid'; readonly factors: Readonly<Record<string, number>> }
	| { readonly kind: 'table'; readonly tokens: Readonly<Record<string, Readonly<Record<string, number>>>> }
	| { readonly kind: 'unknown' };

/** USD per million tokens. */
export interface TokenPrices {
	readonly textIn: number;
	readonly imageIn: number;
	readonly imageOut: number;
}

/** Where a fact of the table comes from, and when it was read there (`YYYY-MM-DD`). */
export interface Source {
	readonly text: string;
	readonly date: string;
}

/**
 * What one model on one kind of host accepts, costs and counts. Rows are data: hosts and models disagree, and they
 * change every few months.
 */
export interface Capability {
	readonly hostKind: HostKind;
	/** Family id, such as `gpt-image-2.5`. */
	readonly family: string;
	/** Model ids of the family; snapshots (`-YYYY-MM-DD`) match too. */
	readonly models: readonly string[];
	/** Whether the row is the table's own, stretched to a model that the table does not know, or overridden by the user. */
	readonly confidence: 'known' | 'assumed' | 'overridden';
	readonly size: SizeRule;
	readonly allowsAutoSize: boolean;
	/** Sizes between which the model is taken to choose when the size is `auto`: only for the range of an estimate. */
	readonly autoSizes?: readonly ImageSize[];
	readonly qualities: readonly string[];
	/** Output formats; empty: the format is not asked for. */
	readonly formats: readonly string[];
	readonly backgrounds: readonly string[];
	/** Backgrounds that the vendor offers as a preview: accepted, but they may be refused. */
	readonly previewBackgrounds?: readonly string[];
	readonly moderations: readonly string[];
	readonly maxCandidates: number;
	/** How several candidates are asked for: one plain request with `n`, or single requests side by side. */
	readonly candidates: 'oneRequest' | 'parallelRequests';
	/** `stream: true` is allowed when one candidate is asked for. */
	readonly streams: boolean;
	/** Most partial pictures of a stream; each costs `partialImageTokens`. */
	readonly maxPartialImages: number;
	/** Fewest partial pictures of a stream at a quality, where a silent answer would be cut off: absent, none. */
	readonly minPartialImages?: Readonly<Record<string, number>>;
	readonly partialImageTokens: number;
	/** UTF-16 code units; `Infinity`: no limit is known. */
	readonly maxPromptLength: number;
	/** Which request fields the host understands at all; other parameters are refused before sending. */
	readonly fields: readonly string[];
	/** `response_format: b64_json` must be sent (compatible servers) or must not (OpenAI). */
	readonly responseFormat: 'send' | 'omit';
	readonly tokens: TokenRule;
	/** Absent: not known. */
	readonly prices?: TokenPrices;
	/** First day on which the model no longer answers (`YYYY-MM-DD`). */
	readonly shutDown?: string;
	/** Why nothing can be sent to these models, in whole sentences for the person who named one. Absent: they are served. */
	readonly refusal?: string;
	readonly successor?: string;
	/** Typical seconds over all qualities, for «usually …». */
	readonly typicalSeconds?: readonly [number, number];
	/** The same for one quality, where it was measured. */
	readonly typicalSecondsByQuality?: Readonly<Record<string, readonly [number, number]>>;
	readonly source: Source;
}
