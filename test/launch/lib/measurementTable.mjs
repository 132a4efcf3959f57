/** Prints measurements (see test/bench/bench.ts) as a table, with ratios: how many times as much as the others we take. */
export function printMeasurements(measurements) {
	const rows = measurements.map(({ quantity, unit, ours, goal, others = {} }) => [
		quantity,
		amount(ours, unit),
		goal === undefined ? '–' : `≤ ${amount(goal, unit)} ${ours <= goal ? '✓' : '✗'}`,
		...Object.entries(others).map(([name, theirs]) => `${name} ${amount(theirs, unit)} (${ratio(ours, theirs)})`),
	]);
	const widths = ['quantity', 'ours', 'goal'].map((title, column) => Math.max(title.length, ...rows.map(row => row[column].length)));
	const line = cells => `  ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd();
	console.log(line(['quantity', 'ours', 'goal', 'others (ours / theirs)']));
	for (const [quantity, ours, goal, ...others] of rows) {
		console.log(line([quantity, ours, goal, others.join(', ')]));
	}
}

const amount = (value, unit) => `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;

const ratio = (ours, theirs) => (theirs === 0 ? '–' : `× ${(ours / theirs).toFixed(2)}`);
