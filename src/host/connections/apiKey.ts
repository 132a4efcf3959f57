import { failure, success, type Result } from '../../core/result';

/** Why a text can't be an API key. */
export type ApiKeyProblem = 'empty' | 'tooLong' | 'containsSpace' | 'containsUnprintable';

/** Longest key that is accepted, in UTF-16 code units: what common servers take in one header line. */
const maxKeyLength = 4096;

/**
 * Checks that `text` can travel in an HTTP header, and trims it. Whether the host accepts it is not known here.
 *
 * Space inside usually means that more than the key was pasted, such as `Bearer …`.
 */
export function parseApiKey(text: string): Result<string, ApiKeyProblem> {
	const key = text.trim();
	if (key === '') {
		return failure('empty');
	}
	if (key.length > maxKeyLength) {
		return failure('tooLong');
	}
	if (/\s/u.test(key)) {
		return failure('containsSpace');
	}
	return /^[\x21-\x7e]+$/.test(key) ? success(key) : failure('containsUnprintable');
}
