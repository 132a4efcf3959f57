import type { Problem, TextRange } from '../problem';
import type { ImageSize } from '../image/imageSize';

/** A value and where it stands. `keyRange` is the key's name. */
export interface Located<T> {
	readonly value: T;
	readonly range: TextRange;
	readonly keyRange: TextRange;
}

/** A budget instead of a quality: a named size tier or a token bucket. */
export type Tier = 'smimage' | 'image' | 'xlimage' | 16 | 24 | 36 | 48 | 64 | 96;

export type Background = 'auto' | 'opaque' | 'transparent';
export type Moderation = 'auto' | 'low';

/** The keys of the front matter after their form was checked. Whether a model accepts them is the plan's question. */
export interface PromptKeyValues {
	readonly connection: string;
	readonly model: string;
	/** Presets are already resolved to pixels. */
	readonly size: 'auto' | ImageSize;
	readonly tier: Tier;
	/** `auto`, `low`, `medium`, `high`, or what a model adds (`xhigh`, `max`). */
	readonly quality: string;
	/** `png`, `jpeg`, `webp`, or what a model adds. */
	readonly format: string;
	/** 0 to 100. */
	readonly compression: number;
	readonly background: Background;
	readonly moderation: Moderation;
	/** 1 to 10. */
	readonly n: number;
	readonly vars: Readonly<Record<string, string>>;
	/** Path template, relative to the file. */
	readonly output: string;
	readonly alt: string;
}

export type PromptKey = keyof PromptKeyValues;

export type PromptKeys = { readonly [K in PromptKey]?: Located<PromptKeyValues[K]> };

/** `{{name}}` in the body, `output` or `alt`. */
export interface VariableReference {
	readonly name: string;
	readonly range: TextRange;
}

/**
 * A prompt with its parameters, and where in the text each of them stands. Broken input still gives a document: what
 * could be read, and problems for the rest.
 */
export interface PromptDocument {
	/** The source text, byte for byte. Empty when the document was made from values. */
	readonly text: string;
	/** Contents between the `---` lines (without them), if there is a front matter. */
	readonly frontMatterRange?: TextRange;
	/** Everything after the front matter. */
	readonly bodyRange: TextRange;
	/** The body without comments, trimmed, before variables are filled. */
	readonly body: string;
	readonly keys: PromptKeys;
	readonly variables: readonly VariableReference[];
	/** `false` when the prompt is taken literally (a selection), so that `{{braces}}` stay as they are. */
	readonly isTemplate: boolean;
	/** What is wrong with the form: `syntax`, `unknownKey`, `invalidValue`, `unknownVariable`, `unusedVariable`. */
	readonly problems: readonly Problem[];
}
