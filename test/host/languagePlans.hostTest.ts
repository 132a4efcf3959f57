import * as assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { promptFromValues } from '../../src/core/prompt/promptFromValues';
import { ApiKeys } from '../../src/host/connections/apiKeys';
import { Connections } from '../../src/host/connections/connections';
import { UserSettings } from '../../src/host/connections/settings';
import { problemsOf, PromptPlans } from '../../src/host/language/promptPlans';
import { closeEverything, eventually, withSettings } from './harness';
import { noTokens } from './identityKit';

suite('plans of prompts', () => {
	let settings: UserSettings;
	let plans: PromptPlans;
	let today = '2026-11-20';

	setup(() => {
		today = '2026-11-20';
		settings = new UserSettings(() => undefined);
		// No plan looks at a key.
		const noSecrets = {} as vscode.SecretStorage;
		plans = new PromptPlans(settings, new Connections(settings, new ApiKeys(noSecrets), noTokens()), () => today);
	});

	teardown(async () => {
		plans.dispose();
		settings.dispose();
		await closeEverything();
	});

	async function openText(content: string): Promise<vscode.TextDocument> {
		return vscode.workspace.openTextDocument({ language: 'imgprompt', content });
	}

	test('one version of a document is planned once', async () => {
		const document = await openText('A rose.');
		assert.equal(plans.plan(document), plans.plan(document));
	});

	test('an edit makes another plan', async () => {
		const document = await openText('A rose.');
		const before = plans.plan(document);
		const edit = new vscode.WorkspaceEdit();
		edit.insert(document.uri, new vscode.Position(0, 2), 'red ');
		await vscode.workspace.applyEdit(edit);
		assert.equal(before.document.body, 'A rose.');
		assert.equal(plans.plan(document).document.body, 'A red rose.');
	});

	test('another setting makes another plan', async () => {
		const document = await openText('A rose.');
		const before = plans.plan(document);
		await withSettings({ 'imgprompt.defaults.n': 3 }, async () => {
			const after = await eventually('another plan', () => (plans.plan(document) === before ? undefined : plans.plan(document)));
			assert.equal(after.outcome.kind === 'ready' && after.outcome.plan.requested.n, 3);
		});
	});

	test('the day on which a model ends makes another plan', async () => {
		const document = await openText('---\nmodel: gpt-image-1.5\n---\nA rose.');
		const codes = (): readonly string[] => problemsOf(plans.plan(document)).map(({ code, severity }) => `${code} ${severity}`);
		today = '2026-01-01';
		assert.deepEqual(codes(), []);
		today = '2026-12-01';
		assert.deepEqual(codes(), ['modelRetired warning']);
	});

	test('a setting that names no connection is said about the whole file', async () => {
		await withSettings({ 'imgprompt.connection': 'nowhere' }, async () => {
			const { choice, outcome } = await eventually('the setting', () => {
				const planned = plans.planPrompt(promptFromValues({ prompt: 'A rose.' }));
				return planned.choice.kind === 'unknown' ? planned : undefined;
			});
			assert.deepEqual(choice, { kind: 'unknown', name: 'nowhere', known: ['sandbox'] });
			assert.ok(outcome.kind === 'invalid');
			assert.deepEqual(
				outcome.problems.map(({ code, range }) => [code, range]),
				[['unknownConnection', { start: 0, end: 0 }]],
			);
		});
	});

	test('a prompt that came from no text is planned too', () => {
		const { outcome } = plans.planPrompt(promptFromValues({ prompt: 'A rose.', size: 'square' }));
		assert.deepEqual(outcome.kind === 'ready' && outcome.plan.requested.size, { width: 1024, height: 1024 });
	});
});
