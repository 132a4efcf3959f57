/**
 * The disk refused (full, read-only, no permission, name too long). Expected, unlike other exceptions: what throws it is the
 * store and the ledger. `message` says what happened and what to do; `cause` is the system's own error.
 */
export class StorageError extends Error {
	override readonly name = 'StorageError';
}
