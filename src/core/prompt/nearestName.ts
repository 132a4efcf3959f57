/** The one of `names` that `text` was probably meant to be: differing in case, or in at most a third of its letters. */
export function nearestName(text: string, names: Iterable<string>): string | undefined {
	const wanted = text.toLowerCase();
	let nearest: string | undefined;
	let least = Infinity;
	for (const name of names) {
		const limit = Math.floor(Math.max(wanted.length, name.length) / 3);
		if (Math.abs(wanted.length - name.length) <= limit) {
			const distance = editDistance(wanted, name.toLowerCase());
			if (distance <= limit && distance < least) {
				nearest = name;
				least = distance;
			}
		}
	}
	return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn `from` into `to` (optimal string alignment). */
export function editDistance(from: string, to: string): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: to.length + 1 }, (_, column) => column);
	for (let row = 1; row <= from.length; row++) {
		const current = [row];
		for (let column = 1; column <= to.length; column++) {
			const isSame = from[row - 1] === to[column - 1];
			const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
			current[column] = Math.min(
				at(last, column - 1) + (isSame ? 0 : 1),
				at(last, column) + 1,
				at(current, column - 1) + 1,
				isSwap ? at(beforeLast, column - 2) + 1 : Infinity,
			);
		}
		beforeLast = last;
		last = current;
	}
	return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
	return row[column] ?? Infinity;
}
