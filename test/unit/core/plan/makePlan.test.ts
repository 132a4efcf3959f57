import * as assert from 'node:assert/strict';
import fc from 'fast-check';
import { sandboxConnection } from '../../../../src/core/connection/sandboxConnection';
import { makePlan } from '../../../../src/core/plan/makePlan';
import { parsePrompt } from '../../../../src/core/prompt/parsePrompt';
import { withVariables } from '../../../../src/core/prompt/withVariables';
import { codesOf, compatible, connectionOf, defaults, mended, openAi, planned, planOf, problemsOf, seen, withKeys } from './planning';

suite('makePlan', () => {
	test('joins prompt, connection, settings and capability into one whole', () => {
		const text = withKeys(
			'size: landscape',
			'output: assets/{{name}}.{{ext}}',
			'alt: A {{mood}} cat',
			'vars:',
			'  mood: calm',
			'  name: cat',
		);
		assert.deepEqual(planned(text), {
			kind: 'ready',
			plan: {
				operation: 'generate',
				connection: openAi,
				model: 'gpt-image-2',
				prompt: 'A cat',
				requested: { size: { width: 1536, height: 1024 }, quality: 'medium', format: 'png', n: 1 },
				requests: [
					{
						candidates: [0],
						stream: true,
						body: {
							model: 'gpt-image-2',
							prompt: 'A cat',
							size: '1536x1024',
							quality: 'medium',
							output_format: 'png',
							stream: true,
							partial_images: 1,
						},
					},
				],
				price: { kind: 'estimate', minUsd: 0.04416, maxUsd: 0.04416, outputTokens: [1472, 1472] },
				prices: { textIn: 5, imageIn: 8, imageOut: 30 },
				notices: [],
				problems: [],
				output: 'assets/cat.{{ext}}',
				alt: 'A calm cat',
				typicalSeconds: [45, 60],
			},
		});
	});

	test('sends the prompt as it reads after comments and variables', () => {
		const plan = planOf('---\nvars:\n  mood: calm\n---\nA {{mood}} cat<!-- not a dog -->.');
		assert.deepEqual([plan.prompt, plan.requests[0]?.body['prompt']], ['A calm cat.', 'A calm cat.']);
	});

	test('waits for what is usual: by quality, over all of them, or not known', () => {
		assert.deepEqual(planOf(withKeys('quality: high')).typicalSeconds, [120, 190]);
		assert.deepEqual(planOf(withKeys('quality: auto')).typicalSeconds, [20, 190]);
		assert.deepEqual(planOf('A cat', { connection: sandboxConnection }).typicalSeconds, [1, 3]);
		assert.equal(planOf('A cat', { connection: compatible }).typicalSeconds, undefined);
	});

	test('reports every problem at once, of form and of content, in the order of the text', () => {
		const text = withKeys('size: 1920x1080', 'quallity: low', 'n: 50', 'format: gif', 'model: dall-e-3', 'output: /etc/x.png');
		assert.deepEqual(
			seen(text).map(({ problem, at }) => `${problem}: ${at}`),
			[
				'error sizeGrid: 1920x1080',
				'error unknownKey: quallity',
				'error invalidValue: 50',
				'error formatUnsupported: gif',
				'error modelRetired: dall-e-3',
				'error outputOutsideWorkspace: /etc/x.png',
			],
		);
	});

	test('is invalid for a mistake of form alone', () => {
		assert.equal(planned(withKeys('quallity: low')).kind, 'invalid');
	});

	test('keeps warnings of form in a valid plan', () => {
		const plan = planOf('---\nvars:\n  unused: x\n---\nA cat');
		assert.deepEqual(
			plan.problems.map(({ code, severity }) => `${severity} ${code}`),
			['warning unusedVariable'],
		);
	});

	test('says once that there is no prompt', () => {
		for (const text of ['', '   ', '---\nsize: auto\n---\n', '<!-- only this -->']) {
			assert.deepEqual(codesOf(text), ['error missingPrompt'], JSON.stringify(text));
		}
	});

	test('says that variables made the prompt empty', () => {
		const document = withVariables(parsePrompt('---\nvars:\n  what: cat\n---\n{{what}}'), { what: ' ' });
		assert.deepEqual(codesOf(document), ['error missingPrompt']);
	});

	test('takes a prompt of exactly 32,000 characters, and not one more', () => {
		assert.equal(planned('a'.repeat(32_000)).kind, 'ready');
		assert.deepEqual(
			problemsOf('a'.repeat(32_001)).map(({ code, message }) => [code, message]),
			[['promptTooLong', 'The prompt has 32,001 characters; gpt-image-2 takes 32,000. Shorten it by 1.']],
		);
		assert.equal(planned('a'.repeat(40_000), { connection: compatible }).kind, 'ready');
	});

	for (const [output, message] of [
		['/tmp/x.png', 'The path is absolute. Write it relative to the file.'],
		['C:/x.png', 'The path is absolute. Write it relative to the file.'],
		['.git/hooks/x.png', '“.git” can’t be used in a path. Nothing is written into .git or .vscode. Choose another folder.'],
		['nul.png', '“nul.png” can’t be used in a path. Windows reserves this name. Choose another one.'],
		['.github/logo.png', '“.github” can’t be used in a path. Names that start with a dot are reserved. Choose another name.'],
		[
			'a b/．．/x.png',
			'“．．” can’t be used in a path. The name has characters that some file systems take for others. Type it with plain ones.',
		],
	] as const) {
		test(`refuses the output ${output}`, () => {
			assert.deepEqual(seen(withKeys(`output: ${output}`)), [
				{ problem: 'error outputOutsideWorkspace', at: output, message, fixes: [] },
			]);
		});
	}

	for (const [folder, output, code] of [
		[undefined, '../../a.png', undefined],
		['', 'a.png', undefined],
		['', '../a.png', 'outputOutsideWorkspace'],
		['docs', '../a.png', undefined],
		['docs', '../../a.png', 'outputOutsideWorkspace'],
		['docs/guide', '../../a.png', undefined],
		['docs/guide', '../x/../../../a.png', 'outputOutsideWorkspace'],
		['.git/hooks', 'a.png', 'outputOutsideWorkspace'],
	] as const) {
		test(`${code ? 'refuses' : 'takes'} the output ${output} of a file in ${folder === undefined ? 'no known folder' : `“${folder}”`}`, () => {
			const text = withKeys(`output: ${output}`);
			assert.deepEqual(codesOf(text, folder === undefined ? {} : { folder }), code ? [`error ${code}`] : []);
		});
	}

	test('refuses an output that variables made a folder', () => {
		const text = withKeys('output: "images/{{name2}}"', 'vars:', "  name2: ''");
		assert.deepEqual(codesOf(text), ['error outputOutsideWorkspace']);
	});

	test('looks at the output after variables are filled', () => {
		const text = withKeys('output: "{{where}}/x.png"', 'vars:', '  where: .git');
		assert.deepEqual(codesOf(text), ['error outputOutsideWorkspace']);
	});

	test('leaves it to whoever knows the workspace whether .. leaves it', () => {
		assert.equal(planOf(withKeys('output: ../images/x.png')).output, '../images/x.png');
	});

	test('lets several candidates share an output, because later ones get a number', () => {
		assert.deepEqual(codesOf(withKeys('n: 3', 'output: x.png')), []);
	});

	test('gives the same outcome for the same input', () => {
		fc.assert(
			fc.property(fc.string(), text => {
				assert.deepEqual(planned(text), planned(text));
			}),
			{ seed: 6 },
		);
	});

	test('never throws, and never lets an error through', () => {
		const line = fc.oneof(
			fc.constantFrom('size: auto', 'size: 1920x1080', 'n: 4', 'quality: max', 'tier: 96', 'format: jpeg', 'background: transparent'),
			fc.constantFrom('compression: 3', 'model: dall-e-2', 'model: x', 'output: ../../x', 'moderation: low', 'vars: {a: b}', 'n: {'),
			fc.string(),
		);
		fc.assert(
			fc.property(
				fc.array(line, { maxLength: 6 }),
				fc.string(),
				fc.constantFrom(openAi, compatible, sandboxConnection),
				(lines, body, connection) => {
					const document = parsePrompt(['---', ...lines, '---', body].join('\n'));
					const outcome = makePlan({ document, connection, settings: defaults, today: '2026-11-20' });
					const problems = outcome.kind === 'ready' ? outcome.plan.problems : outcome.problems;
					assert.equal(
						problems.some(({ severity }) => severity === 'error'),
						outcome.kind === 'invalid',
					);
					assert.deepEqual(
						problems.map(({ range }) => range.start),
						problems.map(({ range }) => range.start).toSorted((a, b) => a - b),
					);
				},
			),
			{ seed: 7 },
		);
	});
});

suite('makePlan: model', () => {
	for (const [origin, text, settings, entry, model] of [
		['the file', withKeys('model: gpt-image-2.5-flare'), { model: 'gpt-image-2.5-sunburst' }, {}, 'gpt-image-2.5-flare'],
		['the setting', 'A cat', { model: ' gpt-image-2.5-sunburst ' }, { model: 'gpt-image-2' }, 'gpt-image-2.5-sunburst'],
		['the connection', 'A cat', { model: '' }, { model: 'gpt-image-2.5-flare' }, 'gpt-image-2.5-flare'],
		['the default', 'A cat', {}, {}, 'gpt-image-2'],
	] as const) {
		test(`comes from ${origin}`, () => {
			const plan = planOf(text, { settings, connection: connectionOf({ kind: 'openai', ...entry }) });
			assert.deepEqual([plan.model, plan.requests[0]?.body['model']], [model, model]);
		});
	}

	test('of the settings is not told to a compatible server', () => {
		const plan = planOf('A cat', { settings: { model: 'gpt-image-2' }, connection: compatible });
		assert.deepEqual([plan.model, plan.requests[0]?.body['model']], ['', undefined]);
		assert.equal(planOf(withKeys('model: sd'), { connection: compatible }).requests[0]?.body['model'], 'sd');
	});

	test('of a stranger is sent with a warning at its name', () => {
		const text = withKeys('model: gpt-image-9');
		assert.deepEqual(seen(text), [
			{
				problem: 'warning unknownModel',
				at: 'gpt-image-9',
				message:
					'gpt-image-9 is not a model that this version knows. It is checked by the rules of gpt-image-2.5; its price is not known.',
				fixes: [],
			},
		]);
		assert.deepEqual(planOf(text).price, { kind: 'unknown', reason: 'The prices of this model are not known.' });
	});

	test('that is retired is replaced by its successor', () => {
		const text = withKeys('model: dall-e-3');
		assert.deepEqual(seen(text), [
			{
				problem: 'error modelRetired',
				at: 'dall-e-3',
				message: 'dall-e-3 was shut down on 2026-05-12. Use gpt-image-2.5-sunburst.',
				fixes: ['* Use gpt-image-2.5-sunburst'],
			},
		]);
		assert.equal(mended(text, 'Use gpt-image-2.5-sunburst'), withKeys('model: gpt-image-2.5-sunburst'));
	});

	test('that ends soon is warned of, and refused from the day on', () => {
		const text = withKeys('model: gpt-image-1-mini');
		assert.deepEqual(codesOf(text, { today: '2026-11-30' }), ['warning modelRetired']);
		assert.deepEqual(codesOf(text, { today: '2026-12-01' }), ['error modelRetired']);
	});

	test('that is retired and stands in the settings or the connection is found there', () => {
		assert.deepEqual(seen('A cat', { settings: { model: 'dall-e-2' } }), [
			{
				problem: 'error modelRetired',
				at: '',
				message:
					'dall-e-2 was shut down on 2026-05-12. Use gpt-image-2.5-flare. The value comes from the setting "imgprompt.defaults.model".',
				fixes: [],
			},
		]);
		assert.equal(
			problemsOf('A cat', { connection: connectionOf({ kind: 'openai', model: 'dall-e-2' }) })[0]?.message,
			'dall-e-2 was shut down on 2026-05-12. Use gpt-image-2.5-flare. It is the model of the connection "test".',
		);
	});

	test('is described by the connection’s capabilities, whose mistakes stop the plan', () => {
		const connection = connectionOf({ kind: 'openai', capabilities: { maxCandidate: 2 } });
		assert.deepEqual(seen('A cat', { connection }), [
			{
				problem: 'error invalidValue',
				at: '',
				message:
					'"maxCandidate" is not known here. Did you mean "maxCandidates"? It is in the "capabilities" of the connection "test".',
				fixes: [],
			},
		]);
	});
});
