import { secretOf, type Credential } from '../../core/connection/connection';
import { withoutKeys } from '../failure/wording';

/**
 * `value`, which is plain JSON, with the key taken out of every text in it. The last door before anything that a host told is
 * shown, logged or written down: a host may repeat the key that it was sent in any place.
 */
export function withoutKey<T>(value: T, credential: Credential): T {
	return cleaned(value, secretOf(credential)) as T;
}

function cleaned(value: unknown, key: string | undefined): unknown {
	if (typeof value === 'string') {
		return withoutKeys(value, key);
	}
	if (Array.isArray(value)) {
		return value.map(item => cleaned(item, key));
	}
	return typeof value === 'object' && value !== null
		? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, cleaned(item, key)]))
		: value;
}
