/** What `record` itself holds under `key`. Words of users and files are looked up, and `constructor` is a word, too. */
export function ownValue<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
	return Object.hasOwn(record, key) ? record[key] : undefined;
}
