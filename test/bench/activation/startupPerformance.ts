/** How long the activation of one extension took, as VS Code counted it. Milliseconds. */
export interface ActivationTimes {
	readonly extension: string;
	readonly loadCode: number;
	readonly callActivate: number;
	readonly finishActivate: number;
	/** What «Running Extensions» shows: loading and calling, without what activation does later. */
	readonly shown: number;
}

/** Reads the table «Extension Activation Stats» of the report that `Developer: Startup Performance` writes. */
export function parseActivationTimes(report: string): readonly ActivationTimes[] {
	const table = /## Extension Activation Stats\s+([\s\S]*?)(?:\n## |$)/.exec(report)?.[1] ?? '';
	return table.split('\n').flatMap(line => {
		const [extension = '', , loadCode, callActivate, finishActivate] = line
			.split('|')
			.slice(1)
			.map(cell => cell.trim());
		const times = [loadCode, callActivate, finishActivate].map(Number);
		const [load = NaN, call = NaN, finish = NaN] = times;
		return extension && !times.some(Number.isNaN)
			? [{ extension, loadCode: load, callActivate: call, finishActivate: finish, shown: load + call }]
			: [];
	});
}
