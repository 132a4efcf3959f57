import { createHash, randomBytes } from 'node:crypto';

const pattern = /^\d{8}-\d{6}-[0-9a-f]{16}$/;

/**
 * A name for a run: sorts by time (UTC; the first three digits of its last part are milliseconds in hexadecimal), cannot be
 * guessed, and is a safe file name. `now` is in milliseconds since the epoch.
 */
export function newRunId(now: number): string {
	const digits = new Date(now).toISOString().replace(/\D/g, '');
	const millis = (now % 1000).toString(16).padStart(3, '0');
	return `${digits.slice(0, 8)}-${digits.slice(8, 14)}-${millis}${randomBytes(7).toString('hex').slice(1)}`;
}

/** Run ids come from commands and pages, too: nothing else may ever become part of a path. */
export function isRunId(text: string): boolean {
	return pattern.test(text);
}

/** When a run was started, to the second, as an ISO time; told from its id. */
export function startOf(runId: string): string {
	const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(runId) ?? [];
	const time = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
	return new Date(Number.isNaN(time) ? 0 : time).toISOString();
}

/** Hexadecimal SHA-256 of a text in UTF-8. */
export function sha256(text: string): string {
	return createHash('sha256').update(text, 'utf8').digest('hex');
}
