export interface FuzzResult {
	readonly executions: number;
	/** `input` is Base64. */
	readonly mistakes: readonly { readonly index: number; readonly input: string; readonly stack: string }[];
	readonly reached: Readonly<Record<string, number>>;
	readonly slowest: { readonly ms: number; readonly bytes: number };
	readonly seconds: number;
}

/** Tries one target in a worker that is watched. */
export function runTarget(options: {
	readonly module: string;
	readonly seed: number;
	readonly runs: number;
	readonly input?: Uint8Array;
	readonly hangMs?: number;
	readonly memoryMb?: number;
}): Promise<FuzzResult>;
