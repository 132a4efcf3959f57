import { formatSize } from '../image/imageSize';
import type { Problem } from '../problem';
import type { FailureKind, RunFailure } from './failure';
import type { ActualParameters, StoredPicture } from './ports';
import type { RunFolder } from './records';
import type { ParameterValues, RunImage, RunResult } from './runResult';

/** What is known of a run that was never started. */
export type UnstartedRun = Partial<Pick<RunResult, 'connection' | 'model' | 'operation' | 'requested' | 'startedAt'>>;

/** A result that says why there is no picture. */
export type FailedRun = RunResult & { readonly failure: RunFailure };

/** The result of a request that is not valid: nothing was sent. */
export function invalidResult(problems: readonly Problem[], run: UnstartedRun = {}): FailedRun {
	const errors = problems.filter(({ severity }) => severity === 'error');
	const first = errors[0]?.message ?? 'The request is not valid.';
	const message = errors.length > 1 ? `${first} (and ${errors.length - 1} more)` : first;
	return { ...unstarted(run), status: 'failed', failure: { kind: 'invalid', message, problems }, problems };
}

/** The result of a run that failed before it began, such as for a missing key. */
export function failedResult(kind: FailureKind, message: string, run: UnstartedRun = {}): FailedRun {
	return { ...unstarted(run), status: 'failed', failure: { kind, message } };
}

/** The result of a run that was cancelled before it began. */
export function cancelledResult(run: UnstartedRun = {}): RunResult {
	return { ...unstarted(run), status: 'cancelled' };
}

function unstarted(run: UnstartedRun): Omit<RunResult, 'status'> {
	return {
		runId: '',
		connection: '',
		model: '',
		operation: 'generate',
		images: [],
		requested: {},
		actual: {},
		startedAt: new Date().toISOString(),
		durationMs: 0,
		...run,
	};
}

/** The pictures of a run as callers see them. */
export function runImages(pictures: readonly StoredPicture[], folder: Pick<RunFolder, 'locate'>): readonly RunImage[] {
	return pictures.map(({ candidate, fileName, width, height, format, bytes, sha256, hasContentCredentials }) => ({
		index: candidate,
		...folder.locate(fileName),
		width,
		height,
		format,
		bytes,
		sha256,
		contentCredentials: hasContentCredentials,
	}));
}

/** The result of a run that is on disk. `undefined` while it is under way. */
export function resultOf(folder: Pick<RunFolder, 'locate' | 'record'>): RunResult | undefined {
	const { result, pictures } = folder.record;
	return result && { ...result, images: runImages(pictures, folder) };
}

/** What came, in the words of the request. The bytes know size and format better than the host. */
export function actualValues(told: readonly ActualParameters[], pictures: readonly StoredPicture[]): ParameterValues {
	const [first] = pictures;
	return {
		...told.reduce((all, one) => ({ ...all, ...one }), {}),
		...(first ? { size: formatSize(first), format: first.format, n: pictures.length } : {}),
	};
}
