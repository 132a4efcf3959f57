// npm run test:fuzz [-- --target NAME] [--runs N] [--seed N] [--input BASE64|@FILE]: what others write is changed at random and read.
import { randomInt } from 'node:crypto';
import { Buffer } from 'node:buffer';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { reportChecks } from './lib/budgets.mjs';
import { optionValue, report, whenStarted } from './lib/commandLine.mjs';
import { runTarget } from './lib/fuzzRun.mjs';
import { ensurePackages } from './lib/packages.mjs';
import { root } from './lib/processes.mjs';

/** How many inputs each target gets: here, and in `npm test`. */
const [manyRuns, fewRuns] = [1_000_000, 2000];

/** Tries every target with a few inputs, by another seed each time. */
export const runShortFuzz = () => runFuzz({ runs: fewRuns, seed: randomInt(2 ** 31) });

/**
 * Bundles the targets and tries each of them, one after another. Each counts as two tests: that nothing was found, and that enough
 * of the inputs got far.
 *
 * @param {{ runs: number, seed: number, only?: string, input?: Uint8Array }} options
 */
export async function runFuzz({ runs, seed, only, input }) {
	const { buildTests } = (await import('../../esbuild.js')).default;
	const files = await buildTests('fuzz');
	const chosen = files.filter(file => only === undefined || nameOf(file) === only);
	if (chosen.length === 0) {
		throw new Error(`There is no target “${only}”. Choose one of: ${files.map(nameOf).join(', ')}.`);
	}
	console.log(`seed ${seed}`);
	const counts = { passed: 0, failed: 0 };
	for (const file of chosen) {
		const module = pathToFileURL(join(root, 'out', 'fuzz', `${basename(file, '.ts')}.mjs`)).href;
		const result = await runTarget({ module, seed, runs, input });
		const { target } = await import(module);
		const { passed, failed } = reportChecks(input ? [foundNothing(file, seed, result)] : checksOf(file, seed, result, target.reach));
		counts.passed += passed;
		counts.failed += failed;
	}
	return counts;
}

const nameOf = file => basename(file, '.fuzz.ts');

function checksOf(file, seed, result, reach) {
	const share = depth => (100 * (result.reached[depth] ?? 0)) / result.executions;
	const tooFew = Object.entries(reach).filter(([depth, least]) => share(depth) < least);
	const shares = Object.keys(result.reached)
		.sort((a, b) => share(b) - share(a))
		.map(depth => `${depth} ${share(depth).toFixed(1)} %`);
	return [
		foundNothing(file, seed, result),
		{ name: `${nameOf(file)}: inputs get far`, detail: shares.join(', '), isMet: tooFew.length === 0 },
	];
}

function foundNothing(file, seed, { executions, mistakes, slowest, seconds }) {
	for (const { index, input, stack } of mistakes) {
		console.error(`\n${nameOf(file)}, input ${index} of seed ${seed}: ${stack}`);
		console.error(`Again: npm run test:fuzz -- --target ${nameOf(file)} --input ${argumentOf(input, `${nameOf(file)}-${index}`)}\n`);
	}
	const detail = `${executions} inputs in ${seconds.toFixed(1)} s, the slowest took ${slowest.ms.toFixed(0)} ms (${slowest.bytes} bytes)`;
	return { name: `${nameOf(file)}: no input does harm`, detail, isMet: mistakes.length === 0 };
}

/** What is too long for a command line goes into a file. */
function argumentOf(input, name) {
	if (input.length < 10_000) {
		return input;
	}
	const path = join('out', 'logs', `fuzz-${name}.txt`);
	mkdirSync(join(root, 'out', 'logs'), { recursive: true });
	writeFileSync(join(root, path), input);
	return `@${path}`;
}

function inputFrom(argument) {
	const text = argument.startsWith('@') ? readFileSync(argument.slice(1), 'utf8') : argument;
	return Uint8Array.from(Buffer.from(text, 'base64'));
}

function wholeNumber(name, otherwise) {
	const given = optionValue(name);
	if (given !== undefined && !/^\d+$/.test(given)) {
		throw new Error(`--${name} must be a whole number.`);
	}
	return given === undefined ? otherwise : Number(given);
}

whenStarted(import.meta.url, async () => {
	await ensurePackages();
	const given = optionValue('input');
	return report(
		await runFuzz({
			runs: wholeNumber('runs', manyRuns),
			seed: wholeNumber('seed', randomInt(2 ** 31)),
			only: optionValue('target'),
			...(given === undefined ? {} : { input: inputFrom(given) }),
		}),
	);
});
