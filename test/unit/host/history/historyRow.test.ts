import * as assert from 'node:assert/strict';
import { historyRows } from '../../../../src/host/history/historyRow';
import type { RunRecord } from '../../../../src/core/run/records';
import { finishedRecord, pictureOf, recordOf, resultOf } from '../../../gallery/sessions';
import { bracketed, english } from '../panel/english';

const row = (record: RunRecord, hasUsagePage = true) => historyRows(english).rowOf(record, hasUsagePage);

const uncertain = (change: Partial<RunRecord> = {}): RunRecord =>
	recordOf({ state: 'finished', result: resultOf({ status: 'uncertain', cost: { usd: 0.041, estimated: true } }), ...change });

type StoredResult = NonNullable<RunRecord['result']>;

const withoutCost = ({ cost: _, ...result }: StoredResult): StoredResult => result;

suite('A line of the history', () => {
	test('says what was asked of whom, when, and what came of it', () => {
		const { outcome, ...rest } = row(finishedRecord());
		assert.deepEqual(rest, {
			runId: '20261120-090000-a1b2c3',
			icon: 'check',
			isStarred: false,
			words: 'Interior of an empty subway car (no people). Wide-angle view looking down the…',
			origin: 'openai · gpt-image-2 · hero.imgprompt',
			actions: ['star', 'reveal'],
		});
		assert.match(outcome, /^Nov 20, 2026, .+ · 1 picture · \$0\.041$/);
	});

	for (const [name, record, icon, words, actions] of [
		['a run under way', recordOf({ state: 'left' }), 'loading', 'under way', []],
		['an undecided run', uncertain(), 'warning', '≈ $0.041 · may have been billed', ['dismiss', 'openUsagePage', 'star']],
		['a dismissed run', uncertain({ isDismissed: true }), 'warning', 'dismissed, may have been billed · ≈ $0.041', ['star']],
		['a failed run', recordOf({ state: 'finished', result: resultOf({ status: 'failed' }) }), 'error', 'failed · $0.041', ['star']],
		[
			'why a run failed',
			recordOf({
				state: 'finished',
				result: {
					...withoutCost(resultOf({ status: 'failed' })),
					failure: { kind: 'modelUnavailable', message: '127.0.0.1 has no deployment “a”. Check\nthe name. It says: “No.”' },
				},
			}),
			'error',
			'failed · 127.0.0.1 has no deployment “a”',
			['star'],
		],
		[
			'a cancelled run',
			recordOf({ state: 'finished', result: resultOf({ status: 'cancelled' }) }),
			'circle-slash',
			'cancelled · $0.041',
			['star'],
		],
		[
			'several pictures',
			finishedRecord({}, { pictures: [pictureOf(0), pictureOf(1)] }),
			'check',
			'2 pictures · $0.041',
			['star', 'reveal'],
		],
		['the sandbox', finishedRecord({}, { hostKind: 'sandbox' }), 'check', '1 picture · free', ['star', 'reveal']],
		['a starred run', finishedRecord({}, { isStarred: true }), 'check', '1 picture · $0.041', ['unstar', 'reveal']],
	] as const) {
		test(`knows ${name}`, () => {
			const { icon: shown, outcome, actions: offered } = row(record);
			assert.deepEqual([shown, outcome.split(' · ').slice(1).join(' · '), offered], [icon, words, actions]);
		});
	}

	test('offers no page that the host does not have', () => {
		assert.deepEqual(row(uncertain(), false).actions, ['dismiss', 'star']);
	});

	for (const [name, change, words, origin] of [
		['names the file where no prompt is kept', {}, 'hero.imgprompt', 'openai · gpt-image-2'],
		['says that none is kept', { source: { kind: 'input' } }, 'Prompt not kept', 'openai · gpt-image-2'],
		[
			'reads the name of a file as a person does',
			{ source: { kind: 'file', uri: 'file:///a/caf%C3%A9%20100%25.imgprompt' } },
			'café 100%.imgprompt',
			'openai · gpt-image-2',
		],
		['says a name once that is the model’s as well', { model: 'openai', source: { kind: 'input' } }, 'Prompt not kept', 'openai'],
		['names nothing that is not known', { connection: '', model: '', source: { kind: 'input' } }, 'Prompt not kept', ''],
	] as const) {
		test(name, () => {
			const { prompt: _, ...record } = finishedRecord();
			const { words: shown, origin: from } = row({ ...record, ...change });
			assert.deepEqual([shown, from], [words, origin]);
		});
	}

	test('is one short line, whatever the prompt looks like', () => {
		for (const prompt of ['x'.repeat(5000), 'word '.repeat(2000), '\n\n\ta\r\nb']) {
			const { words } = row(finishedRecord({}, { prompt }));
			assert.ok(words.length <= 81 && !/[\n\r\t]/.test(words), words);
		}
	});

	test('survives a start that is no time', () => {
		assert.equal(row(finishedRecord({}, { startedAt: 'once' })).outcome, '1 picture · $0.041');
	});

	test('is in the user’s language', () => {
		assert.match(
			historyRows({ ...bracketed, locale: 'de' }).rowOf(finishedRecord(), true).outcome,
			/^20\.11\.2026, .+ · \[1 picture\] · 0,041/,
		);
	});
});
