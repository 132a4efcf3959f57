import type { Connection } from '../../core/connection/connection';
import { parseConnections } from '../../core/connection/parseConnections';

/** An element of the setting `imgprompt.connections` as the user wrote it. */
export type Entry = Readonly<Record<string, unknown>>;

/** Fields to write into an entry; `undefined` takes one away. */
export type EntryPatch = Readonly<Record<string, unknown>>;

/** One element of the setting, and what came of reading it. */
export type ListedEntry =
	| { readonly kind: 'usable'; readonly index: number; readonly entry: Entry; readonly connection: Connection }
	/** `reason` is a sentence. A setting that is no list is one broken entry at index -1. */
	| { readonly kind: 'broken'; readonly index: number; readonly name?: string; readonly reason: string };

/** Every element of the setting's value, in order, the broken ones too. */
export function listEntries(present: unknown): readonly ListedEntry[] {
	if (present === undefined || present === null) {
		return [];
	}
	if (!Array.isArray(present)) {
		return [
			{
				kind: 'broken',
				index: -1,
				reason: parseConnections(present)
					.problems.map(({ message }) => message)
					.join(' '),
			},
		];
	}
	const elements: readonly unknown[] = present;
	return elements.map((element, index) => listEntry(elements, element, index));
}

/** The entry behind a connection: the first usable one of its name. */
export function entryNamed(present: unknown, name: string): Extract<ListedEntry, { kind: 'usable' }> | undefined {
	return listEntries(present).find((listed): listed is Extract<ListedEntry, { kind: 'usable' }> => isUsableAs(listed, name));
}

/** `entry` with the fields of `patch`; those that it has stay where they are, and so does everything that is not named. */
export function patched(entry: Entry, patch: EntryPatch): Entry {
	return Object.fromEntries(Object.entries({ ...entry, ...patch }).filter(([, value]) => value !== undefined));
}

/** Whether a value of the setting holds an entry with this name, usable or not. */
export function isNameTaken(present: unknown, name: string): boolean {
	return listEntries(present).some(listed => (listed.kind === 'usable' ? listed.connection.name : listed.name) === name);
}

function isUsableAs(listed: ListedEntry, name: string): boolean {
	return listed.kind === 'usable' && listed.connection.name === name;
}

function listEntry(elements: readonly unknown[], element: unknown, index: number): ListedEntry {
	const before = parseConnections(elements.slice(0, index));
	const after = parseConnections(elements.slice(0, index + 1));
	// The sandbox is the last one of both.
	const connection = after.connections.length > before.connections.length ? after.connections.at(-2) : undefined;
	if (connection && isEntry(element)) {
		return { kind: 'usable', index, entry: element, connection };
	}
	const problem = after.problems.at(-1);
	return {
		kind: 'broken',
		index,
		...(problem?.name === undefined ? {} : { name: problem.name }),
		reason: problem?.message ?? '',
	};
}

function isEntry(value: unknown): value is Entry {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
