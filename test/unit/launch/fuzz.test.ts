import * as assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runTarget } from '../../launch/lib/fuzzRun.mjs';
import { Random } from '../../fuzz/random';
import { makeInput } from '../../fuzz/mutation';

suite('the fuzzer', () => {
	let folder: string;
	suiteSetup(() => (folder = mkdtempSync(join(tmpdir(), 'imgprompt-fuzz-'))));
	suiteTeardown(() => rmSync(folder, { recursive: true }));

	/** A target whose input number N is the byte N, and that does `body` with it. */
	async function fuzz(body: string, options: { readonly runs?: number; readonly input?: Uint8Array } = {}) {
		const file = join(folder, `${Math.abs(Random.of(Buffer.from(body)).next())}.mjs`);
		writeFileSync(
			file,
			`export const target = { inputOf: (seed, index) => Uint8Array.of(seed + index), tryInput: input => { ${body} return 'end'; }, reach: {} };`,
		);
		const found = await runTarget({ module: pathToFileURL(file).href, seed: 0, runs: 5, hangMs: 60, memoryMb: 32, ...options });
		const mistakes = found.mistakes.map(({ index, input, stack }) => [index, [...Buffer.from(input, 'base64')], stack.split('\n')[0]]);
		return { executions: found.executions, mistakes, reached: found.reached };
	}

	test('tries as many inputs as it is told, and counts how far they got', async () => {
		assert.deepEqual(await fuzz(''), { executions: 5, mistakes: [], reached: { end: 5 } });
	});

	test('finds what throws, and goes on behind it', async () => {
		assert.deepEqual(await fuzz('if (input[0] === 2) throw new Error("two");'), {
			executions: 5,
			mistakes: [[2, [2], 'Error: two']],
			reached: { end: 4 },
		});
	});

	test('finds what rejects, even if nobody waits for it', async () => {
		const { mistakes } = await fuzz('if (input[0] === 4) Promise.reject(new Error("four"));');
		assert.deepEqual(mistakes, [[4, [4], 'Error: four']]);
	});

	test('finds what never ends, ends it, and goes on behind it', async () => {
		const { executions, mistakes } = await fuzz('while (input[0] === 1);');
		assert.deepEqual([executions, mistakes], [5, [[1, [1], 'Hang: busy with this input for more than 60 ms.']]]);
	});

	test('finds what fills the memory', async () => {
		const { executions, mistakes } = await fuzz(
			'const all = []; while (input[0] === 3) all.push(new Array(1000).fill(input[0] + 0.5));',
		);
		assert.deepEqual([executions, mistakes.map(([index]) => index)], [5, [3]]);
	});

	test('tries one input again', async () => {
		const input = Uint8Array.of(7);
		assert.deepEqual(await fuzz('if (input[0] === 7) throw new Error("seven");', { input }), {
			executions: 1,
			mistakes: [[0, [7], 'Error: seven']],
			reached: {},
		});
	});

	test('makes the same inputs of the same seed, and others of another one', () => {
		const subject = {
			samples: [Buffer.from('{"a":[1,2,{"b":"c"}]}')],
			tokens: ['"x"', '7'],
			isJson: true,
			reach: {},
			run: () => 'end',
		};
		const inputs = (seed: number): readonly string[] =>
			Array.from({ length: 200 }, (_, index) => Buffer.from(makeInput(subject, new Random(seed, index))).toString('base64'));
		assert.deepEqual(inputs(1), inputs(1));
		assert.ok(new Set([...inputs(1), ...inputs(2)]).size > 150);
	});
});
