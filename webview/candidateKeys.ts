/** Where a key leads from candidate `at` of `count`, set in lines of `columns`; `undefined` for a key that does not walk. */
export function candidateAfter(key: string, at: number, count: number, columns: number): number | undefined {
	switch (key) {
		case 'ArrowLeft':
			return Math.max(0, at - 1);
		case 'ArrowRight':
			return Math.min(count - 1, at + 1);
		case 'ArrowUp':
			return at < columns ? at : at - columns;
		case 'ArrowDown':
			return belowOf(at, count, columns);
		case 'Home':
			return 0;
		case 'End':
			return count - 1;
		default:
			return undefined;
	}
}

/** The last line may be short: its last candidate is as good as the one that is not there. */
function belowOf(at: number, count: number, columns: number): number {
	const isInLastLine = Math.floor(at / columns) === Math.floor((count - 1) / columns);
	return isInLastLine ? at : Math.min(count - 1, at + columns);
}
