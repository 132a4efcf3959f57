import type { TextRange } from '../problem';

/** A value before its key is looked at. Scalars are text as written: `1.10` stays `1.10`. */
export type EntryValue =
	| { readonly kind: 'text'; readonly text: string }
	/** Nothing behind the colon. */
	| { readonly kind: 'empty' }
	| { readonly kind: 'list' }
	/** `isFlow`: written in braces, on one line. */
	| { readonly kind: 'map'; readonly entries: readonly Entry[]; readonly isFlow: boolean };

/** One `key: value` with its places in the text. For an `empty` value `range` is the place behind the colon. */
export interface Entry {
	readonly key: string;
	readonly keyRange: TextRange;
	readonly range: TextRange;
	readonly value: EntryValue;
}
