import * as assert from 'node:assert/strict';
import { failedResult } from '../../../../src/core/run/results';
import type { RunResult } from '../../../../src/core/run/runResult';
import { logRun } from '../../../../src/host/generation/logRun';

function linesOf(change: Partial<RunResult>): readonly string[] {
	const lines: string[] = [];
	const result = { ...failedResult('serverError', 'ignored'), runId: 'r1', connection: 'work', model: 'gpt-image-2', durationMs: 1234 };
	const { failure: _ignored, ...others } = result;
	logRun({ info: line => lines.push(`info ${line}`), warn: line => lines.push(`warn ${line}`) }, { ...others, ...change });
	return lines;
}

suite('logRun', () => {
	test('notes a run that gave pictures', () => {
		assert.deepEqual(linesOf({ status: 'succeeded', requestIds: ['req_1'] }), [
			'info Run r1 on "work" (gpt-image-2): succeeded after 1.2 s, request req_1.',
		]);
	});

	test('warns of a failure with what the host told of it', () => {
		const failure = { kind: 'serverError', message: 'The host failed.', code: 'server_error', httpStatus: 500 } as const;
		assert.deepEqual(linesOf({ status: 'failed', failure }), [
			'warn Run r1 on "work" (gpt-image-2): failed after 1.2 s. serverError, HTTP 500, server_error: The host failed.',
		]);
	});
});
