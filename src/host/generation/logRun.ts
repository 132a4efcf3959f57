import type { LogOutputChannel } from 'vscode';
import type { RunResult } from '../../core/run/runResult';

/** One line per run, with what a host's support asks for. Never the prompt, never a key. */
export function logRun(log: Pick<LogOutputChannel, 'info' | 'warn'>, result: RunResult): void {
	const { runId, connection, model, status, durationMs, requestIds, failure } = result;
	const ids = requestIds?.length ? `, request ${requestIds.join(', ')}` : '';
	const line = `Run ${runId} on "${connection}" (${model}): ${status} after ${(durationMs / 1000).toFixed(1)} s${ids}.`;
	if (!failure) {
		log.info(line);
		return;
	}
	const details = [failure.kind, failure.httpStatus && `HTTP ${failure.httpStatus}`, failure.code].filter(Boolean).join(', ');
	log.warn(`${line} ${details}: ${failure.message}`);
}
