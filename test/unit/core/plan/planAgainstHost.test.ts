import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Plan } from '../../../../src/core/plan/plan';
import { checkGeneration } from '../../../fakes/imagesApi/rules';
import { compatible, connectionOf, defaults, openAi, planned, withKeys, type Circumstances } from './planning';

const headers = { 'content-type': 'application/json' };

/** The host's own words about the first request that it would refuse. */
function refusalOf({ requests }: Plan): string | undefined {
	const refused = requests.map(({ body }) => checkGeneration(body, headers)).find(Boolean);
	return refused && JSON.stringify(refused.body);
}

const model = fc.constantFrom('gpt-image-2', 'gpt-image-2.5-sunburst', 'gpt-image-2.5-flare', 'gpt-image-1.5', 'gpt-image-1-mini');
/** Around the limits, where rules are wrong if they are. */
const edge = fc.oneof(
	fc.constantFrom(16, 512, 640, 800, 816, 1024, 1080, 1088, 1280, 1440, 1536, 2160, 2304, 2880, 2896, 3840, 3856),
	fc.integer({ min: 1, max: 260 }).map(cells => cells * 16),
	fc.integer({ min: 1, max: 4000 }),
);
const size = fc.oneof(
	{ weight: 6, arbitrary: fc.tuple(edge, edge).map(([width, height]) => `${width}x${height}`) },
	{ weight: 2, arbitrary: fc.constantFrom('auto', 'square', 'landscape', 'portrait', 'wide', 'tall', '2k', 'qhd', '4k') },
);
const others = {
	tier: fc.constantFrom('smimage', 'image', 'xlimage', '16', '96'),
	quality: fc.constantFrom('auto', 'low', 'medium', 'high', 'xhigh', 'max', 'hd'),
	format: fc.constantFrom('png', 'jpeg', 'webp', 'gif'),
	compression: fc.integer({ min: 0, max: 100 }).map(String),
	background: fc.constantFrom('auto', 'opaque', 'transparent'),
	moderation: fc.constantFrom('auto', 'low'),
	n: fc.integer({ min: 1, max: 10 }).map(String),
};
const keys = fc.record({ model, size, ...others }, { requiredKeys: [] });
const partialImages = fc.integer({ min: 0, max: 3 });

function fileWith(values: Readonly<Record<string, string | undefined>>): string {
	const lines = Object.entries(values).flatMap(([key, value]) => (value === undefined ? [] : [`${key}: ${value}`]));
	return withKeys(...lines);
}

function ready(text: string, circumstances: Circumstances = {}): Plan | undefined {
	const outcome = planned(text, circumstances);
	return outcome.kind === 'ready' ? outcome.plan : undefined;
}

suite('a plan and the host that it is for', () => {
	test('agree on everything that is sent: what is planned is not refused', () => {
		fc.assert(
			fc.property(keys, partialImages, (values, partials) => {
				const plan = ready(fileWith(values), { settings: { partialImages: partials } });
				assert.equal(plan && refusalOf(plan), undefined);
			}),
			{ numRuns: 300, seed: 41 },
		);
	});

	test('agree on every size: what is not planned would be refused', () => {
		fc.assert(
			fc.property(fc.tuple(model, edge, edge), ([name, width, height]) => {
				const asked = `${width}x${height}`;
				const plan = ready(fileWith({ model: name, size: asked }));
				const body = { model: name, prompt: 'A cat', size: asked };
				assert.equal(plan !== undefined, checkGeneration(body, headers) === undefined, `${name} ${asked}`);
			}),
			{ numRuns: 400, seed: 42 },
		);
	});

	test('agree on settings too, which no file shows', () => {
		const settings = fc.record({ size, quality: others.quality, format: others.format, background: others.background });
		fc.assert(
			fc.property(settings, fc.integer({ min: 1, max: 10 }), (chosen, n) => {
				const plan = ready('A cat', { settings: { ...chosen, n } });
				assert.equal(plan && refusalOf(plan), undefined);
			}),
			{ numRuns: 150, seed: 43 },
		);
	});
});

suite('a plan, whatever it is for', () => {
	const own = { qualities: ['low', 'high'], streams: true, maxPartialImages: 2, candidates: 'parallelRequests' };
	const connections = [
		openAi,
		compatible,
		connectionOf({ kind: 'compatible', baseUrl: 'http://localhost:1/v1', model: 'sd', capabilities: { sizes: ['512x512'] } }),
		connectionOf({ kind: 'compatible', baseUrl: 'http://localhost:1/v1', model: 'sd', capabilities: own }),
	];

	test('asks for each candidate exactly once, and streams none but single ones', () => {
		fc.assert(
			fc.property(keys, fc.constantFrom(...connections), (values, connection) => {
				const plan = ready(fileWith(values), { connection, settings: { ...defaults } });
				const candidates = plan?.requests.flatMap(request => request.candidates);
				assert.deepEqual(candidates ?? [], [...Array(plan?.requested.n ?? 0).keys()]);
				for (const { body, stream, candidates: asked } of plan?.requests ?? []) {
					assert.equal(body.stream === true, stream);
					assert.equal(body.n ?? 1, asked.length);
					assert.ok(!stream || asked.length === 1);
				}
			}),
			{ numRuns: 200, seed: 44 },
		);
	});

	test('sends a compatible server nothing but what all of them understand', () => {
		const understood = ['prompt', 'model', 'n', 'size', 'response_format'];
		fc.assert(
			fc.property(keys, values => {
				for (const { body } of ready(fileWith(values), { connection: compatible })?.requests ?? []) {
					assert.deepEqual(
						Object.keys(body).filter(field => !understood.includes(field)),
						[],
					);
					assert.notEqual(body.size, 'auto');
					assert.equal(body.response_format, 'b64_json');
				}
			}),
			{ numRuns: 150, seed: 45 },
		);
	});

	test('costs at least as much for more candidates, and never less than nothing', () => {
		fc.assert(
			fc.property(keys, fc.integer({ min: 1, max: 9 }), (values, n) => {
				const [fewer, more] = [n, n + 1].map(count => ready(fileWith({ ...values, n: String(count) }))?.price);
				assert.equal(fewer?.kind, more?.kind);
				if (fewer?.kind === 'estimate' && more?.kind === 'estimate') {
					assert.ok(0 < fewer.minUsd && fewer.minUsd <= fewer.maxUsd);
					// One candidate alone may bring partial pictures, which cost as well.
					assert.ok(n === 1 || fewer.maxUsd < more.maxUsd);
				}
			}),
			{ numRuns: 150, seed: 46 },
		);
	});
});
