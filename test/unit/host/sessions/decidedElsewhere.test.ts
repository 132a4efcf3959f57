import * as assert from 'node:assert/strict';
import type { RunRecord } from '../../../../src/core/run/records';
import { showDecidedElsewhere } from '../../../../src/host/sessions/decidedElsewhere';
import type { RunView } from '../../../../src/host/sessions/foreignRuns';
import { MemoryRunStore } from '../../../fakes/memoryRecords';
import { finishedRecord, recordOf, resultOf } from '../../../gallery/sessions';

const uncertain = recordOf({ state: 'finished', result: resultOf({ status: 'uncertain' }) });

suite('A run that another window decides about', () => {
	async function shownAfter(record: RunRecord, onDisk: Partial<RunRecord>, undecided: readonly string[]) {
		const runs = new MemoryRunStore();
		await (await runs.create(record)).update(onDisk);
		const shown: RunRecord[] = [];
		const view: RunView = { run: { record }, showRecord: each => shown.push(each) };
		await showDecidedElsewhere([view, { run: undefined, showRecord: () => assert.fail('It shows no run.') }], undecided, runs);
		return shown;
	}

	test('is shown as decided', async () => {
		assert.deepEqual(
			(await shownAfter(uncertain, { isDismissed: true }, [])).map(({ isDismissed }) => isDismissed),
			[true],
		);
	});

	for (const [name, record, undecided] of [
		['that is still undecided', uncertain, [uncertain.runId]],
		['that was never uncertain', finishedRecord(), []],
		['that is under way', recordOf({ state: 'left' }), []],
	] as const) {
		test(`is not read again when it is one ${name}`, async () => {
			assert.deepEqual(await shownAfter(record, {}, undecided), []);
		});
	}

	test('may be gone by now, and then stays as it was', async () => {
		const view: RunView = { run: { record: uncertain }, showRecord: () => assert.fail('There is nothing to show.') };
		await showDecidedElsewhere([view], [], new MemoryRunStore());
	});
});
