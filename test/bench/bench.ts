/** One quantity, measured in one go for us and for those we compare ourselves with. */
export interface Measurement {
	readonly quantity: string;
	readonly unit: 'ms' | 'kB' | 'MB';
	readonly ours: number;
	/** Upper limit that we set ourselves. */
	readonly goal?: number;
	/** The same quantity of others, by name: a floor, a peer, or the plain way of doing it. */
	readonly others?: Readonly<Record<string, number>>;
}

/** What a file `NAME.bench.ts` exports as `bench`. `npm run bench` runs all of them, one after another. */
export interface Bench {
	readonly title: string;
	measure(): Promise<readonly Measurement[]>;
}

/** The middle one of `values`; of an even number, the lower of the middle two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((one, other) => one - other);
	const middle = sorted[Math.floor((sorted.length - 1) / 2)];
	if (middle === undefined) {
		throw new Error('Nothing was measured.');
	}
	return middle;
}
