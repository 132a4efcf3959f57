import * as assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseSettings, type Settings } from '../../../../src/host/connections/parseSettings';

interface Manifest {
	readonly contributes: {
		readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown; readonly scope: string }>> };
	};
}

const { properties } = (JSON.parse(readFileSync('package.json', 'utf8')) as Manifest).contributes.configuration;

/** Settings with the declared defaults and what a person set. */
function settings(own: Readonly<Record<string, unknown>> = {}): Settings {
	return parseSettings(key => ({ own: own[key], declared: properties[`imgprompt.${key}`]?.default }));
}

suite('parseSettings', () => {
	test('gives the declared defaults to somebody who set nothing', () => {
		const { connections, ...rest } = settings();
		assert.deepEqual(
			connections.map(({ name }) => name),
			['sandbox'],
		);
		assert.deepEqual(rest, {
			planSettings: {
				size: '1024x1024',
				quality: 'medium',
				format: 'png',
				background: 'auto',
				moderation: 'auto',
				n: 1,
				partialImages: 0,
			},
			timeoutMs: 600_000,
			budget: { ceilings: {}, onExceed: 'ask' },
			keepPrompts: true,
			retention: { maxRuns: 1000, maxBytes: 5_000_000_000 },
			isCodeLensEnabled: true,
			assets: { folder: '', name: '{{slug}}.{{ext}}', onExisting: 'rename' },
			panelLocation: 'beside',
			problems: [],
		});
	});

	for (const [key, value, read] of [
		['connection', 'home', (found: Settings) => found.connection],
		['defaults.model', 'gpt-image-1.5', (found: Settings) => found.planSettings.model],
		['defaults.size', 'auto', (found: Settings) => found.planSettings.size],
		['defaults.quality', 'xhigh', (found: Settings) => found.planSettings.quality],
		['defaults.format', 'webp', (found: Settings) => found.planSettings.format],
		['defaults.background', 'opaque', (found: Settings) => found.planSettings.background],
		['defaults.moderation', 'low', (found: Settings) => found.planSettings.moderation],
		['defaults.n', 10, (found: Settings) => found.planSettings.n],
		['partialImages', 2, (found: Settings) => found.planSettings.partialImages],
		['budget.perRunUsd', 0.5, (found: Settings) => found.budget.ceilings.perRunUsd],
		['budget.perDayUsd', 0, (found: Settings) => found.budget.ceilings.perDayUsd],
		['budget.onExceed', 'refuse', (found: Settings) => found.budget.onExceed],
		['history.keepPrompts', false, (found: Settings) => found.keepPrompts],
		['history.maxRuns', 12, (found: Settings) => found.retention.maxRuns],
		['history.maxBytes', 1_000_000, (found: Settings) => found.retention.maxBytes],
		['codeLens.enabled', false, (found: Settings) => found.isCodeLensEnabled],
		['assets.folder', 'img', (found: Settings) => found.assets.folder],
		['assets.name', '{{index}}.{{ext}}', (found: Settings) => found.assets.name],
		['assets.onExisting', 'ask', (found: Settings) => found.assets.onExisting],
		['panel.location', 'active', (found: Settings) => found.panelLocation],
	] as const) {
		test(`takes imgprompt.${key}`, () => {
			const found = settings({ [key]: value });
			assert.equal(read(found), value);
			assert.deepEqual(found.problems, []);
		});
	}

	test('counts the timeout in milliseconds', () => {
		assert.equal(settings({ timeoutSeconds: 30 }).timeoutMs, 30_000);
	});

	for (const [key, value, problem] of [
		['connection', 7, 'The setting imgprompt.connection must be text; "" is used instead.'],
		['defaults.n', 11, 'The setting imgprompt.defaults.n must be a whole number from 1 to 10; 1 is used instead.'],
		['defaults.n', 1.5, 'The setting imgprompt.defaults.n must be a whole number from 1 to 10; 1 is used instead.'],
		['defaults.n', '2', 'The setting imgprompt.defaults.n must be a whole number from 1 to 10; 1 is used instead.'],
		['timeoutSeconds', 5, 'The setting imgprompt.timeoutSeconds must be a whole number from 10 to 3600; 600 is used instead.'],
		['partialImages', null, 'The setting imgprompt.partialImages must be a whole number from 0 to 3; 0 is used instead.'],
		[
			'history.maxRuns',
			0,
			'The setting imgprompt.history.maxRuns must be a whole number above 0, or `null` for no limit; 1000 is used instead.',
		],
		[
			'history.maxBytes',
			'5 GB',
			'The setting imgprompt.history.maxBytes must be a whole number above 0, or `null` for no limit; 5000000000 is used instead.',
		],
		['history.keepPrompts', 'no', 'The setting imgprompt.history.keepPrompts must be `true` or `false`; true is used instead.'],
		['panel.location', 'above', 'The setting imgprompt.panel.location must be one of beside, active; "beside" is used instead.'],
		['defaults.moderation', {}, 'The setting imgprompt.defaults.moderation must be one of auto, low; "auto" is used instead.'],
	] as const) {
		test(`imgprompt.${key} set to ${JSON.stringify(value)} gives way to the default, and says so`, () => {
			const { problems, ...rest } = settings({ [key]: value });
			const { problems: _none, ...defaults } = settings();
			assert.deepEqual(problems, [problem]);
			assert.deepEqual(rest, defaults);
		});
	}

	for (const value of ['5', -1, true, [], Number.POSITIVE_INFINITY, Number.NaN]) {
		test(`a ceiling of ${JSON.stringify(value)} lets nothing pass that costs, and says so`, () => {
			const { budget, problems } = settings({ 'budget.perDayUsd': value });
			assert.deepEqual(budget.ceilings, { perDayUsd: 0 });
			assert.deepEqual(problems, [
				'The setting imgprompt.budget.perDayUsd must be a number of US dollars, or null for no ceiling; 0 is used instead.',
			]);
		});
	}

	test('a ceiling that was taken away is none', () => {
		assert.deepEqual(settings({ 'budget.perDayUsd': null }).budget.ceilings, {});
	});

	test('a limit of the history that was taken away is none', () => {
		assert.deepEqual(settings({ 'history.maxRuns': null, 'history.maxBytes': null }).retention, {});
	});

	test('a bad connection is named, and the good ones stay', () => {
		const found = settings({
			connections: [
				{ name: 'home', kind: 'openai' },
				{ name: 'bad', kind: 'compatible' },
			],
		});
		assert.deepEqual(
			found.connections.map(({ name }) => name),
			['home', 'sandbox'],
		);
		assert.equal(found.problems.length, 1);
		assert.match(found.problems[0] ?? '', /^Connection "bad": /);
	});

	test('a missing default in the manifest is a defect', () => {
		assert.throws(() => parseSettings(() => ({ own: undefined, declared: undefined })), /declares no valid default/);
	});

	test('every setting is closed to workspaces', () => {
		const open = Object.entries(properties).filter(([, { scope }]) => scope !== 'application');
		assert.deepEqual(open, []);
	});
});
