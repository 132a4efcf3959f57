import type { ImageFormat } from '../image/imageFormat';
import type { Problem } from '../problem';
import type { RunFailure } from './failure';

/** `uncertain`: the request left and no verified answer came; it may have been processed and billed. */
export type RunStatus = 'succeeded' | 'failed' | 'cancelled' | 'uncertain';

/** One picture of a run, as it lies in the run's folder. */
export interface RunImage {
	/** Zero-based number of the candidate. */
	readonly index: number;
	/** Absolute file path. */
	readonly path: string;
	readonly uri: string;
	readonly width: number;
	readonly height: number;
	readonly format: ImageFormat;
	/** Size of the file. */
	readonly bytes: number;
	readonly sha256: string;
	/** A C2PA manifest is present (not verified). */
	readonly contentCredentials: boolean;
}

/** Token counts as the host reported them. */
export interface Usage {
	readonly inputTokens: number;
	readonly outputTokens: number;
	readonly totalTokens: number;
	readonly inputTextTokens?: number;
	readonly inputImageTokens?: number;
}

/** `estimated` is false when the cost was computed from the host's `usage` and known prices. */
export interface Cost {
	readonly usd: number;
	readonly estimated: boolean;
}

/** Parameters as plain JSON: `size` is `WxH` or `auto`. */
export interface ParameterValues {
	readonly size?: string;
	readonly quality?: string;
	readonly format?: string;
	readonly compression?: number;
	readonly background?: string;
	readonly moderation?: string;
	readonly n?: number;
}

/** What a run came to. Plain JSON: commands return it to callers, and `run.json` keeps it. */
export interface RunResult {
	/** Empty when nothing was started (an invalid request). */
	readonly runId: string;
	readonly status: RunStatus;
	readonly connection: string;
	readonly model: string;
	readonly operation: 'generate' | 'edit';
	readonly images: readonly RunImage[];
	readonly requested: ParameterValues;
	readonly actual: ParameterValues;
	readonly usage?: Usage;
	readonly cost?: Cost;
	readonly requestIds?: readonly string[];
	/** ISO 8601. */
	readonly startedAt: string;
	readonly durationMs: number;
	readonly failure?: RunFailure;
	/** Warnings of the plan, or the errors that stopped it. */
	readonly problems?: readonly Problem[];
}
