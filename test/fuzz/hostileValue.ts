/** A message as it may come out of JSON, with what JSON can't hold: `{"$": "cycle"}` and its like stand for that. */
export function hostileValue(text: string): unknown {
	try {
		return revive(JSON.parse(text) as unknown);
	} catch {
		return text;
	}
}

function revive(value: unknown): unknown {
	if (Array.isArray(value)) {
		return value.map(revive);
	}
	if (typeof value !== 'object' || value === null) {
		return value;
	}
	const kind: unknown = Object.hasOwn(value, '$') ? (value as { readonly $: unknown }).$ : undefined;
	if (typeof kind === 'string' && Object.hasOwn(strangers, kind)) {
		return strangers[kind]?.();
	}
	// `defineProperty` keeps a `__proto__` of the text a property like any other.
	const revived = {};
	for (const [key, inner] of Object.entries(value)) {
		Object.defineProperty(revived, key, { value: revive(inner), enumerable: true, writable: true, configurable: true });
	}
	return revived;
}

const strangers: Readonly<Record<string, () => unknown>> = {
	undefined: () => undefined,
	nan: () => NaN,
	infinity: () => Infinity,
	bigint: () => 1n,
	date: () => new Date(NaN),
	map: () => new Map([['runId', 'x']]),
	bytes: () => new Uint8Array(8),
	sparse: () => new Array<unknown>(1_000_000),
	cycle: () => {
		const cycle: Record<string, unknown> = {};
		cycle['self'] = cycle;
		return cycle;
	},
	inherits: () => Object.create({ id: 1, method: 'generate', params: {} }) as unknown,
	bare: () => Object.assign(Object.create(null) as object, { id: 1, method: 'generate', params: {} }),
	text: () => Object('generate') as unknown,
	long: () => 'x'.repeat(1_000_000),
	deep: () => {
		let deep: unknown = {};
		for (let depth = 0; depth < 20_000; depth++) {
			deep = { params: deep };
		}
		return deep;
	},
	getter: () => ({
		get id(): number {
			throw new Error('A getter of the page was called.');
		},
	}),
	proxy: () =>
		new Proxy(
			{},
			{
				get: () => {
					throw new Error('A proxy of the page was asked.');
				},
			},
		),
};

/** The words for {@link hostileValue}. */
export const strangerTokens: readonly string[] = Object.keys(strangers).map(kind => JSON.stringify({ $: kind }));

/** Those that a structured clone lets pass. */
export const clonedTokens: readonly string[] = ['undefined', 'nan', 'infinity', 'bigint', 'date', 'map', 'bytes', 'cycle', 'long'].map(
	kind => JSON.stringify({ $: kind }),
);
