import type { Connection } from '../../core/connection/connection';
import { failure, success, type Result } from '../../core/result';
import { entryNamed } from './connectionEntries';
import { storedEntry } from './storedEntry';

/**
 * The value of `imgprompt.connections` with `entry` in it, in place of the one that is used under its name or at the end.
 * Everything else stays as the user wrote it. `notAList`: the present value would have to be thrown away.
 */
export function withConnection(present: unknown, entry: unknown, connection: Connection): Result<readonly unknown[], 'notAList'> {
	if (present !== undefined && !Array.isArray(present)) {
		return failure('notAList');
	}
	const list: readonly unknown[] = present ?? [];
	const stored = isRecord(entry) ? storedEntry(entry, connection) : entry;
	const former = entryNamed(list, connection.name);
	return success(former ? list.with(former.index, stored) : [...list, stored]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
