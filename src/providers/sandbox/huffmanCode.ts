/** Lengths of a Huffman code per symbol, none above `maxLength`; 0 where the symbol does not occur. */
export function huffmanLengths(counts: readonly number[], maxLength: number): number[] {
	// Rare symbols are counted as less rare until the deepest of them is not too deep any more.
	for (let least = 1; ; least *= 2) {
		const lengths = lengthsOf(counts.map(count => (count === 0 ? 0 : Math.max(count, least))));
		if (Math.max(...lengths) <= maxLength) {
			return lengths;
		}
	}
}

/** Canonical codes for the lengths, each with its bits reversed, as a stream that starts at the lowest bit needs them. */
export function canonicalCodes(lengths: readonly number[]): number[] {
	const codes = new Array<number>(lengths.length).fill(0);
	let next = 0;
	for (let length = 1; length <= 15; length++) {
		lengths.forEach((each, symbol) => {
			if (each === length) {
				codes[symbol] = reverse(next, length);
				next++;
			}
		});
		next <<= 1;
	}
	return codes;
}

interface Node {
	readonly count: number;
	readonly symbols: readonly number[];
}

function lengthsOf(counts: readonly number[]): number[] {
	const lengths = new Array<number>(counts.length).fill(0);
	let nodes: Node[] = counts.map((count, symbol) => ({ count, symbols: [symbol] })).filter(({ count }) => count > 0);
	if (nodes.length === 1) {
		lengths[nodes[0]?.symbols[0] ?? 0] = 1;
	}
	while (nodes.length > 1) {
		nodes = nodes.sort((a, b) => b.count - a.count);
		const rarest = nodes.splice(-2);
		const symbols = rarest.flatMap(node => node.symbols);
		symbols.forEach(symbol => (lengths[symbol] = (lengths[symbol] ?? 0) + 1));
		nodes.push({ count: rarest.reduce((sum, { count }) => sum + count, 0), symbols });
	}
	return lengths;
}

function reverse(code: number, length: number): number {
	let reversed = 0;
	for (let bit = 0; bit < length; bit++) {
		reversed |= ((code >> bit) & 1) << (length - 1 - bit);
	}
	return reversed;
}
