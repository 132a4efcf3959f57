import type { Random } from './random';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Changes one value or name of a JSON text, so that it stays one. `words`: JSON values and names to put in. Other texts stay as they are. */
export function changeJson(input: Uint8Array, random: Random, words: readonly string[]): Uint8Array {
	const root = parsed(new TextDecoder().decode(input));
	if (root === undefined) {
		return input;
	}
	const target = random.below(countOf(root));
	return new TextEncoder().encode(JSON.stringify(changeAt(root, target, random, words)));
}

function parsed(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** How many values there are, `value` included. */
function countOf(value: Json): number {
	const inner = Array.isArray(value) ? (value as readonly Json[]) : isObject(value) ? Object.values(value) : [];
	return inner.reduce<number>((sum, each) => sum + countOf(each), 1);
}

function changeAt(value: Json, at: number, random: Random, words: readonly string[]): Json {
	if (at === 0) {
		return changeValue(value, random, words);
	}
	let left = at - 1;
	const changeInner = (inner: Json): Json => {
		const isHere = left >= 0 && left < countOf(inner);
		const changed = isHere ? changeAt(inner, left, random, words) : inner;
		left -= countOf(inner);
		return changed;
	};
	if (Array.isArray(value)) {
		return (value as readonly Json[]).map(changeInner);
	}
	return isObject(value) ? fromEntries(Object.entries(value).map(([key, inner]) => [key, changeInner(inner)])) : value;
}

function changeValue(value: Json, random: Random, words: readonly string[]): Json {
	const word = (): Json => parsed(random.pick(words).replace(/:$/, '')) ?? random.pick(words);
	if (Array.isArray(value) && !random.once(4)) {
		const items = value as readonly Json[];
		return random.once(2) ? [...items, items[0] ?? word()] : items.slice(0, random.below(items.length + 1));
	}
	if (isObject(value) && !random.once(4)) {
		const entries = Object.entries(value);
		const gone = random.below(entries.length);
		const name = word();
		const kept = random.once(2) ? entries : entries.filter((_, index) => index !== gone);
		return fromEntries(random.once(2) ? kept : [...kept, [typeof name === 'string' ? name : 'extra', word()]]);
	}
	if (typeof value === 'string' && random.once(2)) {
		const start = random.below(value.length + 1);
		const piece = word();
		return value.slice(0, start) + (typeof piece === 'string' ? piece : '') + value.slice(start + random.below(3));
	}
	return typeof value === 'number' && random.once(2) ? random.pick([0, -1, value + 1, 1.5, 1e21, 99, 100, -0]) : word();
}

/** As `Object.fromEntries`, but `__proto__` is a name like any other. */
function fromEntries(entries: readonly (readonly [string, Json])[]): Json {
	const made = {};
	for (const [key, value] of entries) {
		Object.defineProperty(made, key, { value, enumerable: true, writable: true, configurable: true });
	}
	return made;
}
