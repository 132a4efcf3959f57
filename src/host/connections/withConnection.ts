import type { Connection } from '../../core/connection/connection';
import { failure, success, type Result } from '../../core/result';
import { storedEntry } from './storedEntry';

/**
 * The value of `imgprompt.connections` with `entry` in it, in place of one with the same name or at the end. Everything
 * else stays as the user wrote it. `notAList`: the present value would have to be thrown away.
 */
export function withConnection(present: unknown, entry: unknown, connection: Connection): Result<readonly unknown[], 'notAList'> {
	if (present !== undefined && !Array.isArray(present)) {
		return failure('notAList');
	}
	const list: readonly unknown[] = present ?? [];
	const stored = isRecord(entry) ? storedEntry(entry, connection) : entry;
	const index = list.findIndex(other => nameOf(other) === connection.name);
	return success(index === -1 ? [...list, stored] : list.with(index, stored));
}

function nameOf(entry: unknown): unknown {
	return isRecord(entry) ? entry['name'] : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null;
}
