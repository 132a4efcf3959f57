import { parseDocument } from 'yaml';
import { sandboxConnection } from '../../../src/core/connection/sandboxConnection';
import { makePlan } from '../../../src/core/plan/makePlan';
import type { PlanSettings } from '../../../src/core/plan/plan';
import { parsePrompt } from '../../../src/core/prompt/parsePrompt';
import { median, type Bench, type Measurement } from '../bench';

const settings: PlanSettings = {
	size: '1024x1024',
	quality: 'medium',
	format: 'png',
	background: 'auto',
	moderation: 'auto',
	n: 1,
	partialImages: 0,
};

const linesOf = (count: number, line: (number: number) => string): string =>
	Array.from({ length: count }, (_, index) => line(index)).join('\n');

const variables = linesOf(300, index => `  v${index}: value ${index}`);
const unclosed = linesOf(400, index => `kay${index}: {{ [`);

/** Files of 2,000 lines; the last one is not bound by a goal: nobody means such a file. */
const files: readonly { readonly name: string; readonly text: string; readonly goal?: number }[] = [
	{ name: 'prose', text: `---\nsize: 1536x1024\n---\n${linesOf(1997, index => `Line ${index} of a long description.`)}\n`, goal: 10 },
	{
		name: '300 variables in use',
		text: `---\nvars:\n${variables}\n---\n${linesOf(1697, index => `Line ${index} with {{v${index % 300}}} in it.`)}\n`,
		goal: 10,
	},
	{
		name: 'front matter that is being typed',
		text: `---\nsize: 1536x1024\n${linesOf(1998, index => `Line ${index}: of a prompt`)}\n`,
		goal: 10,
	},
	{ name: 'every line an unknown variable', text: `${linesOf(2000, index => `{{u${index}}} text`)}\n`, goal: 10 },
	{ name: '400 broken lines of front matter', text: `---\n${unclosed}\n---\n${linesOf(1598, index => `Line ${index}`)}\n` },
];

/** Everything between a key and the squiggle but the waiting: reading and planning; the editor's own part is not in it. */
function workOf(text: string): void {
	makePlan({ document: parsePrompt(text), connection: sandboxConnection, settings, today: '2026-11-20' });
}

/** Median of 30 different texts, as after 30 keys, once the code is warm. */
function timeOf(work: (text: string) => void, text: string): number {
	for (let round = 0; round < 20; round++) {
		work(`${text}${' '.repeat(round % 3)}`);
	}
	const times = Array.from({ length: 30 }, (_, typed) => {
		const input = `${text}${'x'.repeat(typed)}`;
		const start = performance.now();
		work(input);
		return performance.now() - start;
	});
	return median(times);
}

/** `npm run bench -- keystroke` */
export const bench: Bench = {
	title: 'From a key to its problems, in files of 2,000 lines',
	async measure(): Promise<readonly Measurement[]> {
		return Promise.resolve(
			files.map(({ name, text, goal }) => ({
				quantity: name,
				unit: 'ms',
				ours: timeOf(workOf, text),
				...(goal === undefined ? {} : { goal }),
				others: { 'the whole file as YAML': timeOf(input => void parseDocument(input), text) },
			})),
		);
	},
};
