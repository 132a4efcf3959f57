import { makeInput } from './mutation';
import { Random } from './random';

/** Something that reads what others wrote. */
export interface FuzzSubject {
	/** Real inputs, from which most of the tried ones are made by changing them. */
	readonly samples: readonly Uint8Array[];
	/** Words of the language, put in and in place of others. */
	readonly tokens: readonly string[];
	/** The samples are JSON, and most inputs stay it. */
	readonly isJson?: boolean;
	/**
	 * Reads `input` and says in a word how far it got. Throws when a promise is broken. `random` depends on `input` alone, so that
	 * an input can be tried again.
	 */
	run(input: Uint8Array, random: Random): string | Promise<string>;
	/** The least share of inputs, in percent, that has to get so far: a fuzzer that is turned away at the door finds nothing. */
	readonly reach: Readonly<Record<string, number>>;
}

/** A subject with its inputs, as the launcher takes it. Each `*.fuzz.ts` exports one as `target`. */
export interface FuzzTarget {
	/** The input with this number: the same for the same seed. */
	inputOf(seed: number, index: number): Uint8Array;
	/** See {@link FuzzSubject.run}. */
	tryInput(input: Uint8Array): string | Promise<string>;
	readonly reach: Readonly<Record<string, number>>;
}

/** Makes inputs for `subject`. */
export function fuzzTarget(subject: FuzzSubject): FuzzTarget {
	return {
		inputOf: (seed, index) => makeInput(subject, new Random(seed, index)),
		tryInput: input => subject.run(input, Random.of(input)),
		reach: subject.reach,
	};
}

/** Text as the bytes of a sample. */
export function sample(text: string): Uint8Array {
	return new TextEncoder().encode(text);
}

/** The text of an input. UTF-8 has no lone surrogates, so U+E000 stands for a high one and U+E001 for a low one. */
export function textOf(input: Uint8Array): string {
	return new TextDecoder().decode(input).replaceAll('\ue000', '\ud83d').replaceAll('\ue001', '\ude00');
}

/** Words that disturb readers of any text. */
export const nastyTokens: readonly string[] = [
	...[
		'\0',
		'\ue000',
		'\ue001',
		'\ufeff',
		'\u2028',
		'\u202e',
		'\u200b',
		'\r',
		'\r\n',
		'\n',
		'\t',
		'\v',
		'\x7f',
		'\x85',
		'\u{1f468}\u200d',
	],
	...[
		'__proto__',
		'constructor',
		'hasOwnProperty',
		'toString',
		'length',
		'NaN',
		'Infinity',
		'-0',
		'1e999',
		'9007199254740993',
		'%s',
		'${x}',
	],
	...['"', "'", '`', '\\', '/', '..', '<', '>', '{', '}', '[', ']', '(', ')', ':', ',', '#', '&', '*', '!', '|', '%', '@', '=', '-', '?'],
];
